/** Whether two patterns of `regex.globs_match` (characters, `.`, sets, `*`, `+`) have a string in common. */
import { merge, type Ranges } from './classes.ts';

interface Token {
  ranges: Ranges;
  repeat: '' | '*' | '+';
}

const ANY: Ranges = [[0, 0x10ffff]];

export class GlobError extends Error {}

/**
 * Throws `GlobError` on a pattern that is none. `step` is told the work, and may throw. Not the exact intersection, but
 * the answer OPA's library gives: a starred token takes what it can, and gives way only where the token after it fits.
 */
export function globsIntersect(a: string, b: string, step: (work: number) => void): boolean {
  const [left, right] = [tokenize(a), tokenize(b)];
  const plain = (l: Token | undefined, r: Token | undefined): boolean => l?.repeat === '' && r?.repeat === '';
  let head = 0;
  for (; plain(left[head], right[head]); head++) {
    if (!overlap((left[head] as Token).ranges, (right[head] as Token).ranges)) return false;
  }
  // The library leaves one token that fits at either end, which matters to what a starred token takes.
  if (head > 0) head--;
  let [l, r] = [left.length - 1, right.length - 1];
  for (; l >= head && r >= head && plain(left[l], right[r]); l--, r--) {
    if (!overlap((left[l] as Token).ranges, (right[r] as Token).ranges)) return false;
  }
  if (l < left.length - 1) [l, r] = [l + 1, r + 1];
  return together(left.slice(head, l + 1), right.slice(head, r + 1), step);
}

function together(left: Token[], right: Token[], step: (work: number) => void): boolean {
  for (let i = 0; ; i++) {
    step(1);
    const l = left[i];
    const r = right[i];
    if (l === undefined || r === undefined) return l === r;
    if (l.repeat !== '' && repeated(left.slice(i), right.slice(i), step)) return true;
    if (l.repeat !== '' && (r.repeat === '' || (l.repeat === '+' && !overlap(l.ranges, r.ranges)))) return false;
    if (r.repeat !== '') return repeated(right.slice(i), left.slice(i), step);
    if (!overlap(l.ranges, r.ranges)) return false;
  }
}

/** `tokens` begins with a repeated one. */
function repeated(tokens: Token[], other: Token[], step: (work: number) => void): boolean {
  const [star, next] = tokens as [Token, Token | undefined];
  let rest = other;
  if (star.repeat === '+') {
    if (!overlap(star.ranges, (other[0] as Token).ranges)) return false;
    rest = other.slice(1);
  }
  for (let i = 0; i < rest.length; i++) {
    step(1);
    const t = rest[i] as Token;
    if (next !== undefined && overlap(t.ranges, next.ranges) && together(tokens.slice(1), rest.slice(i), step))
      return true;
    if (!overlap(t.ranges, star.ranges)) return false;
  }
  return next === undefined;
}

function overlap(a: Ranges, b: Ranges): boolean {
  // The library asks nothing of what stands against a dot, not even that it fits anything.
  if (a === ANY || b === ANY) return true;
  return a.some(([low, high]) => b.some(([from, to]) => low <= to && from <= high));
}

function tokenize(text: string): Token[] {
  const chars = [...text];
  const tokens: Token[] = [];
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i] as string;
    let ranges: Ranges;
    if (c === '[') {
      const set = readSet(text, chars, i + 1);
      ranges = set.ranges;
      i = set.end;
    } else if (c === ']') fail(text, i + 1, "set-close ']' with no preceding '['");
    else if (c === '*' || c === '+') fail(text, i + 1, `flag '${c}' must be preceded by a non-flag`);
    else if (c === '.') ranges = ANY;
    else {
      if (c === '\\') i++;
      const code = chars[i]?.codePointAt(0);
      if (code === undefined) fail(text, i - 1, 'input ends with a \\ (escape) character');
      ranges = [[code, code]];
    }
    const flag = chars[i + 1];
    if (flag === '*' || flag === '+') {
      i++;
      tokens.push({ ranges, repeat: flag });
    } else tokens.push({ ranges, repeat: '' });
  }
  return tokens;
}

function readSet(text: string, chars: string[], start: number): { ranges: Ranges; end: number } {
  const ranges: [number, number][] = [];
  /** What a range may begin with: the character before, unless it ends one. */
  let before: number | undefined;
  let i = start;
  for (; chars[i] !== ']'; i++) {
    if (chars[i] === undefined) fail(text, i, 'found [ without matching ]');
    if (chars[i] !== '-') {
      i = skipEscape(text, chars, i);
      before = codeAt(chars, i);
      ranges.push([before, before]);
      continue;
    }
    if (before === undefined) fail(text, i + 1, "range character '-' must be preceded by a Unicode character");
    // The library looks for one character more than it needs.
    if (i + 2 >= chars.length) fail(text, i + 1, "range character '-' must be followed by a Unicode character");
    const isSpecial = chars[i + 1] === ']' || chars[i + 1] === '-';
    if (isSpecial) fail(text, i + 2, "range character '-' cannot be followed by a special symbol");
    i = skipEscape(text, chars, i + 1);
    const high = codeAt(chars, i);
    if (high < before) {
      fail(
        text,
        i + 1,
        `range is out of order: '${chars[i]}' comes before '${String.fromCodePoint(before)}' in Unicode`,
      );
    }
    ranges.push([before, high]);
    before = undefined;
  }
  return { ranges: merge(ranges), end: i };
}

/** The place of the character that is meant: of the one behind a backslash. */
function skipEscape(text: string, chars: string[], i: number): number {
  if (chars[i] !== '\\') return i;
  if (i + 1 >= chars.length) fail(text, i, 'input ends with a \\ (escape) character');
  return i + 1;
}

function codeAt(chars: string[], i: number): number {
  return (chars[i] as string).codePointAt(0) as number;
}

function fail(text: string, position: number, what: string): never {
  throw new GlobError(`input:${text}, pos:${position}, ${what}: the input provided is invalid`);
}
