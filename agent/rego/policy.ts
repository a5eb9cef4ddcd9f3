/** A compiled policy and the answers it gives. */
import type { Expr, Term } from './ast.ts';
import { checkQueryCalls } from './compile/calls.ts';
import { checkQueryTypes } from './compile/check.ts';
import { checkHead, type OrderContext, orderBody } from './compile/order.ts';
import { arityOf, type Program } from './compile/program.ts';
import { newResolver, resolveBody } from './compile/resolve.ts';
import { newNamer, Scope } from './compile/scope.ts';
import { type CoverageReport, coverageOf } from './coverage.ts';
import { type RegoError, type RegoFailure, toRegoError } from './errors.ts';
import { type Next, newContext, type OfflineCall, type Run, type TraceEvent } from './eval/context.ts';
import { type Engine, type Mode, newEnv, slotOf } from './eval/env.ts';
import { bodyWith } from './eval/exprs.ts';
import { noteWhole, pointerKey } from './eval/lookup.ts';
import { newEngine } from './eval/rules.ts';
import { parseQueryText } from './parser/index.ts';
import { fromJs, parseJson, toJs } from './values/json.ts';
import { RegoObject, type Value } from './values/value.ts';

export type { CoverageReport } from './coverage.ts';

export interface EvalOptions {
  input?: unknown;
  /** The input as JSON text; keeps numbers exactly. */
  inputJson?: string;
  /** Hand out Rego's own values as well, those of each expression of the query included. */
  exact?: boolean;
  /** The instant `time.now_ns` gives. Without it, a policy that asks for the time gets an error. */
  nowNs?: bigint;
  maxSteps?: number;
  /** Asked from time to time; true stops the evaluation. */
  deadline?: () => boolean;
  trace?: (event: TraceEvent) => void;
  coverage?: boolean;
  /** Report which leaves of the input were read: all, or only those on the way to these JSON pointers, which is cheaper. */
  reads?: boolean | readonly string[];
  /** Errors of builtins stop the evaluation, where they otherwise make an expression undefined. */
  strictBuiltinErrors?: boolean;
  env?: Record<string, string>;
  /** Source of `rand.intn` and `uuid.rfc4122`; the same seed gives the same values. */
  seed?: string;
}

export interface EvalResult {
  /** One element for each solution; `value` is that of the query's last expression. Sets are sorted arrays. */
  results: { value: unknown; bindings: Record<string, unknown> }[];
  errors: RegoError[];
  steps: number;
  /** JSON pointers into the input, sorted. A container that was used as a whole is named itself. */
  reads?: string[];
  coverage?: CoverageReport;
  /** Calls that need the network and were undefined for want of it; absent when there were none. */
  offline?: OfflineCall[];
  prints: string[];
  /** The results as Rego's own values, when `exact` asks for them. */
  exact?: ExactResult['results'];
}

export interface RuleInfo {
  path: string;
  file: string;
  line: number;
  annotations?: Record<string, unknown>;
}

/** An expression of a query and its value: that of its term, or true. */
export interface ExpressionValue {
  value: Value;
  text: string;
  line: number;
  column: number;
}

export interface ExactResult {
  results: { value: Value; bindings: Map<string, Value>; expressions: ExpressionValue[] }[];
  run: Run;
  errors: RegoError[];
}

export interface Policy {
  /** Answers a query such as `data.gate.push.deny` or `data.gate.allow = x`. Never throws. */
  eval(query: string, options?: EvalOptions): EvalResult;
  /** The same with Rego values, which keep numbers exactly and tell sets from arrays. */
  evalExact(query: string, options?: EvalOptions): ExactResult;
  packages(): string[];
  rules(): RuleInfo[];
  builtinsUsed(): string[];
}

interface Query {
  run: Next;
  slots: Map<string, number>;
  names: string[];
}

const DEFAULT_MAX_STEPS = 50_000_000;

export function newPolicy(program: Program): Policy {
  const engines = new Map<string, { engine: Engine; queries: Map<string, Query> }>();
  const inModeOf = (options: EvalOptions): { engine: Engine; queries: Map<string, Query> } => {
    const mode: Mode = {
      trace: options.trace !== undefined,
      coverage: options.coverage === true,
      reads: isReading(options),
    };
    const key = `${mode.trace}${mode.coverage}${mode.reads}`;
    let made = engines.get(key);
    if (made === undefined) {
      made = { engine: newEngine(program, mode), queries: new Map() };
      engines.set(key, made);
    }
    return made;
  };
  const evalExact = (query: string, options: EvalOptions = {}): ExactResult =>
    evaluate(inModeOf(options), query, options);
  return {
    evalExact,
    eval: (query, options = {}) => {
      const exact = evalExact(query, options);
      try {
        return plainResult(program, exact, options);
      } catch (e) {
        // A result nested deeper than the stack cannot be handed out.
        const errors = [toRegoError(e, 'eval_internal_error')];
        return { results: [], errors, steps: exact.run.steps, prints: exact.run.prints };
      }
    },
    packages: () => [...new Set(program.modules.map((m) => ['data', ...m.package].join('.')))].sort(),
    rules: () => rulesOf(program),
    builtinsUsed: () => builtinsOf(program),
  };
}

function evaluate(
  at: { engine: Engine; queries: Map<string, Query> },
  text: string,
  options: EvalOptions,
): ExactResult {
  const run = newRun(options);
  const results: ExactResult['results'] = [];
  try {
    let query = at.queries.get(text);
    if (query === undefined) {
      query = compileQuery(at.engine, text);
      at.queries.set(text, query);
    }
    const input = readInput(options, run);
    const frame = [results as unknown as Value];
    query.run(newContext(run, input, at.engine.program.data), frame);
    return { results, run, errors: [] };
  } catch (e) {
    return { results: [], run, errors: [toRegoError(e, 'eval_internal_error')] };
  }
}

function newRun(options: EvalOptions): Run {
  return {
    steps: 0,
    maxSteps: options.maxSteps ?? DEFAULT_MAX_STEPS,
    deadline: options.deadline,
    nowNs: options.nowNs,
    env: options.env,
    seed: options.seed ?? 'pregate',
    strictBuiltinErrors: options.strictBuiltinErrors ?? false,
    builtinErrors: [],
    offline: new Map(),
    prints: [],
    trace: options.trace,
    covered: options.coverage ? new Set() : undefined,
    places: isReading(options) ? new Map() : undefined,
    reads: new Set(),
    memory: new Map(),
  };
}

function readInput(options: EvalOptions, run: Run): Value | undefined {
  if (options.inputJson === undefined && options.input === undefined) return undefined;
  const input = options.inputJson === undefined ? fromJs(options.input) : parseJson(options.inputJson);
  if (run.places === undefined) return input;
  if (typeof options.reads === 'object') markWatched(input, options.reads, run.places);
  else markPlaces([[input, '']], run.places);
  return input;
}

/** Remembers where each container stands, so that a later read of it can be named. */
function markPlaces(todo: [Value, string][], places: Run['places'] & object): void {
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [v, place] = next;
    if (Array.isArray(v)) {
      places.set(v, place);
      v.forEach((item, i) => {
        if (typeof item === 'object' && item !== null) todo.push([item, `${place}/${i}`]);
      });
    } else if (v instanceof RegoObject) {
      places.set(v, place);
      for (const [key, value] of v.entries()) {
        if (typeof value === 'object' && value !== null) todo.push([value, `${place}/${pointerKey(String(key))}`]);
      }
    }
  }
}

/** Only the containers on the way to `pointers`, and what lies below their ends. Nothing else of the input is named. */
function markWatched(input: Value, pointers: readonly string[], places: Run['places'] & object): void {
  if (input instanceof RegoObject) {
    for (const [, value] of input.entries())
      if (typeof value === 'object' && value !== null) places.set(value, undefined);
  }
  for (const pointer of pointers) {
    let at: Value | undefined = input;
    let place = '';
    for (const part of pointer.split('/').slice(1)) {
      if (typeof at !== 'object' || at === null) break;
      // One container may stand in two places; its first name stays.
      if (places.get(at) === undefined) places.set(at, place);
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      at = Array.isArray(at) ? at[Number(key)] : at instanceof RegoObject ? at.get(key) : undefined;
      place = `${place}/${part}`;
    }
    if (typeof at === 'object' && at !== null) markPlaces([[at, place]], places);
  }
}

function isReading({ reads }: EvalOptions): boolean {
  return typeof reads === 'object' ? reads.length > 0 : reads === true;
}

function compileQuery(engine: Engine, text: string): Query {
  const { program } = engine;
  const parsed = parseQueryText(text, 'v1');
  const isBuiltin = (name: string): boolean =>
    Object.hasOwn(program.builtins, name) || program.tree.functions.has(name);
  const resolver = newResolver(new Map(), program.locals, isBuiltin, () => true, new Map(), new Set());
  const namer = newNamer();
  const { body, scope } = resolveBody(resolver, parsed, new Scope(undefined, namer));
  const errors: RegoFailure[] = [];
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

function plainResult(program: Program, exact: ExactResult, options: EvalOptions): EvalResult {
  const { run } = exact;
  const results = exact.results.map((r) => ({
    value: toJs(r.value),
    bindings: Object.fromEntries([...r.bindings].map(([name, v]) => [name, toJs(v)])),
  }));
  const result: EvalResult = { results, errors: exact.errors, steps: run.steps, prints: run.prints };
  if (options.exact) result.exact = exact.results;
  if (run.offline.size > 0) result.offline = [...run.offline.values()];
  if (isReading(options)) result.reads = [...run.reads].sort();
  if (run.covered !== undefined) result.coverage = coverageOf(program, run.covered);
  return result;
}

function rulesOf(program: Program): RuleInfo[] {
  return program.tree.groups.flatMap((g) =>
    [...g.rules, ...g.defaults].map((r): RuleInfo => {
      const info: RuleInfo = { path: `data.${r.fixed.join('.')}`, file: r.module.file, line: r.pos.line };
      if (r.source.annotations !== undefined) info.annotations = r.source.annotations.fields;
      return info;
    }),
  );
}

function builtinsOf(program: Program): string[] {
  const used = new Set(program.called);
  for (const g of program.tree.groups) {
    for (const r of [...g.rules, ...g.defaults]) {
      for (const { name } of r.mentions.calls) if (name && !name.startsWith('data.')) used.add(name);
    }
  }
  return [...used].sort();
}
