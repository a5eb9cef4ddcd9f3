import assert from 'node:assert/strict';
import { it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { redact, redactLine } from '../../agent/model/redact.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { generateSecret, secretNames } from '../support/secrets.ts';

it('masks every range, whatever their order and overlap, and keeps the lines', () => {
  assert.equal(
    redact('abcdefgh', [
      [4, 6],
      [1, 3],
      [2, 5],
    ]),
    'a********gh',
  );
  assert.equal(redact('ab\ncd\r\nef', [[1, 8]]), 'a********\n********\r\n********f');
  assert.equal(
    redact('abc', [
      [-5, 1],
      [2, 99],
      [1, 1],
    ]),
    '********b********',
  );
  assert.equal(
    redact('abcdefgh', [
      [1, 7],
      [2, 4],
    ]),
    'a********h',
  );
  assert.equal(redact('abc', []), 'abc');
});

it('does not tell the length of what it hides', () => {
  assert.equal(redact('a1234567890', [[1, 11]]).length, redact('a12', [[1, 3]]).length);
});

it('shows a line without the part of a range that began above it', () => {
  const document = documentFromText('a', 'one\nsecret\nsecond half tail\n');
  assert.equal(redactLine(document, 3, [[4, 22]]), '******** tail');
  assert.equal(redactLine(document, 1, [[4, 22]]), 'one');
  assert.equal(redactLine(document, 9, []), '');
});

it('leaves no six characters of any generated secret', () => {
  for (const name of secretNames()) {
    const value = generateSecret(name, 1);
    const text = `before\npassword = "${value}"\nafter\n`;
    const { hits } = scanSecrets(documentFromText('a.env', text));
    const shown = redact(
      text,
      hits.flatMap((hit) => [hit.range, ...(hit.related ?? []).map(({ range }) => range)]),
    );
    if (hits.length === 0) continue;
    for (let at = 0; at + 6 <= value.length; at++) {
      const piece = value.slice(at, at + 6);
      if (/^[-\s]*$/.test(piece) || 'before\npassword = "'.includes(piece)) continue;
      assert.ok(!shown.includes(piece), `${name} shows ${at}`);
    }
  }
});
