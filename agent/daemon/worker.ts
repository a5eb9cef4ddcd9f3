/**
 * The thread that judges. It runs the very function that a cold hook runs; only what git would say again is kept from one
 * hook to the next. The main thread ends it when it takes too long.
 */
import { writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import type { HookIo } from '../cli/hook.ts';
import type { CheckOptions } from '../gate/check.ts';
import type { Standing } from '../gate/collect/run.ts';
import type { Report } from '../gate/types.ts';
import type { GitConfig } from '../git/config-list.ts';
import type { Place } from '../git/place.ts';
import type { Git } from '../git/run.ts';
import { type Answer, doorBytes, type Request } from './protocol.ts';
import { type GitTools, keepStanding, type Standings } from './standing.ts';
import { terminalWidth } from './terminal.ts';
import { treeChanges } from './tree-changes.ts';

/** What the hook bundle lends: see `GitTools` for why nothing of it is imported here. */
export interface Lent extends GitTools {
  openGit: (cwd: string, env: NodeJS.ProcessEnv) => Git;
  /** The tree that the index being committed would become, where the index says it. */
  stagedTree: (place: Place, env: NodeJS.ProcessEnv, cwd: string) => string | undefined;
  /** The tree of a commit, from the commit's object. */
  treeOf: (commit: Buffer) => string;
  /** Whether a push that passes has statements sent ahead of it. */
  statesPushes: (config: GitConfig) => boolean;
  runHook: (name: string, argv: readonly string[], io: HookIo) => Promise<number>;
  /** The report on an index, for an editor. */
  report: (options: CheckOptions) => Promise<Report>;
  /** Loads what the first hook needs, so that it does not wait for it. */
  load: () => Promise<void>;
  /** Makes files for the next hook's verdict while nobody waits for it. */
  makeReady: (env: NodeJS.ProcessEnv) => void;
  /** What the hooks left to be done when there is time: their verdicts are put into the audit log. */
  tidyUp: () => Promise<void>;
}

export interface Job {
  id: number;
  request: Omit<Request, 'payload'> & { payload: Uint8Array };
  /** Number of an open pipe that nobody has written to. */
  pipe?: number | undefined;
}

export interface Done {
  id: number;
  answer: Answer;
  /** The hook has it already. */
  written: boolean;
}

/** What a pipe takes whole or not at all (PIPE_BUF, pipe(7)), so that nothing can come between. */
const whole = 4096;

/** A repository's `cat-file` ends when nobody has committed there for so long. */
const idleReader = 60_000;
/** Nobody has asked for so long: there is time for what hooks have left. */
const quiet = 2000;

/** Answers jobs one after the other until the thread is ended. */
export function serve(lent: Lent): void {
  const port = parentPort;
  if (!port) throw new Error('not a worker');
  const standings = keepStanding(lent);
  let turn: Promise<unknown> = lent.load();
  let rest: NodeJS.Timeout | undefined;
  port.on('message', (job: Job) => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      turn = turn.then(() => lent.tidyUp()).catch(() => undefined);
    }, quiet);
    turn = turn.then(async () => {
      const answer = await answerTo(job.request, standings.forRun(), lent).catch(() => cold);
      port.postMessage({ id: job.id, answer, written: wasWritten(job, answer) } satisfies Done);
      setImmediate(() => lent.makeReady(job.request.env));
    });
  });
  setInterval(() => standings.closeIdle(idleReader), idleReader / 2).unref();
}

/** Whether the hook could be told directly. What is long, or refused by the pipe, is said by who listens. */
function wasWritten({ request, pipe }: Job, answer: Answer): boolean {
  if (pipe === undefined) return false;
  const bytes = doorBytes(request, answer);
  if (bytes.length > whole) return false;
  try {
    return writeSync(pipe, bytes) === bytes.length;
  } catch {
    return false;
  }
}

const cold: Answer = { code: 'cold', tree: '0'.repeat(40), text: '' };
const commitHooks = new Set(['pre-commit', 'pre-merge-commit', 'commit-msg']);

type Kept = ReturnType<Standings['forRun']>;

async function answerTo(request: Job['request'], kept: Kept, lent: Lent): Promise<Answer> {
  const { hook, args, cwd, env, pid } = request;
  const payload = Buffer.from(request.payload);
  if (hook === 'report') {
    const report = await lent.report({ cwd, env, standing: await stagedStanding(request, kept, lent) });
    return { ...cold, code: 0, text: JSON.stringify(report) };
  }
  // They are sent with the person's own ssh, agent and terminal, for as long as the remote takes. Here they would have none of
  // these, and what is ended after two seconds would be stated a second time.
  if (hook === 'pre-push' && lent.statesPushes(await kept.config(lent.openGit(cwd, env)))) return cold;
  const standing = commitHooks.has(hook) ? await stagedStanding(request, kept, lent) : kept;
  let text = '';
  const code = await lent.runHook(hook, args, {
    cwd,
    env,
    pid,
    standing,
    watched: true,
    stdin: Readable.from(hook === 'pre-push' ? [payload] : []),
    // Asked for only where something is said.
    get width() {
      return terminalWidth(pid);
    },
    err: (more) => {
      text += more;
    },
  });
  return { ...cold, code, text };
}

/**
 * Git has noted in the index which tree it would become, and that tree lies in the repository: what is staged is then asked of
 * processes that run already. Where it is not so (before the first commit, `commit -- path`, a conflict, an index that another
 * program wrote), git is asked as a cold hook asks it, and no reader is used that may have seen another index.
 */
async function stagedStanding({ hook, cwd, env }: Job['request'], kept: Kept, lent: Lent): Promise<Standing> {
  const { place: placeOf, config, objects } = kept;
  const without = { place: placeOf, config };
  const git = lent.openGit(cwd, env);
  const place = await placeOf(git);
  const tree = place.head === null || place.bare ? undefined : lent.stagedTree(place, env, cwd);
  if (tree === undefined || place.head === null) return without;
  // A message is looked at alone: what is staged was judged by `pre-commit`.
  if (hook === 'commit-msg' && (await objects(git).read(tree))?.type === 'tree')
    return { ...kept, staged: { tree, changes: [] } };
  const head = await objects(git).read(place.head);
  if (head?.type !== 'commit') return without;
  const changes = await treeChanges(objects(git), lent.treeOf(head.bytes), tree);
  return changes ? { ...kept, staged: { tree, changes } } : without;
}
