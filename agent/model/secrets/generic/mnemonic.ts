import { describe } from '../match.ts';
import type { Scan } from '../types.ts';

/** Twelve to twenty-four words of three to eight small letters, one space between two. */
const phrase = /["'`:=\s]{1,8}((?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?=["'`\s;,]|$)/y;

/** A word that is in every sentence and in no list of BIP-39. */
const prose = /\b(?:the|and|for|with|from|are|was|has|not|your|into|than|them|these|their|its|must|phrase|words?)\b/;

/**
 * A wallet's words (BIP-39: https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki) behind a name that says so. `end` is
 * the offset behind the name. A dozen different words at least but two: examples repeat one.
 */
export function findMnemonic(scan: Scan, end: number): void {
  let at = end;
  // A call's bracket is followed by the words themselves.
  while (scan.text[end - 1] !== '(' && at - end < 24 && /[\w"'\])]/.test(scan.text[at] ?? ' ')) at++;
  phrase.lastIndex = at;
  const words = phrase.exec(scan.text)?.[1];
  if (words === undefined || prose.test(words)) return;
  const all = words.split(' ');
  if (all.length % 3 !== 0 || new Set(all).size < Math.min(8, all.length - 4)) return;
  const start = phrase.lastIndex - words.length;
  scan.hits.push({
    rule: 'generic-secret',
    range: [start, start + words.length],
    message: describe('Words of a wallet', words.length),
    severity: 'high',
    confidence: 'medium',
    identity: words,
    by: 'generic',
  });
}
