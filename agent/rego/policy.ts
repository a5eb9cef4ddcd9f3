/** A compiled policy and the answers it gives. */
import type { Expr } from './ast.ts';
import type { Program } from './compile/program.ts';
import { type CoverageReport, coverageOf } from './coverage.ts';
import { type RegoError, toRegoError } from './errors.ts';
import { newContext, type OfflineCall, pause, type Run, type TraceEvent } from './eval/context.ts';
import type { Engine, Mode } from './eval/env.ts';
import { pointerKey } from './eval/lookup.ts';
import { newEngine } from './eval/rules.ts';
import { type InputPath, inputPathsOf } from './input-paths.ts';
import { compileQuery, type Query } from './query.ts';
import { type Reference, referencesOf } from './references.ts';
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
  /** Bytes of the values that may be made, as they are counted (default: 1 GB). */
  maxBytes?: number;
  /** Asked from time to time; true stops the evaluation. */
  deadline?: () => boolean;
  /**
   * Cancels: before the evaluation, and within it where whoever aborts can run, such as a callback of a trace. An evaluation
   * does not yield, so another thread asks through `deadline`.
   */
  signal?: AbortSignal;
  trace?: (event: TraceEvent) => void;
  coverage?: boolean;
  /** Told of each expression that is begun (`eval`) and each that is asked for another solution (`redo`). */
  profile?: (op: 'eval' | 'redo', place: { path: string; line: number; column: number }) => void;
  /** The query's body, where somebody has it already; the text names it and stands in messages. */
  parsed?: () => Expr[];
  /** The package whose names the query may use, such as `data.app` or `app`. */
  package?: string;
  /** Imports of the query: `data.app`, `data.app as a`. */
  imports?: readonly string[];
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
  /** Errors of builtins that made an expression undefined, when `exact` asks for them. */
  builtinErrors?: RegoError[];
  /** The results as Rego's own values, when `exact` asks for them. */
  exact?: ExactResult['results'];
}

export interface RuleInfo {
  path: string;
  /** The package and the first name of the rule. */
  package: readonly string[];
  name: string;
  /** How many keys follow the constant path: `test_a[note]` has one. */
  keys: number;
  /** It is a function: a reference to it is an error, only calls have a value. */
  function?: true;
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
  /** Parses and compiles a query, so that `eval` with the same options only evaluates. What is wrong, `eval` tells. */
  prepare(query: string, options?: EvalOptions): void;
  /** The same with Rego values, which keep numbers exactly and tell sets from arrays. */
  evalExact(query: string, options?: EvalOptions): ExactResult;
  packages(): string[];
  rules(): RuleInfo[];
  builtinsUsed(): string[];
  /** Leaves of the input, documents and functions that the rules name. */
  references(): Reference[];
  /** What the rules read of the input, followed through variables and helpers. */
  inputPaths(): InputPath[];
}

const DEFAULT_MAX_STEPS = 50_000_000;
const DEFAULT_MAX_BYTES = 1_000_000_000;

export function newPolicy(program: Program): Policy {
  const engines = new Map<string, { engine: Engine; queries: Map<string, Query> }>();
  const inModeOf = (options: EvalOptions): { engine: Engine; queries: Map<string, Query> } => {
    const mode: Mode = {
      trace: options.trace !== undefined,
      coverage: options.coverage === true || options.profile !== undefined,
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
    prepare: (query, options = {}) => {
      try {
        queryOf(inModeOf(options), query, options);
      } catch {
        // `eval` meets the same error, and reports it.
      }
    },
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
    references: () => referencesOf(program),
    inputPaths: () => inputPathsOf(program),
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
    const query = queryOf(at, text, options);
    pause(run);
    const input = readInput(options, run);
    const frame = [results as unknown as Value];
    query.run(newContext(run, input, at.engine.program.data), frame);
    return { results, run, errors: [] };
  } catch (e) {
    return { results: [], run, errors: [toRegoError(e, 'eval_internal_error')] };
  }
}

/** The compiled query; throws what is wrong with it. */
function queryOf(
  at: { engine: Engine; queries: Map<string, Query> },
  text: string,
  { package: name, imports = [], parsed }: EvalOptions,
): Query {
  const key = [text, name, ...imports].join('\0');
  let query = at.queries.get(key);
  if (query === undefined) {
    query = compileQuery(at.engine, text, name, imports, parsed?.());
    at.queries.set(key, query);
  }
  return query;
}

function newRun(options: EvalOptions): Run {
  return {
    steps: 0,
    maxSteps: options.maxSteps ?? DEFAULT_MAX_STEPS,
    bytes: 0,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    deadline: options.deadline,
    signal: options.signal,
    nowNs: options.nowNs,
    env: options.env,
    seed: options.seed ?? 'pregate',
    strictBuiltinErrors: options.strictBuiltinErrors ?? false,
    builtinErrors: [],
    offline: new Map(),
    prints: [],
    trace: options.trace,
    profile: options.profile,
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

function plainResult(program: Program, exact: ExactResult, options: EvalOptions): EvalResult {
  const { run } = exact;
  const results = exact.results.map((r) => ({
    value: toJs(r.value),
    bindings: Object.fromEntries([...r.bindings].map(([name, v]) => [name, toJs(v)])),
  }));
  const result: EvalResult = { results, errors: exact.errors, steps: run.steps, prints: run.prints };
  if (options.exact) {
    result.exact = exact.results;
    result.builtinErrors = run.builtinErrors.map((e) => toRegoError(e, 'eval_builtin_error'));
  }
  if (run.offline.size > 0) result.offline = [...run.offline.values()];
  if (isReading(options)) result.reads = [...run.reads].sort();
  if (run.covered !== undefined) result.coverage = coverageOf(program, run.covered);
  return result;
}

function rulesOf(program: Program): RuleInfo[] {
  return program.tree.groups.flatMap((g) =>
    [...g.rules, ...g.defaults].map((r): RuleInfo => {
      const info: RuleInfo = {
        path: `data.${r.fixed.join('.')}`,
        package: r.module.package,
        name: r.fixed[r.module.package.length] as string,
        keys: r.keys.length,
        file: r.module.file,
        line: r.pos.line,
      };
      if (r.args !== undefined) info.function = true;
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
