import { createInterface } from 'node:readline/promises';
import { type Io, UsageError } from './command.ts';

/**
 * Asks one question that is answered by y or n. Without a terminal nobody can answer, so the command must have been given
 * `--yes`: a script never hangs and never agrees by accident.
 */
export async function confirm(io: Io, question: string): Promise<boolean> {
  if (!io.terminal || !io.stdin.isTTY)
    throw new UsageError('there is no terminal to ask on; add --yes. Nothing was changed');
  const reader = createInterface({ input: io.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await reader.question(`${question} [y/N] `)).trim());
  } finally {
    reader.close();
  }
}
