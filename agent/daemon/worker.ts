/**
 * The thread that judges. It runs the very function that a cold hook runs; only what git would say again is kept from one
 * hook to the next. The main thread ends it when it takes too long.
 */
import { Readable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import type { HookIo } from '../cli/hook.ts';
import type { Standing } from '../gate/collect/run.ts';
import { type Answer, type Request, stagedOf } from './protocol.ts';
import { type GitTools, keepStanding } from './standing.ts';

/** What the hook bundle lends: see `GitTools` for why nothing of it is imported here. */
export interface Lent extends GitTools {
  runHook: (name: string, argv: readonly string[], io: HookIo) => Promise<number>;
  /** Loads and compiles what the next hook needs, so that the first one does not wait for it. */
  warmUp: () => Promise<void>;
  /** What the hooks left to be done when there is time: their verdicts are put into the audit log. */
  tidyUp: () => Promise<void>;
}

export interface Job {
  id: number;
  request: Pick<Request, 'hook' | 'args' | 'cwd' | 'env' | 'pid'> & { payload: Uint8Array };
}

export interface Done {
  id: number;
  answer: Answer;
}

/** A repository's `cat-file` ends when nobody has committed there for so long. */
const idleReader = 60_000;
/** Nobody has asked for so long: there is time for what hooks have left. */
const quiet = 2000;

/** Answers jobs one after the other until the thread is ended. */
export function serve(lent: Lent): void {
  const port = parentPort;
  if (!port) throw new Error('not a worker');
  const standings = keepStanding(lent);
  let turn: Promise<unknown> = lent.warmUp().catch(() => undefined);
  let rest: NodeJS.Timeout | undefined;
  port.on('message', (job: Job) => {
    clearTimeout(rest);
    rest = setTimeout(() => {
      turn = turn.then(() => lent.tidyUp()).catch(() => undefined);
    }, quiet);
    turn = turn.then(async () => {
      const answer = await answerTo(job.request, standings.forRun(), lent).catch(() => cold);
      port.postMessage({ id: job.id, answer } satisfies Done);
    });
  });
  setInterval(() => standings.closeIdle(idleReader), idleReader / 2).unref();
}

const cold: Answer = { code: 'cold', tree: '0'.repeat(40), text: '' };
const commitHooks = new Set(['pre-commit', 'pre-merge-commit', 'commit-msg']);

async function answerTo(
  request: Job['request'],
  kept: Required<Pick<Standing, 'place' | 'config' | 'objects'>>,
  lent: Lent,
): Promise<Answer> {
  const { hook, args, cwd, env, pid } = request;
  const payload = Buffer.from(request.payload);
  const standing = commitHooks.has(hook) ? stagedStanding(payload, kept) : kept;
  if (!standing) return cold;
  let text = '';
  const code = await lent.runHook(hook, args, {
    cwd,
    env,
    pid,
    standing,
    watched: true,
    stdin: Readable.from(hook === 'pre-push' ? [payload] : []),
    err: (more) => {
      text += more;
    },
  });
  return { ...cold, code, text };
}

/** Before the first commit there is no HEAD to compare with: the index itself is read, which no kept reader may do. */
function stagedStanding(
  payload: Buffer,
  kept: Required<Pick<Standing, 'place' | 'config' | 'objects'>>,
): Standing | undefined {
  const staged = stagedOf(payload);
  if (!staged) return undefined;
  return staged.code === 0 ? { ...kept, staged } : { place: kept.place, config: kept.config };
}
