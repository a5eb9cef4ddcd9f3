import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/**
 * Reads from a file by its handle (`size` in bytes, as it was when it was opened) and closes it whatever happens. Undefined when
 * it cannot be opened; what `read` throws is thrown.
 */
export function whileOpen<T>(file: string, read: (handle: number, size: number) => T): T | undefined {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch {
    return undefined;
  }
  try {
    return read(handle, fstatSync(handle).size);
  } finally {
    closeSync(handle);
  }
}

/** The last bytes of an open file of that size, at most so many. */
export function endOf(handle: number, size: number, most: number): Buffer {
  const end = Buffer.alloc(Math.min(size, most));
  readSync(handle, end, 0, end.length, size - end.length);
  return end;
}
