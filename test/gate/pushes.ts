import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  commit,
  type GeneratedPush,
  learn,
  madeOf,
  nothing,
  ordinary,
  pick,
  plant,
  type RefUpdate,
  tip,
  update,
} from './commits.ts';
import { badSignatures, conflict, credential, fresh, harmless, secrets, settingsChanges } from './kinds.ts';
import { type TreeFile, writeObject } from './objects.ts';
import { type CommitPlan, git, makeCommit, put, type World } from './world.ts';

/** Makes the next push of a world: one to three refs, about half of them with something planted. */
export function nextPush(world: World): GeneratedPush {
  const { random } = world;
  const clone = pick(world, world.clones);
  const push: GeneratedPush = { clone, updates: [], story: [] };
  if (random.below(3) > 0) fetch(world, push);
  const count = [1, 1, 1, 2, 2, 3][random.below(6)] as number;
  for (let tries = 0; push.updates.length < count && tries < 20; tries++) {
    const [, action] = pick(world, weighted);
    const update = action(world, push);
    const taken = push.updates.some((other) => other.dst === update?.dst);
    if (!update || update.old === update.new || taken) continue;
    if (update.src === update.dst) setLocalBranch(world, push, update);
    push.updates.push(update);
  }
  return push.updates.length > 0 ? push : nextPush(world);
}

type Action = (world: World, push: GeneratedPush) => RefUpdate | undefined;

const actions: [weight: number, action: Action][] = [
  [6, advance],
  [6, branch],
  [2, advanceMain],
  [2, configure],
  [3, merge],
  [2, rewrite],
  [1, rewind],
  [2, conflicted],
  [1, deleteBranch],
  [2, tag],
  [1, annotate],
  [1, tagBlob],
  [1, moveTag],
  [1, deleteTag],
  [1, note],
];
const weighted = actions.flatMap(([weight, action]) => Array<[number, Action]>(weight).fill([weight, action]));

function advance(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = pickRef(world, push, (name) => name.startsWith('refs/heads/') && name !== 'refs/heads/main');
  return ref === undefined ? undefined : toBranch(world, ref, grow(world, push, tip(world, ref), ref));
}

function advanceMain(world: World, push: GeneratedPush): RefUpdate | undefined {
  const main = tip(world, 'refs/heads/main');
  return push.clone.known.has(main)
    ? toBranch(world, 'refs/heads/main', grow(world, push, main, 'refs/heads/main'))
    : undefined;
}

function branch(world: World, push: GeneratedPush): RefUpdate {
  const start = pick(world, [...push.clone.known]);
  const name = `refs/heads/topic-${++world.count}`;
  push.story.push(`new branch ${name}`);
  return toBranch(world, name, world.random.below(6) === 0 ? start : grow(world, push, start, name));
}

function configure(world: World, push: GeneratedPush): RefUpdate | undefined {
  const main = tip(world, 'refs/heads/main');
  if (!push.clone.known.has(main)) return undefined;
  const [name, change] = pick(world, Object.entries(settingsChanges));
  if (name === 'asks for signatures' && world.signing === 'none') return undefined;
  const made = madeOf(world, main);
  const oid = commit(world, push, { parents: [main], settings: change(world, made.settings) });
  const dst = world.random.below(3) > 0 ? 'refs/heads/main' : `refs/heads/settings-${++world.count}`;
  push.story.push(`${name} on ${dst}`);
  return toBranch(world, dst, oid);
}

/** A merge of main into a branch; an evil one holds what neither side had. */
function merge(world: World, push: GeneratedPush): RefUpdate | undefined {
  const main = tip(world, 'refs/heads/main');
  const ref = pickRef(world, push, (name) => name.startsWith('refs/heads/') && name !== 'refs/heads/main');
  if (!ref || !push.clone.known.has(main)) return undefined;
  const side = grow(world, push, tip(world, ref), ref);
  const [ours, theirs] = [madeOf(world, side), madeOf(world, main)];
  const files = new Map<string, TreeFile>([...ours.files, ...theirs.files]);
  const evil = world.random.below(3) === 0;
  if (evil) put(push.clone.gitDir, files, fresh(world, 'env'), `TOKEN=${credential(world)}\n`);
  const parents = world.random.below(2) === 0 ? [side, main] : [main, side];
  const planted = evil ? ['secret in a merge'] : [];
  push.story.push(`merge of main into ${ref}`, ...planted);
  return toBranch(world, ref, commit(world, push, { parents, files, settings: theirs.settings, planted }));
}

/** A force push: other commits in the place of the newest. */
function rewrite(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = pickRef(world, push, (name) => name.startsWith('refs/heads/'));
  if (!ref) return undefined;
  const start = ancestor(world, push, tip(world, ref));
  push.story.push(`rewrite of ${ref}`);
  return toBranch(world, ref, grow(world, push, start, ref));
}

/** A force push back to an older commit: nothing new is sent. */
function rewind(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = pickRef(world, push, (name) => name.startsWith('refs/heads/'));
  if (!ref) return undefined;
  push.story.push(`rewind of ${ref}`);
  return toBranch(world, ref, ancestor(world, push, tip(world, ref)));
}

/** Alone in its push: which tree the markers stand in must be plain. */
function conflicted(world: World, push: GeneratedPush): RefUpdate | undefined {
  if (push.updates.length > 0) return undefined;
  const start = pick(world, [...push.clone.known]);
  const files = new Map(madeOf(world, start).files);
  put(push.clone.gitDir, files, `notes-${world.count}.conflict`, conflict(world));
  push.story.push('ends in conflict markers');
  return toBranch(world, `refs/heads/conflict-${++world.count}`, commit(world, push, { parents: [start], files }));
}

function deleteBranch(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = pickRef(world, push, (name) => name.startsWith('refs/heads/') && name !== 'refs/heads/main');
  return ref === undefined ? undefined : remove(world, push, ref);
}

function deleteTag(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = pickRef(world, push, (name) => name.startsWith('refs/tags/'));
  return ref === undefined ? undefined : remove(world, push, ref);
}

function remove(world: World, push: GeneratedPush, ref: string): RefUpdate {
  push.story.push(`deletion of ${ref}`);
  return { src: '', dst: ref, old: tip(world, ref), new: null };
}

function tag(world: World, push: GeneratedPush): RefUpdate {
  const start = pick(world, [...push.clone.known]);
  const name = `refs/tags/v${++world.count}`;
  return update(world, name, world.random.below(2) === 0 ? start : grow(world, push, start, name));
}

function annotate(world: World, push: GeneratedPush): RefUpdate {
  const object = pick(world, [...push.clone.known]);
  const name = `release-${++world.count}`;
  const secret = world.random.below(2) === 0;
  const planted = secret ? ['secret in the message of a tag'] : [];
  const text = secret ? `The key is ${credential(world)}.` : 'All tests pass.';
  const content = `object ${object}\ntype commit\ntag ${name}\ntagger T <t@example.com> ${world.clock} +0000\n\n${text}\n`;
  const oid = writeObject(push.clone.gitDir, 'tag', content);
  world.made.set(oid, { ...madeOf(world, object), type: 'tag', parents: [object], planted });
  push.story.push(`annotated tag ${name}`, ...planted);
  return update(world, `refs/tags/${name}`, oid);
}

function tagBlob(world: World, push: GeneratedPush): RefUpdate {
  const secret = world.random.below(2) === 0;
  const planted = secret ? ['secret in a blob that a tag names'] : [];
  const content = secret ? `${credential(world)}\n` : `notes ${++world.count}\n`;
  const oid = writeObject(push.clone.gitDir, 'blob', content);
  world.made.set(oid, { ...nothing, planted });
  push.story.push('tag on a blob', ...planted);
  return update(world, `refs/tags/blob-${++world.count}`, oid);
}

function moveTag(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = pickRef(world, push, (name) => name.startsWith('refs/tags/v'), true);
  if (!ref) return undefined;
  push.story.push(`move of ${ref}`);
  return update(world, ref, pick(world, [...push.clone.known]));
}

/** Notes are commits like any other, with a history of their own. */
function note(world: World, push: GeneratedPush): RefUpdate | undefined {
  const ref = 'refs/notes/commits';
  const old = world.refs.get(ref);
  // Fetches do not bring notes, so only one clone writes them.
  if (push.clone !== world.clones[0]) return undefined;
  const files = new Map<string, TreeFile>();
  const secret = world.random.below(3) === 0;
  put(
    push.clone.gitDir,
    files,
    tip(world, 'refs/heads/main'),
    secret ? `${credential(world)}\n` : `fine ${++world.count}\n`,
  );
  const planted = secret ? ['secret in a note'] : [];
  push.story.push('note', ...planted);
  const parents = old === undefined ? [] : [old];
  const { settings } = nothing;
  const plan: CommitPlan = { parents, files, settings, message: 'Notes\n', signer: 'alice', planted, type: 'note' };
  return update(world, ref, makeCommit(world, push.clone.gitDir, plan));
}

/** One to three commits on top of another, with what chance plants in them. */
function grow(world: World, push: GeneratedPush, start: string, dst: string): string {
  let oid = start;
  for (let left = 1 + world.random.below(3); left > 0; left--) {
    const dice = world.random.below(100);
    let [name, kind] =
      dice < 16
        ? pick(world, Object.entries(secrets))
        : dice < 24
          ? pick(world, Object.entries(badSignatures))
          : dice < 60
            ? pick(world, Object.entries(harmless))
            : ordinary;
    // Main never has markers, not even for a moment: then every tree that has them has them against main.
    if (dst === 'refs/heads/main' && name.startsWith('conflict')) [name, kind] = ordinary;
    if (kind !== ordinary[1]) push.story.push(name);
    oid = plant(world, push, oid, name, kind);
  }
  return oid;
}

/** Half of the branches are pushed by name, and half of those are the one that is checked out. */
function toBranch(world: World, dst: string, oid: string): RefUpdate {
  return { ...update(world, dst, oid), src: world.random.below(2) === 0 ? dst : oid };
}

function setLocalBranch(world: World, push: GeneratedPush, { dst, new: oid }: RefUpdate): void {
  const file = path.join(push.clone.gitDir, dst);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${oid}\n`);
  if (world.random.below(2) === 0) writeFileSync(path.join(push.clone.gitDir, 'HEAD'), `ref: ${dst}\n`);
}

function fetch(world: World, push: GeneratedPush): void {
  git(push.clone.dir, world.env, 'fetch', '-q', 'origin');
  push.story.push('after a fetch');
  for (const [ref, oid] of world.refs) if (ref.startsWith('refs/heads/')) learn(world, push.clone, oid);
}

function ancestor(world: World, push: GeneratedPush, oid: string): string {
  let at = oid;
  for (let left = 1 + world.random.below(3); left > 0; left--) {
    const parent = madeOf(world, at).parents[0];
    if (parent === undefined || !push.clone.known.has(parent)) break;
    at = parent;
  }
  return at;
}

function pickRef(
  world: World,
  push: GeneratedPush,
  wanted: (name: string) => boolean,
  unknown = false,
): string | undefined {
  const names = [...world.refs].filter(([name, oid]) => wanted(name) && (unknown || push.clone.known.has(oid)));
  return names.length === 0 ? undefined : pick(world, names)[0];
}
