import type { Value } from './patch/render.ts';
import { lineOf, newlineOf, renderScalar, renderValue } from './patch/render.ts';
import { commentAfter, entryOf, languageOf, parseYaml } from './tree/index.ts';
import type { Document, Edit, Entry, MapNode, Node, Range, ScalarNode } from './types.ts';

export type { Value } from './patch/render.ts';

/**
 * Format-preserving edits on parsed nodes of YAML, JSON and TOML. Every function gives edits of one document, and none
 * (an empty list) when the change cannot be written safely: then there is no fix to offer.
 */

/** Gives a scalar a new text; its quotes stay when the text allows them. */
export function replaceScalar(document: Document, node: ScalarNode, text: string, style = node.style): Edit[] {
  const language = languageOf(document) ?? 'yaml';
  const flow = language !== 'yaml' || inFlow(document, node.range[0]);
  const rendered = renderScalar(text, language, style, { flow, indent: indentAt(document, node.range[0]) + 2 });
  return [edit(document, node.range, rendered)];
}

/** Replaces the characters `[from, to)` of a scalar's text and leaves the others as they are written. */
export function replaceIn(document: Document, node: ScalarNode, from: number, to: number, text: string): Edit[] {
  const start = node.offsetAt(from);
  const end = to > from ? Math.max(start, node.offsetAt(to - 1) + 1) : start;
  if (node.style === 'literal') return text.includes('\n') ? [] : [edit(document, [start, end], text)];
  if (node.style === 'single') return [edit(document, [start, end], text.replaceAll("'", "''"))];
  if (node.style === 'double') return [edit(document, [start, end], JSON.stringify(text).slice(1, -1))];
  const whole = node.text.slice(0, from) + text + node.text.slice(to);
  const flow = inFlow(document, node.range[0]);
  const stays = renderScalar(whole, languageOf(document) ?? 'yaml', 'plain', { flow, indent: 0 }) === whole;
  if (node.style === 'folded') return /^\S+$/.test(text) ? [edit(document, [start, end], text)] : [];
  return stays || node.range[1] - node.range[0] !== node.text.length
    ? [edit(document, [start, end], text)]
    : replaceScalar(document, node, whole);
}

/** Sets `key` in a map: replaces its value, or adds the entry at the end. */
export function setEntry(document: Document, map: MapNode, key: string, value: Value): Edit[] {
  const entry = entryOf(map, key);
  if (!entry) return insertEntry(document, map, key, value);
  if (!within(map, entry)) return [];
  const language = languageOf(document) ?? 'yaml';
  const indent = column(document, entry.key.range[0]);
  if (!entry.value) {
    const mark = document.text.indexOf(language === 'toml' ? '=' : ':', entry.key.range[1]);
    return mark === -1
      ? []
      : [edit(document, [mark + 1, mark + 1], after(renderValue(value, language, indent, map.flow)))];
  }
  if (entry.value.kind === 'scalar' && (typeof value === 'string' || value === null)) {
    if (typeof value === 'string') return replaceScalar(document, entry.value, value);
  }
  const rendered = renderValue(value, language, indent, map.flow);
  if (!rendered.startsWith('\n')) return [edit(document, entry.value.range, rendered)];
  const mark = document.text.lastIndexOf(':', entry.value.range[0]);
  return [
    edit(document, [mark + 1, trimmedEnd(document, entry.value)], rendered.replaceAll('\n', newlineOf(document))),
  ];
}

/** Adds `key: value` to a map: after `after`, before `before`, or at the end. */
export function insertEntry(
  document: Document,
  map: MapNode,
  key: string,
  value: Value,
  place: { before?: Entry; after?: Entry } = {},
): Edit[] {
  const language = languageOf(document) ?? 'yaml';
  const own = map.entries.filter((entry) => within(map, entry));
  if (map.flow) return insertFlow(document, map, own, key, value);
  const neighbour = place.before ?? place.after ?? own.at(-1);
  if (!neighbour || !own.includes(neighbour)) return [];
  const indent = column(document, neighbour.key.range[0]);
  const newline = newlineOf(document);
  const name = renderScalar(key, language, 'plain', { flow: false, indent });
  const sign = language === 'toml' ? ' =' : ':';
  const line = `${name}${sign}${after(renderValue(value, language, indent, false))}`.replaceAll('\n', newline);
  if (place.before) {
    const start = neighbour.key.range[0];
    return [edit(document, [start, start], `${line}${newline}${' '.repeat(indent)}`)];
  }
  const end = lineEndAfter(document, neighbour);
  const isLast = document.text.length === end && document.text.charAt(end - 1) !== '\n';
  return [edit(document, [end, end], `${isLast ? newline : ''}${' '.repeat(indent)}${line}${isLast ? '' : newline}`)];
}

/** Takes an entry out of a map, with its comment. A map that would become empty is written `{}`. */
export function removeEntry(document: Document, map: MapNode, entry: Entry): Edit[] {
  const own = map.entries.filter((other) => within(map, other));
  const index = own.indexOf(entry);
  if (index === -1) return [];
  if (own.length === 1)
    return languageOf(document) === 'toml'
      ? removeLines(document, entry)
      : [edit(document, [map.range[0], trimmedEnd(document, map)], '{}')];
  if (map.flow) {
    const next = own[index + 1];
    if (next) return [edit(document, [entry.key.range[0], next.key.range[0]], '')];
    const previous = own[index - 1] as Entry;
    return [edit(document, [endOf(previous), endOf(entry)], '')];
  }
  const next = own[index + 1];
  // The first key of `- key: value` shares its line with the dash.
  if (index === 0 && next && !startsLine(document, entry))
    return [edit(document, [entry.key.range[0], next.key.range[0]], '')];
  return removeLines(document, entry);
}

/** Writes a comment behind a node, on its line; replaces the one that stands there. */
export function setTrailingComment(document: Document, node: Node, comment: string): Edit[] {
  if (languageOf(document) === 'json' || (node.kind === 'scalar' && /^(?:literal|folded)$/.test(node.style))) return [];
  const text = `# ${comment.replace(/\s+/g, ' ')}`;
  const end = node.range[1];
  const existing = commentAfter(document, end);
  if (existing) return [edit(document, existing.range, text)];
  const rest = lineOf(document.text, end);
  if (document.text.slice(end, rest).trim() !== '') return [];
  return [edit(document, [end, rest], ` ${text}`)];
}

function insertFlow(document: Document, map: MapNode, own: Entry[], key: string, value: Value): Edit[] {
  const language = languageOf(document) ?? 'yaml';
  const json = language === 'json';
  const name = json ? JSON.stringify(key) : renderScalar(key, language, 'plain', { flow: true, indent: 0 });
  const last = own.at(-1);
  const rendered = renderValue(value, language, 0, true);
  const text = `${name}${language === 'toml' ? ' =' : ':'} ${rendered}`;
  const newline = newlineOf(document);
  if (!last) {
    const spaced = json
      ? `{${newline}${' '.repeat(indentAt(document, map.range[0]) + 2)}${text}${newline}${' '.repeat(indentAt(document, map.range[0]))}}`
      : `{ ${text} }`;
    return [edit(document, map.range, spaced)];
  }
  const end = endOf(last);
  const onOwnLine = startsLine(document, last) && last.key.range[0] > map.range[0] + 1;
  const gap = onOwnLine ? `${newline}${lineIndent(document, last.key.range[0])}` : ' ';
  return [edit(document, [end, end], `,${gap}${text}`)];
}

function removeLines(document: Document, entry: Entry): Edit[] {
  const start = lineStart(document, entry.key.range[0]);
  return [edit(document, [start, lineEndAfter(document, entry)], '')];
}

/** An offset inside `{ … }` or `[ … ]`, where brackets and commas mean something. */
function inFlow(document: Document, offset: number): boolean {
  let nodes: readonly (Node | undefined)[] = parseYaml(document).roots;
  for (;;) {
    const node = nodes.find(
      (each) => each && each.range[0] <= offset && offset < Math.max(each.range[1], each.range[0] + 1),
    );
    if (!node || node.kind === 'scalar') return false;
    if (node.flow) return true;
    nodes = node.kind === 'map' ? node.entries.flatMap(({ key, value }) => [key, value]) : node.items;
  }
}

/** Offset of the line after an entry: where the next sibling may begin. */
function lineEndAfter(document: Document, entry: Entry): number {
  const end = entry.value ? trimmedEnd(document, entry.value) : entry.key.range[1];
  const newline = document.text.indexOf('\n', end);
  return newline === -1 ? document.text.length : newline + 1;
}

/** End of a node without the white space that block nodes take in behind them. */
function trimmedEnd(document: Document, node: Node): number {
  let end = node.range[1];
  while (end > node.range[0] && ' \t\r\n'.includes(document.text.charAt(end - 1))) end -= 1;
  return end;
}

function endOf(entry: Entry): number {
  return entry.value ? entry.value.range[1] : entry.key.range[1];
}

/** Entries merged in from an anchor stand elsewhere; editing there would change other maps too. */
function within(map: MapNode, entry: Entry): boolean {
  return entry.key.range[0] >= map.range[0] && endOf(entry) <= Math.max(map.range[1], entry.key.range[1]);
}

function after(rendered: string): string {
  return rendered.startsWith('\n') ? rendered : ` ${rendered}`;
}

function startsLine(document: Document, entry: Entry): boolean {
  return document.text.slice(lineStart(document, entry.key.range[0]), entry.key.range[0]).trim() === '';
}

function lineStart(document: Document, offset: number): number {
  const start = document.text.lastIndexOf('\n', offset - 1) + 1;
  // A byte order mark is no indentation.
  return start === 0 && document.text.charCodeAt(0) === 0xfeff && offset > 0 ? 1 : start;
}

function lineIndent(document: Document, offset: number): string {
  return /^[ \t]*/.exec(document.text.slice(lineStart(document, offset), offset))?.[0] ?? '';
}

function column(document: Document, offset: number): number {
  return offset - lineStart(document, offset);
}

function indentAt(document: Document, offset: number): number {
  return lineIndent(document, offset).length;
}

function edit(document: Document, range: Range, text: string): Edit {
  return { path: document.path, range: [range[0], range[1]], text };
}
