import type { Range } from '../types.ts';

/** A property of an object in JSON text: offsets of the key (with quotes) and of the value. */
export interface JsonProperty {
  key: string;
  keyRange: Range;
  valueRange: Range;
}

export type JsonObject = Record<string, unknown>;

export type JsonResult = { ok: true; value: unknown; text: string } | { ok: false; message: string };

/**
 * Reads JSON, or JSON with comments and trailing commas (`bun.lock`) when `relaxed`.
 * Values come from one `JSON.parse`; places are looked up later and only for what is shown, because a tree with
 * ranges of a 60 MB lockfile costs gigabytes. `text` has the same length as the source, so its offsets are valid.
 */
export function readJson(source: string, relaxed = false): JsonResult {
  let text = source.charCodeAt(0) === 0xfeff ? ` ${source.slice(1)}` : source;
  if (relaxed) text = blankComments(text);
  try {
    return { ok: true, value: JSON.parse(text), text };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message.split('\n', 1)[0]! : 'not JSON' };
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property as an object; an empty object otherwise. A package may be called `constructor`. */
export function objectAt(value: unknown, key: string): JsonObject {
  const found = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(found) ? found : {};
}

export function stringAt(value: unknown, key: string): string | undefined {
  const found = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}

/** Properties of the object that starts at `at` (an offset of `{`), in source order. Text must be valid JSON. */
export function* propertiesAt(text: string, at: number): Generator<JsonProperty> {
  if (text[at] !== '{') return;
  let next = skipSpace(text, at + 1);
  while (text[next] === '"') {
    const keyEnd = skipString(text, next);
    const valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const valueEnd = skipValue(text, valueStart);
    yield {
      key: unquote(text.slice(next, keyEnd)),
      keyRange: [next, keyEnd],
      valueRange: [valueStart, valueEnd],
    };
    next = skipSpace(text, valueEnd);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
}

/** The property at a path of keys, for example `['dependencies', 'left-pad']`. The last of equal keys counts. */
export function propertyAt(text: string, keys: readonly string[], from = skipSpace(text, 0)): JsonProperty | undefined {
  let at = from;
  let found: JsonProperty | undefined;
  for (const key of keys) {
    found = undefined;
    for (const property of propertiesAt(text, at)) if (property.key === key) found = property;
    if (!found) return undefined;
    at = found.valueRange[0];
  }
  return found;
}

/** Offsets of the items of an array that starts at `at`. */
export function* itemsAt(text: string, at: number): Generator<Range> {
  if (text[at] !== '[') return;
  let next = skipSpace(text, at + 1);
  while (next < text.length && text[next] !== ']') {
    const end = skipValue(text, next);
    if (end === next) return;
    yield [next, end];
    next = skipSpace(text, end);
    if (text[next] === ',') next = skipSpace(text, next + 1);
  }
}

export function skipSpace(text: string, at: number): number {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return next;
    next++;
  }
}

function skipString(text: string, at: number): number {
  let end = at + 1;
  for (;;) {
    end = text.indexOf('"', end);
    if (end === -1) return text.length;
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 92) slashes++;
    end++;
    if (slashes % 2 === 0) return end;
  }
}

function skipValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first !== '{' && first !== '[') return skipPlain(text, at);
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const code = text.charCodeAt(next);
    if (code === 34) {
      next = skipString(text, next);
      continue;
    }
    if (code === 123 || code === 91) depth++;
    else if (code === 125 || code === 93) depth--;
    next++;
    if (depth === 0) return next;
  }
  return next;
}

function skipPlain(text: string, at: number): number {
  let next = at;
  while (next < text.length && !',]} \n\r\t'.includes(text[next]!)) next++;
  return next;
}

function unquote(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return JSON.parse(literal);
  } catch {
    return literal.slice(1, -1);
  }
}

/** Replaces comments and trailing commas by spaces, so that every offset stays where it was. */
function blankComments(text: string): string {
  const bare = blanked(text, commentsIn(text));
  return blanked(bare, trailingCommasIn(bare));
}

function blanked(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const [start, end] of ranges) {
    parts.push(text.slice(kept, start), text.slice(start, end).replace(/[^\r\n]/g, ' '));
    kept = end;
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(kept);
}

function commentsIn(text: string): Range[] {
  const found: Range[] = [];
  for (let at = 0; at < text.length; ) {
    const two = text[at] === '/' ? text.slice(at, at + 2) : '';
    if (text[at] === '"') at = skipString(text, at);
    else if (two === '//' || two === '/*') {
      const close = text.indexOf(two === '/*' ? '*/' : '\n', at + 2);
      const end = close === -1 ? text.length : close + (two === '/*' ? 2 : 0);
      found.push([at, end]);
      at = end;
    } else at++;
  }
  return found;
}

/** Commas with nothing but space between them and the bracket that closes. */
function trailingCommasIn(text: string): Range[] {
  const found: Range[] = [];
  let comma = -1;
  for (let at = 0; at < text.length; ) {
    const character = text[at] as string;
    if ((character === '}' || character === ']') && comma !== -1) found.push([comma, comma + 1]);
    if (character === ',') comma = at;
    else if (!/\s/.test(character)) comma = -1;
    at = character === '"' ? skipString(text, at) : at + 1;
  }
  return found;
}
