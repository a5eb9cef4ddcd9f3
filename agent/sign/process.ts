import { commandLineOf, parentOf } from '../system/process.ts';

/**
 * What the person typed after `git`, as far as the operating system tells: git does not pass `-S` or `--no-gpg-sign` on to
 * its hooks. Looks at up to six ancestors of this process, since hook managers put shells in between.
 * Undefined where it cannot be known; then the configuration alone answers.
 */
export function gitArguments(pid?: number): string[] | undefined {
  // Of another process nothing is kept: a daemon meets the same number again for another command.
  if (pid !== undefined) return findGitArguments(pid);
  own ??= { words: findGitArguments(process.ppid) };
  return own.words;
}

/** Asked by who looks for `--amend` and by who looks for `-S`; the answer stays the same while the hook runs. */
let own: { words: string[] | undefined } | undefined;

function findGitArguments(pid: number): string[] | undefined {
  return nearestGit(pid)?.words;
}

/** What the git says that has started this one: `rebase`, `cherry-pick` and `revert` run `git commit` for some commits. */
export function callersArguments(pid: number = process.ppid): string[] | undefined {
  const found = nearestGit(pid);
  const parent = found && parentOf(found.pid);
  return parent === undefined ? undefined : behindGit(commandLineOf(parent) ?? []);
}

function nearestGit(pid: number): { pid: number; words: string[] } | undefined {
  let current = pid;
  for (let depth = 0; depth < 6 && current > 1; depth++) {
    const line = commandLineOf(current);
    if (!line) return undefined;
    const words = behindGit(line);
    if (words) return { pid: current, words };
    const parent = parentOf(current);
    if (parent === undefined) return undefined;
    current = parent;
  }
  return undefined;
}

/** The words behind `git`, or undefined when this is another program. */
function behindGit(line: readonly string[]): string[] | undefined {
  return /(^|[/\\])git(\.exe)?$/.test(line[0] ?? '') ? line.slice(1) : undefined;
}
