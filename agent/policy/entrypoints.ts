import type { Gate, PolicyRule } from './types.ts';

export type Effect = 'deny' | 'warn' | 'depends' | 'allow';

/** A decision path that answers a gate, and what its values mean. */
export interface Entrypoint {
  path: string;
  effect: Effect;
  /** What its statements are called when they name no rule of their own. */
  label: string;
  /** The package was not written for this gate's input: the answer is an approximation. */
  foreign: boolean;
  /** What the engine is asked, when it is more than the path: `data.main.deny with data.conftest.file as {…}`. */
  query?: string;
}

/**
 * The decision paths of a bundle for one gate: rules of `data.pregate.<gate>`. Names are conftest's: `deny`, `violation`
 * and `warn` with any suffix, and besides them `depends` and a plain `allow`.
 */
export function entrypointsOf(rules: readonly PolicyRule[], gate: Gate): Entrypoint[] {
  const known = found.get(rules) ?? new Map<Gate, Entrypoint[]>();
  found.set(rules, known);
  const list = known.get(gate) ?? inPackage(rules, `data.pregate.${gate}`, gate);
  known.set(gate, list);
  return list;
}

/** Of each engine's list of rules, which stays the same for as long as the engine lives. */
const found = new WeakMap<readonly PolicyRule[], Map<Gate, Entrypoint[]>>();

function inPackage(rules: readonly PolicyRule[], name: string, label: string): Entrypoint[] {
  const found = new Map<string, Entrypoint>();
  for (const { path } of rules) {
    if (!path.startsWith(`${name}.`)) continue;
    const rule = /^[A-Za-z0-9_]+/.exec(path.slice(name.length + 1))?.[0] ?? '';
    const effect = effectOf(rule);
    if (effect) found.set(rule, { path: `${name}.${rule}`, effect, label: `${label}/${kebab(rule)}`, foreign: false });
  }
  return [...found.values()];
}

/** The rules at a path, or below it: the members of a set and the keys of an object are rules of their own. */
export function rulesAt(rules: readonly PolicyRule[], path: string): PolicyRule[] {
  return rules.filter((rule) => rule.path === path || rule.path.startsWith(`${path}.`));
}

export function effectOf(rule: string): Effect | undefined {
  if (/^(deny|violation)(_[a-zA-Z0-9]+)*$/.test(rule)) return 'deny';
  if (/^warn(_[a-zA-Z0-9]+)*$/.test(rule)) return 'warn';
  return rule === 'depends' || rule === 'allow' ? rule : undefined;
}

function kebab(name: string): string {
  return name.replaceAll('_', '-').toLowerCase();
}
