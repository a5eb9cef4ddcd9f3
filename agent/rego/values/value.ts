/**
 * Rego's values. Scalars and arrays are JavaScript's own, objects and sets are classes because their keys are values.
 * Every value is immutable once built; `undefined` stands for Rego's undefined and is never a value.
 */
import { BigNum, compareNumbers, numberKey, numberText, type RegoNumber } from './number.ts';

export type Value = null | boolean | string | RegoNumber | readonly Value[] | RegoObject | RegoSet;
export type TypeName = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object' | 'set';

type Key = null | boolean | string | number;

/** Numbers among the keys that were written in another way than JavaScript does, as the first of them was: `1.0`, `-0`. */
type Spelled = Map<Key, BigNum>;

function spell(known: Spelled | undefined, key: Key, number: BigNum): Spelled {
  return (known ?? new Map()).set(key, number);
}

function written(keys: Iterable<Key>, spelled: Spelled | undefined): Value[] {
  const list: Value[] = [...keys];
  return spelled === undefined ? list : list.map((key) => spelled.get(key as Key) ?? key);
}

/** A mapping of values to values. Iteration is in Rego's order of keys. */
export class RegoObject {
  /** A document's object as the parser of JavaScript made it: a fraction of a map's size. Everything in it is a value. */
  #parsed: Readonly<Record<string, Value>> | undefined;
  #plain: Map<Key, Value> | undefined;
  #other: Map<string, [Value, Value]> | undefined;
  #keys: readonly Value[] | undefined;
  #spelled: Spelled | undefined;

  constructor(parsed?: Readonly<Record<string, Value>>) {
    this.#parsed = parsed;
  }

  get size(): number {
    if (this.#parsed !== undefined) return this.keys().length;
    return (this.#plain?.size ?? 0) + (this.#other?.size ?? 0);
  }

  get(key: Value): Value | undefined {
    if (typeof key === 'string') {
      if (this.#parsed === undefined) return this.#plain?.get(key);
      return Object.hasOwn(this.#parsed, key) ? this.#parsed[key] : undefined;
    }
    const k = keyOf(key);
    if (k !== undefined) return this.#plain?.get(k);
    return this.#other?.get(canonicalText(key))?.[1];
  }

  /** Only for the code that builds the object, before anyone else sees it. */
  set(key: Value, value: Value): this {
    this.#keys = undefined;
    if (this.#parsed !== undefined) {
      this.#plain = new Map(Object.entries(this.#parsed));
      this.#parsed = undefined;
    }
    const k = keyOf(key);
    if (k !== undefined) {
      this.#plain ??= new Map();
      if (key instanceof BigNum && !this.#plain.has(k)) this.#spelled = spell(this.#spelled, k, key);
      this.#plain.set(k, value);
      return this;
    }
    this.#other ??= new Map();
    this.#other.set(canonicalText(key), [key, value]);
    return this;
  }

  has(key: Value): boolean {
    return this.get(key) !== undefined;
  }

  keys(): readonly Value[] {
    if (this.#keys === undefined) {
      const keys: Value[] =
        this.#parsed === undefined ? written(this.#plain?.keys() ?? [], this.#spelled) : Object.keys(this.#parsed);
      if (this.#other !== undefined) for (const [key] of this.#other.values()) keys.push(key);
      this.#keys = sortValues(keys);
    }
    return this.#keys;
  }

  *entries(): Iterable<[Value, Value]> {
    for (const key of this.keys()) yield [key, this.get(key) as Value];
  }
}

/** A set of values. Iteration is in Rego's order. */
export class RegoSet {
  readonly #plain = new Set<Key>();
  #other: Map<string, Value> | undefined;
  #items: readonly Value[] | undefined;
  #spelled: Spelled | undefined;

  get size(): number {
    return this.#plain.size + (this.#other?.size ?? 0);
  }

  has(item: Value): boolean {
    const k = keyOf(item);
    if (k !== undefined) return this.#plain.has(k);
    return this.#other?.has(canonicalText(item)) ?? false;
  }

  /** Only for the code that builds the set, before anyone else sees it. The first of equal items is kept. */
  add(item: Value): this {
    const k = keyOf(item);
    if (k !== undefined) {
      this.#items = undefined;
      if (item instanceof BigNum && !this.#plain.has(k)) this.#spelled = spell(this.#spelled, k, item);
      this.#plain.add(k);
      return this;
    }
    const text = canonicalText(item);
    this.#other ??= new Map();
    if (!this.#other.has(text)) {
      this.#items = undefined;
      this.#other.set(text, item);
    }
    return this;
  }

  items(): readonly Value[] {
    if (this.#items === undefined) {
      const items: Value[] = written(this.#plain, this.#spelled);
      if (this.#other !== undefined) items.push(...this.#other.values());
      this.#items = sortValues(items);
    }
    return this.#items;
  }
}

export function isNumber(v: Value | undefined): v is RegoNumber {
  return typeof v === 'number' || v instanceof BigNum;
}

export function isArray(v: Value | undefined): v is readonly Value[] {
  return Array.isArray(v);
}

export function typeName(v: Value): TypeName {
  if (v === null) return 'null';
  if (typeof v === 'string' || typeof v === 'boolean' || typeof v === 'number') return typeof v as TypeName;
  if (v instanceof RegoObject) return 'object';
  if (v instanceof RegoSet) return 'set';
  return Array.isArray(v) ? 'array' : 'number';
}

const RANK: Record<TypeName, number> = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5, set: 6 };

/** Rego's total order: null, booleans, numbers, strings, arrays, objects, sets. */
export function compare(a: Value, b: Value): number {
  if (a === b) return 0;
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : 1;
  const type = typeName(a);
  const other = typeName(b);
  if (type !== other) return RANK[type] < RANK[other] ? -1 : 1;
  if (type === 'boolean') return a === false ? -1 : 1;
  if (type === 'number') return compareNumbers(a as RegoNumber, b as RegoNumber);
  return type === 'null' ? 0 : compareContainers(a, b);
}

export function equal(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return (a instanceof BigNum || b instanceof BigNum) && compare(a, b) === 0;
  }
  if (a instanceof RegoObject || a instanceof RegoSet) {
    if (a.constructor !== b.constructor || a.size !== (b as RegoObject).size) return false;
  } else if (Array.isArray(a) && Array.isArray(b) && a.length !== b.length) return false;
  return compare(a, b) === 0;
}

/** Strings by code point, as Go compares their bytes; JavaScript compares UTF-16 units, which differs above U+FFFF. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      const xHigh = x <= 0xdfff;
      const yHigh = y <= 0xdfff;
      if (xHigh !== yHigh) return xHigh ? 1 : -1;
    }
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

const SURROGATE = /[\ud800-\udfff]/;

export function sortValues(values: Value[]): Value[] {
  if (values.length < 2) return values;
  let strings = true;
  for (const v of values) {
    if (typeof v !== 'string' || SURROGATE.test(v)) {
      strings = false;
      break;
    }
  }
  return strings ? values.sort() : values.sort(compare);
}

/** Text equal for equal values and different for different ones. */
export function canonicalText(v: Value): string {
  if (typeof v === 'string') return JSON.stringify(v);
  if (v === null || typeof v === 'boolean') return String(v);
  if (typeof v === 'number' || v instanceof BigNum) return String(numberKey(v));
  if (v instanceof RegoSet) return `<${v.items().map(canonicalText).join()}>`;
  if (v instanceof RegoObject) {
    return `{${v
      .keys()
      .map((k) => `${canonicalText(k)}:${canonicalText(v.get(k) as Value)}`)
      .join()}}`;
  }
  return `[${v.map(canonicalText).join()}]`;
}

/** Rego's own text of a value, as `sprintf("%v")` and messages show it: sets in braces, `set()` when empty. */
export function regoText(v: Value): string {
  if (typeof v === 'string') return goQuote(v);
  if (v === null || typeof v === 'boolean') return String(v);
  if (typeof v === 'number' || v instanceof BigNum) return numberText(v);
  if (v instanceof RegoSet) return v.size === 0 ? 'set()' : `{${v.items().map(regoText).join(', ')}}`;
  if (v instanceof RegoObject) {
    return `{${v
      .keys()
      .map((k) => `${regoText(k)}: ${regoText(v.get(k) as Value)}`)
      .join(', ')}}`;
  }
  return `[${v.map(regoText).join(', ')}]`;
}

/** Go's `strconv.Quote`. */
export function goQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return `"${text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escapeGo)}"`;
}

const PLAIN = /^[ !#-[\]-~]*$/;

function escapeGo(char: string): string {
  const known: Record<string, string> = {
    '"': '\\"',
    '\\': '\\\\',
    '\n': '\\n',
    '\t': '\\t',
    '\r': '\\r',
    '\b': '\\b',
  };
  const more: Record<string, string> = { '\f': '\\f', '\v': '\\v', '\u0007': '\\a' };
  const short = known[char] ?? more[char];
  if (short !== undefined) return short;
  return escapeCode(char);
}

/** A character as its number, in the three widths Go writes. */
export function escapeCode(char: string): string {
  const code = char.codePointAt(0) as number;
  const hex = code.toString(16);
  if (code < 0x80) return `\\x${hex.padStart(2, '0')}`;
  return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
}

function keyOf(v: Value): Key | undefined {
  if (typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean' || v === null) return v;
  if (!(v instanceof BigNum)) return undefined;
  const key = numberKey(v);
  return typeof key === 'number' ? key : undefined;
}

/**
 * Containers element by element, with a stack of our own: documents may be nested deeper than the call stack. The entries
 * of objects are compared as key, value, key, value.
 */
function compareContainers(a: Value, b: Value): number {
  const stack: { x: readonly Value[]; y: readonly Value[]; at: number }[] = [
    { x: elementsOf(a), y: elementsOf(b), at: 0 },
  ];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { x, y, at } = top;
    if (at >= x.length || at >= y.length) {
      if (x.length !== y.length) return x.length < y.length ? -1 : 1;
      stack.pop();
      continue;
    }
    top.at++;
    const v = x[at] as Value;
    const w = y[at] as Value;
    if (v === w) continue;
    if (isContainer(v) && isContainer(w) && typeName(v) === typeName(w)) {
      stack.push({ x: elementsOf(v), y: elementsOf(w), at: 0 });
      continue;
    }
    const order = compare(v, w);
    if (order !== 0) return order;
  }
  return 0;
}

function isContainer(v: Value): boolean {
  return typeof v === 'object' && v !== null && !(v instanceof BigNum);
}

function elementsOf(v: Value): readonly Value[] {
  if (v instanceof RegoSet) return v.items();
  if (!(v instanceof RegoObject)) return v as readonly Value[];
  const list: Value[] = [];
  for (const [key, value] of v.entries()) list.push(key, value);
  return list;
}
