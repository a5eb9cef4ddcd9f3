/**
 * The central gate of the agreement test, as a `pre-receive` hook (githooks(5)): makes the parts of `gate.input/v1` that the
 * policy looks at with git alone, asks a running OPA server, and refuses what its `deny` says. It shares no code with us.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const zero = /^0+$/;
const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8', maxBuffer: 1 << 28 });
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

const updates = lines(readFileSync(0, 'utf8')).map((line) => line.split(' ') as [string, string, string]);
const tips = updates.flatMap(([, to]) => (zero.test(to) ? [] : [to]));
// Only what a commit can be reached from has commits; a tag may name a blob.
const walkable = tips.filter(
  (oid) => spawnSync('git', ['rev-parse', '-q', '--verify', `${oid}^{commit}`]).status === 0,
);
const fresh = walkable.length === 0 ? [] : lines(git('rev-list', ...walkable, '--not', '--all'));

const refs = updates.map(([old, to, dst]) => {
  const gone = zero.test(to);
  const made = zero.test(old);
  const isCommit = walkable.includes(to);
  const forced = !made && !gone && spawnSync('git', ['merge-base', '--is-ancestor', old, to]).status !== 0;
  return {
    dst,
    kind: dst.startsWith('refs/heads/') ? 'branch' : dst.startsWith('refs/tags/') ? 'tag' : 'other',
    old: made ? null : old,
    new: gone ? null : to,
    create: made,
    delete: gone,
    force: forced,
    protected: dst === 'refs/heads/main',
    commits: isCommit ? lines(git('rev-list', to)).filter((oid) => fresh.includes(oid)) : [],
  };
});
const commits = fresh.map((sha) => {
  const [parents = '', name = '', email = '', by = '', subject = ''] = git(
    'log',
    '-1',
    '--format=%P%x00%an%x00%ae%x00%ce%x00%s',
    sha,
  )
    .trimEnd()
    .split('\0');
  const list = parents.split(' ').filter((one) => one !== '');
  const against = list[0] === undefined ? ['--root', sha] : [list[0], sha];
  const paths = git('diff-tree', '-r', '-z', '--name-only', '--no-renames', '--no-commit-id', ...against);
  return {
    ...{ sha, parents: list, merge: list.length > 1, subject },
    author: { name, email },
    committer: { email: by },
    paths: paths.split('\0').filter((path) => path !== ''),
  };
});

const url = readFileSync(join(process.env['GIT_DIR'] ?? '.', 'gate', 'opa-url'), 'utf8').trim();
const response = await fetch(`${url}/v1/data/pregate/push`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ input: { commits, push: { refs } } }),
});
const { result } = (await response.json()) as { result?: { deny: { rule: string; msg: string }[] } };
if (!response.ok || result === undefined) throw new Error(`the OPA server answered ${response.status}`);
for (const { rule, msg } of result.deny) process.stderr.write(`denied by ${rule}: ${msg}\n`);
process.exit(result.deny.length > 0 ? 1 : 0);
