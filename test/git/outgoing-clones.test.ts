import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { line, push, pushed as pushedIn, seen } from './outgoing-support.ts';
import { codesOf, filesOf, repo, sandbox, textOf } from './support.ts';

const box = sandbox();
let counter = 0;
const pushed = () => {
  counter += 1;
  return pushedIn(box);
};

test('point 21: a shallow clone and a partial clone', async () => {
  const r = pushed();
  r.commit('a', '1\n');
  r.commit('a', '2\n');
  r.git('push', '-q');
  const shallow = box.at(`shallow${counter}`);
  execFileSync('git', ['clone', '-q', '--depth', '1', `file://${r.dir}`, shallow], { env: box.env });
  const s = repo(shallow, box.env);
  s.commit('b', 'new\n');
  const collected = await s.collect({ kind: 'outgoing' });
  assert.equal(collected.repo.shallow, true);
  assert.equal(collected.commits.length, 1);
  const elsewhere = await s.collect({
    kind: 'outgoing',
    remote: 'https://git.example/x.git',
    url: 'https://git.example/x.git',
    refs: [line(s, 'main', 'refs/heads/main')],
  });
  assert.equal(elsewhere.commits.length, 2);
  assert.match(seen(elsewhere), /2\n/);
  r.git('config', 'uploadpack.allowFilter', 'true');
  const partial = box.at(`partial${counter}`);
  execFileSync('git', ['clone', '-q', '--filter=blob:none', `file://${r.dir}`, partial], { env: box.env });
  const p = repo(partial, box.env);
  p.commit('b', 'new in partial\n');
  const sent = await p.collect({ kind: 'outgoing' });
  assert.match(seen(sent), /new in partial/);
  assert.ok(!sent.problems.some((problem) => problem.fatal), JSON.stringify(sent.problems));
});

test('a partial clone is read without fetching anything', async () => {
  const r = pushed();
  r.commit('a', 'old version\n');
  r.commit('a', 'new version\n');
  r.git('config', 'uploadpack.allowFilter', 'true');
  const partial = box.at(`lazy${counter}`);
  execFileSync('git', ['clone', '-q', '--filter=blob:none', `file://${r.dir}`, partial], { env: box.env });
  const p = repo(partial, box.env);
  const missing = () =>
    p
      .git('rev-list', '--objects', '--missing=print', 'HEAD')
      .split('\n')
      .filter((one) => one.startsWith('?'));
  assert.equal(missing().length, 1);
  const collected = await p.collect({ kind: 'range', from: 'HEAD~1', to: 'HEAD' });
  assert.equal(textOf(collected.targets, 'a'), 'new version\n');
  assert.equal(textOf(collected.base, 'a'), undefined);
  assert.equal(missing().length, 1);
  const older = await p.collect({ kind: 'range', from: 'HEAD~2', to: 'HEAD' });
  assert.deepEqual(
    older.problems.map((problem) => [problem.code, problem.fatal]),
    [['object-missing', true]],
  );
  // Its own remote has the object, so a push there does not send it, whatever the tracking refs say.
  p.git('remote', 'set-head', 'origin', '-d');
  p.git('update-ref', '-d', 'refs/remotes/origin/main');
  const back = await push(p, line(p, 'HEAD', 'refs/heads/x'));
  assert.equal(back.commits.length, 3);
  assert.deepEqual(codesOf(back), []);
  assert.deepEqual(
    back.skipped.map((skip) => skip.reason),
    ['unreadable'],
  );
  assert.equal(missing().length, 1);
});

test('a push to an address without a remote sends everything, and shows no credentials', async () => {
  const r = pushed();
  r.git('remote', 'remove', 'origin');
  const word = ['user', 'hunter2'].join(':');
  const url = `https://${word}@git.example/team/app.git`;
  const collected = await r.collect({ kind: 'outgoing', remote: url, url, refs: [line(r, 'main', 'refs/heads/main')] });
  assert.match(seen(collected), /hello/);
  assert.equal(collected.push?.url, 'https://git.example/team/app.git');
  assert.doesNotMatch(JSON.stringify({ ...collected, targets: [], history: [], fingerprintKey: 0 }), /hunter2/);
});

test('without lines from git: the current branch as git push would', async () => {
  const r = pushed();
  r.commit('a', '1\n');
  const ahead = await r.collect({ kind: 'outgoing' });
  assert.equal(ahead.label, '1 commit to origin/main');
  assert.equal(ahead.repo.upstreamBase, 'refs/remotes/origin/main');
  assert.equal(ahead.repo.mergeBase, r.git('rev-parse', 'origin/main'));
  r.git('checkout', '-q', '--detach');
  assert.deepEqual(codesOf(await r.collect({ kind: 'outgoing' })), ['detached-head']);
  r.git('remote', 'remove', 'origin');
  r.git('checkout', '-q', 'main');
  const alone = await r.collect({ kind: 'outgoing' });
  assert.deepEqual([codesOf(alone), alone.commits.length, alone.label], [['no-remote'], 2, '2 commits, no remote']);
  const empty = box.repository(`empty${counter}`);
  const nothing = await empty.collect({ kind: 'outgoing' });
  assert.deepEqual([codesOf(nothing), nothing.problems[0]?.fatal], [['no-commits'], true]);
});

test('the configuration of the base judges what a push proposes', async () => {
  const r = pushed();
  r.commit('pregate.yaml', 'version: 1\n');
  r.git('push', '-q');
  r.git('checkout', '-qb', 'weaker');
  r.commit('pregate.yaml', 'version: 1\nexclude: ["**"]\n');
  const collected = await push(r, line(r, 'weaker', 'refs/heads/weaker'));
  assert.deepEqual(collected.config.exclude, []);
  assert.deepEqual(collected.proposedConfig?.exclude, ['**']);
});

test('threat 6: a range, from revisions that a person writes, which may look like an option', async () => {
  const r = pushed();
  r.commit('a', '1\n');
  r.commit('b', '2\n');
  const collected = await r.collect({ kind: 'range', from: 'HEAD~2', to: 'main' });
  assert.equal(collected.label, '2 commits of HEAD~2..main');
  assert.deepEqual(filesOf(collected.targets), ['a', 'b']);
  r.git('update-ref', 'refs/heads/--output=x', 'HEAD~2');
  assert.deepEqual(
    (await r.collect({ kind: 'range', from: '--output=x', to: 'main' })).label,
    '2 commits of --output=x..main',
  );
  for (const from of ['nowhere', '--output=y', '']) {
    assert.deepEqual(codesOf(await r.collect({ kind: 'range', from, to: 'main' })), ['bad-revision'], from);
  }
});

test('history can be taken in batches instead of being kept', async () => {
  const r = pushed();
  for (let index = 0; index < 5; index++) r.commit('a', `version ${index}\n`);
  const texts: string[] = [];
  const collected = await r.collect(
    { kind: 'outgoing' },
    { onHistory: (batch) => void texts.push(...batch.map((document) => document.text)) },
  );
  assert.equal(collected.history.length, 0);
  assert.deepEqual(texts.sort(), ['version 0\n', 'version 1\n', 'version 2\n', 'version 3\n']);
});

test('more content than the limit closes the gate', async () => {
  const r = pushed();
  for (let index = 0; index < 4; index++) r.commit('a', `${index}`.repeat(4000));
  const collected = await r.collect({ kind: 'outgoing' }, { limits: { totalBytes: 6000 } });
  assert.ok(collected.problems.some((problem) => problem.code === 'scope-too-large' && problem.fatal));
});

test('a parent never comes before its child, whatever the clocks said', async () => {
  const r = pushed();
  const made: string[] = [];
  for (const date of ['1700000000', '1500000000', '1800000000', '1400000000', '1600000000']) {
    r.write('a', date);
    r.git('add', '-A');
    const env = { ...box.env, GIT_AUTHOR_DATE: `${date} +0000`, GIT_COMMITTER_DATE: `${date} +0000` };
    execFileSync('git', ['commit', '-qm', date], { cwd: r.dir, env });
    made.unshift(r.git('rev-parse', 'HEAD'));
  }
  r.git('checkout', '-qb', 'side', 'HEAD~3');
  r.commit('b', 'side');
  made.unshift(r.git('rev-parse', 'HEAD'));
  r.git('merge', '-q', '--no-edit', 'main');
  const collected = await push(r, line(r, 'side', 'refs/heads/side'));
  const order = collected.commits.map((commit) => commit.oid);
  assert.equal(order.length, 7);
  for (const commit of collected.commits) {
    for (const parent of commit.parents) {
      const at = order.indexOf(parent);
      assert.ok(at === -1 || at > order.indexOf(commit.oid), 'a parent came first');
    }
  }
  assert.deepEqual([...(collected.push?.refs[0]?.commits ?? [])].sort(), [...order].sort());
});
