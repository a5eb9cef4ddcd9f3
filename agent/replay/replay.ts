import { createHash } from 'node:crypto';
import { type LoadedPolicy, loadPolicy, signatures } from '../gate/check.ts';
import { openRepository, repoInfo } from '../gate/collect/repository.ts';
import { type Progress, type Repository, type Run, startRun } from '../gate/collect/run.ts';
import { collect } from '../gate/collect.ts';
import type { Collected, RepoInfo } from '../gate/types.ts';
import { configFlag } from '../git/config-list.ts';
import { GitFailure } from '../git/failure.ts';
import { documentFromBytes } from '../model/document.ts';
import type { Problem } from '../model/types.ts';
import type { PolicySource } from '../policy/types.ts';
import { allMetas } from '../rules/registry.ts';
import { installationKey } from '../state.ts';
import { version } from '../version.ts';
import { type OutcomeCache, openCache } from './cache.ts';
import { commitReader, type History } from './commits.ts';
import { type Candidate, type Outcome, outcomesOf } from './outcome.ts';
import { commitSteps, pushSteps, type Step } from './steps.ts';

export interface ReplayOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** The bundle to try. */
  bundle: string;
  last: number;
  kind: 'commits' | 'pushes';
  /** The one instant every step is judged at, ISO 8601. */
  now: string;
  /** Judge everything anew. */
  fresh?: boolean;
  onProgress?: (progress: Progress) => void;
}

export interface ReplayedStep extends Step {
  subject: string;
  old: Outcome;
  new: Outcome;
}

export interface Replay {
  kind: 'commits' | 'pushes';
  steps: ReplayedStep[];
  old: PolicySource;
  new: PolicySource;
  /** Steps whose answers were remembered. */
  remembered: number;
  problems: Problem[];
  now: string;
}

/**
 * Judges what went through before by the policy of this repository and by another one, beside each other: nothing is
 * asked of a server, and the same findings and the same gate input stand before both.
 */
export async function replay(options: ReplayOptions): Promise<Replay> {
  const run = startRun({ cwd: options.cwd, env: options.env, now: options.now });
  const out: Replay = {
    kind: options.kind,
    steps: [],
    old: none,
    new: none,
    remembered: 0,
    problems: [],
    now: options.now,
  };
  try {
    const repository = await openRepository(run);
    const steps = await (options.kind === 'pushes' ? pushSteps : commitSteps)(repository, options.last);
    const newest = steps.at(-1);
    if (!newest) return out;
    const here = await collect(
      { kind: 'paths', paths: [] },
      { cwd: repository.place.root, env: options.env, now: options.now },
    );
    const policies = await loadBoth(here, options);
    out.old = policies.old.bundle.source;
    out.new = policies.new.bundle.source;
    out.problems = [...policies.old.problems, ...policies.new.problems].filter((one) => one.fatal);
    if (out.problems.length > 0) return out;
    await judgeAll(out, steps, policies, await cachesOf(repository, policies, options), { run, repository, options });
  } catch (error) {
    if (!(error instanceof GitFailure)) throw error;
    out.problems.push(error.problem);
  } finally {
    run.close();
  }
  return out;
}

type Reader = (step: Step) => Promise<Collected>;
type Policies = Record<'old' | 'new', LoadedPolicy>;
type Caches = Record<'old' | 'new', OutcomeCache>;
const both = ['old', 'new'] as const;

interface Place {
  run: Run;
  repository: Repository;
  options: ReplayOptions;
}

async function judgeAll(
  out: Replay,
  steps: readonly Step[],
  policies: Policies,
  caches: Caches,
  place: Place,
): Promise<void> {
  const { repository, options } = place;
  const keyOf = (step: Step) => `${step.from ?? ''}..${step.to}${step.ref ?? ''}`;
  const missingOf = (step: Step) => both.filter((name) => options.fresh || caches[name].get(keyOf(step)) === undefined);
  const open = steps.filter((step) => missingOf(step).length > 0);
  out.remembered = steps.length - open.length;
  const read = options.kind === 'pushes' ? pushReader(options) : await oneByOne(place, open);
  // The next step is read while one is judged. Errors surface where it is awaited.
  const reading = (index: number) => {
    const step = open[index];
    const promise = step && read(step);
    promise?.catch(() => {});
    return promise;
  };
  let next = reading(0);
  for (const [index, step] of open.entries()) {
    const missing = missingOf(step);
    const candidates = missing.map((name): Candidate => ({ name, policy: policies[name] }));
    const collected = (await next) as Collected;
    next = reading(index + 1);
    const outcomes = await outcomesOf(collected, candidates);
    for (const name of missing) caches[name].set(keyOf(step), outcomes[name] as Outcome);
    options.onProgress?.({ done: index + 1, total: open.length, label: `${options.kind} judged` });
  }
  const objects = await Promise.all(steps.map((step) => repository.objects.read(step.to)));
  out.steps = steps.map((step, index) => ({
    ...step,
    subject: subjectOf(objects[index]?.bytes),
    old: caches.old.get(keyOf(step)) as Outcome,
    new: caches.new.get(keyOf(step)) as Outcome,
  }));
  for (const name of both) caches[name].save();
}

async function loadBoth(here: Collected, options: ReplayOptions): Promise<Policies> {
  const shared = { cwd: options.cwd, env: options.env };
  const [old, candidate] = [
    await loadPolicy(here, shared),
    await loadPolicy(here, { ...shared, bundle: options.bundle }),
  ];
  return { old, new: candidate };
}

/** Everything an outcome depends on beside the step itself. */
async function cachesOf({ place }: Repository, policies: Policies, options: ReplayOptions): Promise<Caches> {
  const rules = createHash('sha256')
    .update(JSON.stringify(await allMetas()))
    .digest('hex');
  const day = options.now.slice(0, 10);
  const open = ({ bundle }: LoadedPolicy) =>
    openCache(
      place.commonDir,
      [version, 'exceptions', rules, bundle.source.digest, bundle.source.kind, options.kind, day],
      options.env,
    );
  return { old: open(policies.old), new: open(policies.new) };
}

async function oneByOne({ run, repository, options }: Place, steps: readonly Step[]): Promise<Reader> {
  const info = repoInfo(repository.place, repository.config);
  const newest = steps.at(-1);
  if (!newest) return commitReader(run, repository, unread(info), []);
  const signers = await repository.objects.read(`${newest.from ?? newest.to}:.pregate/allowed_signers`);
  const allowed = signers?.type === 'blob' ? documentFromBytes('.pregate/allowed_signers', signers.bytes) : undefined;
  const { verify } = signatures(options);
  const found = await verify?.(
    info,
    steps.map((step) => step.to),
    allowed,
    repository.config,
  );
  return commitReader(
    run,
    repository,
    {
      info,
      signing: {
        required: false,
        configured: configFlag(repository.config, 'commit.gpgsign') ?? false,
        willSign: null,
      },
      signatures: found ?? new Map(),
      fingerprintKey: fingerprintKey(options.env),
    },
    steps,
  );
}

function unread(info: RepoInfo): History {
  const signing = { required: false, configured: false, willSign: null };
  return { info, signing, signatures: new Map(), fingerprintKey: new Uint8Array() };
}

/** Pushes are few, and each may bring many commits: they are read as `--range` reads them. */
function pushReader({ cwd, env, now }: ReplayOptions): Reader {
  return async ({ from, to, ref = '' }) => {
    const scope = { kind: 'range', from: from ?? firstParent(to), to } as const;
    const collected = await collect(scope, { ...signatures({ env }), cwd, env, now });
    const [, , remote = '', ...name] = ref.split('/');
    const dst = `refs/heads/${name.join('/')}`;
    const pushed = {
      src: dst,
      dst,
      kind: 'branch',
      old: from,
      new: to,
      create: from === null,
      delete: false,
    } as const;
    const commits = collected.commits.map((commit) => commit.oid);
    const isDefault = collected.repo.defaultBranch === name.join('/');
    return {
      ...collected,
      scope: 'outgoing',
      push: { remote, url: '', refs: [{ ...pushed, force: false, commits, protected: isDefault }] },
    };
  };
}

/** The first push of a branch is compared with its own first parent, since git remembers nothing before it. */
function firstParent(to: string): string {
  return `${to}~1`;
}

function fingerprintKey(env: NodeJS.ProcessEnv): Uint8Array {
  try {
    return installationKey(env);
  } catch {
    return crypto.getRandomValues(new Uint8Array(32));
  }
}

function subjectOf(bytes: Buffer | undefined): string {
  const text = bytes?.toString('utf8') ?? '';
  return text.slice(text.indexOf('\n\n') + 2).split('\n')[0] ?? '';
}

const none: PolicySource = { name: 'no policy', revision: '', kind: 'directory', signature: '', digest: '' };
