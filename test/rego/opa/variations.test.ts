/** The expected values of `test/rego/variations.ts` are those of the `opa` on PATH. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { type RegoObject, toJson, type Value } from '../../../agent/rego/index.ts';
import { parseJson } from '../../../agent/rego/values/json.ts';
import { VARIATIONS } from '../variations.ts';
import { opaVersion, runOpa } from './opa.ts';

if (opaVersion === undefined) test('variations against opa', { skip: 'no opa on PATH' }, () => {});
else {
  test(`opa ${opaVersion} gives the values we expect of small modules`, () => {
    for (const v0 of [false, true]) {
      const rows = VARIATIONS.filter((row) => (row.v0 ?? false) === v0);
      const files = Object.fromEntries(rows.map((row, i) => [`m${i}.rego`, `package m.m${i}\n${row.body}\n`]));
      const flags = v0 ? ['--v0-compatible'] : [];
      const query = '{name: p | p := data.m[name].p}';
      const { stdout } = runOpa(files, (folder) => ['eval', ...flags, '--format', 'raw', '-d', folder, query]);
      const found = parseJson(stdout) as RegoObject;
      for (const [i, row] of rows.entries()) {
        const value: Value | undefined = found.get(`m${i}`);
        assert.equal(value === undefined ? undefined : toJson(value), row.value, row.body);
      }
    }
  });
}
