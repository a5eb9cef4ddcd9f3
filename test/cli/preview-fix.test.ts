/** `pregate preview --fix` on real repositories, with real keys: proven on commits before a branch moves. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Repo, sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();
const key = box.at('key');
execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key], { env: box.env });
writeFileSync(box.at('allowed'), `person@example.com ${readFileSync(`${key}.pub`, 'utf8')}`);

const injected =
  'on: [push, pull_request_target]\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: echo ${{ github.event.pull_request.title }}\n';

/** A branch with two unsigned commits, one of which brings a workflow that the gate build refuses. */
function world(name: string, options: { signs?: boolean } = {}): Repo {
  const repo = box.repository(name);
  box.repository(`${name}-remote`, '--bare');
  repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n');
  repo.git('remote', 'add', 'origin', box.at(`${name}-remote`));
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.git('switch', '-qc', 'feature');
  repo.commit('.github/workflows/ci.yml', injected, 'Add a pipeline\n\nWith a body: ünïcode.\n');
  repo.commit('a.txt', 'a\n');
  if (options.signs === false) return repo;
  repo.git('config', 'gpg.format', 'ssh');
  repo.git('config', 'user.signingkey', key);
  repo.git('config', 'commit.gpgsign', 'true');
  repo.git('config', 'gpg.ssh.allowedSignersFile', box.at('allowed'));
  return repo;
}

const fix = (repo: Repo, ...words: string[]) =>
  runCli(['preview', '--fix', ...words], { cwd: repo.dir, env: repo.env });

describe('--fix', () => {
  it('shows the fewest edits and changes nothing until it is told to', async () => {
    const repo = world('shown');
    const before = repo.git('for-each-ref');
    const { code, out, err } = await fix(repo);
    assert.equal(code, 2);
    assert.match(out, /^✓ 2 edits and this push passes, proven/);
    assert.match(out, /1\. \.github\/workflows\/ci\.yml:7: /);
    assert.match(out, /2\. sign the 2 outgoing commits again/);
    assert.match(out, /-\s+- run: echo \$\{\{ github/);
    assert.match(err, /Nothing was changed/);
    assert.equal(repo.git('for-each-ref'), before);
    assert.equal(repo.git('status', '--porcelain'), '');
  });

  it('applies them, keeps the old tip, and the push passes by git’s own word too', async () => {
    const repo = world('applied');
    const tip = repo.git('rev-parse', 'HEAD');
    writeFileSync(`${repo.dir}/notes.txt`, 'mine, not committed\n');
    const { code, out } = await fix(repo, '--yes');
    assert.equal(code, 0, out);
    assert.equal(repo.git('log', '--format=%G?', 'origin/main..'), 'G\nG\nG');
    assert.equal(
      repo.git('log', '--format=%an %s %b', '-1', 'HEAD~2').trim(),
      'Test Person Add a pipeline With a body: ünïcode.',
    );
    assert.equal(repo.git('diff', '--stat', tip, 'HEAD~1'), '', 'signing again changes no file');
    assert.equal(readFileSync(`${repo.dir}/notes.txt`, 'utf8'), 'mine, not committed\n');
    const backup = /git reset --keep (\S+)/.exec(out)?.[1] ?? '';
    assert.equal(repo.git('rev-parse', backup), tip);
    assert.equal((await runCli(['preview'], { cwd: repo.dir, env: repo.env })).code, 0);
  });

  it('leaves out the edit that is not needed', async () => {
    const repo = world('smaller');
    repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n# unchanged\n');
    repo.git('config', 'commit.gpgsign', 'false');
    repo.git('rm', '-q', '.github/workflows/ci.yml');
    repo.git('commit', '-qm', 'No pipeline after all');
    repo.git('config', 'commit.gpgsign', 'true');
    const { out } = await fix(repo);
    assert.match(out, /1 edit and this push passes/);
    assert.doesNotMatch(out, /ci\.yml:7/);
  });

  it('mends for a policy of another kind what a fix of our own happens to mend, and nothing else', async () => {
    const repo = world('foreign');
    const text = 'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: actions/checkout@v4\n';
    repo.commit('.github/workflows/ci.yml', text, 'Another pipeline');
    repo.write(
      '../foreign-policy/workflows.rego',
      'package main\n\ndeny contains "no permissions" if {\n\tinput.jobs\n\tnot input.permissions\n}\n',
    );
    const { code, out } = await fix(repo, '--yes', '--bundle', '../foreign-policy');
    assert.equal(code, 0, out);
    assert.match(out, /^✓ 2 edits and this push passes, proven/);
    assert.match(out, /1\. \.github\/workflows\/ci\.yml:\d+: Add permissions: contents: read/);
    assert.match(out, /2\. sign the 3 outgoing commits again/);
    assert.ok(!out.includes('persist-credentials'), 'what no gate asks for is left alone');
    assert.match(repo.git('show', 'HEAD:.github/workflows/ci.yml'), /^permissions:\n {2}contents: read$/m);
  });

  it('does not put a commit on top that would be refused itself', async () => {
    const repo = world('unsigned', { signs: false });
    const tip = repo.git('rev-parse', 'HEAD');
    const { code, out } = await fix(repo, '--yes');
    assert.equal(code, 1);
    assert.match(out, /1 edit would help, but the commit that holds it would be refused itself/);
    assert.match(out, /Nothing was changed/);
    assert.equal(repo.git('rev-parse', 'HEAD'), tip);
  });

  it('does not move a branch over local changes that are in the way', async () => {
    const repo = world('dirty');
    repo.write('.github/workflows/ci.yml', `${injected}# mine\n`);
    const tip = repo.git('rev-parse', 'HEAD');
    const { code, err } = await fix(repo, '--yes');
    assert.equal(code, 3);
    assert.match(err, /Local changes are in the way; nothing was changed/);
    assert.equal(repo.git('rev-parse', 'HEAD'), tip);
    assert.equal(repo.git('for-each-ref', 'refs/pregate'), '');
    assert.match(readFileSync(`${repo.dir}/.github/workflows/ci.yml`, 'utf8'), /# mine/);
  });

  it('does not sign again what another remote has', async () => {
    const repo = world('shared');
    box.repository('shared-other', '--bare');
    repo.git('remote', 'add', 'other', box.at('shared-other'));
    repo.git('push', '-q', 'other', 'feature');
    const { out } = await fix(repo);
    assert.doesNotMatch(out, /\d\. sign the/);
    assert.match(out, /^✗ 1 edit helps, and 2 refusals are left[\s\S]*Left to you[\s\S]*is not signed/);
  });

  it('has nothing to do where nothing is refused, and goes with no other scope', async () => {
    const repo = box.repository('clean');
    repo.commit('a.txt', 'a');
    assert.match((await fix(repo)).out, /nothing to mend/);
    assert.equal((await fix(repo, '--staged')).code, 2);
  });
});

describe('commits that have to go', () => {
  const token = (seed: number) => generateSecret('github-token', seed);
  const remote = (name: string): Repo => {
    const repo = box.repository(name);
    box.repository(`${name}-remote`, '--bare');
    repo.commit('a.txt', 'a\n');
    repo.git('remote', 'add', 'origin', box.at(`${name}-remote`));
    repo.git('push', '-q', '-u', 'origin', 'main');
    repo.git('switch', '-qc', 'feature');
    return repo;
  };

  it('are named as few as possible, with commands that do what was proven', async () => {
    const repo = remote('dropped');
    repo.commit('fine.txt', 'fine\n', 'Fine');
    const bad = repo.commit('config.env', `TOKEN=${token(1)}\n`, 'Bring a key');
    const worded = repo.commit('b.txt', 'b\n', `Say ${token(2)} aloud`);
    const tip = repo.commit('c.txt', 'c\n', 'Fine too');
    const { code, out } = await fix(repo);
    assert.equal(code, 1);
    assert.match(out, /With 2 other commits this push passes, proven by judging them/);
    assert.match(out, new RegExp(`1\\. reword ${worded.slice(0, 7)} [^\\n]*take the secret out`));
    assert.match(
      out,
      new RegExp(
        `2\\. drop ${bad.slice(0, 7)} Bring a key\\n +git rebase --onto ${bad.slice(0, 12)}\\^ ${bad.slice(0, 12)} feature`,
      ),
    );
    assert.ok(!out.includes(token(1)) && !out.includes(token(2)));
    assert.equal(repo.git('rev-parse', 'HEAD'), tip, 'nothing moves by itself');
    const judged = /git reset --keep ([0-9a-f]+)/.exec(out)?.[1] ?? '';
    repo.git('reset', '-q', '--keep', judged);
    assert.equal(repo.git('log', '--format=%s', 'origin/main..'), 'Fine too\nSay (removed) aloud\nFine');
    assert.equal(repo.git('ls-files'), 'a.txt\nb.txt\nc.txt\nfine.txt');
    assert.equal((await runCli(['preview'], { cwd: repo.dir, env: repo.env })).code, 0);
    repo.git('reset', '-q', '--keep', tip);
    repo.git('rebase', '-q', '--onto', `${bad}^`, bad, 'feature');
    assert.equal(repo.git('ls-files'), 'a.txt\nb.txt\nc.txt\nfine.txt');
  });

  it('are not proposed where nothing would be left to push, and the same refusal is said once', async () => {
    const repo = remote('all-gone');
    const first = repo.commit('a.env', `A_TOKEN=${token(4)}\n`, 'Bring a key');
    repo.git('config', 'user.signingkey', 'none');
    const { code, out } = await runCli(['preview', '--fix'], { cwd: repo.dir, env: repo.env, width: 60 });
    assert.equal(code, 1);
    assert.match(out, /^✗ No edit of a file mends this refusal by itself\n/);
    assert.doesNotMatch(out, /drop [0-9a-f]{7}|With 1 other commit/, first);
    assert.ok(
      out.split('\n').every((line) => line.length <= 60),
      out,
    );
  });

  it('are not proposed where later commits build on them', async () => {
    const repo = remote('built-on');
    repo.commit('config.env', `TOKEN=${token(3)}\n`, 'Bring a key');
    repo.commit('config.env', 'TOKEN=$TOKEN\n', 'Take it out');
    const { code, out } = await fix(repo);
    assert.equal(code, 1);
    assert.match(out, /Left to you/);
    assert.doesNotMatch(out, /drop [0-9a-f]{7} Bring/);
  });
});
