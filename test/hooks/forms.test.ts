/** Every way in which people commit and push, with the product as it is built and git as it is: no secret comes through. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { type World, world } from '../daemon/support.ts';
import { type Repo, repo as repoAt } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';
import { remote } from './support.ts';
import { newGit } from './tools.ts';

const w: World = world();
const newer = newGit();
const token = (seed: number) => `token = "${generateSecret('github-token', seed)}"\n`;
/** What goes before the PATH. */
const gits = ['', ...('folder' in newer ? [`${newer.folder}${path.delimiter}`] : [])];
let made = 0;

/** A repository with a remote, our hooks, and one commit that was pushed. */
function ready(): Repo {
  const repo = repoAt(w.box.repository(`forms${++made}`).dir, w.env);
  repo.commit('README.md', 'hello\n');
  remote(w.box, repo);
  hooks(repo);
  repo.git('push', '-q', 'origin', 'main');
  return repo;
}

function hooks(repo: Repo): void {
  const { code, err } = w.shipped.run(['init', '--yes'], { cwd: repo.dir, env: repo.env });
  assert.equal(code, 0, err);
}

function refused(repo: Repo, what: 'commit' | 'push', ...args: string[]): void {
  const { code, output } = repo.tryGit(args, { env: repo.env });
  assert.notEqual(code, 0, `git ${args.join(' ')} went through`);
  assert.match(output, new RegExp(`Pregate stopped this ${what}: `), `git ${args.join(' ')}`);
}

function passes(repo: Repo, ...args: string[]): void {
  const { code, output } = repo.tryGit(args, { env: repo.env });
  assert.equal(code, 0, `git ${args.join(' ')}: ${output}`);
  assert.doesNotMatch(output, /Pregate/, `git ${args.join(' ')}`);
}

/** A commit that no hook has looked at, on a branch of its own. */
function unseen(repo: Repo, branch: string, file: string, seed: number): void {
  repo.git('switch', '-qc', branch, 'main');
  repo.write(file, token(seed));
  repo.git('add', '-A');
  repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qnm', branch);
}

describe('forms of a commit', () => {
  test('what is staged, what is not, and what is named', () => {
    const repo = ready();
    repo.write('README.md', token(1));
    passes(repo, 'commit', '--allow-empty', '-qm', 'empty');
    for (const words of [['-am'], ['README.md', '-m'], ['--only', 'README.md', '-m'], ['-i', 'README.md', '-m']])
      refused(repo, 'commit', 'commit', ...words, 'x');
    repo.git('add', '-A');
    for (const words of [
      ['--fixup', 'HEAD'],
      ['--squash', 'HEAD', '-m', 'x'],
      ['--amend', '--no-edit'],
      ['-C', 'HEAD'],
    ])
      refused(repo, 'commit', 'commit', ...words);
    repo.git('reset', '-q', '--hard');
    repo.write('b.env', token(1));
    repo.git('add', 'b.env');
    repo.write('README.md', 'more\n');
    passes(repo, 'commit', '-q', '--only', 'README.md', '-m', 'not b.env');
  });

  test('names that are no text, folders, worktrees', () => {
    const repo = ready();
    for (const name of ['new\nline', 'tab\t"quoted"', 'пароль.env', '-m']) {
      repo.write(name, token(2));
      repo.git('add', '-A');
      refused(repo, 'commit', 'commit', '-qm', 'x');
      repo.git('reset', '-q', '--hard');
    }
    const tree = w.box.at('forms-worktree');
    repo.git('worktree', 'add', '-q', tree, '-b', 'other');
    const other = repoAt(tree, repo.env);
    other.write('a.env', token(2));
    other.git('add', '-A');
    refused(other, 'commit', 'commit', '-qm', 'x');
  });

  for (const folder of gits) {
    test(`patches of a mail, with ${folder === '' ? 'the git of the PATH' : 'a newer git'}`, () => {
      const repo = ready();
      const env = { ...repo.env, PATH: `${folder}${repo.env['PATH']}` };
      const am = (...words: string[]) => repo.tryGit(['am', '-q', ...words], { env });
      repo.git('switch', '-qc', 'theirs');
      for (const [file, text, message] of [
        ['one.txt', 'fine\n', 'one'],
        ['two.env', token(10), 'two'],
        ['three.txt', 'fine\n', `three\n\n# ${token(11)}`],
        ['four.txt', 'fine\n', 'four\n\n# kept as it is'],
      ] as const) {
        repo.write(file, text);
        repo.git('add', '-A');
        repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qnm', message, '--cleanup=verbatim');
      }
      const mails = w.box.at(`mails${made}`);
      repo.git('format-patch', '-q', '-o', mails, 'main');
      repo.git('switch', '-qc', 'ours', 'main');
      const second = am(...readdirSync(mails).map((name) => path.join(mails, name)));
      assert.notEqual(second.code, 0);
      assert.match(second.output, /^Pregate stopped this commit: 1 secret in two\.env/m);
      assert.match(second.output, /^ {2}The patch was not committed\. Mend it and: git am --continue/m);
      assert.equal(repo.git('log', '--format=%s', 'main..HEAD'), 'one');
      repo.write('two.env', 'token = "from the environment"\n');
      repo.git('add', '-A');
      const third = am('--continue');
      assert.match(third.output, /^Pregate stopped this commit: 1 secret in the commit message/m);
      assert.equal(repo.git('log', '--format=%s', 'main..HEAD'), 'two\none');
      assert.deepEqual(am('--skip'), { code: 0, output: '' });
      assert.equal(repo.git('log', '--format=%s', 'main..HEAD'), 'four\ntwo\none');
      passes(repo, 'push', '-q', 'origin', 'ours');
    });

    test(`a rebase by patches is not stopped half way, with ${folder === '' ? 'the git of the PATH' : 'a newer git'}`, () => {
      const repo = ready();
      const env = { ...repo.env, PATH: `${folder}${repo.env['PATH']}` };
      unseen(repo, 'topic', 'a.env', 12);
      repo.git('switch', '-q', 'main');
      repo.commit('main.txt', 'more\n');
      repo.git('switch', '-q', 'topic');
      const { code, output } = repo.tryGit(['rebase', '-q', '--apply', 'main'], { env });
      assert.equal(code, 0, output);
      assert.equal(repo.git('log', '--format=%s', 'main..HEAD'), 'topic');
      refused(repo, 'push', 'push', '-q', 'origin', 'topic');
    });
  }

  test('a merge that brings what neither side has', () => {
    const repo = ready();
    repo.git('switch', '-qc', 'side');
    repo.commit('side.txt', '1\n');
    repo.git('switch', '-q', 'main');
    repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
    repo.write('evil.env', token(3));
    repo.git('add', '-A');
    refused(repo, 'commit', 'commit', '-qm', 'merge');
  });
});

describe('forms of a push', () => {
  test('whatever is named, and however the remote is', () => {
    const repo = ready();
    unseen(repo, 'topic', 'a.env', 4);
    const url = repo.git('remote', 'get-url', 'origin');
    const oid = repo.git('rev-parse', 'HEAD');
    const forms = [
      ['origin', 'topic'],
      [url, 'topic'],
      ['origin', 'HEAD:refs/for/main'],
      ['origin', `${oid}:refs/heads/x`],
      ['--all', 'origin'],
      ['--mirror', 'origin'],
      ['--atomic', 'origin', 'main', 'topic'],
      ['--force-with-lease', 'origin', 'topic'],
      ['--dry-run', 'origin', 'topic'],
    ];
    for (const form of forms) refused(repo, 'push', 'push', '-q', ...form);
    passes(repo, 'push', '-q', 'origin', 'main');
    passes(repo, 'push', '-q', 'origin', 'main:refs/heads/gone');
    passes(repo, 'push', '-q', 'origin', ':gone');
  });

  test('tags of anything, notes, stashes, replaced objects', () => {
    const repo = ready();
    repo.write('loose', token(5));
    const blob = repo.git('hash-object', '-w', 'loose');
    const entry = execFileSync('git', ['mktree'], { cwd: repo.dir, env: repo.env, input: `100644 blob ${blob}\tf\n` });
    repo.git('tag', 'blob', blob);
    repo.git('tag', 'tree', entry.toString().trim());
    repo.git('tag', '-a', '-m', 'of a tag', 'nested', 'tree');
    repo.git('tag', '-a', '-m', token(5), 'told');
    for (const name of ['blob', 'tree', 'nested', 'told']) refused(repo, 'push', 'push', '-q', 'origin', name);
    refused(repo, 'push', 'push', '-q', '--follow-tags', 'origin', 'main:refs/heads/new');
    repo.git('notes', 'add', '-m', token(5));
    refused(repo, 'push', 'push', '-q', 'origin', 'refs/notes/commits');
    const note = repo.tryGit(['push', '-q', 'origin', 'refs/notes/commits'], { env: repo.env }).output;
    const on = repo.git('rev-parse', 'HEAD').slice(0, 7);
    assert.equal(note.split('\n')[0], `Pregate stopped this push: 1 secret in a note on ${on} (refs/notes/commits)`);
    assert.match(note, new RegExp(`^  note on ${on}:1  github-token`, 'm'));
    repo.write('README.md', token(5));
    repo.git('stash');
    refused(repo, 'push', 'push', '-q', 'origin', 'refs/stash:refs/heads/stash');
    unseen(repo, 'replaced', 'r.env', 6);
    const clean = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: repo.dir,
      env: repo.env,
      input: 'ok\n',
    });
    repo.git('replace', repo.git('rev-parse', 'HEAD:r.env'), clean.toString().trim());
    refused(repo, 'push', 'push', '-q', 'origin', 'replaced');
  });

  test('from clones that have little, and of a submodule with its superproject', () => {
    const whole = ready();
    const url = whole.git('remote', 'get-url', 'origin');
    execFileSync('git', ['-C', url, 'config', 'uploadpack.allowFilter', 'true']);
    for (const words of [['--depth', '1'], ['--filter=blob:none'], ['--filter=tree:0'], ['-s']]) {
      const dir = w.box.at(`clone${++made}`);
      const from = words[0] === '-s' ? url : `file://${url}`;
      execFileSync('git', ['clone', '-q', ...words, from, dir], { env: w.env, stdio: 'pipe' });
      const clone = repoAt(dir, w.env);
      hooks(clone);
      clone.write('a.env', token(7));
      clone.git('add', '-A');
      refused(clone, 'commit', 'commit', '-qm', 'x');
      clone.git('reset', '-q', '--hard');
      unseen(clone, 'topic', 'a.env', 7);
      refused(clone, 'push', 'push', '-q', 'origin', 'topic');
    }
    const above = ready();
    above.git('submodule', '--quiet', 'add', url, 'sub');
    above.git('commit', '-qm', 'sub');
    const sub = repoAt(path.join(above.dir, 'sub'), w.env);
    hooks(sub);
    unseen(sub, 'topic', 'b.env', 8);
    sub.git('branch', '-f', 'main', 'topic');
    sub.git('switch', '-q', 'main');
    above.git('commit', '-qam', 'newer');
    refused(above, 'push', '-c', 'push.recurseSubmodules=on-demand', 'push', '-q', 'origin', 'main');
  });
});

for (const options of [
  ['--object-format=sha256'],
  ['--ref-format=reftable'],
  ['--ref-format=reftable', '--object-format=sha256'],
]) {
  const needs = options.includes('--ref-format=reftable') && 'skip' in newer ? newer.skip : false;
  test(`a repository made with ${options.join(' ')}`, { skip: needs }, () => {
    const folder =
      'folder' in newer && options.includes('--ref-format=reftable') ? `${newer.folder}${path.delimiter}` : '';
    const env = { ...w.env, PATH: `${folder}${w.env['PATH']}` };
    const dir = w.box.at(`made${++made}`);
    execFileSync('git', ['init', '-q', ...options, dir], { env });
    const repo = repoAt(dir, env);
    repo.commit('README.md', 'hello\n');
    execFileSync('git', ['init', '-q', '--bare', ...options, `${dir}.git`], { env });
    repo.git('remote', 'add', 'origin', `${dir}.git`);
    hooks(repo);
    passes(repo, 'push', '-q', 'origin', 'main');
    repo.write('a.env', token(9));
    repo.git('add', '-A');
    refused(repo, 'commit', 'commit', '-qm', 'x');
    repo.git('reset', '-q', '--hard');
    unseen(repo, 'topic', 'a.env', 9);
    refused(repo, 'push', 'push', '-q', 'origin', 'topic');
    repo.git('switch', '-q', 'main');
    repo.write('b.txt', 'fine\n');
    repo.git('add', '-A');
    passes(repo, 'commit', '-qm', 'fine');
    passes(repo, 'push', '-q', 'origin', 'main:refs/heads/two');
  });
}
