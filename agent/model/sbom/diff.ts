import { gt, parse, diff as versionDiff } from 'semver';
import { contentDiffers } from '../npm/integrity.ts';
import { type Component, type DependencySet, type Scope, whyOf } from './component.ts';

/** Most dangerous first: this is the order of every list. */
export const changeClasses = [
  'hash-changed',
  'source-changed',
  'install-script-added',
  'direct-added',
  'downgraded',
  'licence-changed',
  'transitive-added',
  'updated',
  'scope-changed',
  'removed',
] as const;

export type ChangeClass = (typeof changeClasses)[number];
export type Step = 'major' | 'minor' | 'patch' | 'prerelease' | 'other';

/** One thing that is different. A package can have several: an update that also adds an install script. */
export interface Change {
  class: ChangeClass;
  key: string;
  name: string;
  /** Version before and after; undefined where there is none. */
  before: string | undefined;
  after: string | undefined;
  direct: boolean;
  scope: Scope;
  path: string;
  /** Of the newer side; of the older for what is removed. */
  licence: string | undefined;
  /** From the direct dependency down to the one above this; empty for direct ones. */
  via: string[];
  step?: Step;
  /** What changed, for licences, sources and scopes: text before and after. */
  from?: string;
  to?: string;
}

interface Side {
  set: DependencySet;
  component: Component;
  index: number;
}

/**
 * What differs between two states of a project's dependencies, by package and version, whatever the order and the
 * references of the documents they come from. Members of the repository itself are left out.
 */
export function diffDependencies(before: DependencySet, after: DependencySet): Change[] {
  const groups = new Map<string, { before: Side[]; after: Side[] }>();
  collect(groups, before, 'before');
  collect(groups, after, 'after');
  const changes: Change[] = [];
  for (const group of groups.values()) comparePackage(group.before, group.after, changes);
  return changes.sort(byDanger);
}

function collect(
  groups: Map<string, { before: Side[]; after: Side[] }>,
  set: DependencySet,
  side: 'before' | 'after',
): void {
  for (const [index, component] of set.components.entries()) {
    if (component.firstParty) continue;
    let group = groups.get(component.key);
    if (!group) {
      group = { before: [], after: [] };
      groups.set(component.key, group);
    }
    group[side].push({ set, component, index });
  }
}

function comparePackage(before: Side[], after: Side[], changes: Change[]): void {
  const oldVersions = byVersion(before);
  const newVersions = byVersion(after);
  for (const [version, sides] of newVersions) {
    const old = oldVersions.get(version);
    if (old) compareVersion(old, sides, changes);
  }
  const added = [...newVersions.values()].filter((sides) => !oldVersions.has(sides[0]!.component.version));
  const removed = [...oldVersions.values()].filter((sides) => !newVersions.has(sides[0]!.component.version));
  const pairs = pairUp(removed, added);
  for (const [old, now] of pairs) compareUpdate(old, now, changes);
  const updated = new Set(pairs.flat());
  const wasDirect = before.some(({ component }) => component.direct);
  const newlyDirect = wasDirect ? undefined : after.find(({ component }) => component.direct);
  if (newlyDirect) changes.push(change('direct-added', newlyDirect, before[0]?.component.version));
  for (const sides of added) {
    if (updated.has(sides) || sides.includes(newlyDirect!)) continue;
    changes.push(change(sides.some(isDirect) ? 'direct-added' : 'transitive-added', sides[0]!, undefined));
  }
  for (const sides of removed) if (!updated.has(sides)) changes.push(removal(sides[0]!));
  addScript(before, after, changes);
  addScope(before, after, changes);
}

function byVersion(sides: Side[]): Map<string, Side[]> {
  const map = new Map<string, Side[]>();
  for (const side of sides) {
    const same = map.get(side.component.version);
    if (same) same.push(side);
    else map.set(side.component.version, [side]);
  }
  return map;
}

function compareVersion(old: Side[], now: Side[], changes: Change[]): void {
  const oldHashes = old.flatMap(({ component }) => component.hashes);
  const changed = now.find(({ component }) => contentDiffers(oldHashes, component.hashes));
  if (changed) changes.push(change('hash-changed', changed, changed.component.version));
  const moved = now.find((side) => old.every((each) => sourceDiffers(each.component, side.component)));
  if (moved) {
    const from = sourceText(old[0]!.component);
    const to = sourceText(moved.component);
    changes.push({ ...change('source-changed', moved, moved.component.version), from, to });
  }
  addLicence(old[0]!, now[0]!, changes);
}

function compareUpdate(old: Side[], now: Side[], changes: Change[]): void {
  const [was] = old as [Side];
  const is = now.find(isDirect) ?? now[0]!;
  const { version: from } = was.component;
  const { version: to } = is.component;
  const lower = parse(from) && parse(to) ? gt(from, to) : false;
  changes.push({ ...change(lower ? 'downgraded' : 'updated', is, from), step: stepOf(from, to) });
  // A version from git or a tarball where a registry served it before is no ordinary update.
  if (was.component.source.kind !== is.component.source.kind) {
    const texts = { from: sourceText(was.component), to: sourceText(is.component) };
    changes.push({ ...change('source-changed', is, from), ...texts });
  }
  addLicence(was, is, changes);
}

/** Versions are paired by install path first: with several versions of a package, order says nothing. */
function pairUp(removed: Side[][], added: Side[][]): [Side[], Side[]][] {
  const byPath = new Map(removed.flatMap((old) => old.map(({ component }) => [component.path, old] as const)));
  const left = new Set(removed);
  const pairs: [Side[], Side[]][] = [];
  const waiting: Side[][] = [];
  for (const now of added) {
    const same = now.map(({ component }) => byPath.get(component.path)).find((old) => old && left.delete(old));
    if (same) pairs.push([same, now]);
    else waiting.push(now);
  }
  const rest = [...left];
  for (const [index, now] of waiting.entries()) {
    const old = rest[index];
    if (old) pairs.push([old, now]);
  }
  return pairs;
}

function addScript(before: Side[], after: Side[], changes: Change[]): void {
  if (before.some(({ component }) => component.installScript)) return;
  // Where the old side does not say, nothing can be called new.
  if (before.length > 0 && before.every(({ component }) => component.installScript === undefined)) return;
  const running = after.find(({ component }) => component.installScript);
  if (running) changes.push(change('install-script-added', running, before[0]?.component.version));
}

const weight: Record<Scope, number> = { production: 0, optional: 1, development: 2 };

function strongest(sides: Side[]): Side {
  return sides.reduce((best, side) => (weight[side.component.scope] < weight[best.component.scope] ? side : best));
}

function addScope(before: Side[], after: Side[], changes: Change[]): void {
  if (before.length === 0 || after.length === 0) return;
  const was = strongest(before).component.scope;
  const side = strongest(after);
  const is = side.component.scope;
  if (was !== is) changes.push({ ...change('scope-changed', side, side.component.version), from: was, to: is });
}

function addLicence(old: Side, now: Side, changes: Change[]): void {
  const from = old.component.licence;
  const to = now.component.licence;
  if (from === undefined || from === to) return;
  // A lock that records no licences at all makes no licence unknown.
  if (to === undefined && now.set.components.every(({ licence }) => licence === undefined)) return;
  changes.push({ ...change('licence-changed', now, old.component.version), from, to: to ?? 'unknown' });
}

function sourceDiffers(old: Component, now: Component): boolean {
  const a = old.source;
  const b = now.source;
  if (a.kind !== b.kind) return true;
  if (a.commit !== undefined && b.commit !== undefined && a.commit !== b.commit) return true;
  return a.host !== undefined && b.host !== undefined && a.host !== b.host;
}

function sourceText({ source }: Component): string {
  const where = source.host === undefined ? source.kind : `${source.kind} ${source.host}`;
  return source.commit === undefined ? where : `${where} ${source.commit.slice(0, 7)}`;
}

function stepOf(from: string, to: string): Step {
  const old = parse(from);
  const now = parse(to);
  if (!old || !now) return 'other';
  const step = versionDiff(old, now);
  if (step === null) return 'other';
  return step.startsWith('pre') ? 'prerelease' : (step as Step);
}

function change(kind: ChangeClass, { set, component, index }: Side, before: string | undefined): Change {
  return {
    class: kind,
    key: component.key,
    name: component.name,
    before,
    after: component.version,
    direct: component.direct,
    scope: component.scope,
    path: component.path,
    licence: component.licence,
    via: component.direct ? [] : whyOf(set, index).slice(0, -1),
  };
}

function removal({ component }: Side): Change {
  const { key, name, direct, scope, path, licence } = component;
  return {
    class: 'removed',
    key,
    name,
    before: component.version,
    after: undefined,
    direct,
    scope,
    path,
    licence,
    via: [],
  };
}

function isDirect({ component }: Side): boolean {
  return component.direct;
}

const order = new Map(changeClasses.map((name, index) => [name, index]));

function byDanger(a: Change, b: Change): number {
  const difference = order.get(a.class)! - order.get(b.class)!;
  return difference || compareText(a.name, b.name) || compareText(a.path, b.path);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
