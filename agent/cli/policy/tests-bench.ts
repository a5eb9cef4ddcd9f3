import { type RegoTest, runTests, type TestOptions } from '../../policy/test.ts';
import { testRules } from '../../policy/test-rules.ts';
import type { Policy } from '../../rego/index.ts';
import type { Io } from '../command.ts';
import { goBenchName } from './bench-text.ts';
import { isBad, opaTest, testsText } from './tests-text.ts';

/** A test is repeated for so many milliseconds. */
const BENCH_MS = 1000;

/** Measures each test that holds and prints what `opa test --bench` prints, without allocations, which Node does not count. */
export function benchTests(policy: Policy, options: TestOptions, format: string, io: Io): readonly RegoTest[] {
  const { tests } = runTests(policy, { ...options, coverage: false });
  const queries = new Map(testRules(policy).map((rule) => [rule.path, rule.query]));
  const listed: object[] = [];
  for (const test of tests) {
    const query = queries.get(test.path);
    if (isBad(test) || test.outcome === 'skip' || query === undefined) {
      listed.push(opaTest(test));
      if (format === 'pretty')
        io.out(testsText([test], { verbose: true, values: false, width: io.width }).split('---')[0] ?? '');
      continue;
    }
    const start = performance.now();
    let [times, spent] = [0, 0];
    for (; spent < BENCH_MS; spent = performance.now() - start, times++) policy.eval(query, { nowNs: options.nowNs });
    const ns = Math.round((spent * 1e6) / times);
    const name = format === 'gobench' ? goBenchName(`${test.package}.${test.name}`) : test.path;
    if (format !== 'json')
      io.out(
        `${name}\t${String(times).padStart(8)}\t${String(ns).padStart(10)} ns/op\t${String(ns).padStart(10)} timer_rego_query_eval_ns/op\n`,
      );
    const result = { N: times, T: Math.round(spent * 1e6), Bytes: 0, Extra: { 'timer_rego_query_eval_ns/op': ns } };
    listed.push({ ...opaTest(test), duration: result.T, benchmark_result: result });
  }
  if (format === 'json') io.out(`${JSON.stringify(listed, null, 2)}\n`);
  else if (tests.length > 0)
    io.out(
      `${'-'.repeat(80)}\n${testsText(
        tests.map((test) => ({ ...test, prints: [] })),
        { verbose: false, values: false, width: io.width },
      )
        .split('\n')
        .filter((line) => /^(PASS|FAIL|SKIPPED|ERROR): /.test(line))
        .join('\n')}\n`,
    );
  return tests;
}
