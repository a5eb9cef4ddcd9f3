import {
  type CoverageReport,
  compileModules,
  type EvalOptions,
  type Policy,
  type RegoError,
  type RegoModule,
  type TraceEvent,
} from '../rego/index.ts';
import { CASE, parseForTests, type TestRule, testRules } from './test-rules.ts';
import type { PolicyBundle, PolicyFile } from './types.ts';

export type Outcome = 'pass' | 'fail' | 'error' | 'skip';

/** One case of a parameterised test, `test_cases[note] if …`. */
export interface TestCase {
  name: string;
  outcome: 'pass' | 'fail';
  /** Where the head has another key. */
  cases?: TestCase[];
}

export interface RegoTest {
  /** `data.pregate.push_test.test_unsigned_commit` */
  path: string;
  package: string;
  name: string;
  file: string;
  line: number;
  /** `skip` for rules named `todo_test_…`, as in `opa test`. */
  outcome: Outcome;
  /** Why it is an error. */
  detail?: string;
  error?: RegoError;
  cases?: TestCase[];
  /** The last expression of the test that did not hold, with the values of its variables and of its parts. */
  failure?: {
    line: number;
    column: number;
    text: string;
    locals: Record<string, unknown>;
    values: { text: string; value: unknown }[];
  };
  /** What `print` wrote. */
  prints: string[];
  /** How long it took, when the caller gave a clock. */
  ms?: number;
}

export interface RegoTestResult {
  tests: RegoTest[];
  /** Compile errors, one line each; no test has run then. */
  errors: string[];
}

export interface TestOptions {
  /** The instant the tests run at. */
  nowNs: bigint;
  coverage?: boolean;
  /** Only tests whose path this fits. */
  only?: RegExp;
  /** Steps each test may take. */
  maxSteps?: number;
  /** Bytes that the values of each test may take. */
  maxBytes?: number;
  /** Milliseconds each test may take by `clock`. */
  limitMs?: number;
  /** Milliseconds from anywhere; without it `ms` is left out. */
  clock?: () => number;
  /** Asked before each test and within; true ends the run. */
  deadline?: () => boolean;
}

/**
 * Runs the `test_` rules of a bundle together with `tests`, as `opa test` does: a test passes when its rule is `true`,
 * or all of its cases are. `nowNs` is the instant they run at.
 */
export function runRegoTests(
  bundle: Pick<PolicyBundle, 'modules' | 'data' | 'dataJson' | 'regoVersion'>,
  tests: readonly PolicyFile[],
  nowNs: bigint,
): RegoTestResult {
  const modules: RegoModule[] = [...bundle.modules, ...tests].map(({ path, text }) => ({ path, text }));
  const version = bundle.regoVersion === 0 ? 'v0' : 'v1';
  const { policy, errors } = compileModules(parseForTests(modules, version), {
    ...(bundle.dataJson === undefined ? { data: bundle.data } : { dataJson: bundle.dataJson }),
  });
  if (!policy) {
    return { tests: [], errors: errors.map((error) => `${error.path ?? ''}:${error.line ?? 0}: ${error.message}`) };
  }
  return { tests: runTests(policy, { nowNs }).tests, errors: [] };
}

/** Runs the tests of a compiled policy, in the order of their rules. */
export function runTests(policy: Policy, options: TestOptions): { tests: RegoTest[]; coverage: CoverageReport[] } {
  const tests: RegoTest[] = [];
  const coverage: CoverageReport[] = [];
  for (const rule of testRules(policy)) {
    if (options.only?.test(rule.path) === false) continue;
    if (options.deadline?.()) break;
    const skipped = rule.name.startsWith('todo_');
    tests.push(skipped ? { ...named(rule), outcome: 'skip', prints: [] } : runOne(policy, rule, options, coverage));
  }
  return { tests, coverage };
}

function named({
  path,
  package: of,
  name,
  file,
  line,
}: TestRule): Pick<RegoTest, 'path' | 'package' | 'name' | 'file' | 'line'> {
  return { path, package: of, name, file, line };
}

function runOne(policy: Policy, rule: TestRule, options: TestOptions, coverage: CoverageReport[]): RegoTest {
  const { clock } = options;
  const budget = budgetOf(options);
  const start = clock?.() ?? 0;
  const keys = new Cases();
  const trace = rule.keys > 0 ? { trace: keys.watch(rule) } : {};
  const result = policy.eval(rule.query, { ...budget, ...trace, ...(options.coverage ? { coverage: true } : {}) });
  if (result.coverage) coverage.push(result.coverage);
  const more = { ...named(rule), prints: result.prints, ...(clock ? { ms: clock() - start } : {}) };
  const [error] = result.errors;
  if (error) return { ...more, outcome: 'error', detail: error.message, error };
  const value = result.results[0]?.value;
  const cases = rule.keys > 0 ? keys.judge(value) : [];
  const all = cases.length > 0 ? { cases } : {};
  const passed = rule.keys > 0 ? cases.every((one) => one.outcome === 'pass') : value === true;
  if (passed) return { ...more, ...all, outcome: 'pass' };
  const failure = failureOf(policy, rule, budget);
  return { ...more, ...all, outcome: 'fail', ...(failure ? { failure } : {}) };
}

/** What one test may take. */
function budgetOf({ nowNs, maxSteps, maxBytes, deadline, clock, limitMs }: TestOptions): EvalOptions {
  const end = clock !== undefined && limitMs !== undefined ? clock() + limitMs : undefined;
  const over = end === undefined ? deadline : () => (clock?.() ?? 0) > end || deadline?.() === true;
  return {
    nowNs,
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(over ? { deadline: over } : {}),
  };
}

/** Evaluates once more with a trace: the expression of the test's own body that failed last is why. */
function failureOf(policy: Policy, rule: TestRule, budget: EvalOptions): RegoTest['failure'] {
  let last: RegoTest['failure'];
  const trace = (event: TraceEvent): void => {
    if (event.op !== 'fail' || event.path !== rule.file || event.line < rule.line || event.line >= rule.end) return;
    if (event.text === '' || (last !== undefined && event.line < last.line)) return;
    const locals = Object.fromEntries(Object.entries(event.locals()).filter(([name]) => !name.startsWith(CASE)));
    last = { line: event.line, column: event.column, text: event.text, locals, values: event.values?.() ?? [] };
  };
  policy.eval(rule.query, { ...budget, trace });
  return last;
}

/** The keys a parameterised test went through, whether it held for them or not. */
class Cases {
  readonly #seen: unknown[][] = [];

  watch(rule: TestRule): (event: TraceEvent) => void {
    return (event) => {
      if (event.path !== rule.file || event.line < rule.line || event.line >= rule.end) return;
      if (event.op !== 'eval' && event.op !== 'fail') return;
      const locals = event.locals();
      const keys = Object.keys(locals)
        .filter((name) => name.startsWith(CASE))
        .sort();
      if (keys.length > 0) this.#seen.push(keys.map((name) => locals[name]));
    };
  }

  /** The cases that were seen, and those of the value, in the order of their names. */
  judge(value: unknown): TestCase[] {
    const whole = new Map<string, unknown>();
    const deepest = Math.max(0, ...this.#seen.map((keys) => keys.length));
    for (const keys of this.#seen) {
      if (keys.length < deepest) continue;
      let level = whole;
      keys.forEach((key, i) => {
        const name = nameOf(key);
        const below = level.get(name) ?? (i === keys.length - 1 ? false : new Map<string, unknown>());
        level.set(name, below);
        if (below instanceof Map) level = below;
      });
    }
    return casesOf(whole, value);
  }
}

function casesOf(seen: ReadonlyMap<string, unknown>, value: unknown): TestCase[] {
  const found = isPlain(value) ? value : {};
  return [...new Set([...seen.keys(), ...Object.keys(found)])].sort().map((name) => {
    const [below, own] = [seen.get(name), Object.hasOwn(found, name) ? found[name] : undefined];
    if (!(below instanceof Map) && !isPlain(own)) return { name, outcome: own === true ? 'pass' : 'fail' };
    const cases = casesOf(below instanceof Map ? below : new Map(), own);
    return { name, outcome: cases.every((one) => one.outcome === 'pass') ? 'pass' : 'fail', cases };
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(key: unknown): string {
  return typeof key === 'string' ? key : (JSON.stringify(key) ?? '');
}
