import type { Confidence, Severity } from '../../types.ts';
import type { Provider, Vendor, VendorKey } from '../types.ts';
import { readShape, type Shape } from './shape.ts';

/**
 * One credential of a vendor, as it stands in the tables of `table/`:
 *
 *     id | Vendor | names | where to rotate | page [| read]
 *      kind of credential | shapes [| flags]
 *
 * `names` are the words under which people write the vendor beside a value: `a+b` and `a_b` stand for `ab`, `a_b`, `a-b`
 * and `a b`; a word behind `!` is also an ordinary one, and counts only in an identifier that names a key as well. A shape
 * that begins with text of its own is found anywhere; one that does not, or whose flags say `near`, only beside a name.
 * Flags: a severity, `sure` or `unsure` for the confidence, `near`, `path` (a part of a URL), `page` (keys for pages, which are
 * information, look the same), `e` and a number for the
 * least entropy, `read` where the page says it of this kind and not of its neighbours.
 */
export interface Entry {
  id: string;
  vendor: string;
  names: readonly Name[];
  kinds: readonly Kind[];
  rotate: string;
  source: string;
  read: boolean;
}

interface Name {
  word: string;
  ordinary: boolean;
}

interface Kind {
  title: string;
  shapes: readonly string[];
  severity: Severity;
  confidence: Confidence | undefined;
  near: boolean;
  path: boolean;
  page: boolean;
  minEntropy: number | undefined;
  read: boolean;
}

/** The entries of a table, each as its lines. */
export function splitTable(text: string): string[] {
  return text.trim().split(/\n(?! )/);
}

/** Reads one entry. Throws on a line that is not of the form above: the tables are ours, and a test reads all of them. */
export function readEntry(text: string): Entry {
  const [head = '', ...lines] = text.split('\n');
  const [id, vendor, names, rotate, source, read] = fieldsOf(head);
  if (!id || !vendor || names === undefined || !rotate || !source) throw new Error(`not a credential: ${head}`);
  const kinds = lines.map((line) => readKind(fieldsOf(line)));
  return {
    id,
    vendor,
    names: readNames(names),
    kinds,
    rotate,
    source: `https://${source}`,
    read: read === 'read',
  };
}

/** Some kind of it is found only beside a name. */
export function isBeside({ kinds }: Entry): boolean {
  return kinds.some((kind) => kind.near || kind.shapes.some((shape) => !hasPrefix(readShape(shape))));
}

/** The words of an entry, without reading the rest of it. */
export function wordsOfEntry(text: string): string[] {
  const head = text.slice(0, Math.max(0, text.indexOf('\n')));
  return readNames(fieldsOf(head)[2] ?? '').map(({ word }) => word);
}

/** The bar divides fields; values that hold one are written with a broken bar. */
function fieldsOf(line: string): string[] {
  return line.split('|').map((field) => field.trim().replaceAll('¦', '|'));
}

/** Joints are written `_` from here on, whatever they are in the table: between words they may also be others, or none. */
function readNames(text: string): Name[] {
  const names = new Map<string, Name>();
  for (const written of text.split(' ')) {
    if (written === '') continue;
    const ordinary = written.startsWith('!');
    const word = written.replace(/^!/, '').replace(/[+-]/g, '_');
    names.set(word, { word, ordinary });
  }
  return [...names.values()];
}

const severities = new Set(['critical', 'high', 'medium', 'low', 'info']);

function readKind([title = '', shapes = '', flags = '']: readonly string[]): Kind {
  const kind: Kind = {
    title,
    shapes: shapes.split(' '),
    severity: 'high',
    confidence: undefined,
    near: false,
    path: false,
    page: false,
    minEntropy: undefined,
    read: false,
  };
  for (const flag of flags.split(' ')) {
    if (severities.has(flag)) kind.severity = flag as Severity;
    else if (flag === 'sure') kind.confidence = 'high';
    else if (flag === 'unsure') kind.confidence = 'low';
    else if (flag === 'near') kind.near = true;
    else if (flag === 'path') kind.path = true;
    else if (flag === 'page') kind.page = true;
    else if (flag === 'read') kind.read = true;
    else if (/^e\d/.test(flag)) kind.minEntropy = Number(flag.slice(1));
    else if (flag !== '') throw new Error(`no flag is called ${flag}`);
  }
  return kind;
}

/** The kinds that are found by a prefix of their own, as rows. */
export function tokensOf(entry: Entry): Provider[] {
  const rows: Provider[] = [];
  for (const kind of entry.kinds) {
    for (const text of kind.shapes) {
      const shape = readShape(text);
      if (kind.near || !hasPrefix(shape)) continue;
      rows.push({
        id: entry.id,
        title: `${entry.vendor} ${kind.title}`,
        keywords: shape.prefixes,
        pattern: new RegExp(shape.source, 'y'),
        end: endOf(shape.source),
        severity: kind.severity,
        confidence: kind.confidence ?? 'high',
        rotate: entry.rotate,
        source: entry.source,
        ...(kind.minEntropy === undefined ? {} : { minEntropy: kind.minEntropy }),
        ...(entry.read || kind.read ? { read: true } : {}),
      });
    }
  }
  return rows;
}

/** The kinds that are found beside the vendor's name. */
export function vendorOf(entry: Entry): Vendor {
  const keys: VendorKey[] = [];
  for (const kind of entry.kinds) {
    const found = kind.shapes.map(readShape).filter((shape) => kind.near || !hasPrefix(shape));
    // What divides values of one alphabet is a part of values of another; a prefix says more than a length.
    for (const group of new Set(found.map(groupOf))) {
      const shapes = found.filter((shape) => groupOf(shape) === group);
      keys.push({
        title: `${entry.vendor} ${kind.title}`,
        pattern: new RegExp(`^(?:${shapes.map(({ source }) => source).join('|')})$`),
        signs: shapes[0]?.signs ?? '',
        least: Math.min(...shapes.map(({ least }) => least)),
        most: Math.max(...shapes.map(({ most }) => most)),
        open: shapes.some(({ open }) => open),
        prefixed: shapes.every(hasPrefix),
        severity: kind.severity,
        confidence: kind.confidence ?? (shapes.every(hasPrefix) ? 'high' : 'medium'),
        path: kind.path,
        page: kind.page,
        minEntropy: kind.minEntropy,
      });
    }
  }
  return { id: entry.id, keys, most: Math.max(...keys.map(({ most }) => most)) };
}

/** Shapes of a group share a pattern. One whose length the vendor does not state must not make another one doubtful. */
function groupOf(shape: Shape): string {
  return `${hasPrefix(shape)} ${shape.open} ${shape.signs}`;
}

function hasPrefix({ prefixes }: Shape): boolean {
  return prefixes.every((prefix) => prefix.length >= 3);
}

/** What may not follow a value: letters and digits, and `_` and `-` where its last part can hold them. */
function endOf(source: string): RegExp {
  const last = /\[([^\]]*)\]\{[\d,]+\}(?:=\{0,2\})?$/.exec(source)?.[1] ?? '';
  return last.includes('_-') || last.includes('/-') ? /[A-Za-z0-9_-]/ : last.includes('_') ? /\w/ : /[A-Za-z0-9]/;
}
