/** Modules to a program: names resolved, rules grouped, bodies ordered, everything checked. */
import type { Expr, Module, Position, Rule, Term } from '../ast.ts';
import type { Builtin } from '../builtins/types.ts';
import { RegoFailure } from '../errors.ts';
import type { RegoObject } from '../values/value.ts';
import { plainBuiltins } from './call-names.ts';
import { checkCalls, checkDeprecated } from './calls.ts';
import { byPlace, checkTypes } from './check-rules.ts';
import { declareLocal } from './declare.ts';
import { describeTerm } from './describe.ts';
import { patternVars } from './implicit.ts';
import { moduleNames, packageRules } from './imports.ts';
import { checkHead, type OrderContext, orderBody } from './order.ts';
import { arityOf, type Program } from './program.ts';
import { checkRecursion } from './recursion.ts';
import { reportUnused, resolveBody, resolveTerm, resolveTerms } from './resolve.ts';
import { type BodyLocals, newResolver, type Resolver } from './resolver.ts';
import { newNamer, Scope } from './scope.ts';
import { buildTree, type CompiledRule, type Group, headTerms } from './tree.ts';
import { allVars, bindable, exprVars } from './vars.ts';
import { targetRefuser } from './with-targets.ts';

export interface CompileInput {
  modules: Module[];
  builtins: Readonly<Record<string, Builtin>>;
  data: RegoObject;
  strict: boolean;
  /** See `Program.schemas`. */
  schemas?: ReadonlyMap<string, unknown>;
}

/** Compiles parsed modules. When `errors` is not empty the program must not be evaluated. */
export function compileProgram(input: CompileInput): { program: Program; errors: RegoFailure[] } {
  const { modules, builtins, data } = input;
  const errors: RegoFailure[] = [];
  const locals: BodyLocals = new Map();
  const rules: CompiledRule[] = [];
  const byPackage = packageRules(modules);
  const [functions, constants] = functionNames(modules);
  const isFunction = (name: string): boolean => functions.has(name) || Object.hasOwn(builtins, name);
  const plain = plainBuiltins(builtins);
  const called = new Set<string>();
  const refuseTarget = targetRefuser(modules, builtins);
  for (const module of modules) {
    const names = moduleNames(module, byPackage, errors, input.strict);
    const resolver = newResolver(
      names,
      locals,
      isFunction,
      (name) => constants.has(name),
      plain,
      called,
      errors,
      refuseTarget,
    );
    resolver.mayShadowRoots = module.version === 'v0' && !input.strict;
    if (input.strict) resolver.unused = errors;
    for (const rule of module.rules) collect(errors, () => rules.push(resolveRule(resolver, module, rule)));
    if (input.strict) reportUnusedImports(module, resolver, errors);
  }
  const conflicts: RegoFailure[] = [];
  const tree = buildTree(
    rules,
    modules.map((m) => m.package),
    conflicts,
  );
  const program: Program = { modules, tree, locals, ordered: new Map(), builtins, called, data };
  if (input.schemas !== undefined) program.schemas = input.schemas;
  const grouped = tree.groups.flatMap((g) => [...g.rules, ...g.defaults]);
  const [unsafe, unsafeHeads]: [RegoFailure[], RegoFailure[]] = [[], []];
  // Each stage needs what the one before has made sure of, so the errors of one are all that is said, as in OPA.
  let order: Group[] = [];
  const stages: (() => RegoFailure[])[] = [
    () => errors.sort(byPlace),
    () => {
      for (const rule of grouped) checkRule(program, rule, unsafe, unsafeHeads);
      return unsafe.filter((e) => e.code === 'rego_compile_error');
    },
    () => conflicts,
    () => collected((found) => checkCalls(program, found)),
    () => unsafeHeads.sort(byPlace),
    () => unsafe.sort(byPlace),
    () => collected((found) => (order = checkRecursion(program, found))),
    () =>
      collected((found) => {
        checkTypes(program, order, found);
        checkDeprecated(program, found, input.strict);
      }),
  ];
  for (const stage of stages) {
    const found = stage();
    if (found.length > 0) return { program, errors: found };
  }
  return { program, errors: [] };
}

function collected(work: (errors: RegoFailure[]) => void): RegoFailure[] {
  const errors: RegoFailure[] = [];
  work(errors);
  return errors;
}

function collect(errors: RegoFailure[], work: () => void): void {
  try {
    work();
  } catch (e) {
    if (!(e instanceof RegoFailure)) throw e;
    errors.push(e);
  }
}

/** Full names of the functions with arguments, and of those without. */
function functionNames(modules: Module[]): [Set<string>, Set<string>] {
  const functions = new Set<string>();
  const constants = new Set<string>();
  for (const m of modules) {
    for (const rule of m.rules) {
      if (rule.head.args === undefined) continue;
      (rule.head.args.length === 0 ? constants : functions).add(
        ['data', ...m.package, ...rule.head.ref.map((t) => (t.kind === 'var' ? t.name : constantName(t)))].join('.'),
      );
    }
  }
  return [functions, constants];
}

function constantName(t: Term): string {
  return t.kind === 'const' ? String(t.value) : '_';
}

function resolveRule(r: Resolver, module: Module, rule: Rule): CompiledRule {
  r.mentions = { calls: [], documents: [] };
  r.hasUnused = false;
  const args = new Scope(undefined, newNamer());
  const { patterns, extra } = plainArguments(rule.head.args);
  for (const a of patterns ?? []) declareArguments(a, args, rule.pos);
  const argTerms = patterns?.map((a) => resolveTerm(r, a, args));
  args.forgetUses();
  const compiled = resolveOne(r, module, rule, { ...splitRef(module, rule), args, argTerms, extra });
  if (r.unused !== undefined && !rule.default) {
    for (const name of args.unusedArguments()) {
      const message = `unused argument ${name}. (hint: use _ (wildcard variable) instead)`;
      if (!name.startsWith('$')) r.unused.push(new RegoFailure('rego_compile_error', message, rule.pos));
    }
  }
  return compiled;
}

/** What a rule has in common with the rules of its `else`. */
interface Shared {
  fixed: string[];
  keys: Term[];
  args: Scope;
  argTerms: Term[] | undefined;
  extra: Expr[];
}

function resolveOne(r: Resolver, module: Module, source: Rule, shared: Shared): CompiledRule {
  const { keys, args, extra } = shared;
  const { member, value } = source.head;
  const { body, scope } = resolveBody(
    r,
    extra.length === 0 ? source.body : [...extra, ...source.body],
    args,
    headTerms(keys, member, value),
  );
  const compiled: CompiledRule = {
    source,
    module,
    fixed: shared.fixed,
    keys: resolveTerms(r, keys, scope),
    args: shared.argTerms,
    member: member && resolveTerm(r, member, scope),
    value: value === undefined ? defaultValue(source) : resolveTerm(r, value, scope),
    body,
    else: source.else && resolveOne(r, module, source.else, shared),
    pos: source.pos,
    mentions: r.mentions,
  };
  reportUnused(r, scope, source.pos);
  return compiled;
}

function defaultValue(rule: Rule): Term | undefined {
  return rule.head.member === undefined ? { kind: 'const', value: true, pos: rule.pos } : undefined;
}

/** The constant beginning of the rule's path, and the terms after it. */
function splitRef(module: Module, rule: Rule): { fixed: string[]; keys: Term[] } {
  const [name, ...rest] = rule.head.ref;
  const fixed = [...module.package, name?.kind === 'var' ? name.name : ''];
  let at = 0;
  for (; at < rest.length; at++) {
    const t = rest[at] as Term;
    if (t.kind !== 'const' || typeof t.value !== 'string') break;
    fixed.push(t.value);
  }
  return { fixed, keys: rest.slice(at) };
}

/** Arguments that are computed (references, calls, templates) become variables that the body compares. */
function plainArguments(args: Term[] | undefined): { patterns: Term[] | undefined; extra: Expr[] } {
  const extra: Expr[] = [];
  const plain = (t: Term): Term => {
    if (t.kind === 'var' || t.kind === 'const') return t;
    if (t.kind === 'array') return { ...t, items: t.items.map(plain) };
    if (t.kind === 'object') return { ...t, entries: t.entries.map(([k, v]): [Term, Term] => [k, plain(v)]) };
    const left: Term = { kind: 'var', name: `$argument${extra.length}`, pos: t.pos };
    extra.push({ kind: 'unify', left, right: t, negated: false, with: [], pos: t.pos, end: t.pos.offset });
    return left;
  };
  // A function without arguments is a rule like any other.
  const patterns = args === undefined || args.length === 0 ? undefined : args.map(plain);
  return { patterns, extra };
}

/** Arguments are patterns: the same name twice means equality, so it is declared once. */
function declareArguments(t: Term, scope: Scope, rule: Position): void {
  patternVars(t, (name, pos) => {
    if (name === 'input' || name === 'data') {
      const message = `args must not shadow ${name} (use a different variable name)`;
      throw new RegoFailure('rego_compile_error', message, rule);
    }
    if (!scope.sees(name)) declareLocal(name, 'argument', scope, pos);
  });
}

function checkRule(program: Program, rule: CompiledRule, errors: RegoFailure[], unsafeHeads: RegoFailure[]): void {
  const order: OrderContext = {
    locals: program.locals,
    arity: (name) => arityOf(program, name),
    ordered: program.ordered,
    errors,
  };
  for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
    const bound = new Set<string>();
    if (at.args !== undefined) for (const a of at.args) bindable(a, bound);
    const heads = headTerms(at.keys, at.member, at.value);
    orderBody(order, at.body, bound, heads);
    const missing = checkHead(order, heads, bound);
    if (missing.length > 0) unsafeHeads.push(...ofHeadAlone(program, at, heads, missing));
    if (at.source.default) checkDefault(at, errors);
  }
}

/** Of the variables of a head that nothing binds, those that appear nowhere else: OPA looks at heads before it looks at bodies. */
function ofHeadAlone(
  program: Program,
  rule: CompiledRule,
  heads: readonly Term[],
  missing: readonly [name: string, error: RegoFailure][],
): RegoFailure[] {
  const elsewhere = new Set<string>();
  for (const e of rule.body) exprVars(e, program.locals, elsewhere);
  for (const t of heads) computedVars(t, program, elsewhere);
  return missing.filter(([name]) => !elsewhere.has(name)).map(([, error]) => error);
}

/** Calls, references and comprehensions of a head are to OPA a part of the body. */
function computedVars(t: Term, program: Program, into: Set<string>): void {
  if (t.kind === 'array' || t.kind === 'set') for (const item of t.items) computedVars(item, program, into);
  else if (t.kind === 'object')
    for (const pair of t.entries) for (const part of pair) computedVars(part, program, into);
  else if (t.kind !== 'var' && t.kind !== 'const') allVars(t, program.locals, into);
}

function checkDefault(rule: CompiledRule, errors: RegoFailure[]): void {
  const value = rule.value as Term;
  if (!isGround(value)) {
    const message = 'illegal default rule (value cannot contain var, ref or call)';
    errors.push(new RegoFailure('rego_parse_error', message, value.pos));
  }
  for (const a of rule.args ?? []) {
    if (a.kind === 'var' || a.kind === 'const') continue;
    const message = 'illegal default rule (arguments must be variables)';
    errors.push(new RegoFailure('rego_compile_error', message, a.pos));
  }
}

function isGround(t: Term): boolean {
  if (t.kind === 'const' || t.kind.endsWith('comprehension')) return true;
  if (t.kind === 'array' || t.kind === 'set') return t.items.every(isGround);
  return t.kind === 'object' && t.entries.every(([k, v]) => isGround(k) && isGround(v));
}

/** An import as it is written, with its alias. */
function importText(i: Module['imports'][number]): string {
  return describeTerm(i.path) + (i.alias === undefined ? '' : ` as ${i.alias}`);
}

function reportUnusedImports(module: Module, r: Resolver, errors: RegoFailure[]): void {
  for (const i of module.imports) {
    const last = i.path.kind === 'ref' ? i.path.path.at(-1) : undefined;
    const root = i.path.kind === 'ref' && i.path.head.kind === 'var' ? i.path.head.name : '';
    const name = i.alias ?? (last?.kind === 'const' ? String(last.value) : '');
    if ((root === 'data' || root === 'input') && !r.used.has(name)) {
      const path = importText(i);
      errors.push(new RegoFailure('rego_compile_error', `import ${path} unused`, i.pos));
    }
  }
}
