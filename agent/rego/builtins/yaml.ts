/** `yaml.*` as Go's yaml.v3 reads and writes it behind OPA: JSON's data model, the first document of a text. */
import { type Document, isAlias, isMap, isScalar, parseAllDocuments, type ScalarTag, visit } from 'yaml';
import { charge, grow } from '../eval/context.ts';
import { canonical } from '../values/arithmetic.ts';
import { fromJs, parseJson, toJson } from '../values/json.ts';
import { BigNum, numberText, type RegoNumber } from '../values/number.ts';
import { isNumber, RegoObject, type Value } from '../values/value.ts';
import { emitYaml, type Plain } from '../yaml/emit.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, stringArg } from './types.ts';

/** Go reads integers with `strconv.ParseInt(text, 0, 64)`: prefixes of a base, and underscores between digits. */
const integer: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  identify: (v) => typeof v === 'bigint',
  test: /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)$/,
  resolve: (text) => readInteger(text.replaceAll('_', '')),
  stringify: ({ value }) => String(value),
};

const float: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (v) => typeof v === 'number' || v instanceof BigNum,
  test: /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/,
  resolve: (text) => {
    const n = Number(text.replaceAll('_', ''));
    // What no double can hold is text.
    return Number.isFinite(n) ? n : text;
  },
  stringify: ({ value }) =>
    value instanceof BigNum ? value.text : numberText(canonical(fromJs(value) as RegoNumber) ?? 0),
};

function readInteger(text: string): bigint | number {
  const negative = text.startsWith('-');
  const digits = text.replace(/^[-+]/, '').replace(/^0(?=[0-7])/, '0o');
  const value = negative ? -BigInt(digits) : BigInt(digits);
  return value > 0xffffffffffffffffn || value < -0x8000000000000000n ? Number(value) : value;
}

const OPTIONS = {
  version: '1.2',
  merge: true,
  logLevel: 'error',
  uniqueKeys: false,
  customTags: (tags: (ScalarTag | string | object)[]) => [
    integer,
    float,
    ...(tags.filter(
      (t) => !/int|float/.test(String((t as ScalarTag).tag)) || (t as ScalarTag).test?.test('.nan'),
    ) as ScalarTag[]),
  ],
} as const;

function read(text: string): Value {
  const [first] = parseAllDocuments(text, OPTIONS as never);
  const document = first as Document | undefined;
  if (document === undefined) return null;
  const [error] = document.errors;
  if (error !== undefined) throw error;
  if (/^ *\t/.test(text)) throw new BuiltinFailure('yaml: found character that cannot start any token');
  if (/^%YAML[ \t]+(?!1\.1\b)/.test(text)) throw new BuiltinFailure('yaml: found incompatible YAML document');
  refuseLoops(document);
  if (!text.endsWith('\n')) endBlock(document, text.length);
  return toValue(document.toJS({ mapAsMap: true, maxAliasCount: 1000 }));
}

/** A block that ends with the text, which has no new line there, has none either. */
function endBlock(document: Document, end: number): void {
  visit(document, {
    Scalar: (_, scalar) => {
      const isBlock = scalar.type === 'BLOCK_LITERAL' || scalar.type === 'BLOCK_FOLDED';
      if (!isBlock || typeof scalar.value !== 'string' || (scalar.range?.[1] ?? 0) < end) return;
      scalar.value = scalar.value.replace(/\n$/, '');
    },
  });
}

/** An anchor inside of itself has no value. */
function refuseLoops(document: Document): void {
  visit(document, {
    Alias: (_, alias, path) => {
      const around = path.some((node) => (node as { anchor?: string }).anchor === alias.source);
      if (around) throw new BuiltinFailure(`yaml: anchor '${alias.source}' value contains itself`);
    },
    Pair: (_, pair) => {
      const { key } = pair;
      if (!isScalar(key) && !isAlias(key) && (isMap(key) || key !== null))
        throw new BuiltinFailure(`yaml: invalid map key: ${String(key)}`);
    },
  });
}

function toValue(v: unknown): Value {
  if (v instanceof Map) {
    const made = new RegoObject();
    for (const [key, value] of v) made.set(keyOf(key), toValue(value));
    return made;
  }
  if (v instanceof Set) return [...v].reduce((made: RegoObject, key) => made.set(keyOf(key), null), new RegoObject());
  if (v instanceof Uint8Array) return Buffer.from(v).toString('utf8');
  if (Array.isArray(v)) return v.map(toValue);
  if (typeof v === 'number' && !Number.isFinite(v)) {
    throw new BuiltinFailure(`json: unsupported value: ${Number.isNaN(v) ? 'NaN' : v > 0 ? '+Inf' : '-Inf'}`);
  }
  return fromJs(v);
}

function keyOf(key: unknown): string {
  if (typeof key === 'string') return key;
  if (key === null || key === undefined) throw new BuiltinFailure('unsupported map key of type: null');
  return typeof key === 'object' ? toJson(toValue(key)) : toJson(fromJs(key));
}

function unmarshal(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringArg(args, 0);
  charge(context.run, text.length >> 4);
  grow(context.run, 8 * text.length);
  try {
    return read(text);
  } catch (e) {
    if (e instanceof BuiltinFailure) throw e;
    const line = (e as { linePos?: { line: number }[] }).linePos?.[0]?.line ?? 1;
    throw new BuiltinFailure(`yaml: line ${line}: did not find expected node content`);
  }
}

function isValid(args: readonly Value[]): Value {
  if (typeof args[0] !== 'string') return false;
  try {
    read(args[0]);
    return true;
  } catch {
    return false;
  }
}

function marshal(args: readonly Value[], context: BuiltinContext): Value {
  const text = emitYaml(plainOf(parseJson(toJson(args[0] as Value))));
  grow(context.run, 2 * text.length);
  return text;
}

/** OPA reads its JSON as YAML: whole numbers that fit into 64 bits stay whole, all others are floats. */
function plainOf(v: Value): Plain {
  if (isNumber(v)) return plainNumber(numberText(v));
  if (Array.isArray(v)) return v.map(plainOf);
  if (typeof v === 'string') return plainText(v);
  if (!(v instanceof RegoObject)) return v as null | boolean;
  return new Map([...v.entries()].map(([key, value]) => [plainText(String(key)), plainOf(value)]));
}

/** What the reader makes of JSON's text: a next line (U+0085) is a break and folded, other control characters are refused. */
function plainText(text: string): string {
  if (!/[\u007f-\u009f\ufffe\uffff]/.test(text)) return text;
  if (/[\u007f-\u0084\u0086-\u009f\ufffe\uffff]/.test(text))
    throw new BuiltinFailure('yaml: control characters are not allowed');
  return text.replace(
    / *((?:\u0085 *)+)/g,
    (_, breaks: string) => '\n'.repeat(breaks.replaceAll(' ', '').length - 1) || ' ',
  );
}

function plainNumber(text: string): Plain {
  if (/^-?\d+$/.test(text)) return readInteger(text);
  const n = Number(text);
  return Number.isFinite(n) ? n : text;
}

export const yaml: BuiltinTable = {
  'yaml.marshal': { args: ['any'], result: 'string', run: marshal },
  'yaml.unmarshal': { args: ['string'], result: 'any', run: unmarshal },
  'yaml.is_valid': { args: ['string'], result: 'boolean', run: isValid },
};
