import { type Io, UsageError } from '../command.ts';

/** Keys of a terminal, one after the other. */
export interface Keys {
  /** The next key as its character, `enter`, `backspace` or `escape`; `end` when there is no more. */
  next(): Promise<string>;
  close(): void;
}

type Raw = Io['stdin'] & { setRawMode?: (raw: boolean) => unknown; pause?: () => unknown; unref?: () => unknown };

/**
 * Reads single keys. The terminal is put back as it was by `close`. Without a terminal nobody can answer: `UsageError`.
 */
export function readKeys(io: Io): Keys {
  const input = io.stdin as Raw;
  if (!io.terminal || !input.isTTY) throw new UsageError('there is no terminal to ask on. Nothing was changed');
  input.setRawMode?.(true);
  const waiting: string[] = [];
  let wake: (() => void) | undefined;
  let ended = false;
  const onData = (chunk: Buffer | string): void => {
    waiting.push(...keysOf(chunk.toString()));
    wake?.();
  };
  const onEnd = (): void => {
    ended = true;
    wake?.();
  };
  input.on('data', onData);
  input.on('end', onEnd);
  return {
    async next() {
      while (waiting.length === 0 && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift() ?? 'end';
    },
    close() {
      input.off('data', onData);
      input.off('end', onEnd);
      input.setRawMode?.(false);
      input.pause?.();
    },
  };
}

/** Arrows and other keys that send several characters are one key without a meaning here. */
function keysOf(chunk: string): string[] {
  const keys: string[] = [];
  for (const [part] of chunk.matchAll(/\u001b\[[0-9;]*[A-Za-z~]|\u001bO.|[\s\S]/gu)) {
    if (part === '\r' || part === '\n') keys.push('enter');
    else if (part === '\u007f' || part === '\b') keys.push('backspace');
    else if (part === '\u0003' || part === '\u0004') keys.push('end');
    else if (part.startsWith('\u001b')) keys.push('escape');
    else if (part >= ' ') keys.push(part);
  }
  return keys;
}
