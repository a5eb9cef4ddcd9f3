/** JSON text, and paths into documents. */
import { charge, grow } from '../eval/context.ts';
import { decodeJson, goJsonString, JsonError, jsonEntries, parseJson, toJson } from '../values/json.ts';
import { RegoObject, RegoSet, regoText, typeName, type Value } from '../values/value.ts';
import { patch } from './jsonpatch.ts';
import { filterPaths, pathTree, removePaths } from './jsonpaths.ts';
import { arrayArg, type BuiltinContext, BuiltinFailure, type BuiltinTable, objectArg, stringArg } from './types.ts';

function unmarshal(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringArg(args, 0);
  charge(context.run, text.length >> 6);
  grow(context.run, 8 * text.length);
  try {
    return decodeJson(text);
  } catch (e) {
    if (e instanceof JsonError) throw new BuiltinFailure(e.message);
    throw e;
  }
}

function isValid(args: readonly Value[]): Value {
  if (typeof args[0] !== 'string') return false;
  try {
    parseJson(args[0]);
    return true;
  } catch (e) {
    if (e instanceof JsonError) return false;
    throw e;
  }
}

/** Pretty when an option other than `pretty: false` says so; a tab is Go's default indent here. */
function marshalWithOptions(args: readonly Value[]): Value {
  const options = objectArg(args, 1);
  for (const key of options.keys()) {
    if (typeof key !== 'string') {
      const at = options.keys().indexOf(key);
      const found = `failed to stringify key ${regoText(key)} at index ${at}: operand 0 must be string but got ${typeName(key)}`;
      throw new BuiltinFailure(`operand 2 ${found}`, 'eval_type_error');
    }
    if (!['pretty', 'indent', 'prefix'].includes(key)) {
      throw new BuiltinFailure(`operand 2 object contained unknown key ${regoText(key)}`, 'eval_type_error');
    }
  }
  const option = (name: string): string | undefined => {
    const v = options.get(name);
    if (v === undefined || typeof v === 'string') return v;
    const problem = `failed cast to string: operand 0 must be string but got ${typeName(v)}`;
    throw new BuiltinFailure(`operand 2 key "${name}" ${problem}`, 'eval_type_error');
  };
  const pretty = options.get('pretty');
  if (pretty !== undefined && typeof pretty !== 'boolean')
    throw new BuiltinFailure('operand 2 key "pretty" failed cast to bool', 'eval_type_error');
  const indent = option('indent');
  const prefix = option('prefix');
  const wanted = pretty ?? (indent !== undefined || prefix !== undefined);
  return wanted
    ? `${prefix ?? ''}${prettyJson(args[0] as Value, prefix ?? '', indent ?? '\t', 0)}`
    : toJson(args[0] as Value);
}

function prettyJson(v: Value, prefix: string, indent: string, depth: number): string {
  const line = `\n${prefix}${indent.repeat(depth + 1)}`;
  const end = `\n${prefix}${indent.repeat(depth)}`;
  if (v instanceof RegoObject) {
    if (v.size === 0) return '{}';
    const entries = jsonEntries(v).map(([k, e]) => `${goJsonString(k)}: ${prettyJson(e, prefix, indent, depth + 1)}`);
    return `{${line}${entries.join(`,${line}`)}${end}}`;
  }
  if (!Array.isArray(v) && !(v instanceof RegoSet)) return toJson(v);
  const items = v instanceof RegoSet ? v.items() : v;
  if (items.length === 0) return '[]';
  const texts = items.map((item: Value) => prettyJson(item, prefix, indent, depth + 1));
  return `[${line}${texts.join(`,${line}`)}${end}]`;
}

export const json: BuiltinTable = {
  'json.marshal': { args: ['any'], result: 'string', run: ([v]) => toJson(v as Value) },
  'json.marshal_with_options': {
    args: ['any', 'object{indent:string,prefix:string,pretty:boolean}<string,any>'],
    result: 'string',
    run: marshalWithOptions,
  },
  'json.unmarshal': { args: ['string'], result: 'any', run: unmarshal },
  'json.is_valid': { args: ['string'], result: 'boolean', run: isValid },
  'json.filter': {
    args: ['object', 'array<string|array>|set<string|array>'],
    result: 'object',
    run: (args) => filterPaths(objectArg(args, 0), pathTree(args)),
  },
  'json.remove': {
    args: ['object', 'array<string|array>|set<string|array>'],
    result: 'object',
    run: (args) => removePaths(objectArg(args, 0), pathTree(args)),
  },
  'json.patch': {
    args: ['any', 'array<object{op:string,path:any}<any,any>>'],
    result: 'any',
    run: (args) => patch(args[0] as Value, arrayArg(args, 1)),
  },
};
