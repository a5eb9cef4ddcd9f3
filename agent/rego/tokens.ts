/** Kinds of tokens as small numbers: a parser compares them some dozen times for each token. */

/** Punctuation by its text, the strength of infix operators rising as in `LEVELS` of the parser. */
const PUNCTUATION = [
  ...['=', ':=', '==', '!=', '<', '>', '<=', '>=', '|', '&', '+', '-', '*', '/', '%'],
  ...['(', ')', '[', ']', '{', '}', ',', ';', ':', '.'],
] as const;

const KEYWORDS = [
  ...['as', 'default', 'else', 'false', 'import', 'not', 'null', 'package', 'some', 'true', 'with'],
  ...['in', 'every', 'contains', 'if', 'and', 'or'],
] as const;

const OTHERS = [
  'end',
  /** A character that begins no token; nothing follows but the end. */
  'illegal',
  'number',
  'string',
  'template-start',
  'template-text',
  'template-open',
  'template-close',
  'template-end',
] as const;

type Punctuation = (typeof PUNCTUATION)[number];
export type Keyword = (typeof KEYWORDS)[number];

const FIRST_PUNCTUATION = OTHERS.length;
const FIRST_WORD = FIRST_PUNCTUATION + PUNCTUATION.length;

/** The kind of any token but plain names. */
export const KIND = Object.fromEntries(
  [...OTHERS, ...PUNCTUATION, 'ident', ...KEYWORDS].map((name, kind) => [name, kind]),
) as Readonly<Record<(typeof OTHERS)[number] | Punctuation | 'ident' | Keyword, number>>;

const NAMES: readonly string[] = [...OTHERS, ...PUNCTUATION];

export function isPunctuation(kind: number): boolean {
  return kind >= FIRST_PUNCTUATION && kind < FIRST_WORD;
}

/** Names, words that are keywords somewhere included. */
export function isWord(kind: number): boolean {
  return kind >= FIRST_WORD;
}

/** The text of punctuation, the name of any other kind that is no word. */
export function nameOfKind(kind: number): string {
  return NAMES[kind] ?? 'ident';
}

/** A set of keywords as one number. */
export function keywordBit(kind: number): number {
  return kind <= FIRST_WORD ? 0 : 1 << (kind - FIRST_WORD - 1);
}

export function keywordBits(words: readonly string[]): number {
  return words.reduce((bits, word) => bits | keywordBit(KIND[word as Keyword]), 0);
}

/** By the first letter and the length of a word: the keywords it may be. */
const CANDIDATES: (readonly [word: string, kind: number][] | undefined)[] = [];
for (const word of KEYWORDS) {
  const slot = (word.charCodeAt(0) - 97) * 16 + word.length;
  CANDIDATES[slot] = [...(CANDIDATES[slot] ?? []), [word, KIND[word]]];
}

/** The kind of the word between two offsets. */
export function wordKind(text: string, start: number, end: number): number {
  const first = text.charCodeAt(start) - 97;
  if (first < 0 || end - start > 8) return FIRST_WORD;
  const candidates = CANDIDATES[first * 16 + end - start];
  if (candidates !== undefined) {
    for (const [word, kind] of candidates) if (text.startsWith(word, start)) return kind;
  }
  return FIRST_WORD;
}

/** The kind of the punctuation at an offset, or undefined. */
export function punctuationKind(text: string, at: number): number | undefined {
  const first = text.charCodeAt(at);
  if (text.charCodeAt(at + 1) === EQUALS) {
    const kind = BEFORE_EQUALS[first];
    if (kind !== undefined) return kind;
  }
  return SINGLE[first];
}

const EQUALS = 61;
const SINGLE: (number | undefined)[] = new Array<undefined>(128).fill(undefined);
const BEFORE_EQUALS: (number | undefined)[] = new Array<undefined>(128).fill(undefined);
for (const text of PUNCTUATION) {
  (text.length === 1 ? SINGLE : BEFORE_EQUALS)[text.charCodeAt(0)] = KIND[text];
}
