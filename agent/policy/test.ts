import { type CoverageReport, compile, type Policy, type RegoModule, type TraceEvent } from '../rego/index.ts';
import type { PolicyBundle, PolicyFile } from './types.ts';

export interface RegoTest {
  /** `data.pregate.push_test.test_unsigned_commit` */
  path: string;
  file: string;
  line: number;
  /** `skip` for rules named `todo_test_…`, as in `opa test`. */
  outcome: 'pass' | 'fail' | 'error' | 'skip';
  /** Why it is an error. */
  detail?: string;
  /** The last expression of the test that did not hold, with the values of its variables. */
  failure?: { line: number; column: number; text: string; locals: Record<string, unknown> };
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
  /** Milliseconds from anywhere; without it `ms` is left out. */
  clock?: () => number;
  /** Asked before each test and within; true ends the run. */
  deadline?: () => boolean;
}

/**
 * Runs the `test_` rules of a bundle together with `tests`, as `opa test` does: a test passes when its rule is defined
 * and neither false nor an error. `nowNs` is the instant they run at.
 */
export function runRegoTests(
  bundle: Pick<PolicyBundle, 'modules' | 'data' | 'dataJson' | 'regoVersion'>,
  tests: readonly PolicyFile[],
  nowNs: bigint,
): RegoTestResult {
  const modules: RegoModule[] = [...bundle.modules, ...tests].map(({ path, text }) => ({ path, text }));
  const version = bundle.regoVersion === 0 ? 'v0' : 'v1';
  const { policy, errors } = compile(modules, {
    version,
    ...(bundle.dataJson === undefined ? { data: bundle.data } : { dataJson: bundle.dataJson }),
  });
  if (!policy) {
    return { tests: [], errors: errors.map((error) => `${error.path ?? ''}:${error.line ?? 0}: ${error.message}`) };
  }
  return { tests: runTests(policy, { nowNs }).tests, errors: [] };
}

/** Runs the tests of a compiled policy, in the order of their rules. */
export function runTests(policy: Policy, options: TestOptions): { tests: RegoTest[]; coverage: CoverageReport[] } {
  const seen = new Set<string>();
  const tests: RegoTest[] = [];
  const coverage: CoverageReport[] = [];
  const rules = policy.rules();
  for (const rule of rules) {
    const name = rule.path.slice(rule.path.lastIndexOf('.') + 1);
    if (!/^(todo_)?test_/.test(name) || seen.has(rule.path) || options.only?.test(rule.path) === false) continue;
    if (options.deadline?.()) break;
    seen.add(rule.path);
    const { path, file, line } = rule;
    if (name.startsWith('todo_')) tests.push({ path, file, line, outcome: 'skip', prints: [] });
    else tests.push(runOne(policy, { path, file, line }, nextLine(rules, file, line), options, coverage));
  }
  return { tests, coverage };
}

function runOne(
  policy: Policy,
  rule: Pick<RegoTest, 'path' | 'file' | 'line'>,
  end: number,
  options: TestOptions,
  coverage: CoverageReport[],
): RegoTest {
  const { nowNs, maxSteps, deadline, clock } = options;
  const budget = { nowNs, ...(maxSteps === undefined ? {} : { maxSteps }), ...(deadline ? { deadline } : {}) };
  const start = clock?.() ?? 0;
  const result = policy.eval(rule.path, { ...budget, ...(options.coverage ? { coverage: true } : {}) });
  if (result.coverage) coverage.push(result.coverage);
  const more = { prints: result.prints, ...(clock ? { ms: clock() - start } : {}) };
  const [error] = result.errors;
  if (error) return { ...rule, outcome: 'error', detail: error.message, ...more };
  if (isPass(result.results)) return { ...rule, outcome: 'pass', ...more };
  const failure = failureOf(policy, rule, end, budget);
  return { ...rule, outcome: 'fail', ...more, ...(failure ? { failure } : {}) };
}

/** Evaluates once more with a trace: the expression of the test's own body that failed last is why. */
function failureOf(
  policy: Policy,
  rule: Pick<RegoTest, 'path' | 'file' | 'line'>,
  end: number,
  budget: { nowNs: bigint },
): RegoTest['failure'] {
  let last: RegoTest['failure'];
  const trace = (event: TraceEvent): void => {
    if (event.op !== 'fail' || event.path !== rule.file || event.line < rule.line || event.line >= end) return;
    if (last !== undefined && event.line < last.line) return;
    last = { line: event.line, column: event.column, text: event.text, locals: event.locals() };
  };
  policy.eval(rule.path, { ...budget, trace });
  return last;
}

function nextLine(rules: readonly { file: string; line: number }[], file: string, line: number): number {
  const after = rules.filter((r) => r.file === file && r.line > line).map((r) => r.line);
  return Math.min(Number.POSITIVE_INFINITY, ...after);
}

function isPass(results: readonly { value: unknown }[]): boolean {
  return results.length > 0 && results.every((result) => result.value !== false);
}
