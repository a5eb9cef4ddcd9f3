import type { MapNode, Node, ScalarNode } from '../../model/types.ts';

/** More nodes than this in one document are not unfolded: with aliases a small file can unfold to any size. */
export const maximumNodes = 200_000;
const maximumDepth = 200;

/** A document that unfolds to more than can be read. */
export class TooLarge extends Error {}

/** What conftest, kubectl and OPA refuse to turn into JSON. */
export class NotJson extends Error {}

/**
 * The value a Go program sees that turns YAML into JSON first, as kubectl, OPA and conftest do: YAML 1.1's scalars
 * (`yes`, `on`, `0777`, `1_000`), merge keys, and keys as texts, so that `on:` becomes the key `true`.
 * Throws `TooLarge` and `NotJson`. Source: yaml.org/type (1.1), sigs.k8s.io/yaml.
 */
export function goValue(node: Node): unknown {
  return jsonOf(node, 0, { left: maximumNodes });
}

function jsonOf(node: Node, depth: number, budget: { left: number }): unknown {
  budget.left--;
  if (budget.left < 0 || depth > maximumDepth) throw new TooLarge();
  if (node.kind === 'scalar') return goScalar(node);
  if (node.kind === 'seq') return node.items.map((item) => jsonOf(item, depth + 1, budget));
  const out: Record<string, unknown> = {};
  mergeInto(out, node, depth, budget);
  return out;
}

function mergeInto(out: Record<string, unknown>, map: MapNode, depth: number, budget: { left: number }): void {
  const own = new Set<string>();
  for (const entry of map.entries) {
    if (isMerge(entry.key)) continue;
    const key = goKey(entry.key);
    own.add(key);
    define(out, key, entry.value ? jsonOf(entry.value, depth + 1, budget) : null);
  }
  for (const entry of map.entries) {
    if (!isMerge(entry.key) || !entry.value) continue;
    for (const source of entry.value.kind === 'seq' ? entry.value.items : [entry.value]) {
      if (source.kind !== 'map') continue;
      const merged: Record<string, unknown> = {};
      mergeInto(merged, source, depth + 1, budget);
      for (const [key, value] of Object.entries(merged)) if (!Object.hasOwn(out, key)) define(out, key, value);
    }
  }
}

function isMerge(key: ScalarNode): boolean {
  return key.style === 'plain' && key.text === '<<';
}

/** A key such as `__proto__` is data like any other. */
function define(out: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(out, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The key as JSON has it: always a text. */
export function goKey(key: ScalarNode): string {
  const value = goScalar(key);
  if (value === null) throw new NotJson('a key is null');
  return String(value);
}

/** A scalar as YAML 1.1 reads it; whatever is not plain is a text. */
export function goScalar(node: ScalarNode): string | number | boolean | null {
  const { value, text } = node;
  if (node.style !== 'plain') return text;
  if (typeof value === 'bigint') return numberOf(text) ?? Number(value);
  if (typeof value === 'number') return finite(numberOf(text) ?? value);
  if (typeof value !== 'string') return value;
  // Text that YAML 1.2 would read as a number, and did not, has the tag !!str.
  if (/^[-+]?(\d+|0x[0-9a-fA-F]+|0o[0-7]+)$/.test(text) && !/^[-+]?0\d/.test(text)) return text;
  const flag = booleans.get(text);
  if (flag !== undefined) return flag;
  const number = numberOf(text);
  return number === undefined ? text : finite(number);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new NotJson('infinity and "not a number" have no JSON');
  return value;
}

const booleans = new Map<string, boolean>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'].map((word): [string, boolean] => [word, true]),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'].map((word): [string, boolean] => [word, false]),
]);

/** Numbers that YAML 1.1 writes otherwise than 1.2: octal `0777`, binary `0b11`, underscores. */
function numberOf(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const match = /^([-+]?)(0b[01]+|0o[0-7]+|0x[0-9a-fA-F]+|0[0-7]+)$/.exec(plain);
  if (match) {
    const [, sign, digits] = match as unknown as [string, string, string];
    const parsed = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return sign === '-' ? -parsed : parsed;
  }
  return /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}
