import type { Worker } from 'node:worker_threads';
import { keepScan } from '../model/secrets/index.ts';
import type { Document } from '../model/types.ts';
import type { Rule } from '../rules/rule.ts';
import { type Look, lookAt } from './look.ts';
import type { Batch } from './worker.ts';

/** Looks at documents for secrets on every core there is, before they are judged; what judges them need not look again. */
export interface Scanner {
  /**
   * Takes a document that was made from its bytes. `done` is told what the look says, in this thread, at any later time.
   * Where a promise is returned, whoever reads should wait for it before reading on: it bounds what lies here.
   */
  take(document: Document, done: (look: Look) => void): Promise<void> | undefined;
  /** Resolves when every document that was taken has been looked at. */
  settle(): Promise<void>;
  /** Ends the threads, also in the middle of a document. */
  close(): void;
}

export interface ScannerOptions {
  /** Threads beside the one that reads, which takes part where the others are not fast enough. */
  threads: number;
  start: () => Worker;
  rules: readonly Rule[];
  /** Bytes after which another thread is worth its start: it has its program to load and to warm up. */
  worth?: number;
}

/** Bytes of one message, bytes on the way to a thread, and bytes that wait for a thread to have time. */
const batchBytes = 256 * 1024;
const aheadBytes = 1024 * 1024;
const waitingBytes = 4 * 1024 * 1024;

interface Task {
  document: Document;
  done: (look: Look) => void;
}

interface Thread {
  worker: Worker;
  batches: { tasks: Task[]; bytes: number }[];
  bytes: number;
}

/**
 * Starts threads as there is work for them. A thread that breaks costs time and nothing else: what it had is looked at
 * here, and without any thread everything is.
 */
export function startScanner({ threads: most, start, rules, worth = 6_000_000 }: ScannerOptions): Scanner {
  const threads: Thread[] = [];
  let waiting: Task[] = [];
  let first = 0;
  let bytes = 0;
  let taken = 0;
  let started = 0;
  let wake: (() => void) | undefined;

  function addThread(): void {
    started++;
    let worker: Worker;
    try {
      worker = start();
    } catch {
      return;
    }
    worker.unref();
    const thread: Thread = { worker, batches: [], bytes: 0 };
    threads.push(thread);
    worker.on('message', (looks: readonly Look[]) => {
      const batch = thread.batches.shift();
      if (!batch) return;
      thread.bytes -= batch.bytes;
      for (const [index, task] of batch.tasks.entries()) finish(task, looks[index]);
      feed();
      wake?.();
    });
    const lost = () => drop(thread);
    worker.on('error', lost);
    worker.on('exit', lost);
  }

  function finish({ document, done }: Task, look: Look): void {
    if (look === 'silent') keepScan(document, { hits: [], problems: [] });
    else if (look) keepScan(document, { hits: look, problems: [] });
    done(look);
  }

  function drop(thread: Thread): void {
    const at = threads.indexOf(thread);
    if (at === -1) return;
    threads.splice(at, 1);
    const tasks = thread.batches.flatMap((batch) => batch.tasks);
    waiting = [...tasks, ...waiting.slice(first)];
    first = 0;
    bytes += thread.bytes;
    feed();
    wake?.();
  }

  function next(limit: number): { tasks: Task[]; bytes: number } {
    const batch = { tasks: [] as Task[], bytes: 0 };
    while (first < waiting.length && batch.bytes < limit) {
      const task = waiting[first++] as Task;
      batch.tasks.push(task);
      batch.bytes += task.document.bytes.length;
    }
    bytes -= batch.bytes;
    if (first > 1024 && first > waiting.length / 2) {
      waiting = waiting.slice(first);
      first = 0;
    }
    return batch;
  }

  /** Gives the threads what they can take. */
  function feed(): void {
    for (const thread of threads) {
      while (first < waiting.length && thread.bytes < aheadBytes) {
        const batch = next(batchBytes);
        thread.batches.push(batch);
        thread.bytes += batch.bytes;
        const message = messageOf(batch.tasks, batch.bytes);
        thread.worker.postMessage(message, [message.bytes.buffer as ArrayBuffer]);
      }
    }
  }

  /** Looks at one batch here, and lets the answers of the others in. */
  async function help(): Promise<void> {
    for (const task of next(batchBytes).tasks) finish(task, lookAt(task.document, rules));
    await new Promise((resolve) => setImmediate(resolve));
    feed();
  }

  async function relieve(): Promise<void> {
    while (bytes > waitingBytes / 2) await help();
  }

  return {
    take(document, done) {
      waiting.push({ document, done });
      bytes += document.bytes.length;
      taken += document.bytes.length;
      if (started < most && taken > worth * (started + 1)) addThread();
      if (bytes < batchBytes) return undefined;
      feed();
      return bytes > waitingBytes ? relieve() : undefined;
    },
    async settle() {
      feed();
      for (;;) {
        while (first < waiting.length) await help();
        if (threads.every((thread) => thread.batches.length === 0)) return;
        await waitForThreads();
      }
    },
    close() {
      for (const { worker } of threads.splice(0)) void worker.terminate();
    },
  };

  /** Until a thread has answered or ended. Meanwhile they keep the process alive. */
  async function waitForThreads(): Promise<void> {
    for (const { worker } of threads) worker.ref();
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    wake = undefined;
    for (const { worker } of threads) worker.unref();
  }
}

function messageOf(tasks: readonly Task[], length: number): Batch {
  const bytes = new Uint8Array(length);
  let at = 0;
  const documents = tasks.map(({ document: { path, kind, size, bytes: own } }) => {
    bytes.set(own, at);
    at += own.length;
    return { path, kind, size, length: own.length };
  });
  return { documents, bytes };
}
