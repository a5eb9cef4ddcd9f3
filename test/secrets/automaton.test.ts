import assert from 'node:assert/strict';
import { it } from 'node:test';
import { buildAutomaton, findKeywords } from '../../agent/model/secrets/automaton.ts';
import { randomFrom } from '../support/random.ts';

/** The plain way: every keyword at every offset. */
function naive(keywords: readonly string[], text: string): string[] {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const found: string[] = [];
  for (let end = 1; end <= text.length; end++) {
    for (const [id, keyword] of keywords.entries()) {
      if (folded.endsWith(keyword, end)) found.push(`${id}:${end - keyword.length}-${end}`);
    }
  }
  return found.sort();
}

function run(keywords: readonly string[], text: string): string[] {
  const found: string[] = [];
  findKeywords(buildAutomaton(keywords), text, (id, start, end) => found.push(`${id}:${start}-${end}`));
  return found.sort();
}

it('finds keywords that overlap, contain and follow one another', () => {
  const keywords = ['he', 'she', 'his', 'hers', 'e', 'sh'];
  assert.deepEqual(run(keywords, 'uSHErs his'), naive(keywords, 'uSHErs his'));
});

it('agrees with the plain search on random text over a small alphabet', () => {
  const random = randomFrom(7);
  for (let round = 0; round < 200; round++) {
    const keywords = [...new Set(Array.from({ length: 8 }, () => random.text('abc_', 1 + random.below(5))))];
    const text = random.text('abcABC_-é\u{10000}x', 80);
    assert.deepEqual(run(keywords, text), naive(keywords, text), JSON.stringify({ keywords, text }));
  }
});

it('does not fold characters outside ASCII', () => {
  // U+212A is the Kelvin sign, which some case foldings make a k.
  assert.deepEqual(run(['key'], '\u212aey KEY'), ['0:4-7']);
});
