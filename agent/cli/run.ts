import { Exit, type ExitCode } from '../gate/types.ts';
import { type Command, helpOf, type Io, parseArguments, UsageError, usage } from './command.ts';

export interface Entry {
  summary: string;
  load: () => Promise<{ command: Command }>;
  /** It prints through the mask of its own judgement, or nothing of a repository. */
  masksItself?: boolean;
}

/** Runs one command with the words after its name. Whatever breaks, the answer is an exit code and a line that says so. */
export async function runCommand(entry: Entry, rest: readonly string[], io: Io): Promise<ExitCode> {
  let safe = io;
  try {
    const { command } = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(helpOf(command, rest));
      return Exit.pass;
    }
    if (!entry.masksItself) safe = await shielded(io);
    return await command.run(parseArguments(command, rest), safe);
  } catch (error) {
    if (error instanceof UsageError) return usage(await shielded(io), error.message);
    return unexpected(error, safe);
  }
}

/**
 * An `Io` whose words are looked through for secrets before they are printed: addresses of remotes, subjects of commits
 * and names of keys may hold some, and no command but `check` knows which.
 */
async function shielded(io: Io): Promise<Io> {
  const { shield } = await import('../report/shield.ts');
  const masked = { out: (text: string) => io.out(shield(text)), err: (text: string) => io.err(shield(text)) };
  // Not a copy, which would ask for standard input at once.
  return Object.assign(Object.create(io) as Io, masked);
}

/** The last line of defence: whatever broke, the answer is "could not check", never "passed". */
function unexpected(error: unknown, io: Io): ExitCode {
  const kind = error instanceof Error ? error.name : 'error';
  // The text of an exception may quote what was being read (JSON.parse does), so only its frames are told.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const detail = io.env['PREGATE_DEBUG'] ? `\n${frames.join('\n')}` : '';
  io.err(
    `pregate: something broke (${kind}); nothing was checked and nothing was changed. PREGATE_DEBUG=1 shows where.${detail}\n`,
  );
  return Exit.couldNotCheck;
}
