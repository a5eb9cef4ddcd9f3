import type { Stretch } from '../types.ts';
import { instruction } from './instruction.ts';
import { cannotAssign, readSign, type Sign } from './signs.ts';

/** A value that stands behind an identifier. `quoted` values are literals in any language. */
export interface Assigned {
  identifier: string;
  start: number;
  end: number;
  value: string;
  quoted: boolean;
  /** Nothing but a space or a comma stands between identifier and value, so it may be prose or a list. */
  loose: boolean;
  /** The identifier is a function's name and the value its argument. */
  call: boolean;
  /** `Bearer` or `Basic`, when that word stood in front of the value. */
  scheme?: 'bearer' | 'basic';
}

const longest = 1200;

/**
 * Reads the identifier around `[start, end)` and the value that follows it, in the shapes in which languages and
 * formats write one: `a = "v"`, `a: v`, `"a": "v"`, `a => 'v'`, `a: string = "v"`, `f("a", "v")`, `a("v")`, `--a v`,
 * `<a>v</a>`, `key="a" value="v"`, `name: A⏎ value: v`. Looks at no more than 60 + 60 + 1,200 characters.
 * `isWanted` may say by the identifier, and the offset behind it, that no value of it would count. `unbroken` is kept from call to
 * call on the same text.
 */
export function readAssignment(
  text: string,
  start: number,
  end: number,
  isWanted?: (identifier: string, behind: number) => boolean,
  unbroken: Stretch = { from: 0, to: -1 },
): Assigned | undefined {
  const [from, to] = nameAround(text, start, end);
  if (isInPath(text, from, to)) return undefined;
  const before = text.charCodeAt(from - 1);
  if (cannotAssign(text, to, before)) {
    // `name: A` at a line's end may have its value above it.
    const named = before === 32 && (text[from - 2] === ':' || text[from - 2] === '=');
    if (!named) return readCompared(text, from, to);
    // Or below other fields of the same item.
    if (text.charCodeAt(to) !== 10) return readBackwards(text, from, to);
  }
  const identifier = text.slice(from, to);
  if (isWanted && !isWanted(identifier, to)) return undefined;
  const sign = readSign(text, to, text.slice(Math.max(0, from - 24), from));
  const value = sign && ((sign.element ? readElement(text, sign.at) : undefined) ?? readValue(text, sign.at, unbroken));
  if (!sign || !value) return readCompared(text, from, to) ?? readBackwards(text, from, to);
  if (isNoValue(text, sign, value)) return undefined;
  if (!value.quoted && !sign.loose) widen(text, from, value);
  return { identifier, loose: sign.loose, call: sign.call, ...value };
}

/** Where the name around a keyword begins and ends. A keyword may begin with the quote or the space that makes it a word of its own. */
function nameAround(text: string, start: number, end: number): [from: number, to: number] {
  while (!isName(text.charCodeAt(start)) && start < end) start++;
  // `key = b"`: a letter in front of the quote.
  if ((text[end - 1] === '"' || text[end - 1] === "'") && text[end - 2] === 'b' && !isName(text.charCodeAt(end - 3)))
    end -= 2;
  while (end > start && !isName(text.charCodeAt(end - 1))) end--;
  let from = start;
  while (from > 0 && start - from < 48 && isName(text.charCodeAt(from - 1))) from--;
  let to = end;
  while (to < text.length && to - end < 32 && isName(text.charCodeAt(to))) to++;
  // A name's full stop at the end belongs to the sentence.
  while (to > end && text.charCodeAt(to - 1) === 46) to--;
  return [from, to];
}

/** `arn:aws:…:secret:name` is one part of a path, and `checksum/secret: …` is what is above all in templates of Helm. */
function isInPath(text: string, from: number, to: number): boolean {
  if (text[from - 1] === '/') return text.slice(from - 9, from - 1) === 'checksum';
  return (
    text[from - 1] === ':' && text[to] === ':' && /\S/.test(text[from - 2] ?? ' ') && /\S/.test(text[to + 1] ?? ' ')
  );
}

type Value = Omit<Assigned, 'identifier' | 'loose' | 'call'>;

/** What was read behind the sign belongs to something else. */
function isNoValue(text: string, { compares, element, loose }: Sign, { quoted, value, end }: Value): boolean {
  // `password1 != password2`: what is compared without quotes is another name.
  if (compares && !quoted) return true;
  // Without its end it is a placeholder in angle brackets, or a label.
  if (element && (value.startsWith('@') || !/^(?:<\/|\]\]|\s)/.test(text.slice(end, end + 2)))) return true;
  // `<string name="enter_password">Please enter …`: a text for people.
  if (element && instruction.test(/^ [^<\n]{0,80}/.exec(text.slice(end, end + 81))?.[0] ?? '')) return true;
  // `"password", "x": …`: the next name of a list of pairs.
  return loose && quoted && /^["'`]\s{0,4}:/.test(text.slice(end, end + 6));
}

/**
 * The value stands in front of its name: `{"value": "v", "name": "a"}`, `- value: v⏎ name: a`, `setValue("v", forKey: "a")`,
 * `SET value = 'v' WHERE name = 'a'`.
 */
const backwards: readonly RegExp[] = [
  /value["']?\s{0,3}[:=]\s{0,3}(["'])([^"'\n]{4,400})\1\s{0,3},?\s{0,40}["']?(?:name|key)["']?\s{0,3}[:=]\s{0,3}["']?$/i,
  /value\s{0,3}=\s{0,3}(')([^'\n]{4,400})'\s{1,8}where\s{1,8}[\w.`"[\]]{1,60}\s{0,3}=\s{0,3}'$/i,
  /(?:value:|object:|value\(|set\(|header\()\s{0,3}@?(")([^"\n]{4,400})",?\s{1,4}for(?:HTTPHeader(?:Field)?|Key|Name):\s{0,3}@?"$/i,
];

/** `"v".equals(a)`, `"v" == a`, `assertEquals("v", a)`: the value stands first. */
const compared = /(["'])([^"'\n]{4,100})\1(?:\.equals(?:IgnoreCase)?\(| ?={2,3} )$/;
const asserted = /assert\w{0,12}\(\s{0,2}(["'])([^"'\n]{4,100})\1,\s{0,3}$/i;

function readCompared(text: string, from: number, to: number): Assigned | undefined {
  if (!/[(= ]/.test(text[from - 1] ?? '') || (!/[(= ,]/.test(text[from - 2] ?? 's') && text[from - 1] !== '('))
    return undefined;
  const before = text.slice(Math.max(0, from - 160), from);
  const match = (text[from - 2] === ',' ? asserted : compared).exec(before);
  const value = match?.[2];
  if (!match || value === undefined) return undefined;
  const start = from - match[0].length + match[0].indexOf(match[1] as string) + 1;
  const identifier = text.slice(from, to);
  return { identifier, start, end: start + value.length, value, quoted: true, loose: false, call: false };
}

function readBackwards(text: string, from: number, to: number): Assigned | undefined {
  if (!/(?:name|key|field)["'`\]]?\s{0,3}[:=]\s{0,3}@?["']?$/i.test(text.slice(Math.max(0, from - 16), from)))
    return undefined;
  if (!/^["']?(?:[\s,;)}\]/>]|$)/.test(text.slice(to, to + 2))) return undefined;
  const low = Math.max(0, from - 480);
  const before = text.slice(low, from);
  for (const form of backwards) {
    const match = form.exec(before);
    const value = match?.[2];
    if (!match || value === undefined) continue;
    const start = low + match.index + match[0].indexOf(value);
    const identifier = text.slice(from, to);
    return { identifier, start, end: start + value.length, value, quoted: true, loose: false, call: false };
  }
  return undefined;
}

/**
 * A value without quotes on a line of its own, `key=value` or `key: value`, goes on to the next space: brackets and
 * commas are a part of it, except where another pair follows.
 */
function widen(text: string, from: number, value: { start: number; end: number; value: string }): void {
  if (!/[(){}[\],;<>&|\\]/.test(text[value.end] ?? ' ')) return;
  if (!/(?:^|\n)[ \t]{0,40}(?:[-#;][ \t]{0,4}|export )?["']?$/.test(text.slice(Math.max(0, from - 60), from))) return;
  const rest = /^[^\s"'`]{1,128}(?=\s|$)/.exec(text.slice(value.end, value.end + 130))?.[0];
  if (rest === undefined || /^[;&|]|[&;,][\w.-]{1,40}[=:]|^[)}\],;]*$|<\/|^\(|^[[({].*[\])}][;,]?$/.test(rest)) return;
  value.end += rest.length;
  value.value += rest;
}

/** The text of an element goes on to the next one, whatever signs it holds. */
function readElement(text: string, at: number): Value | undefined {
  const value = /^(?![\w.-]+<)[^\s<>"']{5,128}(?=<\/|\]\]>)/.exec(text.slice(at, at + 132))?.[0];
  if (value === undefined) return undefined;
  const plain = value.replace(/\]\]$/, '');
  return { start: at, end: at + plain.length, value: plain, quoted: false };
}

function readValue(text: string, at: number, unbroken: Stretch): Value | undefined {
  const first = text[at];
  if (first === '"' || first === "'" || first === '`') {
    // Three quotes open a text of several lines, two grave accents one in a page.
    const wide = text.startsWith(first.repeat(3), at) ? 3 : first === '`' && text[at + 1] === '`' ? 2 : 1;
    let open = at + wide;
    // An escaped or doubled quote, as in JSON inside a string.
    const close = find(text, first.repeat(wide), open);
    if (close === -1) return undefined;
    let end = close;
    if (text[close - 1] === '\\') end = close - 1;
    const scheme = schemeAt(text, open);
    if (scheme) open += 7 - (scheme === 'basic' ? 1 : 0);
    return scheme || wide > 1 ? shape(text, open, end, true, scheme) : joined(text, first, open, end);
  }
  // A string inside a string: `\"v\"`, and `\\"v\\"` one level further in.
  const quote = /^\\{1,3}["']/.exec(text.slice(at, at + 4))?.[0];
  if (quote !== undefined) {
    const open = at + quote.length;
    const close = find(text, quote, open);
    return close === -1 ? undefined : shape(text, open, close, true, undefined);
  }
  const scheme = schemeAt(text, at);
  const open = scheme ? at + (scheme === 'basic' ? 6 : 7) : at;
  const end = endOfBare(text, open, unbroken);
  if (end - open > longest) return undefined;
  return shape(text, open, end, false, scheme);
}

/** Where a value without quotes ends, or a place more than `longest` characters on. */
function endOfBare(text: string, open: number, unbroken: Stretch): number {
  const known = open >= unbroken.from && open <= unbroken.to;
  let end = known ? unbroken.to : open;
  while (end < text.length && end - open <= longest && !stops(text.charCodeAt(end))) end++;
  if (!known) unbroken.from = open;
  unbroken.to = end;
  return end;
}

/** A further piece of a text: `"…" + "…"`, `'…' . '…'`, `"…" \⏎ "…"`, `"…" "…"`. */
const further =
  /^["'`][ \t]{0,4}(?:[+.&][ \t]{0,4}(?:\\?\r?\n\s{0,40})?|\\?\r?\n\s{0,40}(?:[+.&]\s{0,4})?|[ \t]{1,2})(?=["'`])/;

/** The value between two quotes, together with the pieces that code joins to it. Eight pieces at most. */
function joined(text: string, quote: string, start: number, first: number): Value | undefined {
  const found = shape(text, start, first, true, undefined);
  if (!found || !/^[\w+/=.~-]{4,}$/.test(found.value)) return found;
  for (let pieces = 1; pieces < 8; pieces++) {
    const next = further.exec(text.slice(found.end, found.end + 60));
    if (!next || text[found.end + next[0].length] !== quote) break;
    const open = found.end + next[0].length + 1;
    const piece = text.slice(open, Math.max(open, find(text, quote, open)));
    // Words side by side are several texts; only what could not stand alone is a piece.
    if (!/^[\w+/=.~-]{4,}$/.test(piece) || (!/[+.&\\]/.test(next[0]) && !/\d/.test(piece))) break;
    found.value += piece;
    found.end = open + piece.length;
  }
  return found;
}

function find(text: string, what: string, from: number): number {
  const at = text.slice(from, from + longest + what.length).indexOf(what);
  return at === -1 ? -1 : from + at;
}

function shape(
  text: string,
  start: number,
  end: number,
  quoted: boolean,
  scheme: Assigned['scheme'],
): Value | undefined {
  if (end <= start) return undefined;
  const value = text.slice(start, end);
  if (quoted && /[\r\n]/.test(value)) return undefined;
  return { start, end, value, quoted, ...(scheme ? { scheme } : {}) };
}

function schemeAt(text: string, at: number): Assigned['scheme'] {
  const word = text.slice(at, at + 7).toLowerCase();
  return word === 'bearer ' ? 'bearer' : word.startsWith('basic ') ? 'basic' : undefined;
}

/** 1: letters, digits, `_`, `-`, `.` and `$`, which names are made of. 2: white space, quotes, brackets and `;,&<|\`, which end a value. */
const signs = new Uint8Array(128);
for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.$') signs[sign.charCodeAt(0)] = 1;
for (let code = 0; code <= 32; code++) signs[code] = 2;
for (const sign of '"\'`;,&<>()[]{}|\\') signs[sign.charCodeAt(0)] = 2;

/** What names are made of, over all languages and formats. */
function isName(code: number): boolean {
  if (code < 128) return signs[code] === 1;
  return code >= 0xc0 && (code < 0x2000 || (code >= 0x3040 && code < 0xd7b0));
}

/** What ends a value without quotes. */
function stops(code: number): boolean {
  return code < 128 && signs[code] === 2;
}
