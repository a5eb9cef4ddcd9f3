/** A query to a closure: its names resolved, its order found, the value of each expression captured. */
import type { Expr, Term } from './ast.ts';
import { checkQueryCalls } from './compile/calls.ts';
import { checkQueryTypes } from './compile/check-rules.ts';
import { moduleNames, packageRules } from './compile/imports.ts';
import { checkHead, type OrderContext, orderBody } from './compile/order.ts';
import { arityOf, type Program } from './compile/program.ts';
import { resolveBody } from './compile/resolve.ts';
import { type ModuleNames, newResolver } from './compile/resolver.ts';
import { newNamer, Scope } from './compile/scope.ts';
import { targetRefuser } from './compile/with-targets.ts';
import { RegoFailure } from './errors.ts';
import type { Next } from './eval/context.ts';
import { type Engine, newEnv, slotOf } from './eval/env.ts';
import { bodyWith } from './eval/exprs.ts';
import { noteWhole } from './eval/lookup.ts';
import { parseModule, parseQueryText } from './parser/index.ts';
import type { ExactResult } from './policy.ts';
import type { Value } from './values/value.ts';

export interface Query {
  run: Next;
  slots: Map<string, number>;
  names: string[];
}

/** `name` and `imports` are the package and the imports it may use. Throws what is wrong with it. */
export function compileQuery(
  engine: Engine,
  text: string,
  name: string | undefined,
  imports: readonly string[],
  given?: Expr[],
): Query {
  const { program } = engine;
  const known = namesOf(program, name, imports);
  const parsed = given ?? parseQueryText(text, 'v1');
  const isBuiltin = (name: string): boolean =>
    Object.hasOwn(program.builtins, name) || program.tree.functions.has(name);
  const refused: RegoFailure[] = [];
  const targets = targetRefuser(program.modules, program.builtins);
  const resolver = newResolver(known, program.locals, isBuiltin, () => true, new Map(), new Set(), refused, targets);
  const namer = newNamer();
  const { body, scope } = resolveBody(resolver, parsed, new Scope(undefined, namer));
  const errors: RegoFailure[] = [...refused];
  const order: OrderContext = {
    locals: program.locals,
    arity: (name) => arityOf(program, name),
    ordered: program.ordered,
    errors,
  };
  const bound = new Set<string>();
  orderBody(order, body, bound);
  checkHead(order, [], bound);
  checkQueryCalls(program, body, errors);
  if (errors.length === 0) checkQueryTypes(program, body, errors);
  if (errors[0] !== undefined) throw errors[0];
  const env = newEnv(engine, undefined);
  const names = [...scope.locals].filter((name) => !name.startsWith('$'));
  const ordered = program.ordered.get(body) ?? body;
  const last = ordered.at(-1) === body.at(-1) ? valueTerm(program, body.at(-1)) : undefined;
  const value = last === undefined ? [] : [last];
  const { captured, variables } = capture(order, scope, last === undefined ? body : withoutLast(program, body), last);
  const slots = new Map([...variables].map(([e, name]) => [e, slotOf(env, name)]));
  const shown = body
    .filter((e) => e.kind !== 'some')
    .map((e) => {
      const place = { text: text.slice(e.pos.offset, e.end), line: e.pos.line, column: e.pos.column };
      return { place, slot: slots.get(e), isLast: last !== undefined && e === body.at(-1) };
    });
  const run = bodyWith(env, captured, value, ([get]) => (c, f) => {
    const results = f[0] as unknown as ExactResult['results'];
    const found = get === undefined ? true : get(c, f);
    if (found === undefined) return false;
    const expressions = shown.map(({ place, slot, isLast }) => ({
      value: isLast ? found : slot === undefined ? true : (f[slot] as Value),
      ...place,
    }));
    // One that is false leaves several undefined, and no answer of an iteration; alone it is the answer.
    if ((expressions.length > 1 || scope.locals.size > 0) && expressions.some((e) => e.value === false)) return false;
    const bindings = new Map<string, Value>();
    for (const name of names) {
      const v = f[slotOf(env, name)];
      if (v !== undefined) bindings.set(namer.written.get(name) ?? name, v);
    }
    const answer = expressions.at(-1)?.value ?? found;
    if (c.run.places !== undefined) for (const v of [answer, ...bindings.values()]) noteWhole(c, v);
    results.push({ value: answer, bindings, expressions });
    return false;
  });
  return { run, slots: env.slots, names };
}

/** The body with a variable for each further term whose value is to be told, such as those with a `with`. */
function capture(
  order: OrderContext,
  scope: Scope,
  body: Expr[],
  last: Term | undefined,
): { captured: Expr[]; variables: Map<Expr, string> } {
  const variables = new Map<Expr, string>();
  const captured = body.map((e): Expr => {
    const term = plainTerm(order.arity, e);
    if (term === undefined || term === last) return e;
    const name = `$value${variables.size}`;
    variables.set(e, name);
    const { negated, with: withs, pos, end } = e;
    return { kind: 'unify', left: { kind: 'var', name, pos }, right: term, negated, with: withs, pos, end };
  });
  if (variables.size === 0) return { captured: body, variables };
  order.locals.set(captured, new Set([...scope.locals, ...variables.values()]));
  orderBody(order, captured, new Set());
  return { captured, variables };
}

/** A query that ends in a plain term answers its value, `false` included. */
function valueTerm(program: Program, e: Expr | undefined): Term | undefined {
  return e === undefined || e.with.length > 0 ? undefined : plainTerm((name) => arityOf(program, name), e);
}

/** The term of an expression that is one and captures no result of a call in a last argument. */
function plainTerm(arity: OrderContext['arity'], e: Expr): Term | undefined {
  if (e.kind !== 'term' || e.negated) return undefined;
  const { term } = e;
  const captures = term.kind === 'call' && term.args.length === (arity(term.name as string) ?? -2) + 1;
  return captures ? undefined : term;
}

function withoutLast(program: Program, body: Expr[]): Expr[] {
  const ordered = program.ordered.get(body) ?? body;
  return ordered.filter((e) => e !== body.at(-1));
}

/** What a query may call by a name alone. */
function namesOf({ modules }: Program, name: string | undefined, imports: readonly string[]): ModuleNames {
  if (name === undefined && imports.length === 0) return { globals: new Map(), imported: new Set() };
  const head = `package ${(name ?? 'query').replace(/^data\./, '')}\n`;
  const module = parseModule('', head + imports.map((one) => `import ${one}\n`).join(''), 'v1');
  const [wrong] = module.errors;
  if (wrong !== undefined) {
    const place = wrong.line === 1 ? 'package' : 'import';
    throw new RegoFailure('rego_parse_error', `the query's ${place} cannot be read: ${wrong.message}`);
  }
  return moduleNames(module, packageRules(modules), [], false);
}
