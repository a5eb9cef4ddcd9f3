import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { logFolder, record } from '../../agent/audit/log.ts';
import { repositorySetup } from '../../agent/lsp/setup.ts';
import { repositoryId } from '../../agent/state.ts';
import { sandbox } from '../git/support.ts';
import { source } from '../hooks/support.ts';
import { newGit } from '../hooks/tools.ts';
import { generateSecret } from '../support/secrets.ts';
import { product } from './support.ts';

const box = sandbox();
const shipped = product(box);
const found = newGit();

function doctor(cwd: string, env: NodeJS.ProcessEnv, name = 'hooks'): { state: string; line: string } {
  const { out } = shipped.run(['doctor', '--json'], { cwd, env });
  const { findings } = JSON.parse(out) as { findings: { name: string; state: string; line: string }[] };
  const finding = findings.find((one) => one.name === name);
  assert.ok(finding, out);
  return finding;
}

test('point 22: the doctor as it is shipped and the status item name every way in which hooks stop running', async () => {
  const r = box.repository('drift');
  r.commit('a', '1');
  assert.match(doctor(r.dir, r.env).line, /^not installed/);
  assert.deepEqual((await repositorySetup(r.dir, r.env)).hooks, 'missing');
  assert.equal(shipped.run(['init', '--yes'], { cwd: r.dir }).code, 0);
  const good = async () => {
    assert.match(doctor(r.dir, r.env).line, /^in place/);
    assert.deepEqual((await repositorySetup(r.dir, r.env)).hooks, 'installed');
  };
  await good();
  const hooks = path.join(r.dir, '.git/hooks');
  const push = path.join(hooks, 'pre-push');
  const stub = readFileSync(push, 'utf8');
  const kept = box.at('kept');
  cpSync(hooks, kept, { recursive: true });
  const elsewhere = box.at('elsewhere');
  const state = box.at('state/pregate');
  // What an installation of before wrote down: it knew no such hook.
  const manifest = {
    file: path.join(state, 'repositories', repositoryId(path.join(r.dir, '.git')), 'install.json'),
    kept: box.at('install.json'),
  };
  cpSync(manifest.file, manifest.kept);
  const forget = (file: string) => {
    const known = JSON.parse(readFileSync(manifest.file, 'utf8'));
    known.done = known.done.filter((one: { path: string }) => one.path !== file);
    writeFileSync(manifest.file, JSON.stringify(known));
  };
  const ways: [string, () => void, () => void, RegExp][] = [
    ['removed', () => rmSync(push), () => {}, /^pre-push does not run: .*does not exist/],
    [
      'all removed',
      () => rmSync(hooks, { recursive: true }),
      () => {},
      /^pre-commit does not run: .*, and 6 more: .*pre-push missing$/,
    ],
    ['not executable', () => chmodSync(push, 0o644), () => {}, /^pre-push .*is not executable$/],
    [
      'of before',
      () => {
        rmSync(path.join(hooks, 'applypatch-msg'));
        forget(path.join(hooks, 'applypatch-msg'));
      },
      () => cpSync(manifest.kept, manifest.file),
      /^applypatch-msg does not run: it came with a newer Pregate than was installed here$/,
    ],
    ['empty', () => writeFileSync(push, ''), () => {}, /is empty, and git takes that as a pass/],
    ['CRLF', () => writeFileSync(push, stub.replaceAll('\n', '\r\n')), () => {}, /has CRLF line ends/],
    ['replaced', () => writeFileSync(push, '#!/bin/sh\n'), () => {}, /does not call Pregate/],
    [
      'another place',
      () => {
        cpSync(path.join(state, 'hooks'), box.at('other/hooks'), { recursive: true });
        writeFileSync(push, stub.replace(state, box.at('other')));
      },
      () => {},
      /calls the Pregate of another place/,
    ],
    [
      'edited',
      () => writeFileSync(push, stub.replace('exit 3', 'exit 0')),
      () => {},
      /changed since they were installed: renews/,
    ],
    [
      'moved',
      () => r.git('config', 'core.hooksPath', elsewhere),
      () => r.git('config', '--unset', 'core.hooksPath'),
      /elsewhere\/pre-commit does not exist/,
    ],
    [
      'off',
      () => r.git('config', 'core.hooksPath', '/dev/null'),
      () => r.git('config', '--unset', 'core.hooksPath'),
      /Hooks are turned off: core\.hooksPath/,
    ],
    [
      'no dispatcher',
      () => renameSync(`${state}/hooks/dispatch`, elsewhere),
      () => renameSync(elsewhere, `${state}/hooks/dispatch`),
      /the dispatcher is missing/,
    ],
  ];
  for (const [name, damage, mend, expected] of ways) {
    damage();
    const said = doctor(r.dir, r.env);
    assert.equal(said.state, 'wrong', name);
    assert.match(said.line, expected, name);
    const item = await repositorySetup(r.dir, r.env);
    // Of what a stub holds the doctor compares every byte; the item asks whether git runs us.
    if (name !== 'edited') {
      assert.equal(item.hooks, 'broken', name);
      assert.ok(item.hooksNote.length > 20, name);
    }
    mend();
    rmSync(hooks, { recursive: true, force: true });
    cpSync(kept, hooks, { recursive: true });
  }
  await good();
});

test('a working tree in which husky has not made its folder is named from the others, and can be mended', () => {
  const r = box.repository('husky');
  r.write('package.json', '{"devDependencies":{"husky":"9"}}');
  const husky = path.join(source, 'node_modules/husky/bin.js');
  const made = (cwd: string) => execFileSync(process.execPath, [husky], { cwd, env: { ...r.env, HUSKY: '' } });
  made(r.dir);
  assert.equal(shipped.run(['init', '--yes'], { cwd: r.dir }).code, 0);
  r.git('add', '-A');
  r.git('commit', '-q', '--no-verify', '-m', 'husky');
  assert.match(shipped.run(['doctor'], { cwd: r.dir }).out, /^✓ nothing is in the way\n/);
  const linked = `${r.dir}-linked`;
  r.git('worktree', 'add', '-q', linked);
  assert.match(
    doctor(r.dir, r.env, 'worktree').line,
    /-linked: pre-commit does not run, husky has not made \.husky\/_/,
  );
  const there = doctor(linked, r.env);
  assert.match(there.line, /^pre-commit does not run: husky has not made \.husky\/_ in this worktree, and 6 more/);
  assert.equal(shipped.run(['init', '--yes'], { cwd: linked }).code, 0);
  assert.equal(doctor(linked, r.env).state, 'good');
  assert.match(shipped.run(['doctor'], { cwd: r.dir }).out, /^✓ nothing is in the way\n/);
  const git = (...words: string[]) => spawnSync('git', words, { cwd: linked, env: r.env, encoding: 'utf8' });
  assert.equal(git('status', '--porcelain').stdout, '', 'our stubs are no files of the team');
  writeFileSync(path.join(linked, 'a.env'), `TOKEN=${generateSecret('github-token')}\n`);
  git('add', '-A');
  assert.match(git('commit', '-qm', 'x').stderr, /^Pregate stopped this commit/);
  // husky makes its folder now; what it needs of ours stays when we go.
  made(linked);
  assert.equal(doctor(linked, r.env).state, 'good');
  assert.equal(shipped.run(['init', '--remove', '--yes'], { cwd: linked }).code, 0);
  assert.ok(existsSync(path.join(linked, '.husky/_/.gitignore')));
});

test('a state folder that nothing can be written to is wrong', { skip: process.platform === 'win32' }, () => {
  const r = box.repository('full');
  r.commit('a', '1');
  assert.equal(doctor(r.dir, r.env, 'state').state, 'good');
  const words = ['-c', 'ulimit -f 0; exec "$0" "$1" doctor --json', process.execPath, shipped.program];
  const { stdout } = spawnSync('sh', words, { cwd: r.dir, env: r.env, encoding: 'utf8' });
  const { findings } = JSON.parse(stdout) as { findings: { name: string; state: string; line: string }[] };
  const state = findings.find(({ name }) => name === 'state');
  assert.equal(state?.state, 'wrong');
  assert.match(state?.line ?? '', /cannot be written \(EFBIG\)/);
});

test("point 22: hooks that git's configuration has lost or switches off are named too", {
  skip: 'skip' in found && found.skip,
}, async () => {
  const r = box.repository('config');
  r.commit('a', '1');
  const newer = { ...r.env, PATH: `${(found as { folder: string }).folder}${path.delimiter}${r.env['PATH']}` };
  assert.equal(shipped.run(['init', '--yes', '--git-config'], { cwd: r.dir, env: newer }).code, 0);
  assert.match(doctor(r.dir, newer).line, /^in place \(git's configuration/);
  const config = path.join(r.dir, '.git/config');
  const good = readFileSync(config);
  const section = 'hook.pregate-pre-push';
  const ways: [() => unknown, RegExp, RegExp][] = [
    [() => r.git('config', '--remove-section', section), /does not name Pregate for pre-push/, /pre-push does not run/],
    [
      () => r.git('config', `${section}.enabled`, 'false'),
      /Switched off in git's configuration: pre-push/,
      /switches Pregate off/,
    ],
    [
      () => r.git('config', `${section}.command`, 'true'),
      /names another program for pre-push/,
      /names another program/,
    ],
  ];
  for (const [damage, expected, note] of ways) {
    damage();
    const said = doctor(r.dir, newer);
    assert.deepEqual([said.state, expected.test(said.line)], ['wrong', true], said.line);
    const item = await repositorySetup(r.dir, newer);
    assert.equal(item.hooks, 'broken');
    assert.match(item.hooksNote, note);
    writeFileSync(config, good);
  }
});

test('the first line of the doctor is the verdict, and a configuration that nobody has staged yet is read', () => {
  const r = box.repository('edited');
  r.commit('a', '1');
  assert.equal(shipped.run(['init', '--yes'], { cwd: r.dir }).code, 0);
  const said = () => shipped.run(['doctor'], { cwd: r.dir }).out.split('\n');
  assert.equal(said()[0], '✓ nothing is in the way');
  r.write('pregate.yaml', 'version: 1\npolcy:\n  bundle: policy/\n');
  assert.equal(said()[0], '✗ 1 thing to mend');
  assert.match(doctor(r.dir, r.env, 'policy').line, /unknown key polcy; did you mean policy/);
  r.write('pregate.yaml', 'version: 1\npolicy:\n  source: policy/\n');
  assert.match(doctor(r.dir, r.env, 'policy').line, /unknown key policy\.source; known are policy\.bundle, /);
});

test('the doctor counts damage in the memory of known blobs', async () => {
  const r = box.repository('memory');
  r.commit('a.ts', 'export const a = 1;\n');
  const input = `refs/heads/main ${r.git('rev-parse', 'HEAD')} refs/heads/main ${'0'.repeat(40)}\n`;
  assert.equal(shipped.run(['hook', 'pre-push', 'origin', 'x'], { cwd: r.dir, input }).code, 0);
  assert.match(doctor(r.dir, r.env, 'memory').line, /^[1-9]\d* blobs? known to hold nothing$/);
  const folder = box.at('state/pregate/known');
  for (const name of readdirSync(folder)) appendFileSync(path.join(folder, name), Buffer.alloc(500, 7));
  assert.match(doctor(r.dir, r.env, 'memory').line, /; 1 damaged place of its file left out/);
});

test('damage of the audit log is counted by the doctor and by the status item', async () => {
  const r = box.repository('damaged-log');
  r.commit('a', '1');
  const commonDir = path.join(r.dir, '.git');
  for (const rule of ['a', 'b', 'c']) await record(commonDir, { event: 'skip', rule, reason: 'x' }, r.env);
  const row = () => doctor(r.dir, r.env, 'log');
  assert.deepEqual([row().state, row().line], ['good', '3 entries, whole']);
  assert.deepEqual((await repositorySetup(r.dir, r.env)).damage, { log: 0, memory: 0, notes: [] });
  const file = path.join(logFolder(commonDir, r.env), 'log.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"rule":"b"', '"rule":"z"'));
  assert.equal(row().state, 'wrong');
  assert.match(row().line, /^3 entries; line 3 does not follow the line before it: one was changed$/);
  const seldom = Date.now() + 60_000;
  for (;;) {
    const { damage } = await repositorySetup(r.dir, r.env);
    if (damage.log === 1) {
      assert.match(damage.notes[0] ?? '', /^The audit log does not fit: line 3 .* pregate runbook log-forked$/);
      break;
    }
    assert.ok(Date.now() < seldom, 'it is looked at again');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
});
