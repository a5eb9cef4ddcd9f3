/** `regex.*` on the engine of `regex/`. */
import { charge } from '../eval/context.ts';
import { compileRegex, findAll, PatternError, type Regex } from '../regex/index.ts';
import { GlobError, globsIntersect } from '../regex/intersect.ts';
import { expandTemplate } from '../regex/template.ts';
import type { Value } from '../values/value.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, intArg, stringArg } from './types.ts';

const MAX_PATTERNS = 1000;

/** Compiled patterns live as long as the evaluation. */
export function regexOf(source: string, context: BuiltinContext): Regex {
  const key = `regex ${source}`;
  const known = context.run.memory.get(key) as Regex | undefined;
  if (known !== undefined) return known;
  try {
    const made = compileRegex(source, (work) => charge(context.run, (work + 7) >> 3));
    if (context.run.memory.size < MAX_PATTERNS) context.run.memory.set(key, made);
    return made;
  } catch (e) {
    if (e instanceof PatternError) throw new BuiltinFailure(e.message);
    throw e;
  }
}

function match(args: readonly Value[], context: BuiltinContext): Value {
  const [pattern, text] = [stringArg(args, 0), stringArg(args, 1)];
  return regexOf(pattern, context).test(text);
}

function isValid(args: readonly Value[], context: BuiltinContext): Value {
  if (typeof args[0] !== 'string') return false;
  try {
    regexOf(args[0], context);
    return true;
  } catch (e) {
    if (e instanceof BuiltinFailure) return false;
    throw e;
  }
}

function find(args: readonly Value[], context: BuiltinContext): Value {
  const [pattern, text, limit] = [stringArg(args, 0), stringArg(args, 1), intArg(args, 2)];
  return findAll(regexOf(pattern, context), text, limit).map(([start, end]) => text.slice(start, end));
}

function findSubmatches(args: readonly Value[], context: BuiltinContext): Value {
  const [pattern, text, limit] = [stringArg(args, 0), stringArg(args, 1), intArg(args, 2)];
  const regex = regexOf(pattern, context);
  return findAll(regex, text, limit).map((captures) => {
    const groups: Value[] = [];
    for (let i = 0; i <= regex.groups; i++) {
      const start = captures[i * 2] ?? -1;
      groups.push(start < 0 ? '' : text.slice(start, captures[i * 2 + 1]));
    }
    return groups;
  });
}

function replace(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringArg(args, 0);
  const [pattern, template] = [stringArg(args, 1), stringArg(args, 2)];
  const regex = regexOf(pattern, context);
  let out = '';
  let at = 0;
  for (const captures of findAll(regex, text, -1)) {
    const [start, end] = captures as [number, number];
    const by = expandTemplate(template, text, captures, regex.names);
    charge(context.run, by.length >> 6);
    out += text.slice(at, start) + by;
    at = end;
  }
  return out + text.slice(at);
}

/** Go's `Split` with all parts: an empty match at the very beginning cuts nothing off. */
function split(args: readonly Value[], context: BuiltinContext): Value {
  const pattern = stringArg(args, 0);
  const text = stringArg(args, 1);
  const regex = regexOf(pattern, context);
  if (pattern !== '' && text === '') return [''];
  const parts: Value[] = [];
  let begin = 0;
  let end = 0;
  for (const captures of findAll(regex, text, -1)) {
    end = captures[0] as number;
    if ((captures[1] as number) !== 0) parts.push(text.slice(begin, end));
    begin = captures[1] as number;
  }
  if (end !== text.length) parts.push(text.slice(begin));
  return parts;
}

/** Text outside the delimiters is literal, inside them a pattern. */
function templateMatch(args: readonly Value[], context: BuiltinContext): Value {
  const [template, text, open, close] = [0, 1, 2, 3].map((i) => stringArg(args, i)) as [string, string, string, string];
  requireOne('start', open, open);
  requireOne('end', close, open);
  let source = '';
  let at = 0;
  while (at < template.length) {
    const start = template.indexOf(open, at);
    if (start < 0) break;
    let depth = 1;
    let end = start + 1;
    for (; end < template.length && depth > 0; end++) {
      if (template[end] === open) depth++;
      else if (template[end] === close) depth--;
    }
    if (depth > 0) throw new BuiltinFailure(`unbalanced braces in "${template}"`);
    const pattern = template.slice(start + 1, end - 1);
    // Each part has to be a pattern by itself.
    regexOf(`^${pattern}$`, context);
    source += `${quoteMeta(template.slice(at, start))}(${pattern})`;
    at = end;
  }
  if (template.indexOf(close, at) >= 0) throw new BuiltinFailure(`unbalanced braces in "${template}"`);
  return regexOf(`^${source}${quoteMeta(template.slice(at))}$`, context).test(text);
}

/** OPA tells how long the first delimiter is, whichever is wrong. */
function requireOne(which: string, delimiter: string, shown: string): void {
  if (Buffer.byteLength(delimiter) === 1) return;
  const size = Buffer.byteLength(shown);
  throw new BuiltinFailure(`${which} delimiter has to be exactly one character long but is ${size} long`);
}

export function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');
}

function globsMatch(args: readonly Value[], context: BuiltinContext): Value {
  const a = stringArg(args, 0);
  const b = stringArg(args, 1);
  try {
    return globsIntersect(a, b, (work) => charge(context.run, work));
  } catch (e) {
    if (e instanceof GlobError) throw new BuiltinFailure(e.message);
    throw e;
  }
}

export const regex: BuiltinTable = {
  'regex.match': { args: ['string', 'string'], result: 'boolean', run: match },
  re_match: { args: ['string', 'string'], result: 'boolean', deprecated: true, run: match },
  'regex.is_valid': { args: ['string'], result: 'boolean', run: isValid },
  'regex.find_n': { args: ['string', 'string', 'number'], result: 'array<string>', run: find },
  'regex.find_all_string_submatch_n': {
    args: ['string', 'string', 'number'],
    result: 'array<array<string>>',
    run: findSubmatches,
  },
  'regex.replace': { args: ['string', 'string', 'string'], result: 'string', run: replace },
  'regex.split': { args: ['string', 'string'], result: 'array<string>', run: split },
  'regex.template_match': { args: ['string', 'string', 'string', 'string'], result: 'boolean', run: templateMatch },
  'regex.globs_match': { args: ['string', 'string'], result: 'boolean', run: globsMatch },
};
