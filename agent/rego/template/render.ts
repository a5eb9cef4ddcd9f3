/** Runs a template tree on a value. A missing key shows as `<undefined>`, which is what OPA makes of Go's `<no value>`. */

import { escapeQuery } from '../builtins/encoding.ts';
import { formatGo } from '../builtins/format.ts';
import { compare, equal, isNumber, RegoObject, RegoSet, regoText, type Value } from '../values/value.ts';
import {
  type Action,
  type Argument,
  type Command,
  parseTemplate,
  type TemplateBranch,
  TemplateError,
  type TemplateNode,
} from './parse.ts';

type Maybe = Value | undefined;

interface Scope {
  dot: Maybe;
  variables: { name: string; value: Maybe }[];
  out: string[];
  charge: (cells: number) => void;
}

/** Throws `TemplateError`. `charge` is told the size of what is made, and may throw. */
export function renderTemplate(source: string, data: Value, charge: (cells: number) => void): string {
  const scope: Scope = { dot: data, variables: [{ name: '', value: data }], out: [], charge };
  run(parseTemplate(source), scope);
  return scope.out.join('');
}

function run(nodes: TemplateNode[], s: Scope): 'break' | 'continue' | undefined {
  for (const node of nodes) {
    s.charge(1);
    if (node.kind === 'text') s.out.push(node.text);
    else if (node.kind === 'action') {
      const value = evaluate(node.action, s);
      if (node.action.declare.length === 0) s.out.push(printed(value));
    } else if (!('action' in node)) return node.kind;
    else {
      const known = s.variables.length;
      const signal = branch(node, s);
      s.variables.length = known;
      if (signal !== undefined) return signal;
    }
  }
  return undefined;
}

function branch(node: TemplateBranch, s: Scope): 'break' | 'continue' | undefined {
  if (node.kind === 'range') return range(node, s);
  const value = evaluate(node.action, s);
  if (!isTrue(value)) return run(node.otherwise, s);
  return run(node.body, node.kind === 'with' ? { ...s, dot: value } : s);
}

function range(node: TemplateBranch, s: Scope): 'break' | 'continue' | undefined {
  const value = evaluate({ declare: [], pipeline: node.action.pipeline }, s);
  const entries = entriesOf(value);
  if (entries.length === 0) return run(node.otherwise, s);
  const names = node.action.declare;
  for (const [key, item] of entries) {
    const known = s.variables.length;
    const [first, second] = names.length === 2 ? names : [undefined, names[0]];
    if (first !== undefined) s.variables.push({ name: first, value: key });
    if (second !== undefined) s.variables.push({ name: second, value: item });
    const signal = run(node.body, { ...s, dot: item });
    s.variables.length = known;
    if (signal === 'break') break;
  }
  return undefined;
}

function entriesOf(v: Maybe): [Value, Value][] {
  if (Array.isArray(v)) return v.map((item: Value, i: number): [Value, Value] => [i, item]);
  if (v instanceof RegoObject) return [...v.entries()];
  return v instanceof RegoSet ? v.items().map((item, i): [Value, Value] => [i, item]) : [];
}

function evaluate(action: Action, s: Scope): Maybe {
  const value = pipe(action.pipeline, s);
  for (const name of action.declare) s.variables.push({ name, value });
  return value;
}

function pipe(commands: Command[], s: Scope): Maybe {
  let value: Maybe;
  commands.forEach((command, i) => {
    value = call(command, i === 0 ? [] : [value], s);
  });
  return value;
}

function call(command: Command, piped: Maybe[], s: Scope): Maybe {
  const [first, ...rest] = command as [Argument, ...Argument[]];
  if (first.kind !== 'function') {
    if (rest.length + piped.length > 0) throw new TemplateError('value is not a function and cannot have arguments');
    return argumentValue(first, s);
  }
  const fn = FUNCTIONS[first.name];
  if (fn === undefined) throw new TemplateError(`function "${first.name}" not defined`);
  return fn([...rest.map((a) => argumentValue(a, s)), ...piped], s);
}

function argumentValue(a: Argument, s: Scope): Maybe {
  switch (a.kind) {
    case 'constant':
      return a.value;
    case 'field':
      return fields(s.dot, a.path);
    case 'variable': {
      const known = s.variables.findLast((v) => v.name === a.name);
      if (known === undefined) throw new TemplateError(`undefined variable "$${a.name}"`);
      return fields(known.value, a.path);
    }
    case 'pipeline':
      return fields(pipe(a.pipeline, s), a.path);
    case 'function':
      return call([a], [], s);
  }
}

function fields(v: Maybe, path: string[]): Maybe {
  let at = v;
  for (const name of path) {
    if (at === undefined) return undefined;
    if (!(at instanceof RegoObject)) throw new TemplateError(`can't evaluate field ${name}`);
    at = at.get(name);
  }
  return at;
}

function isTrue(v: Maybe): boolean {
  if (v === undefined || v === null || v === false || v === '' || v === 0) return false;
  if (Array.isArray(v)) return v.length > 0;
  return v instanceof RegoObject || v instanceof RegoSet ? v.size > 0 : true;
}

function printed(v: Maybe): string {
  if (v === undefined || v === null) return v === undefined ? '<undefined>' : '<nil>';
  return goText(v);
}

/** Go prints maps as `map[k:v]` and slices as `[a b]`. */
function goText(v: Value): string {
  if (typeof v === 'string') return v;
  if (v === null) return '<nil>';
  if (Array.isArray(v)) return `[${v.map(goText).join(' ')}]`;
  if (v instanceof RegoSet) return `[${v.items().map(goText).join(' ')}]`;
  if (v instanceof RegoObject) return `map[${[...v.entries()].map(([k, e]) => `${goText(k)}:${goText(e)}`).join(' ')}]`;
  return regoText(v);
}

type TemplateFunction = (args: Maybe[], s: Scope) => Maybe;

function comparison(test: (order: number) => boolean): TemplateFunction {
  return ([a, b]) => test(compare(a ?? null, b ?? null));
}

function index(args: Maybe[]): Maybe {
  let [at, ...keys] = args;
  for (const key of keys) {
    if (at instanceof RegoObject) at = at.get(key ?? null);
    else if (Array.isArray(at) && typeof key === 'number') {
      if (key < 0 || key >= at.length) throw new TemplateError(`index out of range: ${key}`);
      at = at[key] as Value;
    } else throw new TemplateError("can't index item");
  }
  return at;
}

function length([v]: Maybe[]): Maybe {
  if (typeof v === 'string') return new TextEncoder().encode(v).length;
  if (Array.isArray(v)) return v.length;
  if (v instanceof RegoObject || v instanceof RegoSet) return v.size;
  throw new TemplateError('len of a value without a length');
}

/** Go puts a space between operands when neither is a string. */
function print(args: Maybe[]): string {
  return args.reduce<string>((text, v, i) => {
    const gap = i > 0 && typeof v !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '';
    return text + gap + printed(v);
  }, '');
}

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const FUNCTIONS: Record<string, TemplateFunction> = {
  and: (args) => args.find((v) => !isTrue(v)) ?? args.at(-1),
  or: (args) => args.find(isTrue) ?? args.at(-1),
  not: ([v]) => !isTrue(v),
  eq: ([a, ...others]) => others.some((b) => equal(a ?? null, b ?? null)),
  ne: ([a, b]) => !equal(a ?? null, b ?? null),
  lt: comparison((order) => order < 0),
  le: comparison((order) => order <= 0),
  gt: comparison((order) => order > 0),
  ge: comparison((order) => order >= 0),
  index,
  len: length,
  print,
  println: (args) => `${args.map(printed).join(' ')}\n`,
  printf: ([format, ...args], s) => {
    const operands = args.map((v): Value => (v === undefined || !isNumber(v) ? printed(v) : v));
    return formatGo(String(format), operands, s.charge);
  },
  urlquery: (args) => escapeQuery(print(args)),
  html: (args) => print(args).replace(/[&<>"']/g, (c) => NAMED[c] ?? `&#${c.charCodeAt(0)};`),
};
