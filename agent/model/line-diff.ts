/** More edits than this are not told apart: what lies between the first and the last difference counts as changed. */
const mostEdits = 1_000;

/**
 * The lines of `after` that are not in `before`, as ranges `[first, last]` that count from 1: what a diff shows as added.
 * Lines that were only removed leave none. The shortest edit script is E. W. Myers' ("An O(ND) difference algorithm",
 * 1986); texts that share little are told as one range, so that no text costs its square.
 */
export function changedLines(before: string, after: string): [number, number][] {
  const old = linesOf(before);
  const now = linesOf(after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const a = old.slice(start, old.length - end);
  const b = now.slice(start, now.length - end);
  if (b.length === 0) return [];
  const added = a.length === 0 ? undefined : addedIn(a, b);
  const indices = added ?? b.map((_, index) => index);
  const ranges: [number, number][] = [];
  for (const index of indices) {
    const line = start + index + 1;
    const last = ranges.at(-1);
    if (last && last[1] === line - 1) last[1] = line;
    else ranges.push([line, line]);
  }
  return ranges;
}

/** Lines without their ends, so that a change of line endings alone changes nothing. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Indices of `b` that the shortest edit script inserts; undefined when it is longer than what is looked at. */
function addedIn(a: readonly string[], b: readonly string[]): number[] | undefined {
  const size = Math.min(a.length + b.length, mostEdits);
  const furthest = new Int32Array(2 * size + 3);
  const middle = size + 1;
  const steps: Int32Array[] = [];
  for (let edits = 0; edits <= size; edits++) {
    steps.push(furthest.slice(middle - edits - 1, middle + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down = k === -edits || (k !== edits && at(furthest, middle + k - 1) < at(furthest, middle + k + 1));
      let x = down ? at(furthest, middle + k + 1) : at(furthest, middle + k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      furthest[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return backwards(steps, edits, a.length, b.length);
    }
  }
  return undefined;
}

/** Walks the script from its end and keeps the insertions. `steps[d]` holds the diagonals from `-d-1` to `d+1`. */
function backwards(steps: readonly Int32Array[], edits: number, width: number, height: number): number[] {
  const added: number[] = [];
  let x = width;
  let y = height;
  for (let d = edits; d > 0; d--) {
    const before = steps[d] as Int32Array;
    const value = (k: number) => at(before, k + d + 1);
    const k = x - y;
    const down = k === -d || (k !== d && value(k - 1) < value(k + 1));
    const from = down ? k + 1 : k - 1;
    x = value(from);
    y = x - from;
    if (down) added.push(y);
  }
  return added.reverse();
}

function at(values: Int32Array, index: number): number {
  return values[index] as number;
}
