import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { trustedPath } from '../../agent/git/environment.ts';
import {
  allowedEnvironment,
  openRepo,
  raw,
  readConfigEntries,
  setLocalConfig,
  unsetLocalConfig,
} from '../../agent/git/repo.ts';
import { sandbox } from './support.ts';

const box = sandbox();
const source = fileURLToPath(new URL('../../agent/git/repo.ts', import.meta.url));

test('settings are read with scope and origin, set and removed', async () => {
  const r = box.repository();
  const repo = openRepo(r.dir, { ...r.env, EDITOR: 'vi', PAGER: 'less', GIT_PAGER: 'less', GIT_SSH_COMMAND: 'x' });
  await setLocalConfig(repo, 'user.name', 'Line\nfeed');
  const entries = await readConfigEntries(repo, (key) => key === 'user.name');
  assert.deepEqual(
    entries.map((entry) => [entry.scope, entry.value]),
    [
      ['global', 'Test Person'],
      ['local', 'Line\nfeed'],
    ],
  );
  assert.match(entries[1]?.origin ?? '', /^file:.*config$/);
  await unsetLocalConfig(repo, 'user.name');
  await unsetLocalConfig(repo, 'user.name');
  assert.equal(r.git('config', 'user.name'), 'Test Person');
});

test('inside commit -a and commit -- path simple-git sees the index that is being committed', () => {
  const r = box.repository('inside');
  r.commit('a', 'old');
  const out = box.at('seen');
  const script = box.at('see.ts');
  writeFileSync(
    script,
    `import { appendFileSync } from 'node:fs';\nimport { openRepo, raw } from '${source}';\nconst names = await raw(openRepo(process.cwd(), process.env), ['diff-index', '--cached', '--name-only', 'HEAD']);\nappendFileSync('${out}', names.split('\\n').filter(Boolean).join(' ') + '|');\n`,
  );
  mkdirSync(path.join(r.dir, '.git/hooks'), { recursive: true });
  const hook = path.join(r.dir, '.git/hooks/pre-commit');
  writeFileSync(hook, `#!/bin/sh\nexec '${process.execPath}' '${script}'\n`);
  chmodSync(hook, 0o755);
  r.write('staged', 'x');
  r.git('add', 'staged');
  r.write('a', 'new');
  assert.equal(r.tryGit(['commit', '-qm', 'x', '--', 'a']).code, 0);
  r.write('a', 'newer');
  const second = r.tryGit(['commit', '-qam', 'x']);
  assert.equal(second.code, 0, second.output);
  assert.equal(readFileSync(out, 'utf8'), 'a|a staged|');
});

test('programs are not looked for where a repository can put them', () => {
  const r = box.repository('searching');
  const folders = [
    '',
    '.',
    'bin',
    'node_modules/.bin',
    r.dir,
    `${r.dir}/bin`,
    '/x/node_modules/.bin',
    '/usr/bin',
    `${r.dir}-not`,
  ];
  const env = { PATH: folders.join(path.delimiter) };
  mkdirSync(path.join(r.dir, 'sub'));
  assert.deepEqual(trustedPath(env, path.join(r.dir, 'sub')), ['/usr/bin', `${r.dir}-not`]);
});

test('no allowed variable can start a program, and a failure is a problem with a code', async () => {
  for (const name of ['GIT_SSH', 'GIT_SSH_COMMAND', 'GIT_EXTERNAL_DIFF', 'GIT_PAGER', 'GIT_EDITOR', 'GIT_ASKPASS']) {
    assert.ok(!allowedEnvironment.includes(name), name);
  }
  const r = box.repository('failing');
  await assert.rejects(raw(openRepo(r.dir, r.env), ['rev-parse', '--verify', 'nowhere']), { name: 'GitFailure' });
  const outside = box.at('outside');
  mkdirSync(outside);
  await assert.rejects(
    raw(openRepo(outside, r.env), ['rev-parse', '--git-dir']),
    (error: { problem?: { code: string } }) => {
      assert.equal(error.problem?.code, 'not-a-repository');
      return true;
    },
  );
  assert.ok(existsSync(outside));
});
