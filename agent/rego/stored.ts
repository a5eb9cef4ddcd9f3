/** Syntax trees as JSON text: a build writes those of the built-in gates, so that a cold hook need not parse them. */
import type { Expr, Module, Term } from './ast.ts';
import { RegoObject, RegoSet, type Value } from './values/value.ts';

/** Where a set or an object stands in the tree, which JSON has no form for, and what it holds. */
type Special = [place: (string | number)[], kind: 'set' | 'object', items: unknown[]];

interface Stored {
  module: Omit<Module, 'text' | 'annotations' | 'errors'>;
  special: Special[];
}

/** A module without errors and annotations, and whose constants hold no large numbers; throws for any other. */
export function storeModule({ text: _, annotations, errors, ...module }: Module): string {
  if (annotations.length > 0 || errors.length > 0) throw new Error(`${module.file} cannot be stored`);
  const special: Special[] = [];
  const plain = (value: unknown, place: (string | number)[]): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const inner = (item: unknown, index: number) => plain(item, [...place, index]);
    if (value instanceof RegoSet) special.push([place, 'set', value.items().map(flat)]);
    else if (value instanceof RegoObject)
      special.push([place, 'object', [...value.entries()].map((pair) => pair.map(flat))]);
    else if (Array.isArray(value)) return value.map(inner);
    else if (Object.getPrototypeOf(value) !== Object.prototype) throw new Error(`${module.file} holds another class`);
    else return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, [...place, key])]));
    return null;
  };
  return JSON.stringify({ module: plain(module, []), special });
}

/** Sets and objects of the built-in gates hold strings, numbers and lists of them. */
function flat(value: Value): Value {
  if (typeof value === 'object' && value !== null) throw new Error('a constant holds more than plain values');
  return value;
}

/** What `storeModule` has written, as the parser would make it. */
export function loadModule(stored: string, text: string): Module {
  const { module, special } = JSON.parse(stored) as Stored;
  for (const [place, kind, items] of special) {
    let at = module as unknown as Record<string | number, unknown>;
    for (const key of place.slice(0, -1)) at = at[key] as typeof at;
    at[place.at(-1) as string] = kind === 'set' ? setOf(items as Value[]) : objectOf(items as [Value, Value][]);
  }
  return { ...module, text, annotations: [], errors: [] };
}

function setOf(items: readonly Value[]): RegoSet {
  const set = new RegoSet();
  for (const item of items) set.add(item);
  return set;
}

function objectOf(entries: readonly [Value, Value][]): RegoObject {
  const object = new RegoObject();
  for (const [key, value] of entries) object.set(key, value);
  return object;
}

/** The body that `[[x | x := data.a.b], …]` is parsed to, for paths of plain names. All places are the query's beginning. */
export function queryOfPaths(paths: readonly string[], text: string): Expr[] {
  const pos = { file: '', line: 1, column: 1, offset: 0 };
  const base = { negated: false, with: [], pos, end: text.length };
  const x: Term = { kind: 'var', name: 'x', pos };
  const items = paths.map((path): Term => {
    const [head = '', ...names] = path.split('.');
    const keys = names.map((value): Term => ({ kind: 'const', value, pos }));
    const right: Term = { kind: 'ref', head: { kind: 'var', name: head, pos }, path: keys, pos };
    return { kind: 'array-comprehension', head: x, body: [{ ...base, kind: 'assign', left: x, right }], pos };
  });
  return [{ ...base, kind: 'term', term: { kind: 'array', items, pos } }];
}
