/** What the heads of a partial document promise before any body is looked at. */
import type { Term } from '../ast.ts';
import type { CompiledRule, Group } from '../compile/tree.ts';
import type { Position } from '../errors.ts';
import { canonicalText, isNumber, type Value } from '../values/value.ts';

/** A container that is there though no body holds. */
interface Promised {
  keys: Value[];
  isSet: boolean;
  pos: Position;
}

const known = new WeakMap<Group, Promised[]>();

/**
 * `p[1].q contains …` makes `{1: {"q": …}}` out of its head alone; `p[1] := …` only with its body. Where another rule
 * computes a key (`p[x] := …`), OPA evaluates what stands below `p` by its bodies only, and nothing is promised there.
 */
export function promisesOf(group: Group): readonly Promised[] {
  const before = known.get(group);
  if (before !== undefined) return before;
  const computed = new Set<string>();
  for (const rule of group.rules) {
    const prefix = constantsOf(rule);
    if (prefix.length < rule.keys.length) computed.add(canonicalText(prefix));
  }
  const made = group.rules.flatMap((rule) => promiseOf(rule, computed));
  known.set(group, made);
  return made;
}

function promiseOf(rule: CompiledRule, computed: ReadonlySet<string>): Promised[] {
  const prefix = constantsOf(rule);
  const isConstant = prefix.length === rule.keys.length;
  const isSet = isConstant && rule.member !== undefined;
  let end = isConstant && !isSet ? prefix.length - 1 : prefix.length;
  for (let at = 0; at < end; at++) if (computed.has(canonicalText(prefix.slice(0, at)))) end = at;
  return end <= 0 ? [] : [{ keys: prefix.slice(0, end), isSet: isSet && end === prefix.length, pos: rule.pos }];
}

/** The keys before the first that is computed. A collection is taken as if it were computed. */
function constantsOf(rule: CompiledRule): Value[] {
  const end = rule.keys.findIndex((k) => k.kind !== 'const' || !isScalar(k.value));
  const fixed = end < 0 ? rule.keys : rule.keys.slice(0, end);
  return fixed.map((k) => (k as Term & { kind: 'const' }).value);
}

function isScalar(v: Value): boolean {
  return v === null || typeof v !== 'object' || isNumber(v);
}
