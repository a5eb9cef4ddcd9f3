import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { git, median, type Row, scratch, times } from '../row.ts';

/** 1,000 commits signed by the real git and ssh-keygen, then verified; git's own answer is measured on 100 of them. */
export const signatures: Row = {
  name: 'signatures of 1,000 outgoing commits',
  budgetText: '≤ 0.5 s',
  budget: 0.5,
  async measure() {
    const { folder, env } = scratch();
    const repo = join(folder, 'repo');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key')], { env });
    git(folder, env, 'init', '-q', repo);
    const key = readFileSync(join(folder, 'key.pub'), 'utf8');
    writeFileSync(join(folder, 'allowed'), `* ${key}`);
    for (const [name, value] of [
      ['gpg.format', 'ssh'],
      ['user.signingkey', join(folder, 'key.pub')],
      ['gpg.ssh.allowedSignersFile', join(folder, 'allowed')],
    ] as const) {
      git(repo, env, 'config', name, value);
    }
    const tree = git(repo, env, 'write-tree');
    let parent = git(repo, env, 'commit-tree', '-S', tree, '-m', '0');
    const oids = [parent];
    for (let index = 1; index < 1000; index++) {
      parent = git(repo, env, 'commit-tree', '-S', tree, '-p', parent, '-m', String(index));
      oids.push(parent);
    }
    git(repo, env, 'update-ref', 'refs/heads/main', parent);
    const infos = await verifyCommits({ root: repo }, oids, { env });
    if (![...infos.values()].every((info) => info.status === 'good'))
      throw new Error('a good signature was not accepted');
    const own = median(await times(5, () => verifyCommits({ root: repo }, oids, { env }), 1)) / 1000;
    const theirs = median(await times(1, () => git(repo, env, 'log', '--format=%G?', '-100', 'main'))) / 100;
    return {
      figure: own,
      unit: 's',
      note: `git log --format=%G? ${theirs.toFixed(1)} s, ${(theirs / own).toFixed(0)} × slower`,
    };
  },
};
