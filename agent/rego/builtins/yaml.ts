/** `yaml.*` as OPA reads and writes YAML: JSON's data model, the first document of a text. */
import { charge, grow } from '../eval/context.ts';
import { parseJson, toJson } from '../values/json.ts';
import { numberText } from '../values/number.ts';
import { isNumber, RegoObject, type Value } from '../values/value.ts';
import { YamlError } from '../yaml/cursor.ts';
import { emitYaml, type Plain } from '../yaml/emit.ts';
import { readYaml } from '../yaml/read.ts';
import { integerOf } from '../yaml/resolve.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, stringArg } from './types.ts';

function read(text: string, context: BuiltinContext): Value {
  charge(context.run, text.length >> 4);
  grow(context.run, 8 * text.length);
  // What aliases repeat takes room again.
  return readYaml(text, (work) => {
    charge(context.run, work);
    grow(context.run, 16 * work);
  });
}

function unmarshal(args: readonly Value[], context: BuiltinContext): Value {
  try {
    return read(stringArg(args, 0), context);
  } catch (e) {
    throw e instanceof YamlError ? new BuiltinFailure(e.message) : e;
  }
}

function isValid(args: readonly Value[], context: BuiltinContext): Value {
  if (typeof args[0] !== 'string') return false;
  try {
    read(args[0], context);
    return true;
  } catch (e) {
    if (e instanceof YamlError) return false;
    throw e;
  }
}

function marshal(args: readonly Value[], context: BuiltinContext): Value {
  const json = toJson(args[0] as Value);
  charge(context.run, json.length >> 4);
  const text = emitYaml(plainOf(parseJson(json)));
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
  // The search begins only where spaces do: from every space on, it would take the square of their number.
  return text.replace(/(?<! ) *(?:\u0085 *)+/g, (breaks) => '\n'.repeat(breaks.replaceAll(' ', '').length - 1) || ' ');
}

function plainNumber(text: string): Plain {
  if (/^-?\d+$/.test(text)) return integerOf(text) ?? Number(text);
  const n = Number(text);
  return Number.isFinite(n) ? n : text;
}

export const yaml: BuiltinTable = {
  'yaml.marshal': { args: ['any'], result: 'string', run: marshal },
  'yaml.unmarshal': { args: ['string'], result: 'any', run: unmarshal },
  'yaml.is_valid': { args: ['string'], result: 'boolean', run: isValid },
};
