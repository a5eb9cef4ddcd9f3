import { lineStarts, lineText } from '../../model/document.ts';
import type { Document, Draft, Fix, Range } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'conflict-markers',
    title: 'Merge conflict markers in a file',
    category: 'repository',
    severity: 'high',
    confidence: 'high',
    why: 'The file holds both sides of a merge nobody decided. It does not compile or parse,\nor worse, it does and means something else.',
    fix: 'Keep one side or write what should stand there, and remove the marker lines.',
    sources: ['https://git-scm.com/docs/git-merge#_how_conflicts_are_presented', 'https://git-scm.com/docs/git-diff'],
  },
  reads: 'text',
  *check(document) {
    if (document.kind !== 'file' || document.encoding === 'binary') return;
    // A lockfile has a rule of its own, with the command that merges it.
    if (lockName.test(document.path)) return;
    if (!document.text.includes('<<<<<<< ')) return;
    for (const conflict of conflictsIn(document)) yield draftOf(document, conflict);
  },
});

/** The files of `lock-conflict-markers`; its own list would bring every lockfile's reader into the smallest hook. */
const lockName = /(^|\/)(npm-shrinkwrap\.json|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lock)$/;

/** Lines, from 1. A conflict without its later lines was resolved in part. */
interface Conflict {
  start: number;
  /** `|||||||` of the styles diff3 and zdiff3: what both sides came from. */
  base?: number;
  middle?: number;
  end?: number;
}

/** Git writes markers of seven characters at the start of a line; the outer two are followed by a blank and a label. */
function conflictsIn(document: Document): Conflict[] {
  const conflicts: Conflict[] = [];
  let open: Conflict | undefined;
  const lines = lineStarts(document).length;
  for (let line = 1; line <= lines; line++) {
    const kind = markerAt(document, line);
    if (!kind) continue;
    if (kind === '<') {
      open = { start: line };
      conflicts.push(open);
    } else if (!open) continue;
    else if (kind === '|' && !open.middle) open.base = line;
    else if (kind === '=' && !open.middle) open.middle = line;
    else if (kind === '>' && open.middle) {
      open.end = line;
      open = undefined;
    }
  }
  return conflicts;
}

function markerAt(document: Document, line: number): '<' | '|' | '=' | '>' | undefined {
  const start = lineStarts(document)[line - 1] as number;
  const first = document.text[start];
  if (first !== '<' && first !== '|' && first !== '=' && first !== '>') return undefined;
  if (!document.text.startsWith(first.repeat(7), start)) return undefined;
  const after = document.text[start + 7];
  const ends = after === undefined || after === '\n' || after === '\r';
  return (first === '=' ? ends : after === ' ' || (first === '|' && ends)) ? first : undefined;
}

function draftOf(document: Document, conflict: Conflict): Draft {
  const whole = conflict.end !== undefined;
  return {
    path: document.path,
    range: lineRange(document, conflict.start),
    message: whole
      ? `Unresolved merge conflict up to line ${conflict.end}: both sides stand in the file`
      : 'A merge conflict was resolved only in part: its first marker still stands here',
    confidence: whole ? 'high' : 'medium',
    related: whole
      ? [{ path: document.path, range: lineRange(document, conflict.end as number), message: 'the conflict ends here' }]
      : [],
    identity: 'conflict',
    fixes: () => (whole ? fixesOf(document, conflict as Required<Conflict>) : []),
  };
}

function fixesOf(document: Document, conflict: Required<Conflict>): Fix[] {
  const starts = lineStarts(document);
  const startOf = (line: number) => starts[line - 1] ?? document.text.length;
  const ours = { from: conflict.start + 1, to: conflict.base ?? conflict.middle };
  const theirs = { from: conflict.middle + 1, to: conflict.end };
  const keep = (title: string, side: { from: number; to: number }): Fix => ({
    title,
    edits: [
      { path: document.path, range: [startOf(conflict.start), startOf(side.from)], text: '' },
      { path: document.path, range: [startOf(side.to), startOf(conflict.end + 1)], text: '' },
    ],
    safe: false,
  });
  return [
    keep(`Keep the first side (${labelOf(document, conflict.start)})`, ours),
    keep(`Keep the second side (${labelOf(document, conflict.end)})`, theirs),
  ];
}

function labelOf(document: Document, line: number): string {
  return lineText(document, line).slice(8, 48).trim() || 'no label';
}

function lineRange(document: Document, line: number): Range {
  const start = lineStarts(document)[line - 1] as number;
  return [start, start + lineText(document, line).length];
}
