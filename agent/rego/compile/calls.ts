/** Calls: the function exists, and takes as many arguments as it is given (or one more, which receives the result). */
import type { Expr, Position, Term } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import { arityLines } from './check.ts';
import { describeTerm } from './describe.ts';
import { arityOf, type Program } from './program.ts';
import type { TreeNode } from './tree.ts';
import { walkExpr, walkRule } from './walk.ts';

export function checkCalls(program: Program, errors: RegoFailure[]): void {
  for (const group of program.tree.groups) {
    for (const rule of [...group.rules, ...group.defaults]) {
      if (rule.mentions.calls.every((t) => t.args.length === arityOf(program, t.name as string))) continue;
      const [capturing, names] = [new Set<Term>(), new Set<Term>()];
      walkRule(rule, {
        expr: (e) => markCapturing(e, capturing, names),
        term: (t) => t.kind === 'call' && !names.has(t) && checkCall(program, t, capturing.has(t), errors),
      });
    }
  }
}

/** Rego v1 and strict v0 have no deprecated builtins. */
export function checkDeprecated(program: Program, errors: RegoFailure[], strict: boolean): void {
  for (const group of program.tree.groups) {
    for (const rule of [...group.rules, ...group.defaults]) {
      if (!strict && rule.module.version !== 'v1') continue;
      if (!rule.mentions.calls.some((t) => program.builtins[t.name ?? '']?.deprecated)) continue;
      walkRule(rule, {
        term: (t) => {
          if (t.kind !== 'call' || !program.builtins[t.name ?? '']?.deprecated) return;
          const message = `deprecated built-in function calls in expression: ${t.name}`;
          errors.push(new RegoFailure('rego_type_error', message, t.pos));
        },
      });
    }
  }
}

export function checkQueryCalls(program: Program, body: Expr[], errors: RegoFailure[]): void {
  const [capturing, names] = [new Set<Term>(), new Set<Term>()];
  for (const e of body) {
    walkExpr(e, {
      expr: (inner) => markCapturing(inner, capturing, names),
      term: (t) => t.kind === 'call' && !names.has(t) && checkCall(program, t, capturing.has(t), errors),
    });
  }
}

/** Only a call that is an expression of its own may have the additional argument. */
function markCapturing(e: Expr, capturing: Set<Term>, names: Set<Term>): void {
  if (e.kind === 'term') capturing.add(e.term);
  // The value of `with` may be the bare name of a function, which is no call.
  for (const w of e.with) if (w.value.kind === 'call' && w.value.args.length === 0) names.add(w.value);
}

function checkCall(program: Program, t: Term & { kind: 'call' }, mayCapture: boolean, errors: RegoFailure[]): void {
  const name = t.name as string;
  const arity = arityOf(program, name);
  if (arity === undefined) {
    if (program.builtins[name]?.variadic) return;
    if (isRule(program, name)) {
      errors.push(arityError(name, t.args.length, 0, t.pos));
      return;
    }
    errors.push(new RegoFailure('rego_type_error', `undefined function ${describeName(t)}`, t.pos));
    return;
  }
  const given = t.args.length;
  if (given === arity || (mayCapture && given === arity + 1)) return;
  const details = name.startsWith('data.') ? undefined : arityLines(program, t, !mayCapture);
  errors.push(arityError(name, given, arity, t.pos, details));
}

/** A rule without arguments has this name. */
function isRule(program: Program, name: string): boolean {
  let node: TreeNode | undefined = program.tree.root;
  const [root, ...path] = name.split('.');
  if (root !== 'data') return false;
  for (const key of path) node = node?.children.get(key);
  return node?.group !== undefined;
}

function describeName(t: Term & { kind: 'call' }): string {
  return /^(?:data|input)\./.test(t.name ?? '') ? (t.name as string) : describeTerm(t.fn);
}

function arityError(
  name: string,
  given: number,
  arity: number,
  pos: Position,
  details?: readonly string[],
): RegoFailure {
  const message = name.startsWith('data.')
    ? `function ${name} has arity ${arity}, got ${given} argument${given === 1 ? '' : 's'}`
    : `${name}: arity mismatch`;
  return new RegoFailure('rego_type_error', message, pos, details);
}
