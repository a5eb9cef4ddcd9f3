/** What is recorded of OPA is what the `opa` on PATH answers. `PREGATE_WRITE=1` records it anew. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import test from 'node:test';
import { answerText, recordings } from '../recorded/read.ts';
import { askOpa, opaVersion } from './opa.ts';

if (opaVersion === undefined) test('recorded answers against opa', { skip: 'no opa on PATH' }, () => {});
else {
  test(`opa ${opaVersion} answers as recorded`, () => {
    for (const { path, rows } of recordings()) {
      const answers = askOpa(rows.map((row) => row.expression));
      const found = rows.map(({ expression }, i) => `${expression}\n  ${answerText(answers[i] ?? {})}`);
      if (process.env['PREGATE_WRITE'] === '1') writeFileSync(path, `${found.join('\n')}\n`);
      else
        assert.deepEqual(
          found,
          rows.map(({ expression, answer }) => `${expression}\n  ${answer}`),
        );
    }
  });
}
