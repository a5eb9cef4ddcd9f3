import type { Range } from '../types.ts';

/** A key of an indented file with what hangs under it. */
export interface LineNode {
  key: string;
  keyRange: Range;
  /** The scalar after the key, unquoted; a flow map or list stays as written. Empty when there is none. */
  value: string;
  valueRange: Range;
  children: Map<string, LineNode>;
  items: string[];
}

interface Open {
  indent: number;
  node: LineNode;
}

/**
 * Reads the indented files that package managers write: `pnpm-lock.yaml`, `pnpm-workspace.yaml` and both forms of
 * `yarn.lock` (`classic` parts key and value by a space). It knows what those writers write, not all of YAML: a YAML
 * tree with ranges takes seconds for a lockfile of some megabytes, this takes milliseconds and keeps every offset.
 * Gives one root node per `---` document.
 */
export function readLines(text: string, classic = false): LineNode[] {
  const roots = [emptyNode()];
  let stack: Open[] = [{ indent: -1, node: roots[0]! }];
  let skipDeeperThan = Number.POSITIVE_INFINITY;
  for (const [start, end] of linesOf(text)) {
    const indent = indentOf(text, start, end);
    const at = start + indent;
    if (at >= end || indent > skipDeeperThan) continue;
    skipDeeperThan = Number.POSITIVE_INFINITY;
    if (text.startsWith('---', at) && indent === 0) {
      roots.push(emptyNode());
      stack = [{ indent: -1, node: roots.at(-1)! }];
      continue;
    }
    if (text[at] === '#') continue;
    while (stack.length > 1 && stack.at(-1)!.indent >= indent && !isItemOf(text, at, stack.at(-1)!, indent))
      stack.pop();
    const parent = stack.at(-1)!.node;
    if (text[at] === '-' && (text[at + 1] === ' ' || at + 1 === end)) {
      parent.items.push(scalarOf(text.slice(at + 1, end)));
      continue;
    }
    if (text[at] === ':' && parent.key !== '') continue;
    const node = readKey(text, at, end, classic);
    if (!node) continue;
    parent.children.set(node.key, node);
    if (/^[|>][-+\d]{0,3}$/.test(node.value)) skipDeeperThan = indent;
    stack.push({ indent, node });
  }
  return roots;
}

/** The `k: v` pairs of a flow map such as `{integrity: sha512-…, tarball: https://…}`. */
export function flowMap(value: string): Map<string, string> {
  const out = new Map<string, string>();
  if (!value.startsWith('{')) return out;
  let at = 1;
  while (at < value.length && value[at] !== '}') {
    const end = flowEnd(value, at);
    const part = value.slice(at, end);
    const colon = part.indexOf(': ');
    if (colon > 0) out.set(scalarOf(part.slice(0, colon)), scalarOf(part.slice(colon + 1)));
    at = end + 1;
  }
  return out;
}

/** Keys of a flow list `[a, b]` or of block items. */
export function listOf(node: LineNode | undefined): string[] {
  if (!node) return [];
  if (!node.value.startsWith('[')) return node.items;
  return node.value
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map(scalarOf)
    .filter(Boolean);
}

export function valueAt(node: LineNode | undefined, key: string): string | undefined {
  const found = node?.children.get(key);
  return found && found.value !== '' ? found.value : undefined;
}

/** Name → value of all children. */
export function textMap(node: LineNode | undefined): Map<string, string> {
  const out = new Map<string, string>();
  for (const child of node?.children.values() ?? []) out.set(child.key, child.value);
  return out;
}

function* linesOf(text: string): Generator<Range> {
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const found = text.indexOf('\n', start);
    const next = found === -1 ? text.length : found;
    const end = text.charCodeAt(next - 1) === 13 && next > start ? next - 1 : next;
    yield [start, end];
    start = next + 1;
  }
}

function indentOf(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && text.charCodeAt(at) === 32) at++;
  return at - start;
}

/** YAML lets a list stand at the indentation of its key. */
function isItemOf(text: string, at: number, open: Open, indent: number): boolean {
  return open.indent === indent && text[at] === '-' && text[at + 1] === ' ' && open.node.value === '';
}

function emptyNode(): LineNode {
  return { key: '', keyRange: [0, 0], value: '', valueRange: [0, 0], children: new Map(), items: [] };
}

function readKey(text: string, at: number, end: number, classic: boolean): LineNode | undefined {
  // A key of more than 1,024 characters is written `? key`, its content on lines that follow.
  const explicit = text[at] === '?' && text[at + 1] === ' ';
  const from = explicit ? at + 2 : at;
  const keyEnd = explicit ? end : classic ? classicKeyEnd(text, from, end) : keyEndOf(text, from, end);
  if (keyEnd <= from) return undefined;
  const rawKey = text.slice(from, keyEnd);
  let valueStart = Math.min(end, explicit ? end : keyEnd + 1);
  while (valueStart < end && text.charCodeAt(valueStart) === 32) valueStart++;
  const raw = text.slice(valueStart, end);
  const key = classic && rawKey.includes(',') ? rawKey : scalarOf(rawKey);
  return {
    key,
    keyRange: [from, keyEnd],
    value: scalarOf(raw),
    valueRange: [valueStart, end],
    children: new Map(),
    items: [],
  };
}

function keyEndOf(text: string, from: number, end: number): number {
  const quote = text[from];
  let at = from;
  if (quote === '"' || quote === "'") {
    at = from + 1;
    while (at < end && text[at] !== quote) at += quote === '"' && text[at] === '\\' ? 2 : 1;
    at++;
  }
  while (at < end) {
    const colon = text.indexOf(':', at);
    if (colon === -1 || colon >= end) return from;
    if (colon + 1 === end || text[colon + 1] === ' ') return colon;
    at = colon + 1;
  }
  return from;
}

function classicKeyEnd(text: string, from: number, end: number): number {
  if (text[end - 1] === ':') return end - 1;
  if (text[from] === '"') {
    const close = text.indexOf('"', from + 1);
    return close === -1 || close >= end ? from : close + 1;
  }
  const space = text.indexOf(' ', from);
  return space === -1 || space >= end ? from : space;
}

function flowEnd(value: string, from: number): number {
  let quote = '';
  let depth = 0;
  for (let at = from; at < value.length; at++) {
    const character = value[at]!;
    if (quote) {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && depth > 0) depth--;
    else if (depth === 0 && (character === ',' || character === '}')) return at;
  }
  return value.length;
}

export function scalarOf(raw: string): string {
  const text = raw.trim();
  if (text.startsWith("'") && text.endsWith("'") && text.length > 1) return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : text;
  } catch {
    return text.replace(/^"|"$/g, '');
  }
}
