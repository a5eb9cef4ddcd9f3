import assert from 'node:assert/strict';
import { it } from 'node:test';
import { calls } from '../../agent/model/secrets/generic/calls.ts';
import { commands } from '../../agent/model/secrets/generic/commands.ts';
import { keyWords } from '../../agent/model/secrets/generic/words.ts';
import { entries, written } from '../../agent/model/secrets/providers/index.ts';
import { tokensOf } from '../../agent/model/secrets/providers/table.ts';
import { stallingTexts } from '../support/stalling.ts';
import { charactersRead } from '../support/steps.ts';
import { scan } from './helpers.ts';

const size = 4 * 1024;
/** For the finders with the widest windows: a key's body, a manifest. */
const wide = 32 * 1024;
/** Characters that finders may read for each character of the text, when every one of them begins something. */
const limit = 2500;

/** What is wrong with the growth of one text; empty when reading stays in proportion to its length. */
function check(unit: string, path = 'a.env', length = size): string[] {
  const text = unit.repeat(Math.ceil((4 * length) / unit.length));
  const once = charactersRead(text.slice(0, length), path);
  const four = charactersRead(text.slice(0, 4 * length), path);
  const name = `${JSON.stringify(unit.slice(0, 40))} in ${path}`;
  if (four / (4 * length) > limit) return [`${name}: ${Math.round(four / (4 * length))} characters read for each`];
  // A window as wide as the short text is not full there, so the long text may cost somewhat more than four times.
  return four > 5 * once + 400_000 ? [`${name}: grows ${(four / once).toFixed(1)} times`] : [];
}

it('text made of any keyword is read in proportion to its length', () => {
  const slow: string[] = [];
  for (const keyword of [
    ...keyWords,
    ...Object.keys(calls),
    ...Object.keys(commands),
    ...written.flatMap((row) => row.keywords),
  ]) {
    for (const tail of ['="', ': A1b2C3d4E5f6G7h8 ']) slow.push(...check(keyword + tail));
    slow.push(...check(`${keyword.toUpperCase()}-`));
  }
  assert.deepEqual(slow, []);
});

it('text made of any provider’s prefix and alphabet is read in proportion to its length', () => {
  const slow: string[] = [];
  for (const row of written) {
    for (const keyword of row.keywords) {
      const prefix = /[A-Z]{3}/.test(row.pattern.source) ? keyword.toUpperCase() : keyword;
      slow.push(
        ...check(`${prefix}${'a1B2c3D4e5F6'.repeat(40)} `),
        ...check(`${'0123456789abcdefABCDEF'.repeat(8)}${prefix}`),
      );
    }
  }
  assert.deepEqual(slow, []);
});

it('text made of any entry’s names, prefixes and alphabets is read within the same bounds', () => {
  const slow: string[] = [];
  for (const entry of entries()) {
    const prefixes = tokensOf(entry).flatMap((row) => row.keywords.slice(0, 1));
    for (const word of [...new Set([entry.names[0]?.word ?? '', ...prefixes])].filter((one) => one !== '')) {
      for (const tail of [' key="', `_key=${'a1B2c3D4e5F6'.repeat(8)} `]) {
        const text = `${word}${tail}`.repeat(Math.ceil(1500 / (word.length + tail.length)));
        const each = charactersRead(text, 'a.env') / text.length;
        if (each > limit) slow.push(`${JSON.stringify(word + tail)}: ${Math.round(each)} characters read for each`);
      }
    }
  }
  assert.deepEqual(slow, []);
});

it('text made to stall a finder is read in proportion to its length', () => {
  const slow = Object.values(stallingTexts).flatMap((unit) => [
    ...check(unit, 'a.env', wide),
    ...check(unit, '.npmrc', wide),
    ...check(unit, 'a.js', wide),
  ]);
  assert.deepEqual(slow, []);
});

it('the count sees a finder that reads the whole text at every keyword', () => {
  const quadratic = (text: string) => {
    for (let at = 0; at < text.length; at += 8) /z$/.test(text.slice(at));
  };
  const once = charactersRead('a'.repeat(size), 'a.txt', quadratic);
  assert.ok(charactersRead('a'.repeat(4 * size), 'a.txt', quadratic) > 12 * once);
});

it('twenty thousand findings in one file cost what twenty thousand lines cost', () => {
  const line = `a = ghp_${'k3J9x2Lm'.repeat(4)}Qz7T\n`;
  assert.equal(scan(line.repeat(2000), 'a.env').length, 2000);
  const short = charactersRead(line.repeat(5000), 'a.env');
  assert.ok(charactersRead(line.repeat(20_000), 'a.env') < 4.5 * short);
});
