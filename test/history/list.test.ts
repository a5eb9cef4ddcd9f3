/** A list that git did not finish is no list: what is missing from it would go unseen. */
import assert from 'node:assert/strict';
import { chmodSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { openGit } from '../../agent/git/run.ts';
import { ListFailure, listObjects } from '../../agent/history/list.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();

describe('the list of all objects', () => {
  const repo = box.repository('listed');
  const commit = repo.commit('a.txt', 'a\n');
  repo.git('tag', '-am', 'first', 'v1');
  const git = openGit(repo.dir, box.env);

  async function listed(executable: string): Promise<string[]> {
    const oids: string[] = [];
    for await (const piece of listObjects({ ...git, executable }, { revisions: [], reflog: false }))
      oids.push(...piece.map(({ oid }) => oid));
    return oids;
  }

  it('has commits, tags and blobs, each once', async () => {
    const wanted = [commit, repo.git('rev-parse', 'v1'), repo.git('rev-parse', 'HEAD:a.txt')];
    assert.deepEqual((await listed(git.executable)).sort(), wanted.sort());
  });

  for (const broken of ['rev-list', 'for-each-ref'])
    it(`is none where git ${broken} ends before its end`, async () => {
      const program = box.at(`git-without-${broken}`);
      writeFileSync(
        program,
        `#!/bin/sh\ncase " $* " in *' ${broken} '*) exit 1 ;; esac\nexec '${git.executable}' "$@"\n`,
      );
      chmodSync(program, 0o755);
      await assert.rejects(listed(program), ListFailure);
    });
});
