import { commonness } from './fours-seen.ts';
import type { Keywords } from './keywords.ts';

/** A keyword; where `told` is given only so many of its characters are told, and the others have to stand behind them. */
export interface Keyword {
  word: string;
  told?: number;
}

/**
 * Writes keywords down for the pass over the text, each with the four of its characters that are seen most seldom and
 * shared with the fewest others. Throws on one that is not lower-case ASCII of 2 to 80 characters. Runs at build time.
 */
export function chooseFours(keywords: readonly Keyword[]): Keywords {
  const chosen = { words: [] as string[], starts: '', lengths: '' };
  const shared = new Map<string, number>();
  for (const { word, told } of keywords) {
    if (!/^[ -@[-~]{2,80}$/.test(word)) throw new RangeError(`not a keyword: ${word}`);
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at === 0 || at + 4 <= word.length; at++) {
      const four = word.slice(at, at + 4);
      // One that is looked for anyway costs only the comparison.
      const cost = commonness(four) * (shared.has(four) ? 0.3 * (shared.get(four) as number) : 1);
      if (cost < least) [best, least] = [at, cost];
    }
    const four = word.slice(best, best + 4);
    shared.set(four, (shared.get(four) ?? 0) + 1);
    chosen.words.push(word);
    chosen.starts += String.fromCharCode(33 + best);
    chosen.lengths += String.fromCharCode(33 + (told ?? word.length));
  }
  return { ...chosen, words: chosen.words.join('\n') };
}
