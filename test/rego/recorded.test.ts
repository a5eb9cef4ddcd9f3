/** Answers of OPA to awkward calls that were recorded, value and words of errors alike. */
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import test from 'node:test';
import { askOurs } from './opa/opa.ts';
import { answerText, recordings } from './recorded/read.ts';

for (const { path, rows } of recordings()) {
  test(`${rows.length} calls answer as recorded in ${basename(path)}`, () => {
    const answers = askOurs(rows.map((row) => row.expression));
    const found = rows.map(({ expression }, i) => `${expression}\n  ${answerText(answers[i] ?? {})}`);
    assert.deepEqual(
      found,
      rows.map(({ expression, answer }) => `${expression}\n  ${answer}`),
    );
  });
}
