import { decode, detectEncoding } from './encoding.ts';
import type { Document, DocumentKind, Position, Range, Span } from './types.ts';

export interface DocumentOptions {
  kind?: DocumentKind;
  size?: number;
  partial?: boolean;
  commit?: string;
  oid?: string;
  mode?: string;
}

/**
 * Makes a document from bytes. The encoding is found from the byte order mark or, for UTF-16 and UTF-32 without one,
 * from the pattern of NUL bytes, because git and grep call such files binary and a secret in them goes unseen.
 */
export function documentFromBytes(path: string, bytes: Uint8Array, options: DocumentOptions = {}): Document {
  const encoding = detectEncoding(bytes);
  const { text, beside } = decode(bytes, encoding);
  return {
    path,
    kind: options.kind ?? 'file',
    bytes,
    text: text + beside,
    ...(beside === '' ? {} : { ownLength: text.length }),
    encoding,
    size: options.size ?? bytes.length,
    partial: options.partial ?? false,
    ...(options.commit === undefined ? {} : { commit: options.commit }),
    ...(options.oid === undefined ? {} : { oid: options.oid }),
    ...(options.mode === undefined ? {} : { mode: options.mode }),
  };
}

/** Makes a document from text that an editor holds. */
export function documentFromText(path: string, text: string, options: DocumentOptions = {}): Document {
  const bytes = new TextEncoder().encode(text);
  const { ownLength: _, ...document } = documentFromBytes(path, bytes, options);
  return { ...document, text, encoding: 'utf-8' };
}

/**
 * The text of a document without what stands behind it (`ownLength`): for whoever parses it as a whole, as places in it
 * are the same. Rules on text read all of `text`, and so do readers of single lines, which further lines cannot mislead.
 */
export function ownText({ text, ownLength }: Document): string {
  return ownLength === undefined ? text : text.slice(0, ownLength);
}

const lineStartsOf = new WeakMap<Document, number[]>();

/** Offsets at which lines start; `\n`, `\r\n` and a lone `\r` end a line, as in LSP. */
export function lineStarts(document: Document): number[] {
  let starts = lineStartsOf.get(document);
  if (!starts) {
    starts = computeLineStarts(document.text);
    lineStartsOf.set(document, starts);
  }
  return starts;
}

/** Line and column, both from 1, of an offset; offsets outside the text are clamped. */
export function positionAt(document: Document, offset: number): Position {
  const starts = lineStarts(document);
  const clamped = Math.max(0, Math.min(offset, document.text.length));
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: clamped - (starts[low] as number) + 1 };
}

/** The span of a range, with lines and columns from 1. */
export function spanOf(document: Document, range: Range): Span {
  const start = positionAt(document, range[0]);
  const end = positionAt(document, range[1]);
  return { ...start, endLine: end.line, endColumn: end.column };
}

/** The text of a line (from 1) without its line end. */
export function lineText(document: Document, line: number): string {
  const starts = lineStarts(document);
  const start = starts[line - 1];
  if (start === undefined) return '';
  const end = starts[line] ?? document.text.length;
  return document.text.slice(start, end).replace(/[\r\n]+$/, '');
}

function computeLineStarts(text: string): number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
