/** What a YAML document says in JSON's data model, as Go's yaml.v3 and its conversion to JSON have it. */
import { fromJs } from '../values/json.ts';
import { numberFromBigInt } from '../values/number.ts';
import { goQuote, RegoObject, type Value } from '../values/value.ts';
import { YamlError } from './cursor.ts';
import { goFloat } from './numbers.ts';
import { MAX_DEPTH, type Node, parseDocument } from './parse.ts';
import { resolveScalar, type Scalar } from './resolve.ts';

/** Maps keep Go's values, whose types decide how keys are written. */
type Plain = Scalar | Plain[] | Map<string | number | bigint | boolean | null, Plain>;

/** What yaml.v3 does where its values are not made JSON on the way. */
export interface Reading {
  /** A plain time is written as JSON has it, `2026-01-02T00:00:00Z`. */
  times?: boolean;
  /** A key that is there twice is an error. */
  unique?: boolean;
  /** Keys at the top whose scalars, but for null, are text as they are written. */
  texts?: readonly string[];
}

/** Throws `YamlError`. Null where there is no document. `step` is told the work of parsing and decoding, and may throw. */
export function readYaml(text: string, step: (work: number) => void, reading: Reading = {}): Value {
  const root = parseDocument(text, step);
  return root === undefined ? null : toValue(new Decoder(step, reading).decode(root));
}

class Decoder {
  readonly #step: (work: number) => void;
  readonly #reading: Reading;
  readonly #open = new Set<Node>();
  #decoded = 0;
  #aliased = 0;
  #inAlias = 0;
  /** How many collections are around, those that aliases repeat as well: the parser sees only what is written. */
  #depth = 0;

  constructor(step: (work: number) => void, reading: Reading) {
    this.#step = step;
    this.#reading = reading;
  }

  decode(node: Node): Plain {
    this.#step(1);
    this.#decoded++;
    if (this.#inAlias > 0) this.#aliased++;
    if (this.#aliased > 100 && this.#decoded > 1000 && this.#aliased / this.#decoded > allowedRatio(this.#decoded))
      throw new YamlError('yaml: document contains excessive aliasing');
    switch (node.kind) {
      case 'scalar':
        return resolveScalar(node.tag, node.value, node.plain, this.#reading.times);
      case 'sequence':
        return this.#within(() => node.items.map((item) => this.decode(item)));
      case 'mapping':
        return this.#within(() => this.#mapping(node.pairs));
      case 'alias':
        return this.#alias(node, node.name, node.target);
    }
  }

  #within(decode: () => Plain): Plain {
    if (++this.#depth > MAX_DEPTH) throw new YamlError('yaml: exceeded max depth of 10000');
    const value = decode();
    this.#depth--;
    return value;
  }

  #alias(node: Node, name: string, target: Node): Plain {
    if (this.#open.has(node)) throw new YamlError(`yaml: anchor '${name}' value contains itself`);
    this.#open.add(node);
    this.#inAlias++;
    const value = this.decode(target);
    this.#inAlias--;
    this.#open.delete(node);
    return value;
  }

  #mapping(pairs: [Node, Node][]): Plain {
    const map: Plain & Map<unknown, Plain> = new Map();
    const merged: Node[] = [];
    if (this.#reading.unique) refuseTwice(pairs);
    for (const [key, value] of pairs) {
      if (isMerge(key)) {
        merged.push(value);
        continue;
      }
      const name = this.decode(key);
      if (Array.isArray(name) || name instanceof Map) throw new YamlError(`yaml: invalid map key: ${goSyntax(name)}`);
      const decoded = this.decode(value);
      map.set(name, decoded !== null && this.#isText(name, value) ? value.value : decoded);
    }
    for (const from of merged) this.#merge(map, from);
    return map;
  }

  #isText(name: Scalar, node: Node): node is Node & { kind: 'scalar' } {
    return this.#depth === 1 && node.kind === 'scalar' && this.#reading.texts?.includes(String(name)) === true;
  }

  /** Keys of other mappings, where there is none of the same name. */
  #merge(into: Map<unknown, Plain>, from: Node): void {
    // An alias stands for a mapping alone: a sequence behind it could hold what is merged here.
    if (from.kind === 'sequence') {
      for (const item of from.items) this.#mergeOne(into, item);
    } else this.#mergeOne(into, from);
  }

  #mergeOne(into: Map<unknown, Plain>, from: Node): void {
    const target = from.kind === 'alias' ? from.target : from;
    if (target.kind !== 'mapping') throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
    const map = this.decode(from) as Map<unknown, Plain>;
    for (const [key, value] of map) if (!into.has(key)) into.set(key, value);
  }
}

/** Keys are the same where they are written alike. */
function refuseTwice(pairs: [Node, Node][]): void {
  const lines = new Map<string, number>();
  for (const [key] of pairs) {
    if (key.kind !== 'scalar') continue;
    const [first, line] = [lines.get(key.value), key.mark.line + 1];
    const what = `line ${line}: mapping key ${goQuote(key.value)} already defined at line ${first}`;
    if (first !== undefined) throw new YamlError(`yaml: unmarshal errors:\n  ${what}`);
    lines.set(key.value, line);
  }
}

function isMerge(node: Node): boolean {
  return (
    node.kind === 'scalar' && node.plain && node.value === '<<' && (node.tag === '' || node.tag.endsWith(':merge'))
  );
}

/** Less of a large document may come from aliases. */
function allowedRatio(decoded: number): number {
  const [low, high] = [400_000, 4_000_000];
  if (decoded <= low) return 0.99;
  return decoded >= high ? 0.1 : 0.99 - (0.89 * (decoded - low)) / (high - low);
}

function toValue(v: Plain): Value {
  if (Array.isArray(v)) return v.map(toValue);
  if (v instanceof Map) {
    const made = new RegoObject();
    for (const [key, value] of v) made.set(keyText(key, value), toValue(value));
    return made;
  }
  if (typeof v === 'number' && !Number.isFinite(v))
    throw new YamlError(`json: unsupported value: ${Number.isNaN(v) ? 'NaN' : v > 0 ? '+Inf' : '-Inf'}`);
  return typeof v === 'bigint' ? numberFromBigInt(v) : fromJs(v);
}

function keyText(key: string | number | bigint | boolean | null, value: Plain): string {
  if (key === null)
    throw new YamlError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(value, true)}`);
  if (typeof key !== 'number') return String(key);
  if (!Number.isFinite(key)) return Number.isNaN(key) ? '.nan' : key > 0 ? '.inf' : '-.inf';
  // The conversion writes floats with the digits of 32 bits.
  for (let digits = 1; digits < 10; digits++) {
    const short = Number(key.toPrecision(digits));
    if (Math.fround(short) === Math.fround(key)) return goFloat(short);
  }
  return goFloat(key);
}

/** A value as Go's `%#v` shows it. */
function goSyntax(v: Plain, top = false): string {
  if (v === null) return top ? '<nil>' : 'interface {}(nil)';
  if (typeof v === 'string') return goQuote(v);
  if (typeof v === 'number') return goFloat(v);
  if (Array.isArray(v)) return `[]interface {}{${v.map((item) => goSyntax(item)).join(', ')}}`;
  if (!(v instanceof Map)) return String(v);
  const entries = [...v].map(([key, value]) => `${goSyntax(key)}:${goSyntax(value)}`).sort();
  const type = [...v.keys()].every((key) => typeof key === 'string') ? 'string' : 'interface {}';
  return `map[${type}]interface {}{${entries.join(', ')}}`;
}
