import type { CommitWords } from '../../git/commit-words.ts';
import { configFlag, configValue, type GitConfig } from '../../git/config-list.ts';

/**
 * What git will keep of the message file it hands to `commit-msg` (git-commit `--cleanup`).
 * Without an editor (`-m`, `-F`: git then sets `GIT_EDITOR=:`) comment lines stay, so they are kept and checked; with an
 * editor, comment lines will be removed, and with `-v` or `--cleanup=scissors` everything below the scissors line: a secret
 * there is in no commit. `message` is the file's bytes; the result is bytes too, with nothing else changed. `typed` is what was
 * typed behind `git commit`; where that is unknown, a scissors line in an editor's text is taken for git's own.
 */
export function keptMessage(
  message: Buffer,
  config: GitConfig,
  env: NodeJS.ProcessEnv,
  typed?: Pick<CommitWords, 'cleanup' | 'verbose'>,
): Buffer {
  const mode = typed?.cleanup ?? configValue(config, 'commit.cleanup') ?? 'default';
  const edited = env['GIT_EDITOR'] !== ':';
  const verbose = typed?.verbose ?? isVerbose(config);
  const comment = commentPrefix(message, config);
  const cut = verbose || (edited && (mode === 'scissors' || !typed)) ? aboveScissors(message, comment) : message;
  return mode === 'strip' || (mode === 'default' && edited) ? withoutComments(cut, comment) : cut;
}

/** `commit.verbose` is a boolean or a number. */
function isVerbose(config: GitConfig): boolean {
  return configFlag(config, 'commit.verbose') ?? Number(configValue(config, 'commit.verbose') ?? 0) > 0;
}

/** `core.commentChar`, by default `#`. With `auto` git chose one that no line of the message began with: it is in the template. */
function commentPrefix(message: Buffer, config: GitConfig): string {
  const set = configValue(config, 'core.commentstring') ?? configValue(config, 'core.commentchar') ?? '#';
  if (set !== 'auto') return set;
  const lines = message.toString('latin1').split('\n');
  const last = lines.filter((line) => line !== '').at(-1) ?? '#';
  return '#;@!$%^&|:'.includes(last[0] ?? ' ') ? (last[0] as string) : '#';
}

/** The line git writes above a diff, followed by its own comment; a line of that look alone is the person's text. */
function aboveScissors(message: Buffer, comment: string): Buffer {
  const line = Buffer.from(`${comment} ------------------------ >8 ------------------------\n`);
  for (let at = message.indexOf(line); at !== -1; at = message.indexOf(line, at + 1)) {
    const startsLine = at === 0 || message[at - 1] === 10;
    if (startsLine && message.subarray(at + line.length).toString('utf8', 0, comment.length) === comment) {
      return message.subarray(0, at);
    }
  }
  return message;
}

function withoutComments(message: Buffer, comment: string): Buffer {
  const prefix = Buffer.from(comment);
  const kept: Buffer[] = [];
  let at = 0;
  while (at < message.length) {
    const newline = message.indexOf(10, at);
    const end = newline === -1 ? message.length : newline + 1;
    const line = message.subarray(at, end);
    if (!line.subarray(0, prefix.length).equals(prefix)) kept.push(line);
    at = end;
  }
  return Buffer.concat(kept);
}
