import { fstatSync, statSync, writeSync } from 'node:fs';
import { Exit } from '../gate/types.ts';

/** One of the two streams that a command prints to. */
export interface Writer {
  write: (text: string) => void;
  /** Made only where somebody looks: a terminal has colours and a width. */
  stream: () => NodeJS.WriteStream;
  terminal: boolean;
  /** Nothing that was printed is still on its way. */
  isWritten: () => boolean;
}

/**
 * A writer to standard output (1) or the error stream (2). Node's own stream loads a dozen of its modules, 8 ms of
 * processor time; a file, a pipe and `/dev/null` are written to without it, at once, as Node does with them on POSIX.
 */
export function writerTo(fd: 1 | 2): Writer {
  const stream = () => (fd === 1 ? process.stdout : process.stderr);
  // Without the error stream the exit code still tells.
  const onError = (error: NodeJS.ErrnoException) => fd === 1 && leaveWhenClosed(error);
  if (!isPlainTarget(fd)) {
    const own = stream();
    own.on('error', onError);
    return { write: (text) => void own.write(text), stream, terminal: own.isTTY === true, isWritten: () => false };
  }
  let direct = true;
  const write = (text: string): void => {
    if (text === '') return;
    if (!direct) {
      stream().write(text);
      return;
    }
    const bytes = Buffer.from(text);
    let at = 0;
    try {
      while (at < bytes.length) at += writeSync(fd, bytes, at);
    } catch {
      direct = false;
      // Another process has made the pipe one that does not wait, or nobody reads any more: both are the stream's affair.
      const own = stream();
      own.on('error', onError);
      own.write(bytes.subarray(at));
    }
  };
  return { write, stream, terminal: false, isWritten: () => direct };
}

/** As a shell reports a program that SIGPIPE has ended: 128 and the signal's number. */
const closedPipe = 141;

/**
 * A closed pipe (`pregate check | head`) is the reader's choice and nothing to complain of. Who asks for the exit code
 * (`set -o pipefail`) must not be told that all was looked at and passed; nor where a file takes no more, as on a full disk.
 */
function leaveWhenClosed({ code }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit(process.exitCode ?? closedPipe);
  process.stderr.write(`pregate: the answer could not be written (${code ?? 'error'}) [file-system]\n`);
  process.exit(Exit.couldNotCheck);
}

/** A terminal is written to by its stream, and so is everything on Windows, where pipes and terminals have their own ways. */
function isPlainTarget(fd: number): boolean {
  if (process.platform === 'win32') return false;
  try {
    const target = fstatSync(fd);
    if (target.isFile() || target.isFIFO() || target.isSocket()) return true;
    return target.isCharacterDevice() && target.rdev === statSync('/dev/null').rdev;
  } catch {
    return false;
  }
}
