/** Runs a template tree on a value. A missing key shows as `<undefined>`, which is what OPA makes of Go's `<no value>`. */

import { escapeQuery } from '../builtins/encoding.ts';
import { compareStrings, isNumber, RegoObject, RegoSet, type Value } from '../values/value.ts';
import { escapeHtml, escapeScript } from './escapes.ts';
import { isNil, type Maybe, printed, textOf } from './operands.ts';
import {
  type Action,
  type Argument,
  type Command,
  GoNumber,
  parseTemplate,
  type Template,
  type TemplateBranch,
  TemplateError,
  type TemplateNode,
} from './parse.ts';
import { printFormatted } from './printf.ts';

interface Scope {
  dot: Maybe;
  variables: { name: string; value: Maybe }[];
  out: string[];
  defined: Template['defined'];
  depth: number;
  charge: (cells: number) => void;
}

/** Throws `TemplateError`. `charge` is told the size of what is made, and may throw. */
export function renderTemplate(source: string, data: Value, charge: (cells: number) => void): string {
  const { nodes, defined } = parseTemplate(source);
  const scope: Scope = { dot: data, variables: [{ name: '', value: data }], out: [], defined, depth: 0, charge };
  run(nodes, scope);
  return scope.out.join('');
}

function run(nodes: TemplateNode[], s: Scope): 'break' | 'continue' | undefined {
  for (const node of nodes) {
    s.charge(1);
    if (node.kind === 'text') s.out.push(node.text);
    else if (node.kind === 'action') {
      const value = evaluate(node.action, s);
      if (node.action.declare.length === 0) s.out.push(printed(value));
    } else if (node.kind === 'template') runNamed(node.name, node.action, s);
    else if (!('action' in node)) return node.kind;
    else {
      const known = s.variables.length;
      const signal = branch(node, s);
      s.variables.length = known;
      if (signal !== undefined) return signal;
    }
  }
  return undefined;
}

const MOST_NESTED = 500;

/** Another template with a dot and a root of its own. */
function runNamed(name: string, action: Action | undefined, s: Scope): void {
  const nodes = s.defined.get(name);
  if (nodes === undefined) throw new TemplateError(`template ${JSON.stringify(name)} not defined`);
  if (s.depth >= MOST_NESTED) throw new TemplateError('exceeded maximum template depth');
  const dot = action === undefined ? undefined : evaluate(action, s);
  run(nodes, { ...s, dot, variables: [{ name: '', value: dot }], depth: s.depth + 1 });
}

function branch(node: TemplateBranch, s: Scope): 'break' | 'continue' | undefined {
  if (node.kind === 'range') return range(node, s);
  const value = evaluate(node.action, s);
  if (!isTrue(value)) return run(node.otherwise, s);
  return run(node.body, node.kind === 'with' ? { ...s, dot: value } : s);
}

function range(node: TemplateBranch, s: Scope): 'break' | 'continue' | undefined {
  const value = pipe(node.action.pipeline, s);
  const entries = entriesOf(value, s);
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

function entriesOf(v: Maybe, s: Scope): [Maybe, Maybe][] {
  const place = (i: number): GoNumber => new GoNumber(i, 'int');
  if (Array.isArray(v)) return v.map((item: Value, i: number): [Maybe, Maybe] => [place(i), item]);
  if (v instanceof RegoObject) return [...v.entries()];
  if (v === undefined || v === null) return [];
  if (!(v instanceof GoNumber) || v.type !== 'int') throw new TemplateError(`range can't iterate over ${printed(v)}`);
  s.charge(Math.max(0, v.value));
  return Array.from({ length: Math.max(0, v.value) }, (_, i): [Maybe, Maybe] => [place(i), place(i)]);
}

function evaluate(action: Action, s: Scope): Maybe {
  const value = pipe(action.pipeline, s);
  for (const name of action.declare) {
    const known = action.assigns ? s.variables.findLast((v) => v.name === name) : undefined;
    if (known !== undefined) known.value = value;
    else if (action.assigns) throw new TemplateError(`undefined variable "$${name}"`);
    else s.variables.push({ name, value });
  }
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
    if (first.kind === 'constant' && first.value === null) throw new TemplateError('nil is not a command');
    if (rest.length + piped.length > 0) throw new TemplateError('value is not a function and cannot have arguments');
    return argumentValue(first, s);
  }
  const fn = FUNCTIONS[first.name];
  if (fn === undefined) throw new TemplateError(`function "${first.name}" not defined`);
  const args = [...rest.map((a) => argumentValue(a, s)), ...piped];
  const wanted = first.name === 'not' ? 1 : 0;
  if ((wanted === 1 && args.length !== 1) || (AT_LEAST_ONE.includes(first.name) && args.length === 0))
    throw new TemplateError(
      `wrong number of args for ${first.name}: want ${wanted === 1 ? '1' : 'at least 1'} got ${args.length}`,
    );
  return fn(args, s);
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
    if (at === null) throw new TemplateError(`nil pointer evaluating interface {}.${name}`);
    if (!(at instanceof RegoObject)) throw new TemplateError(`can't evaluate field ${name}`);
    at = at.get(name);
  }
  return at;
}

function isTrue(v: Maybe): boolean {
  if (v === undefined || v === null || v === false || v === '') return false;
  // Numbers of the values are texts, and no text of a number is empty.
  if (v instanceof GoNumber) return v.value !== 0;
  if (Array.isArray(v)) return v.length > 0;
  return v instanceof RegoObject || v instanceof RegoSet ? v.size > 0 : true;
}

type TemplateFunction = (args: Maybe[], s: Scope) => Maybe;

function comparison(name: string, test: (order: number) => boolean): TemplateFunction {
  return (args) => {
    if (args.length !== 2) throw new TemplateError(`wrong number of args for ${name}: want 2 got ${args.length}`);
    const [a, b] = args.map((v) => comparable(name, v)) as [Plain, Plain];
    if (typeof a === 'boolean' || a === null)
      throw new TemplateError(`error calling ${name}: invalid type for comparison`);
    if (kindOf(a) !== kindOf(b)) throw incomparable(name, args[0], args[1]);
    const order = a instanceof GoNumber ? a.value - (b as GoNumber).value : compareStrings(String(a), String(b));
    return test(order);
  };
}

type Plain = string | boolean | null | GoNumber;

/** What can be compared: numbers of the values are texts. Throws `TemplateError` for lists and objects. */
function comparable(name: string, v: Maybe): Plain {
  if (v === undefined || v === null) return null;
  if (typeof v === 'string' || typeof v === 'boolean' || v instanceof GoNumber) return v;
  if (isNumber(v)) return printed(v);
  throw new TemplateError(
    `error calling ${name}: ${name === 'eq' || name === 'ne' ? `non-comparable type ${printed(v)}: ${typeOf(v)}` : 'invalid type for comparison'}`,
  );
}

function kindOf(v: Plain): string {
  return v === null ? 'nil' : v instanceof GoNumber ? v.type : typeof v;
}

function typeOf(v: Maybe): string {
  if (v instanceof GoNumber) return v.type;
  if (isNumber(v)) return 'json.Number';
  if (typeof v === 'string') return 'string';
  if (typeof v === 'boolean') return 'bool';
  return Array.isArray(v) ? '[]interface {}' : 'map[string]interface {}';
}

function incomparable(name: string, a: Maybe, b: Maybe): TemplateError {
  return new TemplateError(`error calling ${name}: incompatible types for comparison: ${typeOf(a)} and ${typeOf(b)}`);
}

/** Whether the first is equal to one of the others. */
function isEqual(args: Maybe[], name = 'eq'): boolean {
  if (args.length === 0) throw new TemplateError(`wrong number of args for ${name}: want at least 1 got 0`);
  if (args.length === 1) throw new TemplateError(`error calling ${name}: missing argument for comparison`);
  const [first, ...others] = args.map((v) => comparable(name, v)) as [Plain, ...Plain[]];
  return others.some((other, i) => {
    if (first === null || other === null) return first === other;
    if (kindOf(first) !== kindOf(other)) throw incomparable(name, args[0], args[i + 1]);
    return first instanceof GoNumber ? first.value === (other as GoNumber).value : first === other;
  });
}

function index(args: Maybe[]): Maybe {
  let [at, ...keys] = args;
  for (const key of keys) {
    if (at === undefined || at === null) throw new TemplateError('error calling index: index of untyped nil');
    const text = textOf(at);
    if (at instanceof RegoObject) at = at.get(keyOf(key));
    else if (Array.isArray(at) || text !== undefined) {
      if (!(key instanceof GoNumber) || key.type !== 'int')
        throw new TemplateError(`error calling index: cannot index slice/array with type ${typeOf(key)}`);
      const list: readonly Maybe[] =
        text === undefined ? (at as readonly Value[]) : [...Buffer.from(text)].map((byte) => new GoNumber(byte, 'int'));
      if (key.value < 0 || key.value >= list.length)
        throw new TemplateError(`error calling index: index out of range: ${key.value}`);
      at = list[key.value];
    } else throw new TemplateError(`error calling index: can't index item of type ${typeOf(at)}`);
  }
  return at;
}

/** A key of an object, which has to be text. */
function keyOf(key: Maybe): string {
  const text = textOf(key);
  if (text !== undefined) return text;
  const what = isNil(key)
    ? 'value is nil; should be of type string'
    : `value has type ${typeOf(key)}; should be string`;
  throw new TemplateError(`error calling index: ${what}`);
}

/** A part of a list, or of the bytes of a text. */
function slice(args: Maybe[]): Maybe {
  if (args.length === 0) throw new TemplateError('wrong number of args for slice: want at least 1 got 0');
  const [of, ...places] = args;
  const text = textOf(of);
  if (text !== undefined && places.length > 2)
    throw new TemplateError('error calling slice: cannot 3-index slice a string');
  const list = text === undefined ? of : Buffer.from(text);
  if (!Array.isArray(list) && !Buffer.isBuffer(list))
    throw new TemplateError(`error calling slice: can't slice item of type ${typeOf(of)}`);
  const at = places.map((place) => {
    if (!(place instanceof GoNumber) || place.type !== 'int')
      throw new TemplateError(`error calling slice: cannot index slice/array with type ${typeOf(place)}`);
    if (place.value < 0 || place.value > list.length)
      throw new TemplateError(`error calling slice: index out of range: ${place.value}`);
    return place.value;
  });
  const [from = 0, to = list.length] = at;
  if (from > to) throw new TemplateError(`error calling slice: invalid slice index: ${from} > ${to}`);
  return Array.isArray(list) ? (list.slice(from, to) as Value[]) : (list as Buffer).subarray(from, to).toString('utf8');
}

function length(args: Maybe[]): Maybe {
  if (args.length !== 1) throw new TemplateError(`wrong number of args for len: want 1 got ${args.length}`);
  const [v] = args;
  const text = textOf(v);
  if (text !== undefined) return new GoNumber(Buffer.byteLength(text), 'int');
  if (Array.isArray(v)) return new GoNumber(v.length, 'int');
  if (v instanceof RegoObject) return new GoNumber(v.size, 'int');
  const what =
    v === undefined
      ? 'reflect: call of reflect.Value.Type on zero Value'
      : v === null
        ? 'len of nil pointer'
        : `len of type ${typeOf(v)}`;
  throw new TemplateError(`error calling len: ${what}`);
}

/** Go puts a space between operands when neither is a string, which numbers of the values are. */
function print(args: Maybe[]): string {
  return args.reduce<string>((text, v, i) => {
    const gap = i > 0 && textOf(v) === undefined && textOf(args[i - 1]) === undefined ? ' ' : '';
    return text + gap + (v === undefined || v === null ? '<nil>' : printed(v));
  }, '');
}

const AT_LEAST_ONE = ['and', 'or', 'index'];

const FUNCTIONS: Record<string, TemplateFunction> = {
  // A key that is missing is a value too.
  and: (args) => args[args.findIndex((v) => !isTrue(v))] ?? (args.every(isTrue) ? args.at(-1) : undefined),
  or: (args) => args.find(isTrue) ?? args.at(-1),
  not: ([v]) => !isTrue(v),
  eq: (args) => isEqual(args),
  ne: (args) => !isEqual(args, 'ne'),
  lt: comparison('lt', (order) => order < 0),
  le: comparison('le', (order) => order <= 0),
  gt: comparison('gt', (order) => order > 0),
  ge: comparison('ge', (order) => order >= 0),
  index,
  slice,
  len: length,
  print,
  println: (args) => `${args.map((v) => (isNil(v) ? '<nil>' : printed(v))).join(' ')}\n`,
  printf: (args, s) => printFormatted(args, s.charge),
  js: (args) => escapeScript(print(args)),
  urlquery: (args) => escapeQuery(print(args)),
  html: (args) => escapeHtml(print(args)),
};
