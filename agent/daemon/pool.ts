import type { Worker } from 'node:worker_threads';
import type { Answer, Request } from './protocol.ts';
import type { Done, Job } from './worker.ts';

/** What a hook is told that must look for itself. */
export const cold: Answer = { code: 'cold', tree: '0'.repeat(40), text: '' };

/** Threads at once. One serves nearly everything; the second is for commits while a push is judged. */
const most = 2;
/** A second thread that nobody needed for so long goes, with its 30 MB. */
const idle = 60_000;

/** Milliseconds a thread that was told to end may take for it. */
const stubborn = 10_000;

interface Thread {
  worker: Worker;
  job: { id: number; finish: (answer: Answered) => void } | undefined;
  used: number;
  /** It has answered once, so that its program can be loaded. */
  works: boolean;
}

/** An answer, and what has become of the pipe that a thread was lent for it. */
export interface Answered extends Answer {
  /** `written`: the thread has said it there. `busy`: it was given up, and may say something still. */
  pipe?: 'written' | 'busy';
}

export interface Pool {
  /**
   * Never rejects: what fails or takes longer than the deadline is `cold`, and its thread is ended. `pipe` is the number of an open
   * one into which the thread may write a short answer itself: that spares the hook a change of threads.
   */
  run: (request: Request, milliseconds: number, pipe?: number) => Promise<Answered>;
  /** True while no thread has anything to do. */
  idle: () => boolean;
  threads: () => number;
  /** Ends what is not needed any more. */
  trim: () => void;
  close: () => Promise<void>;
}

/** Threads in a row that may end before they have answered anything: their program is gone or broken. */
const failures = 5;

/**
 * Starts one thread; `start` makes a worker that answers `Job` with `Done`. `giveUp` ends the process when no thread stays
 * or one cannot be ended: another daemon takes its place, and starting threads without end would keep a core busy.
 */
export function startPool(start: () => Worker, giveUp: () => void = () => process.exit(1)): Pool {
  const threads: Thread[] = [];
  const waiting: { request: Request; pipe: number | undefined; finish: (answer: Answered) => void }[] = [];
  let ids = 0;
  let closed = false;
  let failed = 0;
  add();

  function add(): void {
    const thread: Thread = { worker: start(), job: undefined, used: Date.now(), works: false };
    threads.push(thread);
    thread.worker.on('message', ({ id, answer, written }: Done) => {
      if (thread.job?.id !== id) return;
      const { finish } = thread.job;
      thread.job = undefined;
      thread.used = Date.now();
      thread.works = true;
      failed = 0;
      finish(written ? { ...answer, pipe: 'written' } : answer);
      pump();
    });
    thread.worker.on('error', () => {});
    thread.worker.on('exit', () => drop(thread));
  }

  /**
   * Ends a thread that takes too long, and has another do what waits. One that cannot be ended hangs in the system: the
   * process goes with it, and the next hook starts another.
   */
  function end(thread: Thread): void {
    const hopeless = setTimeout(giveUp, stubborn);
    thread.worker.once('exit', () => clearTimeout(hopeless));
    void thread.worker.terminate();
    drop(thread);
  }

  /** A thread that has ended: its hook looks for itself, and another thread takes its place. */
  function drop(thread: Thread): void {
    const at = threads.indexOf(thread);
    if (at === -1) return;
    threads.splice(at, 1);
    thread.job?.finish(cold);
    thread.job = undefined;
    if (closed) return;
    if (!thread.works && ++failed >= failures) {
      closed = true;
      giveUp();
      return;
    }
    if (threads.length === 0) add();
    pump();
  }

  function pump(): void {
    while (waiting.length > 0) {
      let thread = threads.find((one) => one.job === undefined);
      if (!thread) {
        if (threads.length >= most) return;
        add();
        thread = threads.at(-1) as Thread;
      }
      const { request, pipe, finish } = waiting.shift() as (typeof waiting)[number];
      thread.job = { id: ++ids, finish };
      thread.worker.postMessage({ id: ids, request, pipe } satisfies Job);
    }
  }

  return {
    run(request, milliseconds, pipe) {
      return new Promise((resolve) => {
        const finish = (answer: Answered) => {
          clearTimeout(timer);
          resolve(answer);
        };
        const entry = { request, pipe, finish };
        const timer = setTimeout(() => {
          const queued = waiting.indexOf(entry);
          resolve(queued === -1 && pipe !== undefined ? { ...cold, pipe: 'busy' } : cold);
          if (queued !== -1) waiting.splice(queued, 1);
          const late = threads.find((one) => one.job?.finish === finish);
          if (late) end(late);
        }, milliseconds);
        waiting.push(entry);
        pump();
      });
    },
    idle: () => waiting.length === 0 && threads.every((one) => one.job === undefined),
    threads: () => threads.length,
    trim() {
      const spare = threads.slice(1).filter((one) => one.job === undefined && Date.now() - one.used > idle);
      for (const thread of spare) void thread.worker.terminate();
    },
    async close() {
      closed = true;
      await Promise.all(threads.map((thread) => thread.worker.terminate()));
    },
  };
}
