import { parseYaml } from '../model/tree/index.ts';
import type { Document, Entry, MapNode, Node, Range, ScalarNode } from '../model/types.ts';

/** A scalar of YAML, and the way to it. */
export interface YamlPlace {
  scalar: ScalarNode;
  /** Keys and positions from the root of its document on. */
  path: (string | number)[];
  /** The maps on the way with the entry that leads on, the outermost first. */
  maps: { map: MapNode; entry: Entry }[];
  /** It stands in `[…]` or `{…}`, where brackets and commas have a meaning. */
  flow: boolean;
  root: Node;
}

/** Finds the scalar of a YAML file that holds a range: a value, never a key or a comment. */
export function yamlPlace(document: Document, [start, end]: Range): YamlPlace | undefined {
  for (const root of parseYaml(document).roots) {
    const place: Omit<YamlPlace, 'scalar'> = { path: [], maps: [], flow: false, root };
    let node: Node | undefined = root;
    while (node && node.kind !== 'scalar') {
      place.flow ||= node.flow;
      if (node.kind === 'seq') {
        const index: number = node.items.findIndex((item) => item.range[0] <= start && item.range[1] >= end);
        place.path.push(index);
        node = node.items[index];
      } else {
        const map: MapNode = node;
        const entry = map.entries.find(({ value }) => value && value.range[0] <= start && value.range[1] >= end);
        if (entry) {
          place.path.push(entry.key.text);
          place.maps.push({ map, entry });
        }
        node = entry?.value;
      }
    }
    if (node) return { ...place, scalar: node };
  }
  return undefined;
}

/** True where the range is all that the scalar says. */
export function isWholeScalar({ text }: Document, { scalar }: YamlPlace, [start, end]: Range): boolean {
  const quotes = scalar.style === 'double' || scalar.style === 'single' ? 1 : 0;
  return (
    scalar.range[0] + quotes === start && scalar.range[1] - quotes === end && !text.slice(start, end).includes('\n')
  );
}

/** How a text takes the place of a part of a scalar; it is put into quotes where it would else mean something. */
export function inScalar(
  { text }: Document,
  { scalar, flow }: YamlPlace,
  [start, end]: Range,
  made: string,
): { range: Range; text: string } | undefined {
  const { style, range } = scalar;
  if ((style === 'double' && /["\\]/.test(made)) || (style === 'single' && made.includes("'"))) return undefined;
  const quote = made.includes('"') ? "'" : '"';
  const needed = style === 'plain' && (flow || (start === range[0] && /^[{[*&!|>%@`"']/.test(made)));
  if (!needed) return { range: [start, end], text: made };
  const whole = text.slice(range[0], start) + made + text.slice(end, range[1]);
  return /\\|\n/.test(whole) || whole.replace(made, '').includes(quote) || made.includes(quote)
    ? undefined
    : { range, text: quote + whole + quote };
}

/** The lines of an entry; of the one around it, where the map would be empty without it. Undefined where nothing would be left. */
export function entryLines({ text }: Document, { maps }: YamlPlace): Range | undefined {
  for (let at = maps.length - 1; at > 0; at--) {
    const { map, entry } = maps[at] as (typeof maps)[number];
    if (map.flow) return undefined;
    if (map.entries.length === 1) continue;
    const start = text.lastIndexOf('\n', entry.key.range[0] - 1) + 1;
    const last = entry.value?.range[1] ?? entry.key.range[1];
    const end = text.indexOf('\n', last - 1) + 1 || text.length;
    return /^\s*$/.test(text.slice(start, entry.key.range[0])) ? [start, end] : undefined;
  }
  return undefined;
}
