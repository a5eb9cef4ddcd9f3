import { closeSync, constants, openSync, statSync } from 'node:fs';
import { isatty, WriteStream } from 'node:tty';

/**
 * Columns of the terminal that a process writes its errors to: a daemon has none of its own, and git's is where the hook's text
 * will stand. Undefined where that is no terminal, and on systems without /proc. It costs a hook that has nothing to say
 * nothing, which asking `stty` would.
 */
export function terminalWidth(pid: number): number | undefined {
  const path = `/proc/${pid}/fd/2`;
  let handle: number | undefined;
  try {
    // A pipe would be waited for, and a file is no terminal.
    if (pid < 2 || !statSync(path).isCharacterDevice()) return undefined;
    handle = openSync(path, constants.O_WRONLY | constants.O_NOCTTY | constants.O_NONBLOCK);
    if (!isatty(handle)) return undefined;
    const stream = new WriteStream(handle);
    // The stream closes it.
    handle = undefined;
    const { columns } = stream;
    stream.destroy();
    return columns > 0 ? columns : undefined;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
