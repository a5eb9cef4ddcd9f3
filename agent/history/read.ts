import { spawn } from 'node:child_process';
import { type GitObject, parseBatch, type ReadLimits } from '../git/objects.ts';
import { type Git, hardening } from '../git/run.ts';
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
  list: AsyncIterable<Listed>,
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
    if (batch.waiting.length === 0) return;
    left = batch.waiting;
  }
}

interface Batch {
  /** Asked for, and not answered. */
  waiting: Listed[];
  run: (source: AsyncIterator<Listed>) => AsyncGenerator<{ listed: Listed; object: GitObject | undefined }>;
  stop: () => void;
}

function startBatch(git: Git, limits: (listed: Listed) => ReadLimits, first: readonly Listed[]): Batch {
  const child = spawn(git.executable, [...hardening, 'cat-file', '--batch', '--buffer'], {
    cwd: git.cwd,
    env: git.env,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const waiting: Listed[] = [...first];
  let answers: { listed: Listed; object: GitObject | undefined }[] = [];
  let restart = false;
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

  async function fill(source: AsyncIterator<Listed>): Promise<void> {
    let lines = '';
    while (waiting.length < window) {
      const next = await source.next();
      if (next.done) {
        child.stdin.end(lines);
        return;
      }
      waiting.push(next.value);
      lines += `${next.value.oid}\n`;
    }
    child.stdin.write(lines);
  }

  return {
    waiting,
    async *run(source) {
      await fill(source);
      for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
        parser.feed(chunk, () => restart);
        const ready = answers;
        answers = [];
        yield* ready;
        if (restart) return;
        if (waiting.length < window / 2 && !child.stdin.writableEnded) await fill(source);
      }
      // Git ends at a damaged object: that one is reported missing, and what was asked behind it is asked again.
      const culprit = waiting.shift();
      if (culprit) yield { listed: culprit, object: undefined };
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
