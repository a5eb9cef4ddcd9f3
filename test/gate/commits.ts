import { badSignatures, type Draft, fresh, goodSigners, type Kind, secrets } from './kinds.ts';
import { type Clone, type CommitPlan, type Made, makeCommit, put, putSettings, type World } from './world.ts';

/** One ref of a generated push. */
export interface RefUpdate {
  /** What the command line names: a local branch or an id; empty for a deletion. */
  src: string;
  dst: string;
  old: string | null;
  new: string | null;
}

export interface GeneratedPush {
  clone: Clone;
  updates: RefUpdate[];
  /** For people: what was done, in words. */
  story: string[];
}

export const ordinary: [string, Kind] = [
  'an ordinary change',
  (world, { gitDir, files }) => put(gitDir, files, fresh(world, 'ts'), `export const value = ${world.count};\n`),
];

export function plant(world: World, push: GeneratedPush, parent: string, name: string, kind: Kind): string {
  const { gitDir } = push.clone;
  const made = madeOf(world, parent);
  const signer = pick(world, goodSigners);
  const message = `Change ${++world.count}\n`;
  const plan: CommitPlan = { parents: [parent], files: made.files, settings: made.settings, message, signer };
  const draft: Draft = { gitDir, files: new Map(made.files), plan };
  kind(world, draft);
  if (plan.settings !== made.settings) putSettings(gitDir, draft.files, plan.settings);
  const planted = name in secrets || (name in badSignatures && world.signing !== 'none') ? [name] : [];
  const oid = makeCommit(world, gitDir, { ...plan, files: new Map(draft.files), planted });
  draft.after?.(oid);
  if (!draft.next) return oid;
  draft.next(draft.files);
  return commit(world, push, { parents: [oid], files: draft.files, settings: plan.settings });
}

export function commit(
  world: World,
  push: GeneratedPush,
  plan: Partial<CommitPlan> & Pick<CommitPlan, 'parents'>,
): string {
  const before = madeOf(world, plan.parents[0] as string);
  const files = new Map(plan.files ?? before.files);
  const settings = plan.settings ?? before.settings;
  if (plan.settings) putSettings(push.clone.gitDir, files, settings);
  const message = `Change ${++world.count}\n`;
  return makeCommit(world, push.clone.gitDir, { message, signer: pick(world, goodSigners), ...plan, files, settings });
}

export function update(world: World, dst: string, oid: string): RefUpdate {
  return { src: oid, dst, old: world.refs.get(dst) ?? null, new: oid };
}

/** A clone that has a commit has all that it reaches. Tags are left out: a fetch follows only those of known commits. */
export function learn(world: World, clone: Clone, oid: string): void {
  const stack = [oid];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const made = world.made.get(next);
    if (!made || clone.known.has(next)) continue;
    if (made.type === 'commit') clone.known.add(next);
    stack.push(...made.parents);
  }
}

export function tip(world: World, ref: string): string {
  return world.refs.get(ref) as string;
}

export function madeOf(world: World, oid: string): Made {
  return world.made.get(oid) ?? nothing;
}

export const nothing: Made = {
  type: 'blob',
  parents: [],
  files: new Map(),
  settings: { required: false, rules: {}, exclude: [], baseline: [], signers: [] },
  planted: [],
  conflicted: false,
  unpinned: undefined,
};

export function pick<T>(world: World, list: readonly T[]): T {
  return list[world.random.below(list.length)] as T;
}
