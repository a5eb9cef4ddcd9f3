/** A value that stands behind an identifier. `quoted` values are literals in any language. */
export interface Assigned {
  identifier: string;
  start: number;
  end: number;
  value: string;
  quoted: boolean;
  /** Nothing but a space or a comma stands between identifier and value, so it may be prose or a list. */
  loose: boolean;
  /** `Bearer` or `Basic`, when that word stood in front of the value. */
  scheme?: 'bearer' | 'basic';
}

const longest = 400;

/**
 * Reads the identifier around `[start, end)` and the value that follows it, in the shapes in which languages and
 * formats write one: `a = "v"`, `a: v`, `"a": "v"`, `a => 'v'`, `a: string = "v"`, `f("a", "v")`, `a("v")`, `--a v`,
 * `<a>v</a>`, `key="a" value="v"`, `name: A⏎ value: v`. Looks at no more than 60 + 60 + 400 characters.
 */
export function readAssignment(text: string, start: number, end: number): Assigned | undefined {
  let from = start;
  while (from > 0 && start - from < 48 && isName(text.charCodeAt(from - 1))) from--;
  let to = end;
  while (to < text.length && to - end < 32 && isName(text.charCodeAt(to))) to++;
  // A name's full stop at the end belongs to the sentence.
  while (to > end && text.charCodeAt(to - 1) === 46) to--;
  // `arn:aws:…:secret:name`: one part of a path, not a key.
  if (text[from - 1] === ':' && text[to] === ':') return undefined;
  const sign = readSign(text, to, text.slice(Math.max(0, from - 1), from));
  if (!sign) return undefined;
  const value = readValue(text, sign.at);
  // `password1 != password2`: what is compared without quotes is another name.
  if (value && sign.compares && !value.quoted) return undefined;
  return value && { identifier: text.slice(from, to), loose: sign.loose, ...value };
}

/** Where the value begins (its first character or opening quote), and whether only a space or a comma led there. */
interface Sign {
  at: number;
  loose: boolean;
  /** `==` or `!=` stood there. */
  compares: boolean;
}

function readSign(text: string, at: number, before: string): Sign | undefined {
  const here = text.slice(at, at + 120);
  for (const form of forms) {
    if (form.before && !form.before.test(before)) continue;
    const match = form.sign.exec(here);
    if (match) return { at: at + match[0].length, loose: form.loose ?? false, compares: /[!=]=/.test(match[0]) };
  }
  // Terraform writes a variable's default some lines below its name.
  const block = before.endsWith('"')
    ? /^"\s{0,4}\{[^{}]{0,160}?\bdefault\s{0,10}=\s{0,4}(?=")/.exec(text.slice(at, at + 220))
    : null;
  return block ? { at: at + block[0].length, loose: false, compares: false } : undefined;
}

const types = `(?:Optional\\[)?(?:str|string|String|const char \\*|&(?:'static )?str|SecretStr|\\[\\]byte)\\]?`;
const calls = `(?:new [A-Za-z.]{1,30}\\(|[A-Za-z_.]{0,30}\\((?=["'\`])|ConvertTo-SecureString (?:-String )?|(?:str|bytes|b|u|r|f|rb|L|@|N)(?=["']))?`;

/** The ways in which an identifier is followed by its value, commonest first. Each is bounded by the slice it sees. */
const forms: readonly { sign: RegExp; before?: RegExp; loose?: true }[] = [
  {
    // `=`, `:`, `:=`, `=>`, `==`, with closing quotes and brackets before them and a type between them.
    sign: new RegExp(
      `^(?:\\\\{0,3}["'\`\\])]){0,3}[ \\t]{0,24}[?!]?(?::[ \\t]{0,3}${types}[ \\t]{0,3}=(?!=)| As String =|:=|=>|={1,3}(?!=)|:(?!:|//))[ \\t]{0,24}(?:\\r?\\n[ \\t]{1,40}(?=["'\`]))?${calls}`,
    ),
  },
  // `"a", "v"`, `a" value="v"`, `"name": "A", "value": "v"`.
  { sign: /^["'`]\]?\s{0,4},\s{0,8}["']?value["']?\s{0,3}[:=]\s{0,3}(?=["'`])/i, before: /["'`]$/ },
  { sign: /^["'`]\]?\s{0,4},\s{0,8}(?=["'`])/, before: /["'`]$/, loose: true },
  { sign: /^["']\s{1,4}value\s?=\s?(?=["'])/i },
  // `<a>v</a>`, also with a namespace or a prefix in front of the name.
  { sign: /^>(?=[^\s<])/, before: /[<:]$/ },
  // `f("v")`, `a || "v"`, `a ?? "v"`.
  { sign: /^\(\s{0,4}(?=["'`])/ },
  { sign: /^["'\])]{0,2}\s{0,3}(?:\|\||\?\?| or )\s{0,3}(?=["'`])/ },
  // `name: A⏎ value: v`.
  { sign: /^["']?\s{0,3}\r?\n[ \t-]{1,40}["']?value["']?\s{0,3}:[ \t]{1,4}/i },
  // `a "v"`, `--a v`, `ENV A v`, `a is v`: the value has to speak for itself.
  { sign: /^[ \t]{1,8}(?:is[: ]{1,2}|was[: ]{1,2}|-p ?)?(?=["'`])/, loose: true },
  { sign: /^[ \t]{1,4}(?:is[: ]{1,2}|was[: ]{1,2}|-p ?)?(?=[A-Za-z0-9+/_!#$%&*@-])/, loose: true },
];

function readValue(text: string, at: number): Omit<Assigned, 'identifier' | 'loose'> | undefined {
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
): Omit<Assigned, 'identifier' | 'loose'> | undefined {
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
