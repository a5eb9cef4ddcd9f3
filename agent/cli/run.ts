import { Exit, type ExitCode } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { displayText } from '../model/path.ts';
import { isQuiet } from '../model/secrets/quiet.ts';
import { isPlain } from '../report/plain.ts';
import { type Command, helpOf, type Io, parseArguments, UsageError, usage } from './command.ts';

export interface Entry {
  summary: string;
  load: () => Promise<{ command: Command }>;
  /** It prints through the mask of its own judgement, or nothing of a repository. */
  masksItself?: boolean;
  /** It prints little, and seldom anything that could be a secret: the mask is loaded when there is such a text. */
  masksLate?: boolean;
}

/** Runs one command with the words after its name. Whatever breaks, the answer is an exit code and a line that says so. */
export async function runCommand(entry: Entry, rest: readonly string[], io: Io): Promise<ExitCode> {
  let safe = io;
  try {
    const { command } = await entry.load();
    if (rest.includes('--help') || rest.includes('-h')) {
      io.out(helpOf(command, rest, io.width));
      return Exit.pass;
    }
    const late = entry.masksLate ? shieldedLate(io) : undefined;
    if (!entry.masksItself) safe = late?.io ?? (await shielded(io));
    try {
      return await command.run(parseArguments(command, rest), safe);
    } finally {
      await late?.done();
    }
  } catch (error) {
    if (error instanceof UsageError) return usage(await shielded(io), error.message);
    const known =
      error instanceof GitFailure
        ? `${error.problem.message} [${error.problem.code}]`
        : undeliverable(error as NodeJS.ErrnoException);
    if (known === undefined || io.env['PREGATE_DEBUG']) return unexpected(error, safe);
    (await shielded(io)).err(`pregate: ${displayText(known)}\n`);
    return Exit.couldNotCheck;
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

/** As `shielded`, but what needs no mask is printed at once, and the rest, in its order, when the mask has been loaded. */
function shieldedLate(io: Io): { io: Io; done: () => Promise<void> } {
  let shield: ((text: string) => string) | undefined;
  let loading: Promise<void> | undefined;
  const waiting: (() => void)[] = [];
  const load = async () => {
    ({ shield } = await import('../report/shield.ts'));
    for (const print of waiting.splice(0)) print();
  };
  const masked = (print: (text: string) => void) => (text: string) => {
    if (shield) print(shield(text));
    else if (!loading && (isPlain(text) || isQuiet(text))) print(text);
    else {
      waiting.push(() => print((shield as (text: string) => string)(text)));
      loading ??= load();
    }
  };
  const own = { out: masked((text) => io.out(text)), err: masked((text) => io.err(text)) };
  return { io: Object.assign(Object.create(io) as Io, own), done: async () => loading };
}

/** What a person can mend when the file system said no; the words of the system are its own, and the path is masked like all else. */
function undeliverable({ code, path }: NodeJS.ErrnoException): string | undefined {
  const denied = {
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EROFS: 'the file system is read-only',
  };
  const other = { ENOTDIR: 'a file stands where a folder belongs', EEXIST: 'something else stands there' };
  const full = { ENOSPC: 'the disk is full', EDQUOT: 'the quota is used up' };
  const words = { ...denied, ...other, ...full }[code ?? ''];
  return words === undefined
    ? undefined
    : `${path ?? 'a file'} could not be used: ${words} (${code}). Nothing was checked. [file-system]`;
}

/** The last line of defence: whatever broke, the answer is "could not check", never "passed". */
function unexpected(error: unknown, io: Io): ExitCode {
  const kind = error instanceof Error ? error.name : 'error';
  // The text of an exception may quote what was being read (JSON.parse does), so only its frames are told.
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  const detail = io.env['PREGATE_DEBUG'] ? `\n${frames.join('\n')}` : '';
  io.err(
    `pregate: something broke (${kind}); nothing was checked and nothing was changed. PREGATE_DEBUG=1 shows where. [internal]${detail}\n`,
  );
  return Exit.couldNotCheck;
}
