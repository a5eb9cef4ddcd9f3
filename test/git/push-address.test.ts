/** Whose tracking refs tell what a push would find. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseGitConfig } from '../../agent/git/config-list.ts';
import { isFetchedFrom, pushAddress } from '../../agent/git/push-address.ts';
import { line, pushed, seen } from './outgoing-support.ts';
import { codesOf, sandbox } from './support.ts';

const box = sandbox();

function config(...lines: [string, string][]) {
  return parseGitConfig(Buffer.from(lines.map(([key, value]) => `${key}\n${value}\0`).join('')));
}

test('point 16: the same repository by another way, and another one', () => {
  const same = (fetched: string, pushedTo: string) =>
    isFetchedFrom(config(['remote.origin.url', fetched]), 'origin', pushedTo, '/work');
  for (const [one, other] of [
    ['https://github.com/acme/app', 'git@github.com:Acme/app.git'],
    ['https://user@gitlab.com/a/b/app.git', 'ssh://git@gitlab.com:22/a/b/app.git'],
    ['https://org@dev.azure.com/org/project/_git/app', 'git@ssh.dev.azure.com:v3/org/project/app'],
    ['https://bitbucket.example.com/scm/p/app.git', 'ssh://git@bitbucket.example.com/p/app.git'],
    ['https://ci:one@git.example.com/p/app.git', 'https://ci:two@git.example.com/p/app.git'],
    ['https://github.com/acme/app', 'ssh://git@ssh.github.com:443/acme/app.git'],
    ['../app.git', '/app.git'],
    ['file:///srv/app.git', '/srv/app.git/'],
  ] as const)
    assert.equal(same(one, other), true, `${one} ${other}`);
  for (const [one, other] of [
    ['https://github.com/acme/app', 'git@github.com:acme/app-public.git'],
    ['https://git.example.com/acme/app', 'https://github.com/acme/app'],
    ['https://git.example.com/acme/app', 'https://git.example.com/Acme/app'],
    ['/srv/app.git', '/srv/public.git'],
    ['/srv/app.git', '/srv/app'],
    // What a server that is not known makes of port, user, query and path is its own affair.
    ['https://localhost:3000/a/b', 'https://localhost:4000/a/b'],
    ['https://gitlab.example.com:3000/a/b', 'https://gitlab.example.com:4000/a/b'],
    ['ssh://git@gitlab.example.com:22/a/b', 'ssh://git@gitlab.example.com:2222/a/b'],
    ['alice@host.lan:repo.git', 'bob@host.lan:repo.git'],
    ['alice@gitlab.lan:repo.git', 'bob@gitlab.lan:repo.git'],
    ['git@host.lan:srv/repo.git', 'ssh://git@host.lan/srv/repo.git'],
    ['https://h/cgi?r=a', 'https://h/cgi?r=b'],
    ['https://gitlab.example.com/a/cgi?r=a', 'https://gitlab.example.com/a/cgi?r=b'],
    ['https://h/scm/app', 'https://h/app'],
    ['https://gitlab.com/v3/group/app', 'https://gitlab.com/group/app'],
    ['file:///srv/a%20b', '/srv/a%20b'],
  ] as const)
    assert.equal(same(one, other), false, `${one} ${other}`);
});

test('point 16: addresses are rewritten as git does it', () => {
  const github = 'url.git@github.com:';
  const rules = config(
    ['remote.origin.url', 'https://github.com/acme/app'],
    [`${github}.pushinsteadof`, 'https://github.com/'],
    ['url./srv/.insteadof', 'https://github.com/acme/'],
  );
  assert.equal(pushAddress(rules, 'origin'), 'git@github.com:acme/app');
  assert.equal(isFetchedFrom(rules, 'origin', '/srv/app', '/'), true);
  assert.equal(isFetchedFrom(rules, 'origin', 'git@github.com:acme/app', '/'), false);
  const own = config(
    ['remote.origin.url', '/a'],
    ['remote.origin.pushurl', 'gh:acme/app'],
    [`${github}.insteadof`, 'gh:'],
  );
  assert.equal(pushAddress(own, 'origin'), 'git@github.com:acme/app');
  assert.equal(pushAddress(config(['remote.origin.fetch', 'x']), 'origin'), undefined);
});

test('point 16: what the remote has counts for nothing where it is pushed to another address', async () => {
  const r = pushed(box);
  r.commit('a', 'hidden\n');
  r.git('push', '-q', 'origin', 'main');
  box.repository('public.git', '--bare');
  r.git('config', 'remote.origin.pushurl', box.at('public.git'));
  r.git('checkout', '-qb', 'feature');
  r.commit('b', 'fine\n');
  const url = r.git('remote', 'get-url', '--push', 'origin');
  const push = (oid?: string) =>
    r.collect({ kind: 'outgoing', remote: 'origin', url, refs: [line(r, 'feature', 'refs/heads/feature', oid)] });
  const first = await push();
  assert.match(seen(first), /hidden/);
  assert.deepEqual([first.commits.length, codesOf(first)], [3, ['other-push-address']]);
  // Without asking, a preview takes nothing to be there either, and so says what the hook will say.
  r.git('checkout', '-q', 'main');
  const hook = await r.collect({ kind: 'outgoing', remote: 'origin', url, refs: [line(r, 'main', 'refs/heads/main')] });
  const preview = await r.collect({ kind: 'outgoing' });
  assert.deepEqual([preview.push, preview.label, preview.commits], [hook.push, hook.label, hook.commits]);
  assert.equal(preview.commits.length, 2);
  // What that repository says itself counts.
  assert.equal((await push(r.git('rev-parse', 'main'))).commits.length, 1);
});
