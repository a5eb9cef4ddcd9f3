import { cannotAssign, readSign } from './signs.ts';

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

const longest = 400;

/**
 * Reads the identifier around `[start, end)` and the value that follows it, in the shapes in which languages and
 * formats write one: `a = "v"`, `a: v`, `"a": "v"`, `a => 'v'`, `a: string = "v"`, `f("a", "v")`, `a("v")`, `--a v`,
 * `<a>v</a>`, `key="a" value="v"`, `name: A⏎ value: v`. Looks at no more than 60 + 60 + 400 characters.
 * `isWanted` may say by the identifier, and the offset behind it, that no value of it would count.
 */
export function readAssignment(
  text: string,
  start: number,
  end: number,
  isWanted?: (identifier: string, behind: number) => boolean,
): Assigned | undefined {
  let from = start;
  while (from > 0 && start - from < 48 && isName(text.charCodeAt(from - 1))) from--;
  let to = end;
  while (to < text.length && to - end < 32 && isName(text.charCodeAt(to))) to++;
  // A name's full stop at the end belongs to the sentence.
  while (to > end && text.charCodeAt(to - 1) === 46) to--;
  // `arn:aws:…:secret:name`: one part of a path, not a key.
  if (text[from - 1] === ':' && text[to] === ':' && /\S/.test(text[from - 2] ?? ' ')) return undefined;
  if (cannotAssign(text, to, text.charCodeAt(from - 1))) return undefined;
  const identifier = text.slice(from, to);
  if (isWanted && !isWanted(identifier, to)) return undefined;
  const sign = readSign(text, to, text.slice(Math.max(0, from - 12), from));
  if (!sign) return undefined;
  const value = readValue(text, sign.at);
  // `password1 != password2`: what is compared without quotes is another name.
  if (value && sign.compares && !value.quoted) return undefined;
  // Without its end it is a placeholder in angle brackets, or a label.
  if (value && sign.element && !/^(?:<\/|\]\]|\s)/.test(text.slice(value.end, value.end + 2))) return undefined;
  // `"password", "x": …`: the next name of a list of pairs.
  if (value && sign.loose && value.quoted && /^["'`]\s{0,4}:/.test(text.slice(value.end, value.end + 6)))
    return undefined;
  if (value && !value.quoted && !sign.loose) widen(text, from, value);
  return value && { identifier, loose: sign.loose, call: sign.call, ...value };
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

function readValue(text: string, at: number): Omit<Assigned, 'identifier' | 'loose' | 'call'> | undefined {
  const first = text[at];
  if (first === '"' || first === "'" || first === '`') {
    let open = at + 1;
    // An escaped or doubled quote, as in JSON inside a string.
    const close = find(text, first, open);
    if (close === -1) return undefined;
    let end = close;
    if (text[close - 1] === '\\') end = close - 1;
    const scheme = schemeAt(text, open);
    if (scheme) open += 7 - (scheme === 'basic' ? 1 : 0);
    return shape(text, open, end, true, scheme);
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
  let end = open;
  while (end < text.length && end - open <= longest && !stops(text.charCodeAt(end))) end++;
  if (end - open > longest) return undefined;
  return shape(text, open, end, false, scheme);
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
): Omit<Assigned, 'identifier' | 'loose' | 'call'> | undefined {
  if (end <= start) return undefined;
  const value = text.slice(start, end);
  if (quoted && /[\r\n]/.test(value)) return undefined;
  return { start, end, value, quoted, ...(scheme ? { scheme } : {}) };
}

function schemeAt(text: string, at: number): Assigned['scheme'] {
  const word = text.slice(at, at + 7).toLowerCase();
  return word === 'bearer ' ? 'bearer' : word.startsWith('basic ') ? 'basic' : undefined;
}

/** Letters, digits, `_`, `-`, `.` and `$`: what names are made of, over all languages and formats. */
function isName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45 ||
    code === 46 ||
    code === 36
  );
}

/** White space, quotes and brackets end a value without quotes; so do `;`, `,`, `&` and `<`. */
function stops(code: number): boolean {
  return (
    code <= 32 ||
    code === 34 ||
    code === 39 ||
    code === 96 ||
    code === 59 ||
    code === 44 ||
    code === 38 ||
    code === 60 ||
    code === 62 ||
    code === 40 ||
    code === 41 ||
    code === 91 ||
    code === 93 ||
    code === 123 ||
    code === 125 ||
    code === 124 ||
    code === 92
  );
}
