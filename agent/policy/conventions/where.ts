import { lineStarts, spanOf } from '../../model/document.ts';
import type { Document } from '../../model/types.ts';
import { type Places, partsOf, placesOf, pointer } from '../places.ts';
import type { Place } from '../types.ts';
import type { Config } from './parse.ts';

/** Places of one input that was read from a file; the whole of it has the pointer `/input`. */
export function placesOfConfig(document: Document, config: Config): Places {
  const places = placesOf();
  if (config.node) places.setNode('/input', document, config.node);
  else places.setRange('/input', document, [0, 0]);
  for (const [index, range] of config.ranges?.entries() ?? []) places.setRange(`/input/${index}`, document, range);
  return places;
}

/** The place of a line (from 1) of a file. */
export function placeOfLine(document: Document, line: number): Place {
  const starts = lineStarts(document);
  const start = starts[Math.min(line, starts.length) - 1] ?? 0;
  return { path: document.path, span: spanOf(document, [start, start]) };
}

/**
 * The leaf that a message most likely speaks of: of all that the rule has read, the longest value that the message
 * quotes; the deepest where several are alike. Undefined when it quotes none. Policies seldom say where they looked.
 */
export function quotedLeaf(message: string, reads: readonly string[], input: unknown): string | undefined {
  let best: { pointer: string; weight: number } | undefined;
  for (const pointer of reads) {
    const value = valueAt(input, pointer);
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    const text = String(value);
    if (!quotes(message, text)) continue;
    const parts = partsOf(pointer);
    // `kind` and `apiVersion` say what the whole is: a message that quotes a name beside them means the name.
    const general = parts.length === 1 && /^(kind|apiVersion)$/.test(parts[0] as string);
    const weight = (general ? 0 : 1e9) + text.length * 100 + parts.length;
    if (!best || weight > best.weight) best = { pointer, weight };
  }
  return best?.pointer ?? quotedKey(message, reads);
}

/**
 * Where no value is quoted, a name may be: in HCL the labels of a block are keys. The place that most of its keys are quoted
 * of, down to the last of them; of two alike the first.
 */
function quotedKey(message: string, reads: readonly string[]): string | undefined {
  const words = new Set(message.split(/[^\w-]+/));
  let best: { pointer: string; weight: number } | undefined;
  for (const read of reads) {
    const parts = partsOf(read);
    const quoted = parts.map((part) => part.length > 1 && !/^\d+$/.test(part) && words.has(part));
    const last = quoted.lastIndexOf(true);
    // The first key says what kind of thing it is, and stands for many.
    if (last < 1) continue;
    const weight = quoted.filter(Boolean).length * 100 + last;
    if (!best || weight > best.weight) {
      best = { pointer: pointer(...parts.slice(0, last + 1)), weight };
    }
  }
  return best?.pointer;
}

/** One character has to stand alone in the message; a letter, which could be a word, in quotes. */
function quotes(message: string, text: string): boolean {
  if (text.length > 1) return message.includes(text);
  const alone = /[A-Za-z]/.test(text) ? `"'\`` : ` "'\`:,()`;
  for (let at = message.indexOf(text); text !== '' && at !== -1; at = message.indexOf(text, at + 1)) {
    if (alone.includes(message[at - 1] ?? ' ') && alone.includes(message[at + 1] ?? ' ')) return true;
  }
  return false;
}

function valueAt(input: unknown, pointer: string): unknown {
  let value = input;
  for (const part of partsOf(pointer)) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
