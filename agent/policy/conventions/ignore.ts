import type { Range } from '../../model/types.ts';

export interface IgnoreEntry {
  Kind: 'Comment' | 'Empty' | 'NegatedPath' | 'Path';
  Original: string;
  Value: string;
}

/**
 * The lines of a `.gitignore` or `.dockerignore` in conftest's shape, with the place of each. Undefined where conftest breaks:
 * on a backslash that ends a line.
 */
export function ignoreEntries(text: string): { value: IgnoreEntry[]; ranges: Range[] } | undefined {
  const value: IgnoreEntry[] = [];
  const ranges: Range[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    if (line.endsWith('\\') && !line.startsWith('#')) return undefined;
    value.push(entryOf(line));
    ranges.push([start, start + line.length]);
    start += line.length + 1;
  }
  return { value, ranges };
}

function entryOf(line: string): IgnoreEntry {
  if (/^ *$/.test(line)) return { Kind: 'Empty', Original: line, Value: line };
  if (line.startsWith('#')) return { Kind: 'Comment', Original: line, Value: line.slice(1).trim() };
  if (line.startsWith('!')) return { Kind: 'NegatedPath', Original: line, Value: pathOf(line.slice(1)) };
  return { Kind: 'Path', Original: line, Value: pathOf(line) };
}

/** Spaces at the end go, but for one that is escaped; then escapes go. */
function pathOf(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end--;
  const trimmed = text.slice(0, end);
  const kept = trimmed.endsWith('\\') && trimmed !== text ? `${trimmed} ` : trimmed;
  return kept.replace(/\\(.)/g, '$1');
}
