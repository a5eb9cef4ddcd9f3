import { lineStarts, lineText } from '../model/document.ts';
import type { Document, Range } from '../model/types.ts';

/** The line of a key of `pregate.yaml`. Searched in the text: a hook must not load a YAML parser to say where a line is. */
export function keyRange(document: Document, key: string | undefined): Range | undefined {
  if (key === undefined) return undefined;
  const starts = lineStarts(document);
  for (let line = 1; line <= starts.length; line++) {
    const text = lineText(document, line);
    const trimmed = text.trimStart();
    const start = (starts[line - 1] as number) + text.length - trimmed.length;
    if (trimmed.startsWith(`${key}:`)) return [start, start + trimmed.length];
  }
  return undefined;
}
