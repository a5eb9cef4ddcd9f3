/** JSON and YAML text, and paths into documents. */
import { Document, parse, stringify, visit } from 'yaml';
import { charge } from '../eval/context.ts';
import { fromJs, goJsonString, JsonError, jsonEntries, parseJson, toJs, toJson } from '../values/json.ts';
import { RegoObject, RegoSet, typeName, type Value } from '../values/value.ts';
import { patch } from './jsonpatch.ts';
import { filterPaths, pathTree, removePaths } from './jsonpaths.ts';
import {
  arrayArg,
  type BuiltinContext,
  BuiltinFailure,
  type BuiltinTable,
  objectArg,
  stringArg,
  typeFailure,
} from './types.ts';

function unmarshal(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringArg(args, 0);
  charge(context.run, text.length >> 6);
  try {
    return parseJson(text);
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
    if (!['pretty', 'indent', 'prefix'].includes(String(key))) {
      throw new BuiltinFailure(`object contained unknown key ${toJson(key)}`, 'eval_type_error');
    }
  }
  const option = (name: string): string | undefined => {
    const v = options.get(name);
    if (v !== undefined && typeof v !== 'string') throw typeFailure(1, `string for key "${name}"`, typeName(v));
    return v;
  };
  const pretty = options.get('pretty');
  if (pretty !== undefined && typeof pretty !== 'boolean')
    throw typeFailure(1, 'boolean for key "pretty"', typeName(pretty));
  const indent = option('indent');
  const prefix = option('prefix');
  const wanted = pretty ?? (indent !== undefined || prefix !== undefined);
  return wanted ? prettyJson(args[0] as Value, prefix ?? '', indent ?? '\t', 0) : toJson(args[0] as Value);
}

function prettyJson(v: Value, prefix: string, indent: string, depth: number): string {
  const line = `\n${prefix}${indent.repeat(depth + 1)}`;
  const end = `\n${prefix}${indent.repeat(depth)}`;
  if (v instanceof RegoObject) {
    if (v.size === 0) return '{}';
    const entries = jsonEntries(v).map(([k, e]) => `${goJsonString(k)}: ${prettyJson(e, prefix, indent, depth + 1)}`);
    return `${depth === 0 ? prefix : ''}{${line}${entries.join(`,${line}`)}${end}}`;
  }
  if (!Array.isArray(v) && !(v instanceof RegoSet)) return toJson(v);
  const items = v instanceof RegoSet ? v.items() : v;
  if (items.length === 0) return '[]';
  const texts = items.map((item: Value) => prettyJson(item, prefix, indent, depth + 1));
  return `${depth === 0 ? prefix : ''}[${line}${texts.join(`,${line}`)}${end}]`;
}

const YAML_OPTIONS = { version: '1.2', merge: true, maxAliasCount: 1000, logLevel: 'error', uniqueKeys: true } as const;

function yamlUnmarshal(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringArg(args, 0);
  charge(context.run, text.length >> 4);
  try {
    return fromJs(parse(text, { ...YAML_OPTIONS, intAsBigInt: true }));
  } catch (e) {
    const line = (e as { linePos?: { line: number }[] }).linePos?.[0]?.line ?? 1;
    throw new BuiltinFailure(`yaml: line ${line}: did not find expected node content`);
  }
}

function yamlIsValid(args: readonly Value[]): Value {
  if (typeof args[0] !== 'string') return false;
  try {
    parse(args[0], YAML_OPTIONS);
    return true;
  } catch {
    return false;
  }
}

function yamlMarshal(args: readonly Value[]): Value {
  const plain = sortedKeys(toJs(parseJson(toJson(args[0] as Value))));
  const document = new Document(plain, { version: '1.2', compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && wantsSingleQuotes(scalar.value)) scalar.type = 'QUOTE_SINGLE';
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** Go's encoder uses double quotes where a plain text would be read as another type, single ones for other reasons. */
function wantsSingleQuotes(text: string): boolean {
  if (text === '' || /[\n\r\u0000-\u001f\u007f-\u009f]/.test(text)) return false;
  const plain = stringify(text, { version: '1.2', compat: 'yaml-1.1', lineWidth: 0 });
  if (!plain.startsWith('"')) return false;
  try {
    return typeof parse(text, { version: '1.1' }) !== 'string' && typeof parse(text, { version: '1.1' }) === 'object';
  } catch {
    return true;
  }
}

function sortedKeys(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(sortedKeys);
  if (typeof v !== 'object' || v === null) return v;
  const keys = Object.keys(v).sort();
  return new Map(keys.map((k) => [k, sortedKeys((v as Record<string, unknown>)[k])]));
}

export const json: BuiltinTable = {
  'json.marshal': { args: ['any'], result: 'string', run: ([v]) => toJson(v as Value) },
  'json.marshal_with_options': { args: ['any', 'object'], result: 'string', run: marshalWithOptions },
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
    args: ['any', 'array<object>'],
    result: 'any',
    run: (args) => patch(args[0] as Value, arrayArg(args, 1)),
  },
  'yaml.marshal': { args: ['any'], result: 'string', run: yamlMarshal },
  'yaml.unmarshal': { args: ['string'], result: 'any', run: yamlUnmarshal },
  'yaml.is_valid': { args: ['string'], result: 'boolean', run: yamlIsValid },
};
