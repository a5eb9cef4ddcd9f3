import assert from 'node:assert/strict';
import { it } from 'node:test';
import { distinguished, hooks } from '../../agent/model/secrets/generic/behind.ts';
import { calls } from '../../agent/model/secrets/generic/calls.ts';
import { commands } from '../../agent/model/secrets/generic/commands.ts';
import { keyWords } from '../../agent/model/secrets/generic/key-words.ts';
import { entries, written } from '../../agent/model/secrets/providers/index.ts';
import { tokensOf } from '../../agent/model/secrets/providers/table.ts';
import { stallingTexts } from '../support/stalling.ts';
import { charactersRead } from '../support/steps.ts';
import { scan } from './helpers.ts';

/** Characters that finders may read for each character of the text, when every one of them begins something. */
const limit = 2500;
/** The same text short and long. */
const short = 3 * 1024;
const long = 8 * short;
/** For the finders with the widest windows: a key's body, a manifest. */
const wide = 16 * 1024;

type Count = (text: string) => number;

/** What is wrong with what is read of texts made of one piece; empty when it stays in proportion to their length. */
function check(unit: string, count: Count = (text) => charactersRead(text, 'a.env')): string[] {
  const each = count(repeated(unit, 1024)) / 1024;
  const name = JSON.stringify(unit.slice(0, 40));
  if (each > limit) return [`${name}: ${Math.round(each)} characters read for each`];
  // With prose between the pieces a look at the whole text costs more than what each of them costs by itself.
  const sparse = unit + ' some more of it'.repeat(20);
  const times = count(repeated(sparse, long)) / (count(repeated(sparse, short)) + 10_000);
  // A window that goes beyond the end of the short text is not full there, so it may be somewhat more than eight times.
  return times > 10 ? [`${name}: grows ${times.toFixed(1)} times`] : [];
}

/** The same for texts with nothing between the pieces. */
function checkDense(unit: string, path: string, least: number): string[] {
  // A long piece needs a longer text, or the widest windows are full in the longer one only.
  const size = Math.max(least, 16 * unit.length);
  const once = charactersRead(repeated(unit, size), path);
  const four = charactersRead(repeated(unit, 4 * size), path);
  const name = `${JSON.stringify(unit.slice(0, 40))} in ${path}`;
  if (four / (4 * size) > limit) return [`${name}: ${Math.round(four / (4 * size))} characters read for each`];
  return four > 5 * once + 25 * size ? [`${name}: grows ${(four / once).toFixed(1)} times`] : [];
}

function repeated(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

it('text made of any keyword is read in proportion to its length', () => {
  const slow: string[] = [];
  const behind = (keyword: string) => `${keyword}: A1b2C3d4E5f6G7h8 ${keyword.toUpperCase()}-`;
  for (const keyword of [...keyWords, ...hooks, ...distinguished, ...Object.keys(calls), ...Object.keys(commands)])
    slow.push(...check(`${keyword}="`), ...check(behind(keyword)));
  for (const keyword of written.flatMap((row) => row.keywords))
    slow.push(...check(`${keyword}="x" ${behind(keyword)}`));
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
        const text = `${word}${tail}`.repeat(Math.ceil(600 / (word.length + tail.length)));
        const each = charactersRead(text, 'a.env') / text.length;
        if (each > limit) slow.push(`${JSON.stringify(word + tail)}: ${Math.round(each)} characters read for each`);
      }
    }
  }
  assert.deepEqual(slow, []);
});

it('text made to stall a finder is read in proportion to its length', () => {
  const slow = Object.values(stallingTexts).flatMap((unit) => [
    ...checkDense(unit, 'a.env', wide),
    ...checkDense(unit, '.npmrc', wide / 2),
    ...checkDense(unit, 'a.js', wide / 2),
  ]);
  assert.deepEqual(slow, []);
});

it('the count sees a finder that reads the whole text at every keyword', () => {
  const finder = (reach: number) => (text: string) =>
    charactersRead(text, 'a.txt', (whole) => {
      for (const { index } of whole.matchAll(/key/g))
        for (let step = 0; step < 10; step++) /z$/.test(whole.slice(index, index + reach));
    });
  const bounded = finder(400);
  assert.deepEqual(check('key="', bounded), []);
  assert.match(check('key="', finder(Number.POSITIVE_INFINITY))[0] ?? '', /grows/);
  // One look at everything among ten that are bounded is seen, too.
  const once = (text: string) =>
    charactersRead(text, 'a.txt', (whole) => [...whole.matchAll(/key/g)].map(({ index }) => whole.indexOf('}', index)));
  assert.match(check('key="', (text) => bounded(text) + once(text))[0] ?? '', /grows/);
});

it('twenty thousand findings in one file cost what twenty thousand lines cost', () => {
  const line = `a = ghp_${'k3J9x2Lm'.repeat(4)}Qz7T\n`;
  assert.equal(scan(line.repeat(2000), 'a.env').length, 2000);
  const short = charactersRead(line.repeat(5000), 'a.env');
  assert.ok(charactersRead(line.repeat(20_000), 'a.env') < 4.5 * short);
});
