import type { Entry, MapNode, Node, Range, ScalarNode, SeqNode } from '../types.ts';

/** The node as a map, or undefined when it is something else. */
export function asMap(node: Node | undefined): MapNode | undefined {
  return node?.kind === 'map' ? node : undefined;
}

/** The node as a sequence, or undefined when it is something else. */
export function asSeq(node: Node | undefined): SeqNode | undefined {
  return node?.kind === 'seq' ? node : undefined;
}

/** The node as a scalar, or undefined when it is something else. */
export function asScalar(node: Node | undefined): ScalarNode | undefined {
  return node?.kind === 'scalar' ? node : undefined;
}

/** A scalar's text; undefined for maps, sequences, `null` and nothing. Numbers and booleans give their source text. */
export function asText(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** A scalar's boolean; the strings "true" and "false" count, because many pipeline dialects read them so. */
export function asBoolean(node: Node | undefined): boolean | undefined {
  const text = asText(node);
  if (text === undefined) return undefined;
  const lower = text.toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

/** The value under `key`, when `node` is a map that has it. The last one wins where a key stands twice. */
export function get(node: Node | undefined, key: string): Node | undefined {
  return entryOf(node, key)?.value;
}

/** The whole entry under `key`: the same look-up as `get`, with the key's own node. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  if (node.entries.length > 16) return indexOf(node).get(key);
  for (let at = node.entries.length - 1; at >= 0; at--) {
    const entry = node.entries[at] as Entry;
    if (entry.key.text === key) return entry;
  }
  return undefined;
}

/** Walks down: strings are keys, numbers are positions in a sequence. */
export function at(node: Node | undefined, ...path: (string | number)[]): Node | undefined {
  let current = node;
  for (const part of path) {
    if (typeof part === 'string') current = get(current, part);
    else current = current?.kind === 'seq' ? current.items[part] : undefined;
    if (!current) return undefined;
  }
  return current;
}

/** Entries of a map; none for anything else. */
export function entriesOf(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'map' ? node.entries : [];
}

/** Items of a sequence; a scalar or map counts as a sequence of one, nothing as none. */
export function itemsOf(node: Node | undefined): readonly Node[] {
  if (!node) return [];
  return node.kind === 'seq' ? node.items : [node];
}

/** Every scalar value below `node`, in order; keys are not visited. */
export function* scalarsOf(node: Node | undefined): Generator<ScalarNode> {
  if (!node) return;
  if (node.kind === 'scalar') yield node;
  else if (node.kind === 'seq') for (const item of node.items) yield* scalarsOf(item);
  else for (const entry of node.entries) yield* scalarsOf(entry.value);
}

/** The document's range of characters `[from, to)` of a scalar's text. */
export function rangeIn(scalar: ScalarNode, from: number, to: number): Range {
  const start = scalar.offsetAt(from);
  if (to <= from) return [start, start];
  return [start, Math.max(start, scalar.offsetAt(to - 1) + 1)];
}

const indexes = new WeakMap<MapNode, Map<string, Entry>>();

function indexOf(map: MapNode): Map<string, Entry> {
  let index = indexes.get(map);
  if (!index) {
    index = new Map();
    for (const entry of map.entries) index.set(entry.key.text, entry);
    indexes.set(map, index);
  }
  return index;
}
