/**
 * A second way to ask the daemon, for shells on Linux: no program of git is started for it, which is half of a warm hook.
 *
 * The hook makes two pipes that have no name, writes its request into one, and writes its process number and its random number
 * into the daemon's *door*, a named pipe. The daemon opens the hook's pipes through `/proc/PID/fd` (proc_pid_fd(5)), reads the
 * request, and writes the answer into the other one. So two hooks cannot mix what they say: a line of the door is far shorter than
 * PIPE_BUF, and everything else lies in pipes of their own.
 */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, readSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { Socket } from 'node:net';
import path from 'node:path';
import { readStateFile, writeStateFile } from '../state.ts';
import type { Answered } from './pool.ts';
import { doorBytes, parseRequest, type Request } from './protocol.ts';

/** Numbers that the dispatcher has for its ends: the request, the answer, and the door. */
const ends = { request: 7, answer: 8, door: 9 } as const;

/** What a pipe of Linux holds (pipe(7)); a hook with more to say goes to the socket. */
const pipeSize = 65_536;

export interface Door {
  /** Number of the daemon's end: the shell compares it with the file, and so knows that this very process lives and has it. */
  fd: number;
  close: () => void;
}

/** What a request is told, perhaps in `pipe` already; undefined for one that gets no answer. */
type AnswerTo = (request: Request, pipe: number) => Promise<Answered | undefined>;

/** A thread that was given up may write until it has ended, and the daemon does not outlive one that does not end (`pool.ts`). */
const untilEnded = 15_000;

/**
 * Makes `door` in the daemon's folder and answers at it. Undefined where this cannot be: on a system without `/proc` or
 * `mkfifo`, and where this build has found before that it may not open a hook's pipes (a sandbox, SELinux).
 */
export function openDoor(folder: string, build: string, answer: AnswerTo): Door | undefined {
  if (process.platform !== 'linux') return undefined;
  const shut = path.join(folder, 'door-shut');
  try {
    if (readStateFile(shut) === build) return undefined;
    const temporary = path.join(folder, `d${process.pid}`);
    execFileSync('/usr/bin/mkfifo', ['-m', '600', temporary], { env: {}, stdio: 'ignore' });
    // Held open for writing too, so that it does not end with the first hook that leaves.
    const fd = openSync(temporary, constants.O_RDWR | constants.O_NONBLOCK);
    const file = path.join(folder, 'door');
    renameSync(temporary, file);
    const reader = new Socket({ fd, readable: true, writable: false });
    const close = (): void => {
      reader.destroy();
      rmSync(file, { force: true });
    };
    const refused = (): void => {
      writeStateFile(shut, build);
      close();
    };
    reader.on('error', close);
    readLines(reader, (line) => void serve(line, { door: fstatSync(fd), answer, refused }));
    return { fd, close };
  } catch {
    return undefined;
  }
}

/** Whoever writes without an end of line is no hook. */
function readLines(reader: Socket, tell: (line: string) => void): void {
  let rest = '';
  reader.on('data', (chunk) => {
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = (lines.pop() ?? '').slice(0, 100);
    for (const line of lines) tell(line);
  });
}

/** Answers one hook. What is no hook at the door is not touched: its pipes could be anybody's. */
async function serve(
  line: string,
  { door, answer, refused }: { door: Stats; answer: AnswerTo; refused: () => void },
): Promise<void> {
  const [, pid, nonce] = /^(\d{1,9}) ([0-9A-Za-z-]{1,64})$/.exec(line) ?? [];
  if (pid === undefined || nonce === undefined) return;
  try {
    const file = (end: keyof typeof ends) => `/proc/${pid}/fd/${ends[end]}`;
    // It holds the door open itself, so the number is that of a hook, and of no process in another container.
    const held = statSync(file('door'));
    if (held.ino !== door.ino || held.dev !== door.dev) return;
    const request = readRequest(file('request'));
    if (request?.nonce !== nonce) return;
    // Opened at once: a process of that number could be another one by the time there is an answer.
    const pipe = openSync(file('answer'), constants.O_WRONLY | constants.O_NONBLOCK);
    if (!fstatSync(pipe).isFIFO()) return closeSync(pipe);
    const answered = await answer(request, pipe);
    // Who gets none is told so at once: it would wait five seconds for one that does not come.
    if (!answered) writeAnswer(pipe, Buffer.from(`end ${nonce}\n`), false);
    else if (answered.pipe === 'written') closeSync(pipe);
    else writeAnswer(pipe, doorBytes(request, answered), answered.pipe === 'busy');
  } catch (error) {
    // The hook is gone, or was none. Where its pipes may not be opened, the next ones go to the socket at once.
    if (/^(EACCES|EPERM)$/.test((error as NodeJS.ErrnoException).code ?? '')) refused();
  }
}

/** All of a request is in the pipe before the hook comes to the door. */
function readRequest(file: string): Request | undefined {
  const fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(fd).isFIFO()) return undefined;
    const bytes = Buffer.allocUnsafe(pipeSize);
    return parseRequest(Buffer.from(bytes.subarray(0, readSync(fd, bytes))));
  } finally {
    closeSync(fd);
  }
}

/** The pipe takes 64 KB at once, and the rest as the hook reads. */
function writeAnswer(pipe: number, bytes: Buffer, busy: boolean): void {
  const writer = new Socket({ fd: pipe, readable: false, writable: true });
  writer.on('error', () => writer.destroy());
  writer.setTimeout(untilEnded, () => writer.destroy());
  // Its number must not become that of another file while somebody may write to it.
  if (busy) writer.write(bytes);
  else writer.end(bytes);
}
