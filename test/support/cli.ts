import { Readable } from 'node:stream';
import type { Io } from '../../agent/cli/command.ts';
import { main } from '../../agent/main.ts';

export interface CliResult {
  code: number;
  out: string;
  err: string;
}

/** Runs one command line in this process, with its output caught. */
export async function runCli(
  words: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; input?: string; width?: number },
): Promise<CliResult> {
  const result: CliResult = { code: -1, out: '', err: '' };
  const io: Io = {
    cwd: options.cwd,
    env: options.env,
    stdin: Readable.from([options.input ?? '']),
    out: (text) => {
      result.out += text;
    },
    err: (text) => {
      result.err += text;
    },
    width: options.width ?? 100,
    terminal: false,
    color: false,
  };
  result.code = await main(words, io);
  return result;
}
