import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

interface Told {
  rule: string;
  path: string;
  commit?: string;
  present?: boolean;
}

/** A history with secrets in a file that is gone, in one that is there, in a message, a tag, a note and a lost branch. */
function repository(name: string) {
  const repo = box.repository(name);
  const token = (seed: number) => generateSecret('github-token', seed * 6 + 1);
  const first = repo.commit('a.env', `TOKEN=${token(1)}\n`, 'one');
  repo.commit('a.env', `X=1\nTOKEN=${token(1)}\n`, 'same token, moved');
  repo.commit('a.env', 'X=1\n', 'gone');
  const stays = repo.commit('b.ts', `const npm = "${generateSecret('npm-token', 1)}";\n`, 'stays');
  const said = repo.commit('c.txt', 'c\n', `use ${generateSecret('gitlab-token', 1)}`);
  repo.git('tag', '-am', `key ${generateSecret('slack-token', 1)}`, 'v1');
  repo.git('notes', 'add', '-m', `note ${generateSecret('gitlab-token', 3)}`);
  repo.git('checkout', '-qb', 'side');
  repo.commit('s.env', `TOKEN=${token(5)}\n`, 'side');
  repo.git('checkout', '-q', 'main');
  repo.git('branch', '-qD', 'side');
  const check = async (...words: string[]) => {
    const run = await runCli(['check', '--history', '--json', ...words], { cwd: repo.dir, env: box.env });
    const report = JSON.parse(run.out) as { label: string; findings: Told[]; suppressed: Told[] };
    return { ...run, ...report };
  };
  return { repo, token, first, stays, said, check };
}

describe('check --history', () => {
  it('finds each secret once, with the commit that brought it and whether HEAD still has it', async () => {
    const { first, stays, said, check } = repository('all');
    const { findings, code } = await check();
    assert.equal(code, 1);
    const told = findings.map(({ rule, path: file, commit, present }) => [rule, file.slice(0, 5), commit, present]);
    assert.deepEqual(
      told.filter(([, file]) => file !== undefined && !/^[0-9a-f]{5}$/.test(file as string)),
      [
        ['github-token', 'a.env', first, false],
        ['npm-token', 'b.ts', stays, true],
        ['gitlab-token', 'commi', said, undefined],
        ['slack-token', 'tag:v', undefined, undefined],
      ],
    );
    // The note stands under the name of the commit it is about.
    assert.equal(told.length, 5);
  });

  it('looks at deleted branches when asked, and behind a revision only', async () => {
    const { first, check, repo } = repository('range');
    assert.ok((await check('--reflog')).findings.some((one) => one.path === 's.env'));
    assert.ok(!(await check()).findings.some((one) => one.path === 's.env'));
    const since = await check('--since', `${first}~0`);
    assert.ok(!since.findings.some((one) => one.path === 'a.env' && one.commit === first));
    assert.ok(since.findings.some((one) => one.path === 'b.ts'));
    const wrong = await runCli(['check', '--history', '--since', 'nowhere'], { cwd: repo.dir, env: box.env });
    assert.equal(wrong.code, 3);
    assert.match(wrong.out, /names no commit/);
  });

  it('remembers what it has seen, says the same again, and looks at new commits only', async () => {
    const { repo, token, check } = repository('again');
    const one = await check();
    assert.doesNotMatch(one.label, /known from before/);
    const two = await check();
    assert.match(two.label, /known from before/);
    assert.deepEqual(two.findings, one.findings);
    repo.commit('new.env', `TOKEN=${token(9)}\n`, 'new');
    const three = await check();
    assert.deepEqual(
      three.findings.map((finding) => finding.path).filter((file) => !one.findings.some((old) => old.path === file)),
      ['new.env'],
    );
    assert.doesNotMatch((await check('--fresh')).label, /known from before/);
  });

  it('goes on after a run that was killed while it wrote', async () => {
    const { check } = repository('killed');
    const before = await check();
    const folder = box.at('state', 'pregate', 'repositories');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(oids|jsonl)$/.test(name)) continue;
      const file = path.join(folder, name);
      const bytes = readFileSync(file);
      // Half of each file, cut in the middle of a record.
      (await import('node:fs')).writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2) - 1));
    }
    assert.deepEqual((await check()).findings, before.findings);
  });

  it('is answered for by a baseline, in every version', async () => {
    const { repo, check } = repository('baseline');
    const { code } = await runCli(['suppress', 'a.env:1', '--reason', 'revoked'], { cwd: repo.dir, env: box.env });
    // What is not in the working tree any more cannot be named by a place there.
    assert.equal(code, 2);
    repo.write('b.ts', `// ${['pregate', 'ignore'].join('-')}-next-line npm-token -- x\n`);
    const accepted = await runCli(['suppress', '--all', '--reason', 'known'], { cwd: repo.dir, env: box.env });
    assert.equal(accepted.code, 0, accepted.err);
    repo.git('add', '.pregate');
    const { suppressed } = await check();
    assert.deepEqual(
      suppressed.map((one) => one.path),
      ['b.ts'],
    );
  });

  it('says when an object is not there, and does not pass', async () => {
    const { repo } = repository('damaged');
    const oid = repo.git('rev-parse', 'HEAD:b.ts');
    (await import('node:fs')).rmSync(path.join(repo.dir, '.git', 'objects', oid.slice(0, 2), oid.slice(2)));
    const run = await runCli(['check', '--history'], { cwd: repo.dir, env: box.env });
    assert.equal(run.code, 3);
  });
});
