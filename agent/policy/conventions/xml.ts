import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { MapNode, Node, Range } from '../../model/types.ts';

interface Built {
  value: unknown;
  node: Node;
}

interface Open {
  name: string;
  start: number;
  children: { name: string; built: Built }[];
  /** The last text in it: what stands before the last mark-up is not kept. */
  text: string;
}

const deepest = 500;

/** Ends the reading at the first mistake. */
class NotXml extends Error {}

/**
 * An XML document in conftest's shape: attributes as `-name`, text beside them as `#content`, elements of one name as a
 * list, prefixes dropped. Undefined for what is not well-formed, where conftest goes on with an empty text.
 */
export function xmlConfig(text: string): Built | undefined {
  const parser = new SaxesParser({ xmlns: false, position: true });
  const root: Open = { name: '', start: 0, children: [], text: '' };
  const open: Open[] = [root];
  const top = () => open.at(-1) as Open;
  parser.on('error', () => {
    throw new NotXml();
  });
  parser.on('xmldecl', ({ encoding }) => {
    // Only the characters are here, not the bytes that another encoding would read.
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding) && /[^\0-\x7f]/.test(text)) throw new NotXml();
  });
  parser.on('opentagstart', ({ name }) => {
    const start = text.lastIndexOf('<', parser.position - 1);
    if (open.length > deepest) throw new NotXml();
    open.push({ name: local(name), start, children: [], text: '' });
  });
  parser.on('opentag', (tag) => {
    const range: Range = [top().start, parser.position + 1];
    const raw = rawAttributes(text.slice(...range));
    for (const [name, read] of Object.entries((tag as SaxesTagPlain).attributes)) {
      const value = withLines(read, raw.get(name) ?? '');
      top().children.push({ name: `-${local(name)}`, built: scalar(value, range) });
    }
  });
  const onText = (said: string) => {
    top().text = graphic(said);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const closed = open.pop();
    if (closed && open.length > 0)
      top().children.push({ name: closed.name, built: built(closed, parser.position + 1) });
  });
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof NotXml) return undefined;
    throw error;
  }
  return open.length !== 1 ? undefined : built({ ...root, text: '' }, text.length);
}

function rawAttributes(tag: string): Map<string, string> {
  if (!/[\n\t]/.test(tag)) return new Map();
  const found = tag.matchAll(/([^\s=<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return new Map([...found].map(([, name, double, single]) => [name as string, double ?? single ?? '']));
}

/** A line end or tab written in an attribute is a space for XML; Go's reader, and so conftest, keeps it. */
function withLines(value: string, raw: string): string {
  if (!/[\n\t]/.test(raw)) return value;
  const points = [...value];
  const written = raw.replaceAll('\r\n', '\n').match(/&[^;]*;|[\s\S]/gu) ?? [];
  return points.map((point, index) => (/^[\n\t]$/.test(written[index] ?? '') ? written[index] : point)).join('');
}

/** A name without its prefix. */
function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Without white space and invisible characters at its ends. */
function graphic(text: string): string {
  const points = [...text];
  const shows = (point: string) => !/[\s\p{C}\p{Zl}\p{Zp}]/u.test(point);
  const first = points.findIndex(shows);
  return first === -1 ? '' : points.slice(first, points.findLastIndex(shows) + 1).join('');
}

function built({ start, children, text }: Open, end: number): Built {
  const range: Range = [start, end];
  if (children.length === 0) return scalar(text, range);
  const groups = new Map<string, Built[]>();
  const all = text === '' ? children : [...children, { name: '#content', built: scalar(text, range) }];
  for (const child of all) {
    const known = groups.get(child.name);
    if (known) known.push(child.built);
    else groups.set(child.name, [child.built]);
  }
  const value: Record<string, unknown> = {};
  const node: MapNode = { kind: 'map', range, entries: [], flow: true };
  for (const [name, members] of groups) {
    const one = members.length === 1 ? (members[0] as Built) : list(members);
    Object.defineProperty(value, name, { value: one.value, enumerable: true, writable: true, configurable: true });
    node.entries.push({ key: scalarNode(name, one.node.range), value: one.node });
  }
  return { value, node };
}

function list(members: Built[]): Built {
  const range: Range = [members[0]?.node.range[0] ?? 0, members.at(-1)?.node.range[1] ?? 0];
  return {
    value: members.map((one) => one.value),
    node: { kind: 'seq', range, items: members.map((one) => one.node), flow: true },
  };
}

function scalar(value: string, range: Range): Built {
  return { value, node: scalarNode(value, range) };
}

function scalarNode(value: string, range: Range) {
  return { kind: 'scalar' as const, range, value, text: value, style: 'plain' as const, offsetAt: () => range[0] };
}
