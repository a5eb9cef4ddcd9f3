import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isOid } from '../../git/run.ts';

/** Commits that git makes one after the other: a rebase, or several that are picked or reverted. */
export interface Sequence {
  /** The commit they are made on. */
  from: string;
  /** Where HEAD was before, and is again when they are taken back. */
  before: string;
  /** Another one is to be made. */
  more: boolean;
}

const committing = /^(pick|p|reword|r|edit|e|squash|s|fixup|f|merge|m|revert)\s/;

/**
 * What git is about to do in this repository (`rebase-merge/`, `sequencer/`), or undefined when nothing is under way.
 * Whoever changes this changes `commits_in` in `hooks/dispatch`, which answers in the shell where there is more to come.
 */
export function sequenceIn(gitDir: string): Sequence | undefined {
  const rebase = listIn(path.join(gitDir, 'rebase-merge', 'git-rebase-todo'), 0);
  if (rebase) {
    const from = idIn(path.join(gitDir, 'rebase-merge', 'onto'));
    const before = idIn(path.join(gitDir, 'rebase-merge', 'orig-head'));
    return from && before ? { from, before, more: rebase.some((line) => committing.test(line)) } : undefined;
  }
  // The list of a rebase holds what is left; that of a pick begins with the one that was made just now.
  const picks = listIn(path.join(gitDir, 'sequencer', 'todo'), 1);
  const from = picks && idIn(path.join(gitDir, 'sequencer', 'head'));
  return from ? { from, before: from, more: picks.some((line) => committing.test(line)) } : undefined;
}

function listIn(file: string, done: number): string[] | undefined {
  const text = textIn(file);
  return text
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .slice(done);
}

function idIn(file: string): string | undefined {
  const id = textIn(file)?.trim();
  return id !== undefined && isOid(id) ? id : undefined;
}

function textIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
