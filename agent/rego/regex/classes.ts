/** Character classes as ranges of code points. */

/** Inclusive ranges of code points, sorted, not overlapping. */
export type Ranges = readonly (readonly [number, number])[];

export const LAST = 0x10ffff;

export const CONTROL: Record<string, number> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const DIGIT: Ranges = [[48, 57]];
const WORD: Ranges = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
export const PERL: Record<string, Ranges> = {
  d: DIGIT,
  s: [
    [9, 10],
    [12, 13],
    [32, 32],
  ],
  w: WORD,
};
export const POSIX: Record<string, Ranges> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: DIGIT,
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: WORD,
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};

export function merge(ranges: readonly (readonly [number, number])[]): Ranges {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [low, high] of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

export function negate(ranges: Ranges): Ranges {
  const out: [number, number][] = [];
  let next = 0;
  for (const [low, high] of ranges) {
    if (low > next) out.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= LAST) out.push([next, LAST]);
  return out;
}

/** Letters of one fold that are not each other's upper or lower case. */
const FOLDS = [
  'Kk\u212a',
  'Ss\u017f',
  '\u00c5\u00e5\u212b',
  '\u00b5\u039c\u03bc',
  '\u0398\u03b8\u03d1\u03f4',
  '\u03a3\u03c2\u03c3',
].map((letters) => [...letters].map((c) => c.codePointAt(0) as number));

/** Adds the other case of every letter; long ranges outside ASCII are left, as they hold both cases already. */
export function foldCase(ranges: Ranges): Ranges {
  const extra: [number, number][] = [];
  for (const [low, high] of ranges) {
    if (high - low > 2000) {
      extra.push([65, 90], [97, 122]);
      continue;
    }
    for (let code = low; code <= high; code++) {
      const char = String.fromCodePoint(code);
      for (const other of [char.toLowerCase(), char.toUpperCase()]) {
        const point = other.codePointAt(0) as number;
        if (other !== char && other.length === (point > 0xffff ? 2 : 1)) extra.push([point, point]);
      }
    }
  }
  for (const fold of FOLDS) {
    if (!fold.some((point) => ranges.some(([low, high]) => point >= low && point <= high))) continue;
    for (const point of fold) extra.push([point, point]);
  }
  return merge([...ranges, ...extra]);
}

const unicode = new Map<string, Ranges | undefined>();

/** Ranges of a Unicode category or script, from what the JavaScript engine knows of it. */
export function unicodeRanges(name: string): Ranges | undefined {
  if (name === 'Any') return [[0, LAST]];
  if (!unicode.has(name)) unicode.set(name, computeUnicode(name));
  return unicode.get(name);
}

function computeUnicode(name: string): Ranges | undefined {
  let test: RegExp;
  try {
    test = new RegExp(`^\\p{${name.length <= 2 ? name : `Script=${name}`}}$`, 'u');
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (let code = 0; code <= 0x323af; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    if (!test.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}
