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
  let current = pid;
  for (let depth = 0; depth < 6 && current > 1; depth++) {
    const words = commandLineOf(current);
    if (!words) return undefined;
    if (/(^|[/\\])git(\.exe)?$/.test(words[0] ?? '')) return words.slice(1);
    const parent = parentOf(current);
    if (parent === undefined) return undefined;
    current = parent;
  }
  return undefined;
}

/** Reads the signing switch from git's words: true for `-S`, false for `--no-gpg-sign`, undefined when neither is there. */
export function signingSwitch(words: readonly string[]): boolean | undefined {
  let answer: boolean | undefined;
  for (const word of words) {
    if (word === '--') break;
    if (word === '--no-gpg-sign') answer = false;
    // Short options may be joined (`-aSm text`); everything after `m`, `F`, `c`, `C` or `t` is their value.
    else if (word === '--gpg-sign' || word.startsWith('--gpg-sign=') || /^-[a-ln-zA-BD-EG-Z]*S/.test(word))
      answer = true;
  }
  return answer;
}
