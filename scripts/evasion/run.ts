import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { runHook } from '../../agent/cli/hook.ts';
import { check } from '../../agent/gate/check.ts';
import type { Report, Scope } from '../../agent/gate/types.ts';
import { type Repo, repo, type Sandbox } from '../../test/git/support.ts';
import { generateSecret } from '../../test/support/secrets.ts';
import type { Case } from './case.ts';
import { contentCases } from './content.ts';

const zero = '0'.repeat(40);

/** What was said about one case at the commit (undefined: there is none that would show it) and at the push. */
export interface Seen {
  commit: boolean | undefined;
  push: boolean;
}

/** Numbers of the cases that a scanner has named, at the moment it was asked. */
export type Named = (r: Repo) => Promise<Set<number>> | Set<number>;

/** A repository whose `main` has been pushed. Making one takes a dozen processes, so it is copied for each case. */
export function template(box: Sandbox): () => Repo {
  const first = box.repository('template');
  first.commit('README', 'hello\n');
  box.repository('origin.git', '--bare');
  first.git('remote', 'add', 'origin', box.at('origin.git'));
  first.git('push', '-q', 'origin', 'main');
  let made = 0;
  return () => {
    const dir = box.at(`case-${++made}`);
    cpSync(first.dir, dir, { recursive: true });
    return repo(dir, box.env);
  };
}

/**
 * Plants every case of content in a folder of its own of one repository, asks each scanner about what is staged, commits it
 * without hooks, and asks about what would be pushed.
 */
export async function seenContent(r: Repo, scanners: { staged: Named; pushed: Named }[]): Promise<Seen[][]> {
  for (const [index, one] of contentCases.entries()) {
    const dir = path.join(r.dir, folderOf(index));
    mkdirSync(dir);
    one.plant(repo(dir, r.env), secretOf(index));
  }
  const staged: Set<number>[] = [];
  for (const { staged: ask } of scanners) staged.push(await ask(r));
  // Only what is staged: the working tree may differ on purpose.
  r.git('commit', '-q', '--no-verify', '-m', 'work');
  const out: Seen[][] = [];
  for (const [at, { pushed }] of scanners.entries()) {
    const named = await pushed(r);
    out.push(contentCases.map((_, index) => ({ commit: staged[at]?.has(index), push: named.has(index) })));
  }
  return out;
}

/** Our own answers, as the hooks would get them. */
export const ours: { staged: Named; pushed: Named } = {
  staged: (r) => namedBy(r, { kind: 'staged' }),
  pushed: (r) =>
    namedBy(r, {
      kind: 'outgoing',
      remote: 'origin',
      url: r.git('remote', 'get-url', 'origin'),
      refs: [lineOf(r, 'refs/heads/main')],
    }),
};

async function namedBy(r: Repo, scope: Scope): Promise<Set<number>> {
  const report: Report = await check(scope, { cwd: r.dir, env: r.env });
  return new Set(report.findings.filter((one) => one.category === 'secret').map((one) => numberOf(one.path)));
}

/** Plants one case in a repository of its own, with what it left staged committed without hooks. */
export function plant(one: Case, r: Repo, secret: string): string[] {
  one.plant(r, secret);
  if (r.tryGit(['diff-index', '--quiet', '--cached', 'HEAD']).code !== 0)
    r.git('commit', '-q', '--no-verify', '-m', 'work');
  if (one.refs?.length !== 0) return one.refs ?? ['refs/heads/main'];
  return r.git('for-each-ref', '--format=%(refname)', 'refs/heads').split('\n').slice(0, 1);
}

/** Runs our push hook with the lines that git would give it. */
export async function pushHook(r: Repo, refs: readonly string[]): Promise<{ refused: boolean; words: string }> {
  let words = '';
  const lines = refs.map((ref) => lineOf(r, ref));
  const input = lines.map((one) => `${one.localRef} ${one.localOid} ${one.remoteRef} ${one.remoteOid}\n`).join('');
  const code = await runHook('pre-push', ['origin', r.git('remote', 'get-url', '--push', 'origin')], {
    cwd: r.dir,
    env: r.env,
    stdin: Readable.from([input]),
    err: (text) => {
      words += text;
    },
    watched: true,
  });
  return { refused: code === 1 && /\b\d+ secrets? in |unreviewed-suppression/.test(words), words };
}

function lineOf(r: Repo, ref: string) {
  const main = ref === 'refs/heads/main' ? r.git('rev-parse', 'refs/remotes/origin/main') : zero;
  return { localRef: ref, localOid: r.git('rev-parse', ref), remoteRef: ref, remoteOid: main };
}

export const secretOf = (index: number): string => generateSecret('github-token', 300 + index);
const folderOf = (index: number): string => `c${index}`;

/** The case that a path of the repository of `seenContent` belongs to; -1 for none. */
export function numberOf(file: string): number {
  return Number(/^(?:\.\/)?c(\d+)\//.exec(file)?.[1] ?? -1);
}
