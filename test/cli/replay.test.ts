/** `pregate policy replay` on real histories: what another bundle would have stopped, commit by commit and push by push. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { judgeCollected, signatures } from '../../agent/gate/check.ts';
import { exceptionLine } from '../../agent/policy/exceptions-file.ts';
import { signException } from '../../agent/sign/exceptions.ts';
import { type Repo, sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();

const bundleOf = (name: string, rego: string): string => {
  const folder = box.at(name);
  mkdirSync(folder);
  writeFileSync(`${folder}/push.rego`, `package pregate.push\n\n${rego}\n`);
  return folder;
};

/** A main line of eight commits with one merge, pushed in three pushes. */
function world(name: string): { repo: Repo; commits: Record<string, string> } {
  const repo = box.repository(name);
  box.repository(`${name}-remote`, '--bare');
  repo.git('remote', 'add', 'origin', box.at(`${name}-remote`));
  const commits: Record<string, string> = {};
  commits['first'] = repo.commit('readme.md', 'hello\n');
  repo.git('push', '-q', '-u', 'origin', 'main');
  commits['workflow'] = repo.commit(
    '.github/workflows/ci.yml',
    'on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/a@v1\n',
  );
  commits['plain'] = repo.commit('src/a.ts', 'export {};\n');
  repo.git('push', '-q', 'origin', 'main');
  repo.git('switch', '-qc', 'side');
  repo.commit('vendor/x.c', 'int x;\n');
  repo.git('switch', '-q', 'main');
  commits['other'] = repo.commit('src/b.ts', 'export {};\n');
  repo.git('merge', '-q', '--no-ff', '-m', 'merge side', 'side');
  commits['merge'] = repo.git('rev-parse', 'HEAD');
  commits['pinned'] = repo.commit(
    '.github/workflows/ci.yml',
    `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: x\n    steps:\n      - uses: acme/a@${'a'.repeat(40)}\n`,
  );
  repo.git('push', '-q', 'origin', 'main');
  return { repo, commits };
}

const vendor = bundleOf(
  'vendor-policy',
  '# METADATA\n# custom:\n#   rule: vendored\ndeny contains {"rule": "vendored", "msg": "vendored code"} if {\n\tsome change in input.changes\n\tstartswith(change.path, "vendor/")\n}\n\nwarn contains {"rule": "unpinned", "msg": "not pinned"} if {\n\tsome finding in input.findings\n\tfinding.rule == "unpinned-uses"\n\tfinding.introduced\n}',
);

const { repo, commits } = world('history');
const run = (...words: string[]) =>
  runCli(['policy', 'replay', '--bundle', vendor, ...words], { cwd: repo.dir, env: repo.env });

describe('commits', () => {
  it('names those a new bundle would have stopped, by rule', async () => {
    const { code, out } = await run('--last', '50');
    assert.equal(code, 1);
    assert.match(out, /6 commits/);
    assert.match(out, /✗ 1 commit that passed would be stopped/);
    assert.match(out, new RegExp(`push/vendored +1\\n +${commits['merge']?.slice(0, 7)} {2}merge side`));
    assert.match(out, new RegExp(`push/unpinned +1\\n +${commits['workflow']?.slice(0, 7)}`));
  });

  it('remembers answers, and judges anew what changed', async () => {
    const again = JSON.parse((await run('--last', '50', '--json')).out);
    assert.deepEqual([again.remembered, again.summary.judged, again.summary.stops], [6, 6, 1]);
    const fresh = JSON.parse((await run('--last', '50', '--json', '--fresh')).out);
    assert.deepEqual([fresh.remembered, fresh.stops, fresh.warns], [0, again.stops, again.warns]);
    writeFileSync(`${vendor}/push.rego`, 'package pregate.push\n\ndeny contains "never" if false\n');
    const other = JSON.parse((await run('--last', '50', '--json')).out);
    assert.deepEqual([other.remembered, other.summary.stops], [0, 0]);
  });

  it('judges each commit as a range of that commit would be judged', async () => {
    const { steps } = JSON.parse((await run('--last', '50', '--json', '--fresh')).out);
    const options = { cwd: repo.dir, env: repo.env };
    for (const step of steps.slice(1)) {
      const collected = await repo.collect({ kind: 'range', from: step.from, to: step.to }, { ...signatures(options) });
      // A merge brings the commits of its side too; the replay judges what it changes on the main line.
      if (step.to === commits['merge']) continue;
      const { report } = await judgeCollected(collected, options);
      const warned = report.decision.gates.flatMap((gate) => gate.reasons).filter((one) => one.effect === 'warn');
      assert.deepEqual([...new Set(warned.map((one) => one.rule))].sort(), step.old.warn, step.subject);
    }
  });
});

describe('exceptions', () => {
  it('count where they stood on the base of the step, and no longer than they last', async () => {
    const signer = box.at('key-ann');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'ann', '-f', signer], { env: box.env });
    const excused = box.repository('excused');
    const line = async (path: string, expires: string, id: string) => {
      const exception = {
        v: 1,
        id,
        rule: 'push/vendored',
        scope: { path },
        reason: 'taken over from the old repository',
        approver: 'ann@example.com',
        created: '2026-01-01',
        expires,
      } as const;
      return exceptionLine(exception, await signException(exception, signer, box.env));
    };
    excused.write('.pregate/allowed_signers', `ann@example.com ${readFileSync(`${signer}.pub`, 'utf8')}`);
    excused.git('add', '-A');
    const before = excused.commit('vendor/early.c', 'int early;\n');
    excused.commit(
      '.pregate/exceptions.jsonl',
      `${await line('vendor/old.c', '2026-12-01', 'ex-old')}\n${await line('vendor/past.c', '2026-02-01', 'ex-past')}\n`,
    );
    excused.commit('vendor/old.c', 'int old;\n');
    const past = excused.commit('vendor/past.c', 'int past;\n');
    const strict = bundleOf(
      'strict-vendor',
      'deny contains {"rule": "vendored", "msg": "vendored code", "at": sprintf("/changes/%d", [i])} if {\n\tsome i, change in input.changes\n\tstartswith(change.path, "vendor/")\n}',
    );
    const words = ['policy', 'replay', '--bundle', strict, '--at', '2026-11-20', '--json'];
    const { out } = await runCli(words, { cwd: excused.dir, env: excused.env });
    assert.deepEqual(
      JSON.parse(out).stops.map((one: { rule: string; steps: string[] }) => [one.rule, [...one.steps].sort()]),
      [['push/vendored', [before, past].sort()]],
    );
  });
});

describe('pushes', () => {
  it('are read from the reflog of the remote’s refs and judged as pushes', async () => {
    const pushed = bundleOf(
      'push-policy',
      'deny contains {"rule": "two", "msg": "more than one commit"} if {\n\tinput.push.refs[0].dst == "refs/heads/main"\n\tcount(input.commits) == 2\n}',
    );
    const { code, out } = await runCli(['policy', 'replay', '--bundle', pushed, '--pushes', '--json'], {
      cwd: repo.dir,
      env: repo.env,
    });
    const result = JSON.parse(out);
    assert.equal(code, 1);
    assert.equal(result.summary.judged, 3);
    assert.deepEqual(
      result.stops.map((one: { rule: string; steps: string[] }) => [one.rule, one.steps]),
      [['push/two', [commits['plain']]]],
    );
  });

  it('says when git remembers none', async () => {
    const lonely = box.repository('lonely');
    lonely.commit('a', 'a');
    const { code, err } = await runCli(['policy', 'replay', '--bundle', vendor, '--pushes'], {
      cwd: lonely.dir,
      env: lonely.env,
    });
    assert.equal(code, 3);
    assert.match(err, /git remembers no push from this clone/);
  });
});

describe('what cannot be replayed', () => {
  it('is a bundle that does not compile, a number that is none, and both kinds at once', async () => {
    const broken = bundleOf('broken-policy', 'deny contains x if y');
    const { code, err } = await runCli(['policy', 'replay', '--bundle', broken], { cwd: repo.dir, env: repo.env });
    assert.equal(code, 3);
    assert.match(err, /push\.rego:3/);
    assert.equal((await run('--last', '0')).code, 2);
    assert.equal((await run('--commits', '--pushes')).code, 2);
    assert.equal((await runCli(['policy', 'replay'], { cwd: repo.dir, env: repo.env })).code, 2);
  });
});
