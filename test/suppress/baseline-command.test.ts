import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import type { Io } from '../../agent/cli/command.ts';
import { main } from '../../agent/main.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

/** A repository with three secrets, one of them in two files. */
function repository(name: string) {
  const repo = box.repository(name);
  const password = generateSecret('password', 3);
  repo.write('config/app.yml', `db:\n  password: ${password}\n`);
  repo.write('config/test.yml', `db:\n  password: ${password}\n`);
  repo.write('src/a.ts', `const githubToken = "${generateSecret('github-token', 2)}";\n`);
  repo.write('src/b.ts', `const npmToken = "${generateSecret('npm-token', 2)}";\n`);
  repo.git('add', '-A');
  repo.git('commit', '-qm', 'first');
  const entries = () =>
    readFileSync(path.join(repo.dir, '.pregate/baseline.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { rule: string; path: string; reason: string; verdict?: string });
  const run = (...words: string[]) => runCli(words, { cwd: repo.dir, env: box.env });
  return { repo, entries, run };
}

/** Runs a command with a terminal on which these keys are pressed. */
async function press(dir: string, words: string[], keys: string): Promise<{ code: number; out: string }> {
  const stdin = Object.assign(new PassThrough(), { isTTY: true }) as unknown as Io['stdin'];
  (stdin as unknown as PassThrough).write(keys);
  let out = '';
  const say = (text: string) => {
    out += text;
  };
  const io: Io = { cwd: dir, env: box.env, stdin, out: say, err: say, width: 90, terminal: true, color: false };
  return { code: await main(words, io), out };
}

describe('pregate baseline', () => {
  it('create accepts what is there; list says who answers; a new secret is found all the same', async () => {
    const { repo, entries, run } = repository('create');
    assert.equal((await run('baseline', 'create')).code, 2);
    const created = await run('baseline', 'create', '--reason', 'known today');
    assert.equal(created.code, 0, created.err);
    assert.match(created.out, /merge=union/);
    assert.equal(entries().length, 4);
    repo.git('add', '-A');
    assert.equal((await run('check', '--all')).code, 0);
    const listed = await run('baseline', 'list', '--json');
    const rows = (JSON.parse(listed.out) as { entries: { state: string; author: string }[] }).entries;
    assert.deepEqual(
      rows.map(({ state, author }) => `${state} ${author}`),
      Array(4).fill('used person@example.com'),
    );
    const page = (await run('baseline', 'list')).out;
    assert.match(page, /^4 entries in \.pregate\/baseline\.jsonl, 4 nobody has looked at alone/);
    assert.equal(page.split('person@example.com').length, 2, 'what was said once of all of them is shown once');
    assert.equal(page.match(/^ {2}used {5,}\S+ +\S/gm)?.length, 4);
    repo.write('pregate.yaml', 'version: 1\nrulez: {}\n');
    repo.git('add', 'pregate.yaml');
    const broken = await run('baseline', 'list');
    assert.equal(broken.code, 3);
    assert.match(broken.err, /unknown key rulez.* No entry can be called unused\. \[config-invalid\]\n$/);
    assert.ok(!broken.out.includes('unused'), broken.out);
    repo.git('rm', '-qf', 'pregate.yaml');
    repo.write('src/a.ts', `const githubToken = "${generateSecret('github-token', 9)}";\n`);
    repo.git('add', '-A');
    assert.equal((await run('check', '--all')).code, 1);
  });

  it('prune takes out what names nothing any more, and only that', async () => {
    const { repo, entries, run } = repository('prune');
    await run('baseline', 'create', '--reason', 'known today');
    repo.write('src/a.ts', 'const githubToken = process.env.TOKEN;\n');
    repo.git('add', '-A');
    // What the history still has would be found again by `check --history`, so it is not thrown away unasked.
    assert.equal((await run('check', '--history')).code, 0);
    const kept = await run('baseline', 'prune');
    assert.match(
      kept.out,
      /^0 entries removed .*\nkept +github-token +src\/a\.ts\nKept: the history still has the value/,
    );
    assert.equal(entries().length, 4);
    const dry = await run('baseline', 'prune', '--dry-run', '--history');
    assert.match(dry.out, /^1 entry would go.*\nunused +github-token +src\/a\.ts/);
    assert.equal(entries().length, 4);
    assert.equal((await run('baseline', 'prune', '--history')).code, 0);
    assert.deepEqual(
      entries()
        .map((entry) => entry.rule)
        .sort(),
      ['generic-password', 'generic-password', 'npm-token'],
    );
    assert.match((await run('baseline', 'prune')).out, /nothing was changed/);
    repo.git('add', '-A');
    assert.equal((await run('check', '--history')).code, 1);
  });

  it('audit asks once for each value, writes each answer at once, and is taken up where it was left', async () => {
    const { repo, entries } = repository('audit');
    const first = await press(repo.dir, ['baseline', 'audit'], 'f\rq');
    assert.equal(first.code, 0, first.out);
    assert.match(first.out, /1 of 3 .*generic-password/);
    assert.match(first.out, /config\/app\.yml:2, also at config\/test\.yml:2/);
    assert.match(first.out, /1 of 3 answered: 1 no secret/);
    assert.deepEqual(
      entries().map((entry) => [entry.path, entry.verdict]),
      [
        ['config/app.yml', 'not-a-secret'],
        ['config/test.yml', 'not-a-secret'],
      ],
    );
    const second = await press(repo.dir, ['baseline', 'audit'], 'rvgone in May\r');
    assert.match(second.out, /1 of 2 +github-token/);
    assert.match(second.out, /2 of 2 answered: 0 no secret, 1 revoked, 1 real/);
    assert.match(second.out, /real: src\/a\.ts:1 github-token/);
    assert.equal(entries().find((entry) => entry.rule === 'npm-token')?.reason, 'gone in May');
    assert.equal(
      entries().some((entry) => entry.rule === 'github-token'),
      false,
    );
    assert.match((await press(repo.dir, ['baseline', 'audit'], '')).out, /Nothing to ask/);
    for (const file of ['config/app.yml', 'src/a.ts', 'src/b.ts']) {
      const [value = ''] = /(?<=password: |")[^"\n]{6,}/.exec(readFileSync(path.join(repo.dir, file), 'utf8')) ?? [];
      assert.ok(!`${first.out}${second.out}`.includes(value.slice(4, 10)), `${file} is shown`);
    }
  });

  it('audit of what was only taken over: real takes the entry away, and going back changes an answer', async () => {
    const { repo, entries, run } = repository('again');
    await run('baseline', 'create', '--reason', 'known today');
    repo.git('add', '-A');
    await press(repo.dir, ['baseline', 'audit'], 'rbf\rq');
    const passwords = entries().filter((entry) => entry.rule === 'generic-password');
    assert.deepEqual(
      passwords.map((entry) => entry.verdict),
      ['not-a-secret', 'not-a-secret'],
    );
    await press(repo.dir, ['baseline', 'audit', '--rule', 'github-token'], 'r');
    assert.equal(
      entries().some((entry) => entry.rule === 'github-token'),
      false,
    );
    repo.git('add', '-A');
    const checked = await run('check', '--all');
    assert.equal(checked.code, 1);
    assert.match(checked.out, /src\/a\.ts/);
  });

  it('asks nobody where there is no terminal, and changes nothing', async () => {
    const { run } = repository('script');
    const asked = await run('baseline', 'audit');
    assert.equal(asked.code, 2);
    assert.match(asked.err, /no terminal/);
  });
});
