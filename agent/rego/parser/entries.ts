/** The entries of an object that is written out. */
import type { Term } from '../ast.ts';
import { canonicalText } from '../values/value.ts';

/** Each key once. OPA keeps the last value of a key that is written twice and forgets those before, unevaluated. */
export function distinctEntries(entries: [Term, Term][]): [Term, Term][] {
  if (entries.length === 1) return entries;
  const places = new Map<string, number>();
  const distinct: [Term, Term][] = [];
  for (const entry of entries) {
    const [key, value] = entry;
    const name = key.kind === 'const' ? canonicalText(key.value) : key.kind === 'var' ? `$${key.name}` : undefined;
    const before = name === undefined ? undefined : places.get(name);
    if (before !== undefined) distinct[before] = [(distinct[before] as [Term, Term])[0], value];
    else {
      if (name !== undefined) places.set(name, distinct.length);
      distinct.push(entry);
    }
  }
  // What grew by one has room for more, and trees are kept as long as the policy.
  return distinct.slice();
}
