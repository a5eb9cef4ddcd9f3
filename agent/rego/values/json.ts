/** JSON text and plain JavaScript data to Rego values and back. Nesting is handled with loops where input decides it. */
import { RegoFailure } from '../errors.ts';
import { BigNum, numberFromText, numberText } from './number.ts';
import { compareStrings, goQuote, RegoObject, RegoSet, type Value } from './value.ts';

/** How deep a document may be nested; Go's own decoder stops at the same depth. */
export const MAX_DEPTH = 10_000;

export class JsonError extends Error {
  /** The text ended too soon, which Go's decoder of streams has other words for. */
  readonly ended: boolean;
  /** What follows a value that was whole. */
  readonly rest: string | undefined;

  constructor(message: string, ended = false, rest?: string) {
    super(message);
    this.ended = ended;
    this.rest = rest;
  }
}

/** Plain JavaScript data (what `JSON.parse` gives) to a value. `undefined`, functions and symbols are left out. */
export function fromJs(data: unknown): Value {
  return convert(data, 0) ?? null;
}

function convert(data: unknown, depth: number): Value | undefined {
  if (typeof data === 'string' || typeof data === 'boolean' || data === null) return data;
  if (typeof data === 'number') {
    if (!Number.isFinite(data)) return null;
    return Object.is(data, -0) ? 0 : numberFromText(Number.isSafeInteger(data) ? String(data) : numberText(data));
  }
  if (typeof data === 'bigint') return numberFromText(data.toString());
  if (typeof data !== 'object') return undefined;
  if (depth > MAX_DEPTH) throw new JsonError('exceeded max depth');
  if (data instanceof RegoObject || data instanceof RegoSet || data instanceof BigNum) return data;
  if (Array.isArray(data)) {
    const items: Value[] = new Array(data.length);
    for (let i = 0; i < data.length; i++) items[i] = convert(data[i], depth + 1) ?? null;
    return items;
  }
  if (data instanceof Set) {
    const set = new RegoSet();
    for (const item of data) set.add(convert(item, depth + 1) ?? null);
    return set;
  }
  const object = new RegoObject();
  for (const key of Object.keys(data)) {
    const value = convert((data as Record<string, unknown>)[key], depth + 1);
    if (value !== undefined) object.set(key, value);
  }
  return object;
}

/** A value to plain JavaScript data. Sets become sorted arrays; numbers beyond a double lose digits. Nesting costs no stack. */
export function toJs(v: Value): unknown {
  const count = counter();
  const root = shellOf(v);
  const todo: [Value, unknown][] = [[v, root]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [from, into] = next;
    count();
    const child = (value: Value): unknown => {
      const shell = shellOf(value);
      if (typeof shell === 'object' && shell !== null) todo.push([value, shell]);
      return shell;
    };
    if (from instanceof RegoSet) (into as unknown[]).push(...from.items().map(child));
    else if (from instanceof RegoObject) {
      for (const [key, value] of from.entries()) {
        put(into as Record<string, unknown>, typeof key === 'string' ? key : toJson(key), child(value));
      }
    } else if (Array.isArray(from)) for (const item of from) (into as unknown[]).push(child(item));
  }
  return root;
}

/** Collections of one value that are written out. A value may hold another many times over, and then is larger than memory. */
const MAX_COLLECTIONS = 5_000_000;

function counter(): () => void {
  let left = MAX_COLLECTIONS;
  return () => {
    if (--left < 0) throw new RegoFailure('eval_memory_error', `a value of more than ${MAX_COLLECTIONS} collections`);
  };
}

/** What stands for the value: itself when it is a scalar, else an empty container to be filled. */
function shellOf(v: Value): unknown {
  if (v === null || typeof v !== 'object') return v;
  if (v instanceof BigNum) return Number(v.text);
  return v instanceof RegoObject ? {} : [];
}

function put(out: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(out, name, { value, enumerable: true, configurable: true, writable: true });
  else out[name] = value;
}

/** Compact JSON text with exact numbers; sets become sorted arrays, keys that are no strings become their JSON text. */
export function toJson(v: Value): string {
  return jsonText(v, counter());
}

function jsonText(v: Value, count: () => void): string {
  if (typeof v === 'string') return goJsonString(v);
  if (v === null || typeof v === 'boolean') return String(v);
  if (typeof v === 'number' || v instanceof BigNum) return numberText(v);
  count();
  const item = (one: Value): string => jsonText(one, count);
  if (v instanceof RegoSet) return `[${v.items().map(item).join()}]`;
  if (!(v instanceof RegoObject)) return `[${v.map(item).join()}]`;
  return `{${jsonEntries(v)
    .map(([key, value]) => `${goJsonString(key)}:${item(value)}`)
    .join()}}`;
}

/** The entries of an object under their JSON names, sorted by name as Go's encoder does. */
export function jsonEntries(v: RegoObject): [string, Value][] {
  const entries = [...v.entries()].map(([k, e]): [string, Value] => [typeof k === 'string' ? k : toJson(k), e]);
  // Keys of several types may have one name; the last of them stands, as in Go's map.
  const named = new Map(entries);
  return [...(named.size < entries.length ? named : entries)].sort((a, b) => compareStrings(a[0], b[0]));
}

/** A JSON string as Go's encoder writes it: `<`, `>`, `&` and the line separators escaped. */
export function goJsonString(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029\u007f]/g, (c) =>
    c === '\u007f' ? c : `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Reads JSON text with exact numbers. Throws `JsonError` with Go's words where its decoder has them. */
export function parseJson(text: string): Value {
  return parsePlain(text) ?? new Reader(text).document();
}

/** A number whose text says more than JavaScript keeps of it: beyond 15 digits, with a fraction or exponent, minus zero. */
const EXACT_NUMBER = /[:,[]\s*(?:-0|-?(?:\d{16,}|\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+))\s*[,\]}]/;

const SURROGATES = /[\ud800-\udfff]|\\u[dD][89a-fA-F]/;

/** How deep a document may be nested for the quick way. */
const MAX_PLAIN_DEPTH = 200;

/**
 * The quick way: the parser of JavaScript reads the text, and its objects become values where they are. Undefined for a
 * document that has no container, is no JSON, is nested deeply or may hold what only our own reader keeps as it is written.
 */
function parsePlain(text: string): Value | undefined {
  if (!/^\s*[[{]/.test(text) || EXACT_NUMBER.test(text) || SURROGATES.test(text)) return undefined;
  try {
    return inPlace(JSON.parse(text), 0);
  } catch {
    return undefined;
  }
}

type Parsed = null | boolean | number | string | Parsed[] | { [key: string]: Parsed };

/** Throws where the document is nested too deep. */
function inPlace(v: Parsed, depth: number): Value {
  if (typeof v !== 'object' || v === null) return v;
  if (depth > MAX_PLAIN_DEPTH) throw new JsonError('exceeded max depth');
  if (Array.isArray(v)) {
    const items = v as Value[];
    for (let i = 0; i < v.length; i++) {
      const item = v[i] as Parsed;
      if (typeof item === 'object' && item !== null) items[i] = inPlace(item, depth + 1);
    }
    return items;
  }
  const fields = v as Record<string, Value>;
  for (const key in v) {
    const field = v[key] as Parsed;
    if (typeof field === 'object' && field !== null) put(fields, key, inPlace(field, depth + 1));
  }
  return new RegoObject(fields);
}

interface Open {
  items: Value[] | undefined;
  object: RegoObject | undefined;
  key: string;
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

const AFTER = 'after top-level value';

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): Value {
    const stack: Open[] = [];
    for (;;) {
      let value = this.#scalarOrOpen(stack);
      while (value !== undefined) {
        const top = stack.at(-1);
        if (top === undefined) {
          this.#space();
          if (this.#at < this.#text.length) this.#fail(AFTER);
          return value;
        }
        if (top.items !== undefined) top.items.push(value);
        else top.object?.set(top.key, value);
        value = this.#afterElement(top, stack);
      }
    }
  }

  /** A complete value, or undefined when a container was opened and its first element comes next. */
  #scalarOrOpen(stack: Open[]): Value | undefined {
    this.#space();
    const c = this.#text[this.#at];
    if (c === '{' || c === '[') {
      this.#at++;
      if (stack.length >= MAX_DEPTH) throw new JsonError('exceeded max depth');
      return c === '{' ? this.#openObject(stack) : this.#openArray(stack);
    }
    if (c === '"') return this.#string();
    if (c === 't') return this.#word('true', true);
    if (c === 'f') return this.#word('false', false);
    if (c === 'n') return this.#word('null', null);
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) {
      if (c !== '-') return this.#fail('looking for beginning of value');
      this.#at++;
      return this.#fail('in numeric literal');
    }
    this.#at += match[0].length;
    this.#numberEnd(match[0]);
    return numberFromText(match[0]);
  }

  /** A fraction or an exponent that has begun must have a digit. */
  #numberEnd(number: string): void {
    const c = this.#text[this.#at];
    const fraction = c === '.' && !/[.eE]/.test(number);
    if (!fraction && !((c === 'e' || c === 'E') && !/[eE]/.test(number))) return;
    this.#at++;
    if (!fraction && /[+-]/.test(this.#text[this.#at] ?? '')) this.#at++;
    this.#fail(fraction ? 'after decimal point in numeric literal' : 'in exponent of numeric literal');
  }

  #openArray(stack: Open[]): Value | undefined {
    this.#space();
    if (this.#text[this.#at] === ']') {
      this.#at++;
      return [];
    }
    stack.push({ items: [], object: undefined, key: '' });
    return undefined;
  }

  #openObject(stack: Open[]): Value | undefined {
    this.#space();
    if (this.#text[this.#at] === '}') {
      this.#at++;
      return new RegoObject();
    }
    stack.push({ items: undefined, object: new RegoObject(), key: this.#key() });
    return undefined;
  }

  #afterElement(top: Open, stack: Open[]): Value | undefined {
    this.#space();
    const c = this.#text[this.#at];
    if (c === ',') {
      this.#at++;
      if (top.object !== undefined) top.key = this.#key();
      return undefined;
    }
    if (c !== (top.object === undefined ? ']' : '}')) {
      this.#fail(top.object === undefined ? 'after array element' : 'after object key:value pair');
    }
    this.#at++;
    stack.pop();
    return top.items ?? (top.object as RegoObject);
  }

  #key(): string {
    this.#space();
    if (this.#text[this.#at] !== '"') this.#fail('looking for beginning of object key string');
    const key = this.#string();
    this.#space();
    if (this.#text[this.#at] !== ':') this.#fail('after object key');
    this.#at++;
    return key;
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    for (;;) {
      const c = this.#text.charCodeAt(end);
      if (Number.isNaN(c)) return this.#badString(start);
      if (c === 34) break;
      end += c === 92 ? 2 : 1;
    }
    this.#at = end + 1;
    try {
      const text = JSON.parse(this.#text.slice(start, end + 1)) as string;
      // Half of a surrogate pair is no character: Go puts the replacement character in its place.
      return /[\ud800-\udfff]/.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;
    } catch {
      return this.#badString(start);
    }
  }

  /** The first character of a string that may not stand where it does. */
  #badString(start: number): never {
    const part = /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|[^\\\u0000-\u001f]/y;
    for (this.#at = start + 1; ; this.#at = part.lastIndex) {
      part.lastIndex = this.#at;
      if (!part.test(this.#text)) break;
    }
    if (this.#text[this.#at] !== '\\') return this.#fail('in string literal');
    this.#at++;
    if (this.#text[this.#at] !== 'u') return this.#fail('in string escape code');
    for (this.#at++; /[0-9a-fA-F]/.test(this.#text[this.#at] ?? ''); ) this.#at++;
    return this.#fail('in \\u hexadecimal character escape');
  }

  #word<T extends Value>(word: string, value: T): T {
    for (const expected of word) {
      if (this.#text[this.#at] !== expected) this.#fail(`in literal ${word} (expecting '${expected}')`);
      this.#at++;
    }
    return value;
  }

  #space(): void {
    for (;;) {
      const c = this.#text.charCodeAt(this.#at);
      if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return;
      this.#at++;
    }
  }

  #fail(where: string): never {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) throw new JsonError('unexpected end of JSON input', true);
    const rest = where === AFTER ? this.#text.slice(this.#at) : undefined;
    throw new JsonError(`invalid character ${quotedByte(code)} ${where}`, false, rest);
  }
}

/** Go looks at bytes: of a character beyond ASCII it names the first byte of its UTF-8. */
function quotedByte(code: number): string {
  const byte = new TextEncoder().encode(String.fromCodePoint(code))[0] as number;
  const quoted = goQuote(String.fromCharCode(byte)).slice(1, -1);
  return `'${quoted === "'" ? "\\'" : quoted === '\\"' ? '"' : quoted}'`;
}

/** As `parseJson`, in the words of Go's decoder of streams, which is what OPA reads JSON in policies with. */
export function decodeJson(text: string): Value {
  try {
    return parseJson(text);
  } catch (e) {
    if (!(e instanceof JsonError)) throw e;
    if (e.ended) throw new JsonError(/^[ \t\r\n]*$/.test(text) ? 'EOF' : 'unexpected EOF');
    if (e.rest === undefined) throw e;
    refuseRest(e.rest, e.message);
    return parseJson(text.slice(0, text.length - e.rest.length));
  }
}

/** The decoder reads one more token behind the value, and only `null` is no token to it. */
function refuseRest(rest: string, message: string): void {
  if (/^[[{]/.test(rest)) throw new JsonError(`error: ${message}`);
  let token = rest;
  try {
    parseJson(rest);
  } catch (e) {
    if (!(e instanceof JsonError)) throw e;
    if (e.ended) throw new JsonError('unexpected EOF');
    if (e.rest === undefined) throw e;
    token = rest.slice(0, rest.length - e.rest.length);
  }
  const value = parseJson(token);
  if (value === null) return;
  throw new JsonError(`error: invalid character '${typeof value === 'string' ? value : token.trim()}' ${AFTER}`);
}
