import type { InputPath } from '../rego/input-paths.ts';
import type { Reference } from '../rego/references.ts';

/** The rules at or below the decisions, and all that these name. */
export function reachable(all: readonly Reference[], decisions: readonly string[]): Set<string> {
  const rules = [...new Set(all.map((one) => one.rule))];
  const below = (path: string) => rules.filter((rule) => meets(rule, path));
  const reached = new Set(decisions.flatMap(below));
  const byRule = new Map<string, Reference[]>();
  for (const one of all) byRule.set(one.rule, [...(byRule.get(one.rule) ?? []), one]);
  // A set keeps its order, and what is added while it is walked is walked as well.
  for (const rule of reached) {
    for (const { root, path } of byRule.get(rule) ?? []) {
      if (root !== 'data') continue;
      const known = path.slice(0, path.includes(undefined) ? path.indexOf(undefined) : undefined);
      for (const next of below(['data', ...known].join('.'))) reached.add(next);
    }
  }
  return reached;
}

/** The paths of the input that the rules of some decisions read, and the rules these need. */
export function readsOf(
  reads: readonly InputPath[],
  references: readonly Reference[],
  decisions: readonly string[],
): InputPath[] {
  const reached = reachable(references, decisions);
  // A rule without any reference of its own is in no list of references.
  return reads.filter(({ rule }) => reached.has(rule) || decisions.some((name) => rule.startsWith(`${name}.`)));
}

/** One of them is the other, or lies below it. */
function meets(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}
