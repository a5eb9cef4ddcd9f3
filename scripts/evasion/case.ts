import type { Repo } from '../../test/git/support.ts';

/** One way to get a secret past whoever looks. */
export interface Case {
  /** What a person would call it; the row's name in `docs/evasion.md` and the test's. */
  name: string;
  /**
   * Plants the secret in a repository whose `main` has been pushed. What it stages is committed without hooks afterwards,
   * as `--no-verify` would.
   */
  plant: (r: Repo, secret: string) => void;
  /** Full names of the refs that are pushed. Default: `refs/heads/main`. */
  refs?: string[];
  /** The commit itself is no evidence: only what a push sends holds it. */
  pushOnly?: boolean;
  /** Why we do not find it. Without this, not finding it is an error. */
  missed?: string;
  /** Why it need not be found: nothing secret leaves with this push. */
  harmless?: string;
}

export const line = (secret: string): string => `TOKEN=${secret}\n`;

/** Adds everything and commits it without hooks. */
export function commitAll(r: Repo, message = 'work'): string {
  r.git('add', '-A', '-f');
  r.git('commit', '-q', '--no-verify', '-m', message);
  return r.git('rev-parse', 'HEAD');
}

/** Writes an object as it is and returns its id. */
export function object(r: Repo, type: 'blob' | 'tree' | 'commit' | 'tag', content: string | Buffer): string {
  const words = ['hash-object', '-w', '--literally', '-t', type, '--stdin'];
  const made = r.tryGit(words, { input: content as string });
  if (made.code !== 0) throw new Error(made.output);
  return made.output.trim();
}

/** A commit object on the tip of `main` with the headers and the message that are asked for. */
export function commitObject(r: Repo, more: { headers?: string[]; person?: string; message?: string }): string {
  const person = more.person ?? 'Test Person <person@example.com>';
  const lines = [
    `tree ${r.git('rev-parse', 'HEAD^{tree}')}`,
    `parent ${r.git('rev-parse', 'HEAD')}`,
    `author ${person} 1767225600 +0000`,
    `committer ${person} 1767225600 +0000`,
    ...(more.headers ?? []),
    '',
    more.message ?? 'work',
    '',
  ];
  return object(r, 'commit', lines.join('\n'));
}
