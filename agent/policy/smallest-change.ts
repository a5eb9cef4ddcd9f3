/** One edit that can be done or left, and what it costs a person to look at it. */
export interface Atom {
  id: string;
  cost: number;
}

/**
 * The smallest set of edits with the effect of all of them, by delta debugging: parts are left out, larger ones first and
 * dearer edits before cheaper ones, for as long as `holds` stays true. No single edit of the result can be left out.
 * `holds` is asked about sets only, so it decides what counts as an effect; it must hold for all atoms together.
 */
export async function smallestChange<T extends Atom>(
  atoms: readonly T[],
  holds: (atoms: readonly T[]) => Promise<boolean>,
): Promise<T[]> {
  let kept = [...atoms].sort((a, b) => b.cost - a.cost || (a.id < b.id ? -1 : 1));
  for (let size = Math.ceil(kept.length / 2); size >= 1 && kept.length > 0; ) {
    let removed = false;
    for (let start = 0; start < kept.length; ) {
      const rest = kept.filter((_, index) => index < start || index >= start + size);
      if (await holds(rest)) {
        kept = rest;
        removed = true;
      } else start += size;
    }
    // With single edits another round is needed until none can go: one may have been kept for another's sake.
    if (size === 1 && !removed) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  const order = new Map(atoms.map((atom, index) => [atom.id, index]));
  return kept.sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}
