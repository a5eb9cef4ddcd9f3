import { spawn } from 'node:child_process';
import { type GitObject, parseBatch, type ReadLimits } from '../git/objects.ts';
import { type Git, gitWords } from '../git/run.ts';
import type { Listed } from './list.ts';

/** Objects asked for ahead of their answers. More than fit into git's own output buffer, so that neither side waits. */
const window = 4096;

/**
 * Reads a list of objects through one `git cat-file --batch --buffer`, in order: a few microseconds each. `undefined`
 * stands for an object that is not here. Objects too large to stream end the process after their head; another one
 * goes on behind them.
 */
export async function* readObjects(
  git: Git,
  list: AsyncIterable<readonly Listed[]>,
  limits: (listed: Listed) => ReadLimits,
): AsyncGenerator<{ listed: Listed; object: GitObject | undefined }> {
  const source = list[Symbol.asyncIterator]();
  let left: Listed[] = [];
  for (;;) {
    const batch = startBatch(git, limits, left);
    left = [];
    try {
      yield* batch.run(source);
    } finally {
      batch.stop();
    }
    // Git may end at a damaged object before the list has come to its end.
    if (batch.waiting.length === 0 && batch.exhausted()) return;
    left = batch.waiting;
  }
}

interface Batch {
  /** Asked for, and not answered. */
  waiting: Listed[];
  /** The list has no more. */
  exhausted: () => boolean;
  run: (source: AsyncIterator<readonly Listed[]>) => AsyncGenerator<{ listed: Listed; object: GitObject | undefined }>;
  stop: () => void;
}

function startBatch(git: Git, limits: (listed: Listed) => ReadLimits, first: readonly Listed[]): Batch {
  const child = spawn(git.executable, gitWords(git, ['cat-file', '--batch', '--buffer']), {
    cwd: git.cwd,
    env: git.env,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const waiting: Listed[] = [...first];
  let answers: { listed: Listed; object: GitObject | undefined }[] = [];
  let restart = false;
  let over = false;
  let exhausted = false;
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const parser = parseBatch({
    limits: () => limits(waiting[0] as Listed),
    done: (object, again) => {
      answers.push({ listed: waiting.shift() as Listed, object });
      restart ||= again;
    },
  });
  if (first.length > 0) child.stdin.write(`${first.map(({ oid }) => oid).join('\n')}\n`);

  /** Asks for what the list has, as much at a time as it has, so that git reads the first objects while the list is still made. */
  async function fill(source: AsyncIterator<readonly Listed[]>): Promise<void> {
    while (waiting.length < window && !over) {
      const next = await source.next();
      if (next.done) {
        exhausted = true;
        child.stdin.end();
        return;
      }
      if (next.value.length === 0) continue;
      for (const listed of next.value) waiting.push(listed);
      child.stdin.write(`${next.value.map(({ oid }) => oid).join('\n')}\n`);
    }
  }

  return {
    waiting,
    exhausted: () => exhausted,
    async *run(source) {
      let filling: Promise<void> | undefined;
      let failure: unknown;
      const refill = (): void => {
        filling = fill(source)
          // Without the rest of its list git would wait for ever.
          .catch((error: unknown) => {
            failure = error ?? new Error('the list failed');
            child.kill('SIGKILL');
          })
          .finally(() => {
            filling = undefined;
          });
      };
      refill();
      for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
        parser.feed(chunk, () => restart);
        const ready = answers;
        answers = [];
        yield* ready;
        if (restart) break;
        if (waiting.length < window / 2 && !filling && !child.stdin.writableEnded) refill();
      }
      over = true;
      await filling;
      if (failure !== undefined) throw failure;
      if (restart) return;
      // Git ends at a damaged object: that one is reported missing, and what was asked behind it is asked again.
      const culprit = waiting.shift();
      if (culprit) yield { listed: culprit, object: undefined };
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
