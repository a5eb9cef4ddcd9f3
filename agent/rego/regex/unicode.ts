/** What Go 1.25 knows of Unicode in patterns, from what the JavaScript engine knows of it. */
import { LAST, merge, type Ranges } from './classes.ts';

/** Other names of categories, as Go compares them: without spaces, dashes and underscores. */
const CATEGORIES: Record<string, string> = {
  Casedletter: 'LC',
  Closepunctuation: 'Pe',
  Combiningmark: 'M',
  Connectorpunctuation: 'Pc',
  Control: 'Cc',
  Cntrl: 'Cc',
  Currencysymbol: 'Sc',
  Dashpunctuation: 'Pd',
  Decimalnumber: 'Nd',
  Digit: 'Nd',
  Enclosingmark: 'Me',
  Finalpunctuation: 'Pf',
  Format: 'Cf',
  Initialpunctuation: 'Pi',
  Letter: 'L',
  Letternumber: 'Nl',
  Lineseparator: 'Zl',
  Lowercaseletter: 'Ll',
  Mark: 'M',
  Mathsymbol: 'Sm',
  Modifierletter: 'Lm',
  Modifiersymbol: 'Sk',
  Nonspacingmark: 'Mn',
  Number: 'N',
  Openpunctuation: 'Ps',
  Other: 'C',
  Otherletter: 'Lo',
  Othernumber: 'No',
  Otherpunctuation: 'Po',
  Othersymbol: 'So',
  Paragraphseparator: 'Zp',
  Privateuse: 'Co',
  Punct: 'P',
  Punctuation: 'P',
  Separator: 'Z',
  Spaceseparator: 'Zs',
  Spacingmark: 'Mc',
  Surrogate: 'Cs',
  Symbol: 'S',
  Titlecaseletter: 'Lt',
  Unassigned: 'Cn',
  Uppercaseletter: 'Lu',
  Lc: 'LC',
};

/** Scripts whose names are as short as the codes of scripts, which Go does not know. */
const SHORT_SCRIPTS = ['Ahom', 'Cham', 'Han', 'Kawi', 'Lao', 'Lisu', 'Modi', 'Mro', 'Newa', 'Nko', 'Thai', 'Toto'];
SHORT_SCRIPTS.push('Vai', 'Yi');

const known = new Map<string, Ranges | undefined>();

/** Ranges of a category or script, or undefined where Go knows no such name. */
export function unicodeRanges(written: string): Ranges | undefined {
  const plain = written.replace(/[ _-]/g, '');
  const name = plain.charAt(0).toUpperCase() + plain.slice(1).toLowerCase();
  if (!known.has(name)) known.set(name, compute(name));
  return known.get(name);
}

const folded = new WeakMap<Ranges, Ranges>();

/** What `unicodeRanges` returned, with the other cases of its letters. */
export function foldClass(ranges: Ranges): Ranges {
  const before = folded.get(ranges);
  if (before !== undefined) return before;
  const made = foldCase(ranges);
  folded.set(ranges, made);
  return made;
}

function compute(name: string): Ranges | undefined {
  if (name === 'Any') return [[0, LAST]];
  if (name === 'Ascii') return [[0, 0x7f]];
  let runs: RegExp;
  try {
    runs = new RegExp(`${propertyOf(name)}+`, 'gu');
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (const [low, high, isWhole] of SEGMENTS) {
    const text = isWhole ? String.fromCodePoint(low) : textOf(low, high);
    for (const found of text.matchAll(runs)) {
      if (isWhole) add(ranges, low, high);
      // The characters of a segment have one length.
      else add(ranges, low + found.index / sizeOf(low), low + (found.index + found[0].length) / sizeOf(low) - 1);
    }
  }
  return ranges;
}

/** All code points. Of some stretches each character is as the first: surrogates, private use, planes with nothing in them. */
const SEGMENTS: readonly (readonly [low: number, high: number, isWhole: boolean])[] = [
  [0, 0xd7ff, false],
  [0xd800, 0xdfff, true],
  [0xe000, 0xffff, false],
  [0x10000, 0x323ff, false],
  [0x32400, 0xdffff, true],
  [0xe0000, 0xe0fff, false],
  [0xe1000, 0xeffff, true],
  [0xf0000, 0xffffd, true],
  [0xffffe, 0xfffff, true],
  [0x100000, 0x10fffd, true],
  [0x10fffe, 0x10ffff, true],
];

function sizeOf(code: number): number {
  return code > 0xffff ? 2 : 1;
}

const texts = new Map<number, string>();

/** Kept: to make it takes longer than to search it. */
function textOf(low: number, high: number): string {
  let text = texts.get(low);
  if (text === undefined) {
    const parts: string[] = [];
    for (let code = low; code <= high; code += 1024) {
      parts.push(String.fromCodePoint(...Array.from({ length: Math.min(1024, high + 1 - code) }, (_, i) => code + i)));
    }
    text = parts.join('');
    texts.set(low, text);
  }
  return text;
}

function add(ranges: [number, number][], low: number, high: number): void {
  const last = ranges.at(-1);
  if (last !== undefined && last[1] === low - 1) last[1] = high;
  else ranges.push([low, high]);
}

function propertyOf(name: string): string {
  if (name === 'Assigned') return '\\P{Cn}';
  const category = CATEGORIES[name] ?? (name.length <= 2 && name !== 'Yi' ? name : undefined);
  if (category !== undefined) return `\\p{${category}}`;
  return name.length > 4 || SHORT_SCRIPTS.includes(name) ? `\\p{Script=${name}}` : '[';
}

/** Letters that came after Unicode 15, which Go's tables are of, with another case. */
const NEWER: Ranges = [
  [0x1c89, 0x1c8a],
  [0xa7cb, 0xa7cf],
  [0xa7d2, 0xa7d2],
  [0xa7d4, 0xa7d4],
  [0xa7da, 0xa7dc],
  [0x10d50, 0x10d85],
  [0x16ea0, 0x16ed3],
];

/** Whether Go knows no case of a letter that the JavaScript engine knows. */
export function isNewerLetter(char: string): boolean {
  const code = char.codePointAt(0) as number;
  return NEWER.some(([low, high]) => code >= low && code <= high);
}

/** By code point, sorted. */
let folds: readonly Fold[] | undefined;

type Fold = readonly [code: number, others: readonly number[]];

/** Adds the other cases of every letter. */
export function foldCase(ranges: Ranges): Ranges {
  const extra: [number, number][] = [];
  for (const [low, high] of ranges) {
    for (const code of foldsOf(low, high)) extra.push([code, code]);
  }
  return merge([...ranges, ...extra]);
}

/** The other cases of the letters from one code point to another, as far as they are outside, by Unicode's simple folding. */
function* foldsOf(low: number, high: number): Generator<number> {
  if (high < 0x80) {
    for (let code = Math.max(low, 65); code <= Math.min(high, 122); code++) {
      const char = String.fromCharCode(code);
      if (!/[A-Za-z]/.test(char)) continue;
      yield code ^ 0x20;
      if (char === 'k' || char === 'K') yield 0x212a;
      if (char === 's' || char === 'S') yield 0x17f;
    }
    return;
  }
  folds ??= foldTable();
  for (let i = firstFrom(folds, low); i < folds.length; i++) {
    const [code, others] = folds[i] as Fold;
    if (code > high) return;
    for (const other of others) if (other < low || other > high) yield other;
  }
}

/** The place of the first letter at or after a code point. */
function firstFrom(table: readonly Fold[], code: number): number {
  let [from, to] = [0, table.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((table[middle] as Fold)[0] < code) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** JavaScript's patterns fold as Go's do: letters that upper or lower case leads to are asked about. */
function foldTable(): Fold[] {
  const groups = new Map<number, Set<number>>();
  for (const code of casedLetters()) {
    const char = String.fromCodePoint(code);
    const upper = char.toUpperCase();
    const lower = char.toLowerCase();
    for (const other of [upper, lower, upper.toLowerCase()]) {
      if (other === char || [...other].length !== 1 || !isFold(char, other)) continue;
      const point = other.codePointAt(0) as number;
      const group = new Set([...(groups.get(code) ?? [code]), ...(groups.get(point) ?? [point])]);
      for (const member of group) groups.set(member, group);
    }
  }
  return [...groups]
    .map(([code, group]): Fold => [code, [...group].filter((other) => other !== code)])
    .sort(([a], [b]) => a - b);
}

function* casedLetters(): Generator<number> {
  for (const [low, high, isWhole] of SEGMENTS) {
    if (isWhole) continue;
    for (const found of textOf(low, high).matchAll(/\p{Changes_When_Casemapped}/gu))
      yield low + found.index / sizeOf(low);
  }
}

function isFold(a: string, b: string): boolean {
  return !isNewerLetter(a) && !isNewerLetter(b) && new RegExp(`^[${a}]$`, 'iu').test(b);
}
