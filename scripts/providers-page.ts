import { entries, written } from '../agent/model/secrets/providers/index.ts';

interface Line {
  id: string;
  title: string;
  how: string;
  rotate: string;
  source: string;
  read: boolean;
}

/** The page of all providers: what is looked for, on whose word, and where to make it useless. */
export function renderProviders(): string {
  const lines = [...written.map(ofRow), ...entries().flatMap(ofEntry)].sort((a, b) =>
    a.title.toLowerCase() < b.title.toLowerCase() ? -1 : 1,
  );
  const read = lines.filter((line) => line.read);
  return [
    '<!-- Generated from agent/model/secrets/providers: do not edit. -->',
    '',
    '# Providers of secrets',
    '',
    `${lines.length} kinds of credential, ${new Set(lines.map(({ id }) => id)).size} rule ids, ${sitesOf(lines)} vendors' sites.`,
    `For ${read.length}, of ${sitesOf(read)} vendors, the cited page was read when the row was written: it states the form, or the name under which the`,
    'value is written. The others rest on what is commonly known of the format and name the page where the vendor would state it.',
    '',
    '**Found** says what it takes: *prefix*: the value alone, by text of its own; *name*: beside the name of the vendor and',
    'under the name of a key (`VENDOR_API_KEY=…`, `"vendor": {"token": "…"}`), with less confidence.',
    '`pregate explain <rule>` says the same in the terminal.',
    '',
    '| kind | rule | found | make it useless | page |',
    '|---|---|---|---|---|',
    ...lines.map(
      ({ id, title, how, rotate, source, read: known }) =>
        `| ${title} | \`${id}\` | ${how} | ${plain(rotate)} | [${known ? 'read' : 'not read'}](${source}) |`,
    ),
    '',
  ].join('\n');
}

/** How many sites are cited; what is on GitHub is its owner's. */
function sitesOf(lines: readonly Line[]): number {
  const sites = lines.map(({ source }) => {
    const { host, pathname } = new URL(source);
    return /^(raw\.)?github(usercontent)?\.com$/.test(host)
      ? pathname.split('/')[1]
      : host.split('.').slice(-2).join('.');
  });
  return new Set(sites).size;
}

function ofRow({ id, title, at, rotate, source, read }: (typeof written)[number]): Line {
  return { id, title, how: at === 'near' ? 'pattern' : 'prefix', rotate, source, read: read === true };
}

function ofEntry(entry: ReturnType<typeof entries>[number]): Line[] {
  const { id, vendor, rotate, source } = entry;
  return entry.kinds.map(({ title, near, shapes, read: known }) => {
    const read = entry.read || known;
    const prefix = !near && shapes.every((shape) => /^[^{]{3}|^[^{]*\{[^}]*\//.test(shape));
    return { id, title: plain(`${vendor} ${title}`), how: prefix ? 'prefix' : 'name', rotate, source, read };
  });
}

function plain(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
