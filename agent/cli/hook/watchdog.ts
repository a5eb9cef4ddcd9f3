import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Progress } from '../../gate/collect/run.ts';
import { Exit } from '../../gate/types.ts';
import { grouped } from '../../model/grouped.ts';
import { statOf } from '../../system/process.ts';
import type { HookIo } from '../hook.ts';

/** Monotonic time. `performance` would do, but its first use loads a module, 0.7 ms of a cold start. */
export function milliseconds(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}

/**
 * A hook that makes no progress for so many ticks of a second closes the gate. Ticks are counted, not the clock read: while
 * this process itself is kept from running (a machine with too much to do, or one that slept), nothing could have moved,
 * and what came in meanwhile is read before the next tick.
 */
const patience = 8;
/**
 * A git that works, or waits for a processor or the disk, is not one that hangs: such a second counts for an eighth, so that
 * a slow machine alone does not close the gate, and a git that works for ever still does.
 */
const atWork = 1 / 8;
const second = 1000;
/** Below this size judging cannot take seconds, so the thread that watches over it (10 ms to start) is not started. */
const smallBytes = 1_000_000;

export interface Watchdog {
  /** Reading begins, perhaps once more: what was judged is no longer watched. */
  reading: () => void;
  /** Something was done: the time starts anew. */
  progress: (progress: Progress) => void;
  /** Reading is over; judging does not yield to timers, so a thread of its own watches over large inputs. */
  judging: (bytes: number) => void;
  /** Takes the progress line off the terminal. */
  clear: () => void;
  stop: () => void;
}

/** For a run inside a daemon, whose main thread does the watching. */
export const unwatched: Watchdog = { reading() {}, progress() {}, judging() {}, clear() {}, stop() {} };

/**
 * Watches over one hook: says what it is doing once a second has passed, and closes the gate when nothing moves any more.
 * Progress goes to stderr, as one line that is drawn over on a terminal, and as a line every five seconds elsewhere.
 */
export function startWatchdog(io: HookIo, what: string, tick = second): Watchdog {
  const started = milliseconds();
  let told = started - 4000;
  let drawn = false;
  let guard: Worker | undefined;
  let quiet = 0;
  let ticks = 0;
  let timer = start();

  function start(): NodeJS.Timeout {
    quiet = ticks = 0;
    return setInterval(() => {
      ticks += 1;
      quiet += childrenWork() ? atWork : 1;
      if (quiet >= patience) give();
    }, tick);
  }

  function give(): void {
    clearInterval(timer);
    clear();
    io.err(
      `Pregate could not check this ${what}: nothing moved for ${ticks} s. It stopped for that reason.\nNothing was changed. Try again; if it stays so: pregate doctor\n`,
    );
    (io.exit ?? process.exit)(Exit.couldNotCheck);
  }

  function clear(): void {
    if (drawn) io.err('\r\u001b[K');
    drawn = false;
  }

  return {
    reading() {
      clearInterval(timer);
      void guard?.terminate();
      guard = undefined;
      timer = start();
    },
    progress({ done, total, label, unit }) {
      quiet = ticks = 0;
      const now = milliseconds();
      // What is done needs no line: the verdict follows, and should be the first one.
      if (now - started < 1000 || (total > 0 && done >= total)) return;
      const terminal = process.stderr.isTTY === true && !process.env['NO_COLOR'];
      if (now - told < (terminal ? 100 : 5000)) return;
      told = now;
      const of = total > 0 ? ` of ${grouped(total)}` : '';
      const text = `Pregate: ${label}${unit ? ',' : ''} ${grouped(done)}${of}${unit ? ` ${unit}` : ''}`;
      io.err(terminal ? `\r\u001b[K${text}` : `${text}\n`);
      drawn = terminal;
    },
    judging(bytes) {
      clearInterval(timer);
      if (bytes < smallBytes) return;
      // Judging reports no progress of its own: it gets a second more for each megabyte.
      guard = startGuard((patience + Math.ceil(bytes / smallBytes)) * second, what);
    },
    clear,
    stop() {
      clearInterval(timer);
      void guard?.terminate();
    },
  };
}

/** Whether a process that this one has started runs, may run, or waits for the disk (proc(5), `stat`). Elsewhere: no. */
function childrenWork(): boolean {
  try {
    return readdirSync('/proc/self/task')
      .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' '))
      .some((pid) => /[RD]/.test((pid !== '' && statOf(Number(pid))?.state) || ''));
  } catch {
    return false;
  }
}

/**
 * A thread that ends the process when its time is over. It cannot choose the exit code of the process, but git takes death
 * by a signal as "no" too.
 */
function startGuard(limit: number, what: string): Worker {
  const message = `Pregate could not check this ${what} in ${Math.round(limit / 1000)} s. It stopped for that reason.\n`;
  const guard = new Worker(guardSource, { eval: true, workerData: { milliseconds: limit, message } });
  guard.on('error', () => writeSync(2, 'Pregate: the watchdog could not be started.\n'));
  guard.unref();
  return guard;
}

const guardSource = `
const { workerData } = require('node:worker_threads');
setTimeout(() => {
  require('node:fs').writeSync(2, workerData.message);
  process.kill(process.pid, 'SIGKILL');
}, workerData.milliseconds);
`;
