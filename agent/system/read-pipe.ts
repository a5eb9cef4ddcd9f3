import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Bytes of one read; as much as a pipe holds on Linux. */
const chunkBytes = 65536;

/**
 * All that comes through standard input, up to about `most` bytes. Where the system lets the pipe be opened anew so that
 * reading does not wait, it is read without a stream: the modules for that take 7 ms of a cold start to load.
 */
export async function readPipe(stream: () => NodeJS.ReadableStream, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  const fd = openAnew();
  if (fd === undefined) {
    for await (const chunk of stream()) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= most) break;
    }
    return Buffer.concat(chunks);
  }
  try {
    while (size < most) {
      const chunk = readNow(fd);
      if (chunk?.length === 0) break;
      // A timer, so that the process does other things meanwhile, and the watchdog's goes on.
      if (chunk === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
      else {
        chunks.push(chunk);
        size += chunk.length;
      }
    }
    return Buffer.concat(chunks);
  } finally {
    closeSync(fd);
  }
}

/** Linux opens the pipe itself there, other systems have no such file. */
function openAnew(): number | undefined {
  try {
    return openSync('/proc/self/fd/0', constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

/** What is there now: nothing left when empty, undefined when more will come. */
function readNow(fd: number): Buffer | undefined {
  const chunk = Buffer.allocUnsafe(chunkBytes);
  try {
    return chunk.subarray(0, readSync(fd, chunk, 0, chunkBytes, null));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return undefined;
    throw error;
  }
}
