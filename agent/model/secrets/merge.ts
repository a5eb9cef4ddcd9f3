import type { Range } from '../types.ts';
import type { SecretHit } from './types.ts';

const rank: Record<SecretHit['by'], number> = {
  structure: 0,
  provider: 1,
  vendor: 2,
  url: 3,
  official: 4,
  generic: 5,
};

/**
 * Of hits that overlap, the one that knows most is kept: structure before a vendor's shape, that before an official
 * rule, all before a guess. Sorts by place. n log n, whatever the number of hits.
 */
export function mergeHits(hits: readonly SecretHit[], rejected: readonly Range[]): SecretHit[] {
  const taken: SecretHit[] = [];
  if (hits.length === 0) return taken;
  for (const level of [0, 1, 2, 3, 4, 5]) {
    const candidates = hits.filter((hit) => rank[hit.by] === level).sort(better);
    const covers = spans(taken.map(({ range }) => range));
    const placeholders = level >= 4 ? spans(rejected) : [];
    let last: SecretHit | undefined;
    for (const hit of candidates) {
      if (last && last.range[1] > hit.range[0]) continue;
      if (overlaps(covers, hit.range) || overlaps(placeholders, hit.range)) continue;
      taken.push(hit);
      last = hit;
    }
  }
  return taken.sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
}

/** By place; at the same place the one whose vendor is named, then the one that is surer, then the longer. */
function better(a: SecretHit, b: SecretHit): number {
  const order = { high: 0, medium: 1, low: 2 } as const;
  return (
    a.range[0] - b.range[0] ||
    Number(b.named ?? false) - Number(a.named ?? false) ||
    order[a.confidence] - order[b.confidence] ||
    b.range[1] - a.range[1]
  );
}

/** Sorted, disjoint intervals that cover the same characters. */
function spans(ranges: readonly Range[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [start, end] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = out[out.length - 1];
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else out.push([start, end]);
  }
  return out;
}

function overlaps(sorted: readonly (readonly [number, number])[], range: Range): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Range)[1] <= range[0]) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  return next !== undefined && next[0] < Math.max(range[1], range[0] + 1);
}
