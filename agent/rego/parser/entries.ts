/** The entries of an object that is written out. */
import type { Term } from '../ast.ts';
import { canonicalText } from '../values/value.ts';

/** Each key once. OPA keeps the last value of a key that is written twice and forgets those before, unevaluated. */
export function distinctEntries(entries: [Term, Term][]): [Term, Term][] {
  if (entries.length === 1) return entries;
  if (entries.length <= FEW && haveOwnNames(entries)) return entries.slice();
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

/** So few keys are compared with each other more quickly than they are put into a map. */
const FEW = 12;

function haveOwnNames(entries: readonly [Term, Term][]): boolean {
  for (let i = 0; i < entries.length; i++) {
    const name = nameOf(entries[i] as [Term, Term]);
    if (name === undefined) return false;
    for (let j = 0; j < i; j++) if (nameOf(entries[j] as [Term, Term]) === name) return false;
  }
  return true;
}

/** Undefined for a key that is no constant string. */
function nameOf([key]: [Term, Term]): string | undefined {
  return key.kind === 'const' && typeof key.value === 'string' ? key.value : undefined;
}
