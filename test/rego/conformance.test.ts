import assert from 'node:assert/strict';
import test from 'node:test';
import { runCase } from '../../agent/rego/conformance.ts';
import { CONFORMANCE_GAPS } from '../../agent/rego/conformance-gaps.ts';
import { runFile, suiteFiles } from '../../scripts/conformance.ts';

const files = suiteFiles();

for (const file of files) {
  test(`conformance: ${file.split('/').at(-1)}`, () => {
    const outcomes = runFile(file);
    assert.ok(outcomes.length > 500, 'the suite is read whole');
    const failed = outcomes.filter((o) => !o.passed && CONFORMANCE_GAPS[o.id] === undefined);
    assert.deepEqual(
      failed.map((o) => `${o.id}: ${o.reason}`),
      [],
    );
    const stale = outcomes.filter((o) => o.passed && CONFORMANCE_GAPS[o.id] !== undefined);
    assert.deepEqual(
      stale.map((o) => o.id),
      [],
      'a listed gap that passes must leave the list',
    );
  });
}

if (files.length === 0) test('conformance', { skip: 'no suite in ../shared/cases/rego' }, () => {});

test('a case that should fail does fail', () => {
  const line = (want: unknown, more: object = {}): string =>
    JSON.stringify({
      id: 'x',
      dir: 'd',
      rego_version: 1,
      modules: ['package t\np := 1'],
      query: 'data.t.p = x',
      want_result: want,
      ...more,
    });
  assert.equal(runCase(line([{ x: 1 }])).passed, true);
  assert.equal(runCase(line([{ x: 2 }])).passed, false);
  assert.equal(runCase(line([])).passed, false);
  assert.equal(runCase(line(undefined, { want_error_code: 'eval_conflict_error' })).passed, false);
  assert.equal(runCase('[]').passed, false);
});
