import type { MapNode, Node, Range } from '../../model/types.ts';

/**
 * The places of a file made of `key = value` lines, which has been read into `value` (in sections, for INI): the last
 * line that begins with a key is the one that counts. Values themselves have the place of their line.
 */
export function lineNode(text: string, value: Readonly<Record<string, unknown>>): MapNode {
  const sectioned = Object.values(value).some((one) => typeof one === 'object');
  const lines = linesOf(text, sectioned);
  const whole: Range = [0, text.length];
  const entries = Object.entries(value).map(([key, one]) => {
    if (typeof one !== 'object' || one === null) return entry(key, scalar(one, lines.get(`\n${key}`) ?? whole));
    const header = lines.get(key) ?? whole;
    const inner = Object.entries(one).map(([name, held]) =>
      entry(name, scalar(held, lines.get(`${key}\n${name}`) ?? header)),
    );
    return entry(key, { kind: 'map', range: header, entries: inner, flow: false });
  });
  return { kind: 'map', range: whole, entries, flow: false };
}

/** Each line by `section`, or by `section`, a line end and its key. */
function linesOf(text: string, sectioned: boolean): Map<string, Range> {
  const found = new Map<string, Range>();
  let section = '';
  let start = 0;
  for (const line of text.split('\n')) {
    const header = sectioned ? /^\s*\[([^\]]*)\]/.exec(line)?.[1] : undefined;
    const key = keyOf(line);
    const range: Range = [start, start + line.trimEnd().length];
    if (header !== undefined) {
      section = header;
      found.set(section, range);
    } else if (key !== '') {
      found.set(`${section}\n${key}`, range);
      // `.properties` also ends a key at a space.
      const [first = key] = key.split(/\s/);
      if (first !== key && !sectioned) found.set(`${section}\n${first}`, range);
    }
    start += line.length + 1;
  }
  return found;
}

function keyOf(line: string): string {
  const end = line.search(/[=:]/);
  const written = (end === -1 ? line : line.slice(0, end)).trim();
  return /^[#;!]/.test(written) ? '' : written.replace(/^export\s+/, '');
}

function entry(key: string, value: Node): MapNode['entries'][number] {
  return { key: scalar(key, value.range), value };
}

function scalar(value: unknown, range: Range): Node & { kind: 'scalar' } {
  const plain = typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
  return { kind: 'scalar', range, value: plain, text: String(value), style: 'plain', offsetAt: () => range[0] };
}
