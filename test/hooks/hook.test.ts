import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseArguments } from '../../agent/cli/command.ts';
import { parsePushLines } from '../../agent/cli/hook.ts';
import { command as suppress } from '../../agent/cli/suppress.ts';
import { readLastBlock } from '../../agent/state.ts';
import { type Repo, repo, sandbox, withoutProgress } from '../git/support.ts';
import { product } from '../product/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { install, remote } from './support.ts';

const box = sandbox();
const shipped = product(box);
const token = generateSecret('github-token');
let counter = 0;

async function hooked(): Promise<Repo> {
  counter += 1;
  const r = box.repository(`r${counter}`);
  r.commit('README', 'hello\n');
  remote(box, r);
  r.git('push', '-q', '-u', 'origin', 'main');
  await install(r, shipped.folder);
  return r;
}

/** No output may hold the planted value or a part of it. */
function quiet(output: string): void {
  for (let at = 0; at + 8 <= token.length; at += 4)
    assert.ok(!output.includes(token.slice(at, at + 8)), 'a part of the secret was shown');
}

test('a clean commit and push pass in silence', async () => {
  const r = await hooked();
  r.write('a', 'clean\n');
  r.git('add', 'a');
  for (const words of [
    ['commit', '-qm', 'clean'],
    ['push', '-q'],
    ['push', '-q'],
  ]) {
    const { code, output } = r.tryGit(words);
    assert.deepEqual([code, output], [0, ''], words.join(' '));
  }
});

test('point 1: a staged secret is stopped, whatever the working tree says; the first line is the verdict', async () => {
  const r = await hooked();
  r.write('config/deploy.env', `A=1\nB=2\nTOKEN=${token}\n`);
  r.git('add', '-A');
  r.write('config/deploy.env', 'A=1\n');
  const { code, output } = r.tryGit(['commit', '-qm', 'x']);
  assert.equal(code, 1);
  const lines = output.split('\n');
  assert.equal(lines[0], 'Pregate stopped this commit: 1 secret in config/deploy.env');
  assert.equal(lines[1], '');
  assert.match(lines[2] as string, /^ {2}config\/deploy\.env:3 +github-token +\S/);
  assert.match(output, /\nNothing was changed\. Enforced by policy .+\.\n/);
  assert.match(output, /Not a secret\? pregate suppress --staged config\/deploy\.env:3 --reason "…"\n$/);
  assert.ok(lines.length <= 16, output);
  assert.ok(lines.every((line) => line.length <= 120));
  quiet(output);
  assert.equal(r.git('log', '--oneline').split('\n').length, 1);
  // What is proposed works, though the working tree no longer holds what is staged.
  const said: string[] = [];
  const advised = ['--staged', 'config/deploy.env:3', '--reason', 'a test value'];
  const io = { cwd: r.dir, env: r.env, stdin: process.stdin, out: () => {}, err: (text: string) => said.push(text) };
  assert.equal(await suppress.run(parseArguments(suppress, advised), io as never), 0, said.join(''));
  r.git('add', '.pregate');
  assert.deepEqual(r.tryGit(['commit', '-qm', 'x']), { code: 0, output: '' });
});

test('point 7: a file too large to be read whole passes with a word, at the commit and at the push', async () => {
  const r = await hooked();
  r.write('export.txt', Buffer.alloc(33_000_000, 'plain words\n'));
  r.git('add', 'export.txt');
  for (const words of [
    ['commit', '-qm', 'large'],
    ['push', '-q'],
  ]) {
    const { code, output } = r.tryGit(words);
    const said = 'Pregate read export.txt in part only: too large. A secret in the rest is not seen.\n';
    assert.deepEqual([code, output], [0, said], words.join(' '));
  }
});

test('the first line names the file of a conflict, and the first of several places', async () => {
  const r = await hooked();
  r.write('src/a.ts', `${'<'.repeat(7)} HEAD\none\n${'='.repeat(7)}\ntwo\n${'>'.repeat(7)} side\n`);
  r.git('add', '-A');
  const conflict = r.tryGit(['commit', '-qm', 'x']);
  assert.equal(conflict.output.split('\n')[0], 'Pregate stopped this commit: unresolved merge conflict in src/a.ts');
  assert.doesNotMatch(conflict.output, /Not a secret/);
  r.git('rm', '-qf', 'src/a.ts');
  r.write('a', `TOKEN=${token}\n`);
  r.write('b', `TOKEN=${token}\n`);
  r.git('add', '-A');
  const told = r.tryGit(['commit', '-qm', 'x']).output;
  assert.match(told, /^Pregate stopped this commit: 1 secret in a and 1 other place\n/);
  assert.match(told.replace(/\n\s+/g, ' '), /It also stands at b:1:7\./);
  assert.equal(told.split('pregate explain github-token').length, 2, 'told once');
  // A narrow terminal that shows no UTF-8.
  const env = { COLUMNS: '60', LC_ALL: 'C' };
  const narrow = r.tryGit(['commit', '-qm', 'x'], { env }).output.split('\n').slice(1, -3);
  assert.ok(
    narrow.every((line) => line.length <= 60),
    narrow.join('\n'),
  );
  assert.doesNotMatch(narrow.join(''), /[^ -~]/);
});

test('warnings beside a refusal: possible secrets first, and how many more there are', async () => {
  const r = await hooked();
  const jobs = ['one', 'two', 'three'].map(
    (name) =>
      `  ${name}:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo "\${{ github.event.pull_request.title }}"\n`,
  );
  r.write('.github/workflows/ci.yml', `on: pull_request_target\njobs:\n${jobs.join('')}`);
  r.write('config/deploy.env', `TOKEN=${token}\n`);
  r.write('config/z.env', `DB_PASSWORD=${['kV9x', 'Qm2r', 'Tz7w'].join('')}\n`);
  r.git('add', '-A');
  const { output } = r.tryGit(['commit', '-qm', 'x']);
  const noticed = output.slice(output.indexOf('Not stopping, worth a look:'));
  assert.match(noticed, /^Not stopping, worth a look:\n {2}config\/z\.env:1 /);
  assert.match(noticed, /\n {2}and \d+ more: pregate preview --staged --why commit\n/);
  quiet(output);
});

test('commit -a, commit -- path and --amend are stopped too', async () => {
  const r = await hooked();
  r.write('README', `TOKEN=${token}\n`);
  assert.equal(r.tryGit(['commit', '-qam', 'x']).code, 1);
  assert.equal(r.tryGit(['commit', '-qm', 'x', '--', 'README']).code, 1);
  r.git('add', 'README');
  assert.equal(r.tryGit(['commit', '-q', '--amend', '--no-edit']).code, 1);
  r.write('README', 'clean\n');
  assert.equal(r.tryGit(['commit', '-qm', 'x', '--', 'README']).code, 0);
});

test('an amended commit is looked at as a whole, root commits too', {
  skip: process.platform === 'win32',
}, async () => {
  const r = await hooked();
  r.write('a', `TOKEN=${token}\n`);
  r.git('add', 'a');
  r.git('commit', '-qnm', 'bypass');
  r.write('b', 'clean\n');
  r.git('add', 'b');
  assert.match(
    r.tryGit(['commit', '-q', '--amend', '--no-edit']).output,
    /^Pregate stopped this commit: 1 secret in a\n/,
  );
  r.git('rm', '-q', '--cached', 'a');
  assert.equal(r.tryGit(['commit', '-q', '--amend', '--no-edit']).code, 0);
  const root = box.repository(`root${counter}`);
  root.write('a', `TOKEN=${token}\n`);
  root.git('add', 'a');
  root.git('commit', '-qm', 'first');
  await install(root, shipped.folder);
  assert.equal(root.tryGit(['commit', '-q', '--amend', '-m', 'again']).code, 1);
});

test('point 10: a secret in the message is stopped, one in a comment of the template is not', async () => {
  const r = await hooked();
  r.write('a', '1');
  r.git('add', 'a');
  const stopped = r.tryGit(['commit', '-qm', `use ${token}`]);
  assert.match(stopped.output, /^Pregate stopped this commit: 1 secret in the commit message\n/);
  assert.doesNotMatch(stopped.output, /Not a secret/);
  quiet(stopped.output);
  const editor = box.at('editor.sh');
  writeFileSync(editor, `#!/bin/sh\nprintf 'Subject\\n# TOKEN=${token}\\n' >"$1"\n`, { mode: 0o755 });
  assert.equal(r.tryGit(['commit', '-q'], { env: { GIT_EDITOR: editor } }).code, 0);
  // The same comment is in the commit when git is told to keep it, which it does not tell its hooks.
  const kept = r.tryGit(['commit', '-q', '--amend', '--clean=verbatim'], { env: { GIT_EDITOR: editor } });
  assert.match(kept.output, /^Pregate stopped this commit: 1 secret in the commit message\n/);
});

test('point 15: a push of several branches has one verdict with the reasons of all, and one entry in the log', async () => {
  const r = await hooked();
  for (const [at, name] of ['one', 'two', 'three'].entries()) {
    r.git('switch', '-qc', name, 'origin/main');
    r.write(`${name}.env`, name === 'three' ? 'A=1\n' : `TOKEN=${generateSecret('github-token', 70 + at)}\n`);
    r.git('add', '-A');
    r.git('commit', '-qnm', name);
  }
  const { code, output } = r.tryGit(['push', '-q', 'origin', 'one', 'two', 'three']);
  assert.equal(code, 1);
  assert.match(output, /^Pregate stopped this push: 2 secrets in one\.env and 1 other place\n/);
  assert.match(output, /^ {2}two\.env:1/m);
  assert.equal(output.split('Pregate stopped').length, 2, output);
  const log = shipped.run(['log', 'show'], { cwd: r.dir, env: r.env });
  assert.equal(log.out.split('pre-push refused').length, 2, log.out);
});

test('point 14: --no-verify only delays the answer, also for a secret that was removed again', async () => {
  const r = await hooked();
  r.write('a', `TOKEN=${token}\n`);
  r.git('add', 'a');
  r.git('commit', '-qnm', 'bypass');
  const bad = r.git('rev-parse', '--short=7', 'HEAD');
  r.git('rm', '-q', 'a');
  r.git('commit', '-qnm', 'cover up');
  const { code, output } = r.tryGit(['push', '-q']);
  assert.equal(code, 1);
  assert.match(output, new RegExp(`^Pregate stopped this push: 1 secret in a \\(commit ${bad}\\)\n`));
  assert.match(output, /Nothing was sent\./);
  assert.match(output, /\nNot a secret\? A suppression counts once it is on the protected branch: .+\n/);
  assert.doesNotMatch(output, /pregate suppress/);
  quiet(output);
  const block = readLastBlock(path.join(r.dir, '.git'), r.env);
  assert.match(block?.headline ?? '', /^1 secret in a/);
  assert.equal(block?.remote, 'origin');
  assert.equal(
    execFileSync('git', ['-C', `${r.dir}-remote.git`, 'rev-list', '--count', 'main'], { env: r.env }).toString(),
    '1\n',
  );
});

test('tags, notes and several branches at once are judged, deletions pass', async () => {
  const r = await hooked();
  r.git('tag', '-a', 'v1', '-m', `words ${token}`);
  const tagged = r.tryGit(['push', '-q', 'origin', 'v1']);
  assert.equal(tagged.code, 1);
  assert.match(tagged.output, /^Pregate stopped this push: 1 secret in the message of tag v1\n/);
  assert.doesNotMatch(tagged.output, /Not a secret/);
  r.git('notes', 'add', '-m', `TOKEN=${token}`);
  assert.equal(r.tryGit(['push', '-q', 'origin', 'refs/notes/commits']).code, 1);
  r.git('branch', 'good');
  r.git('checkout', '-qb', 'bad');
  r.write('b', `TOKEN=${token}\n`);
  r.git('add', 'b');
  r.git('commit', '-qnm', 'b');
  assert.equal(r.tryGit(['push', '-q', 'origin', 'good', 'bad']).code, 1);
  assert.deepEqual(r.tryGit(['push', '-q', 'origin', 'good']), { code: 0, output: '' });
  assert.deepEqual(r.tryGit(['push', '-q', 'origin', ':good']), { code: 0, output: '' });
});

test('a linked worktree, a rebase and a merge', async () => {
  const r = await hooked();
  const linked = box.at(`wt${counter}`);
  r.git('worktree', 'add', '-qb', 'side', linked);
  const w = repo(linked, box.env);
  w.write('README', `TOKEN=${token}\n`);
  assert.equal(w.tryGit(['commit', '-qam', 'x']).code, 1);
  w.write('README', 'side\n');
  w.git('commit', '-qam', 'side');
  r.write('other', 'main\n');
  r.git('add', 'other');
  r.git('commit', '-qm', 'main');
  assert.equal(r.tryGit(['merge', '-q', '--no-edit', 'side']).code, 0);
  w.write('README', 'two\n');
  w.git('commit', '-qam', 'two');
  assert.equal(w.tryGit(['rebase', '-q', 'main']).code, 0);
});

test('what cannot be checked is stopped with exit 3 and the reason', async () => {
  const r = await hooked();
  r.write('pregate.yaml', 'version: 1\nrules: [\n');
  r.git('add', '-A');
  const broken = r.tryGit(['commit', '-qm', 'x']);
  assert.equal(broken.code, 1);
  assert.match(broken.output, /^Pregate could not check this commit: pregate\.yaml/);
  assert.match(broken.output, /It stopped for that reason/);
  const hook = (args: string[], input: string, env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [shipped.program, 'hook', ...args], {
      cwd: r.dir,
      env: { ...r.env, ...env },
      input,
      encoding: 'utf8',
    });
  assert.equal(hook(['pre-commit'], '').status, 3);
  assert.equal(hook(['pre-push', 'origin', 'x'], 'not a line\n').status, 3);
  assert.equal(hook(['commit-msg', 'nowhere'], '').status, 3);
  assert.equal(hook(['pre-commit'], '', { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' }).status, 3);
  assert.equal(hook(['pre-push', 'origin', 'x'], '').status, 0);
  assert.notEqual(hook(['no-such-hook'], '').status, 0);
});

test('point 26: a git that hangs closes the gate after 8 s', async () => {
  const r = await hooked();
  const slow = box.at('slow');
  mkdirSync(slow);
  const real = execFileSync('sh', ['-c', 'command -v git'], { env: r.env }).toString().trim();
  // Only the comparison hangs: what comes before and after answers as ever.
  writeFileSync(
    path.join(slow, 'git'),
    `#!/bin/sh\nfor a in "$@"; do [ "$a" = diff-index ] && exec sleep 90; done\nexec '${real}' "$@"\n`,
    { mode: 0o755 },
  );
  const started = performance.now();
  const child = spawn(process.execPath, [shipped.program, 'hook', 'pre-commit'], {
    cwd: r.dir,
    env: { ...r.env, PATH: `${slow}:${r.env['PATH']}` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  const took = performance.now() - started;
  assert.equal(code, 3);
  assert.match(withoutProgress(output), /^Pregate could not check this commit: nothing moved for \d+ s/);
  // A busy machine adds seconds of its own; waiting for git would take a minute and a half.
  assert.ok(took > 7900 && took < 60_000, `${took} ms`);
});

test('point 15: the lines of pre-push', () => {
  const oid = 'a'.repeat(40);
  assert.deepEqual(
    parsePushLines(`refs/heads/m ${oid} refs/heads/m ${oid}\n\n(delete) ${oid} refs/x ${oid}\n`).map(
      (ref) => ref.remoteRef,
    ),
    ['refs/heads/m', 'refs/x'],
  );
  for (const line of ['x', `a ${oid} b`, `a ${oid} b ${oid} c`, `a --option b ${oid}`, `a ${oid} b HEAD`]) {
    assert.throws(() => parsePushLines(`${line}\n`), { name: 'GitFailure' }, line);
  }
});
