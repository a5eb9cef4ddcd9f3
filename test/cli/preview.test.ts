/** `pregate preview` on real repositories: the ladder, another day, and why a rule is silent. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { type Repo, sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();

/** A clone with one outgoing commit, and beside it a policy with this text for the gate push. */
function world(name: string, rego: string, data: unknown = {}): { repo: Repo; bundle: string } {
  const repo = box.repository(name);
  box.repository(`${name}-remote`, '--bare');
  repo.commit('readme.md', 'hello\n');
  repo.git('remote', 'add', 'origin', box.at(`${name}-remote`));
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.git('switch', '-qc', 'feature/login');
  repo.commit('src/a.txt', 'a\n');
  const bundle = box.at(`${name}-policy`);
  mkdirSync(bundle);
  writeFileSync(`${bundle}/push.rego`, `package pregate.push\n\n${rego}\n`);
  writeFileSync(`${bundle}/data.json`, JSON.stringify(data));
  return { repo, bundle };
}

const run = ({ repo, bundle }: { repo: Repo; bundle: string }, ...words: string[]) =>
  runCli(['preview', '--bundle', bundle, ...words], { cwd: repo.dir, env: repo.env });

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

const large = '# METADATA\n# title: Large push\n# custom:\n#   rule: large\n#   remedy: Push in parts.\n';

describe('the ladder', () => {
  const denying = world(
    'ladder',
    `${large}deny contains {"rule": "large", "msg": "a push of one commit is too large"} if count(input.commits) > 0`,
    {
      pregate: { rollout: { '*': { owner: 'platform team' } } },
    },
  );

  it('says what, by which policy and engine, whose rule, and the way out', async () => {
    const { code, out } = await run(denying);
    assert.equal(code, 1);
    assert.match(
      out,
      /feature\/login → origin\/main {3}1 commit, 1 file\s+policy \S+policy \(unsigned, own Rego engine\)/,
    );
    assert.match(out, /✗ push {5}refuse {3}a push of one commit is too large +exact/);
    assert.match(out, /push\/large, owner: platform team/);
    assert.match(out, /Push in parts\./);
  });

  it('loses no word at 80 columns and keeps to them', async () => {
    const options = { cwd: denying.repo.dir, env: denying.repo.env };
    const wide = await runCli(['preview', '--bundle', denying.bundle], { ...options, width: 100 });
    const narrow = await runCli(['preview', '--bundle', denying.bundle], { ...options, width: 80 });
    const wordsOf = (text: string) =>
      text
        .split(/\s+/)
        .filter((word) => word !== '')
        .sort();
    assert.deepEqual(wordsOf(narrow.out), wordsOf(wide.out));
    for (const line of narrow.out.split('\n')) assert.ok(line.length <= 80 || !line.trim().includes(' '), line);
    assert.doesNotMatch(narrow.out, /\u001b/);
    const phone = await runCli(['preview', '--bundle', denying.bundle], { ...options, width: 40 });
    for (const line of phone.out.split('\n')) assert.ok(line.length <= 40 || / --|\S{30}/.test(line), line);
    assert.match(phone.out, /^ {4}✗ push {5}refuse {3}exact$/m);
  });

  it('says once what holds for several commits, and cuts no quotation at its colon', async () => {
    const said =
      'the message of this commit must match "^(feat|fix|docs): " as the contributing guide says in its third part';
    const rule = `deny contains {"rule": "message", "msg": ${JSON.stringify(said)}, "at": sprintf("/commits/%d", [i])} if some i, _ in input.commits`;
    const many = world('alike', rule);
    for (const name of ['b', 'c', 'd']) many.repo.commit(name, name);
    const { out } = await run(many);
    assert.match(out, /✗ push {5}refuse {3}the message of this commit must match … \(and 3 more\) +exact/);
    assert.equal(out.split('contributing guide').length, 2);
    assert.match(out, /^ +[0-9a-f]{7}, [0-9a-f]{7}, 2 more places {3}push\/message$/m);
  });

  it('shows what a rule in shadow would refuse, and lets it pass', async () => {
    const shadow = world(
      'shadow',
      `${large}#   rollout: shadow\ndeny contains {"rule": "large", "msg": "too large"} if count(input.commits) > 0`,
    );
    const { code, out } = await run(shadow);
    assert.equal(code, 0);
    assert.match(out, /1 rule in shadow would refuse/);
    assert.match(out, /in shadow, would refuse: the policy has it at shadow/);
    assert.match((await run(shadow, '--markdown')).out, /\*\*Not refused\*\*/);
  });
});

describe('--at', () => {
  it('lists what is different by then, with its day and cause', async () => {
    const one = world(
      'later',
      `deny contains {"rule": "large", "msg": "too large", "effective_on": "${day(10)}"} if input.commits\n\nwarn contains {"rule": "dated", "msg": "the freeze has begun"} if time.now_ns() > time.parse_rfc3339_ns("${day(20)}T00:00:00Z")`,
    );
    const soon = await run(one, '--at', day(5));
    assert.equal(soon.code, 0);
    assert.match(soon.out, new RegExp(`Nothing about this change is different on ${day(5)}`));
    const then = await run(one, '--at', day(30));
    assert.equal(then.code, 1);
    assert.match(then.out, /push {6}! warn today, ✗ refuse then/);
    assert.match(then.out, new RegExp(`${day(10)} {2}push/large refuses, today it warns`));
    assert.match(then.out, /by then {5}push\/dated warns, today it is silent/);
    const flips = JSON.parse((await run(one, '--at', day(30), '--json')).out).flips;
    assert.deepEqual(
      flips.map((flip: { rule: string; on?: string }) => [flip.rule, flip.on]),
      [
        ['push/large', day(10)],
        ['push/dated', undefined],
      ],
    );
  });

  it('refuses what is no day', async () => {
    const one = world('no-day', 'deny contains "x" if false');
    for (const at of ['soon', '2026-02-30', '2026-12-01T00:00:00Z'])
      assert.equal((await run(one, '--at', at)).code, 2, at);
  });
});

describe('--why', () => {
  const one = world(
    'why',
    `${large}deny contains {"rule": "large", "msg": "too large"} if {\n\tsome ref in input.push.refs\n\tref.kind == "branch"\n\tcount(input.commits) > data.limit\n}\n\n# METADATA\n# custom:\n#   rule: named\ndeny contains {"rule": "named", "msg": "bad name"} if {\n\tsome ref in input.push.refs\n\tnot startswith(ref.dst, "refs/heads/feature/")\n}\n\ndeny contains {"rule": "authors", "msg": "author"} if {\n\tsome commit in input.commits\n\tnot endswith(commit.author.email, "@example.com")\n}`,
    { limit: 3 },
  );

  it('names the expression that stopped a silent rule, its values and its line', async () => {
    const { out } = await run(one, '--why', 'push/large');
    assert.match(out, /push\/large {3}deny {3}Large push/);
    assert.match(out, /stopped {2}count\(input\.commits\) > data\.limit/);
    assert.match(out, /count\(input\.commits\) is 1\n +data\.limit is 3/);
    assert.match(out, /push\.rego:11/);
  });

  it('looks into negations', async () => {
    const { out } = await run(one, '--why', 'named');
    assert.match(out, /stopped {2}not startswith\(ref\.dst, "refs\/heads\/feature\/"\)/);
    assert.match(out, /ref\.dst is "refs\/heads\/feature\/login"/);
  });

  it('gives the same as data, and tells a name that does not exist from a silent rule', async () => {
    const [body] = JSON.parse((await run(one, '--why', 'push/large', '--json')).out).explanations;
    assert.deepEqual(
      [body.fired, body.stopped.line, body.stopped.values[0]],
      [false, 11, { text: 'count(input.commits)', value: 1 }],
    );
    assert.match((await run(one, '--why', 'lagre')).out, /Nothing in this preview is called lagre/);
  });

  it('shows why a rule fired', async () => {
    const fired = world('fired', `${large}deny contains {"rule": "large", "msg": "too large"} if input.commits`);
    const { out } = await run(fired, '--why', 'large');
    assert.match(out, /push\/large {3}deny, exact\n {6}too large/);
    assert.doesNotMatch(out, /stayed silent/);
  });
});
