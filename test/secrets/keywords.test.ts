import assert from 'node:assert/strict';
import { it } from 'node:test';
import { chooseFours } from '../../agent/model/secrets/fours.ts';
import { buildFinder, findKeywords } from '../../agent/model/secrets/keywords.ts';
import { randomFrom } from '../support/random.ts';

/** The plain way: every keyword at every offset, by their ends, the longest first. */
function naive(keywords: readonly string[], text: string): string[] {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const found: string[] = [];
  for (let end = 1; end <= text.length; end++) {
    const here = [...keywords.entries()].filter(([, keyword]) => folded.endsWith(keyword, end));
    here.sort(([, one], [, other]) => other.length - one.length);
    for (const [id, keyword] of here) found.push(`${id}:${end - keyword.length}-${end}`);
  }
  return found;
}

function run(keywords: readonly string[], text: string): string[] {
  const found: string[] = [];
  const finder = buildFinder(chooseFours(keywords.map((word) => ({ word }))));
  const bytes = Buffer.from(text, 'latin1');
  findKeywords(finder, bytes, (id, start, end) => found.push(`${id}:${start}-${end}`), text);
  return found;
}

it('finds keywords that overlap, contain and follow one another', () => {
  const keywords = ['he', 'she', 'his', 'hers', 'ushers', 'sh'];
  assert.deepEqual(run(keywords, 'uSHErs his'), naive(keywords, 'uSHErs his'));
});

it('agrees with the plain search on random text over a small alphabet', () => {
  const random = randomFrom(7);
  for (let round = 0; round < 200; round++) {
    const keywords = [...new Set(Array.from({ length: 8 }, () => random.text('abc_', 2 + random.below(6))))];
    const text = random.text('abcABC_-é\u{10000}x', 80);
    assert.deepEqual(run(keywords, text), naive(keywords, text), JSON.stringify({ keywords, text }));
  }
});

it('does not fold characters outside ASCII', () => {
  // U+212A is the Kelvin sign, which some case foldings make a k.
  assert.deepEqual(run(['key'], '\u212aey KEY'), ['0:4-7']);
});

it('finds keywords that lie across the pieces in which a long text is read', () => {
  const random = randomFrom(9);
  const keywords = ['token', 'ken_', 'to', 'a-very-long-keyword-that-goes-on-and-on'];
  const text = Array.from(
    { length: 3000 },
    () => random.text('xyz ', random.below(9)) + keywords[random.below(4)],
  ).join('');
  assert.deepEqual(run(keywords, text), naive(keywords, text));
});

it('tells only the beginning of a keyword whose rest has to stand behind it', () => {
  const finder = buildFinder(chooseFours([{ word: 'status_page', told: 6 }, { word: 'tus' }]));
  const found: string[] = [];
  const tell = (id: number, start: number, end: number) => found.push(`${id}:${start}-${end}`);
  findKeywords(finder, Buffer.from('status page Status_Page'), tell);
  assert.deepEqual(found, ['1:3-6', '0:12-18', '1:15-18']);
});

it('refuses a keyword that the pass could not see', () => {
  for (const word of ['k', 'Key', 'schlüssel', 'a\nb']) assert.throws(() => chooseFours([{ word }]), RangeError);
});
