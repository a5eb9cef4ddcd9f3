/** Exceptions on a real protected base, signed by real keys of ssh-keygen. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { judgeCollected, signatures } from '../../agent/gate/check.ts';
import type { PolicyException } from '../../agent/gate/types.ts';
import { exceptionText, excuse, weighExceptions } from '../../agent/policy/exceptions.ts';
import { exceptionLine } from '../../agent/policy/exceptions-file.ts';
import type { Reason } from '../../agent/policy/types.ts';
import { signException } from '../../agent/sign/exceptions.ts';
import { type Repo, sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const now = '2026-11-23T12:00:00.000Z';
const box = sandbox();
const keyOf = (name: string) => {
  const file = box.at(`key-${name}`);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', name, '-f', file], { env: box.env });
  return { file, publicKey: readFileSync(`${file}.pub`, 'utf8').trim() };
};
const ann = keyOf('ann');
const mallory = keyOf('mallory');
const gitOnly = keyOf('git-only');
const retired = keyOf('retired');

/** A clone whose protected base asks for signatures and has these lines as exceptions; one unsigned commit goes out. */
function world(name: string): { repo: Repo; commit: string; base(lines: readonly string[]): void } {
  const repo = box.repository(name);
  box.repository(`${name}-remote`, '--bare');
  repo.write(
    '.pregate/allowed_signers',
    [
      `ann@example.com ${ann.publicKey}`,
      `person@example.com namespaces="git" ${gitOnly.publicKey}`,
      `old@example.com valid-before="20260101" ${retired.publicKey}`,
      '',
    ].join('\n'),
  );
  repo.commit('pregate.yaml', 'version: 1\nsigning:\n  required: true\n');
  repo.git('add', '.pregate/allowed_signers');
  repo.git('commit', '-qm', 'who may approve');
  repo.git('remote', 'add', 'origin', box.at(`${name}-remote`));
  repo.git('push', '-q', '-u', 'origin', 'main');
  repo.git('switch', '-qc', 'feature');
  const commit = repo.commit('vendor/a.txt', 'imported\n');
  const base = (lines: readonly string[]) => {
    repo.git('switch', '-q', 'main');
    repo.commit('.pregate/exceptions.jsonl', `${lines.join('\n')}\n`);
    repo.git('push', '-q', 'origin', 'main');
    repo.git('switch', '-q', 'feature');
  };
  return { repo, commit, base };
}

async function push(repo: Repo, at = now) {
  const options = { cwd: repo.dir, env: repo.env };
  const collected = await repo.collect({ kind: 'outgoing' }, { ...signatures(options), now: at });
  const { report } = await judgeCollected(collected, options);
  const gate = report.decision.gates.find((one) => one.gate === 'push');
  // The same rule also warns of the next commit, which has no place yet.
  const reason = gate?.reasons.find((one) => one.rule === 'push/unsigned-commit' && one.place?.commit !== undefined);
  return {
    answer: gate?.answer,
    reason,
    text: reason ? exceptionText(reason) : '',
    problems: report.decision.problems,
  };
}

const draft = (scope: PolicyException['scope'], parts: Partial<PolicyException> = {}): PolicyException => ({
  v: 1,
  id: 'ex-import',
  rule: 'push/unsigned-commit',
  scope,
  reason: 'imported from the old repository as it was',
  approver: 'ann@example.com',
  created: '2026-11-01',
  expires: '2026-12-01',
  ...parts,
});
const signed = async (exception: PolicyException, key = ann.file) =>
  exceptionLine(exception, await signException(exception, key, box.env));

describe('a signed exception on the protected base', () => {
  const { repo, commit, base } = world('good');
  let line = '';
  before(async () => {
    line = await signed(draft({ commit }));
  });

  it('does not count while only the pushed change has it', async () => {
    repo.write('.pregate/exceptions.jsonl', `${line}\n`);
    assert.equal((await push(repo)).answer, 'deny');
    repo.git('add', '.pregate/exceptions.jsonl');
    repo.git('commit', '-qm', 'excuse myself');
    assert.equal((await push(repo)).answer, 'deny');
    repo.git('reset', '-q', '--hard', 'HEAD~1');
  });

  it('excuses what it names, visibly', async () => {
    base([line]);
    const { answer, reason, text } = await push(repo);
    assert.deepEqual([answer, reason?.effect, reason?.exception?.state], ['warn', 'note', 'counts']);
    assert.equal(text, 'excused by ann@example.com until 2026-12-01 (ex-import)');
  });

  it('counts on its last day and is shown as expired from then on', async () => {
    assert.equal((await push(repo, '2026-12-01T23:00:00.000Z')).answer, 'warn');
    const later = await push(repo, '2026-12-02T00:00:00.000Z');
    assert.deepEqual([later.answer, later.text], ['deny', 'exception ex-import expired 2026-12-01, now blocking']);
  });

  it('excuses no other commit', async () => {
    repo.commit('vendor/b.txt', 'more\n');
    const { answer, reason } = await push(repo);
    assert.deepEqual([answer, reason?.exception], ['deny', undefined]);
    repo.git('reset', '-q', '--hard', 'HEAD~1');
  });
});

describe('an exception that does not count', () => {
  const { repo, commit, base } = world('bad');
  const refuses = async (line: string, why: RegExp) => {
    base([line]);
    const { answer, text, problems } = await push(repo);
    assert.equal(answer, 'deny');
    assert.match(`${text} ${problems.map((one) => one.message).join(' ')}`, why);
  };

  it('is unsigned', () => refuses(exceptionLine(draft({ commit }), undefined), /does not count: it is not signed/));
  it('is signed by a stranger', async () =>
    refuses(await signed(draft({ commit }), mallory.file), /its key may not approve here/));
  it('is signed with a key that is for commits only', async () =>
    refuses(
      await signed(draft({ commit }, { approver: 'person@example.com' }), gitOnly.file),
      /its key may not approve here/,
    ));
  it('is signed by somebody other than its approver', async () =>
    refuses(
      await signed(draft({ commit }, { approver: 'bob@example.com' })),
      /signed by ann@example.com, not by its approver/,
    ));
  it('is signed with a key that has ended', async () =>
    refuses(await signed(draft({ commit }, { approver: 'old@example.com' }), retired.file), /not valid today/));
  it('is too wide', async () =>
    refuses(await signed(draft({ branch: 'feature' })), /names no path, commit or component/));
  it('lasts too long', async () =>
    refuses(await signed(draft({ commit }, { expires: '2028-01-01' })), /lasts 426 days/));
  it('begins later', async () =>
    refuses(await signed(draft({ commit }, { created: '2026-11-28', expires: '2027-01-01' })), /begins on 2026-11-28/));
  it('belongs to another repository', async () => {
    base([await signed(draft({ commit, repository: 'git.example/acme/other' }))]);
    assert.deepEqual([(await push(repo)).answer, (await push(repo)).text], ['deny', '']);
  });
  it('is signed in the namespace of commits', async () => {
    const exception = draft({ commit });
    const file = box.at('wrong-namespace');
    const { signedText } = await import('../../agent/policy/exceptions-file.ts');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(file, signedText(exception));
    execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-n', 'git', '-f', ann.file, file], {
      env: box.env,
      stdio: 'pipe',
    });
    const blob = readFileSync(`${file}.sig`, 'utf8')
      .split('\n')
      .filter((one) => !one.startsWith('-----'))
      .join('');
    await refuses(exceptionLine(exception, blob), /signature does not fit/);
  });
});

describe('mutants of a signed exception', () => {
  it('never count, whatever byte is changed, removed or doubled', async () => {
    const { checkExceptions } = await import('../../agent/sign/exceptions.ts');
    const line = await signed(draft({ path: 'vendor/**' }));
    const allowedSigners = `ann@example.com ${ann.publicKey}\n`;
    const counts = (text: string) => {
      const { entries } = checkExceptions({ text, allowedSigners, label: 'x', now });
      return weighExceptions(entries, {}, now).weighed.some((one) => one.invalid === undefined && !one.expired);
    };
    assert.equal(counts(line), true);
    let tried = 0;
    for (let at = 0; at < line.length; at++) {
      const code = line.charCodeAt(at);
      const mutants = [
        line.slice(0, at) + String.fromCharCode(code ^ 1) + line.slice(at + 1),
        line.slice(0, at) + String.fromCharCode(code ^ 32) + line.slice(at + 1),
        line.slice(0, at) + line.slice(at + 1),
        line.slice(0, at) + line.charAt(at) + line.slice(at),
        `${line.slice(0, at)} ${line.slice(at)}`,
      ];
      for (const mutant of mutants) {
        // Blanks around the line are the file's business and change no word of it.
        if (mutant === line || mutant.split('\n').includes(line)) continue;
        tried++;
        assert.equal(counts(mutant), false, mutant);
      }
    }
    assert.ok(tried > 2000);
  });
});

describe('scope', () => {
  const reason = (parts: Partial<Reason>): Reason => ({
    gate: 'build',
    rule: 'build/weak-build',
    effect: 'deny',
    message: 'm',
    exactness: 'exact',
    ...parts,
  });
  const input = { push: null, repo: { branch: 'main', remotes: [] } } as unknown as Parameters<typeof excuse>[2];
  const excused = (
    scope: PolicyException['scope'],
    parts: Partial<Reason>,
    rule = 'build/weak-build',
    excusable = true,
  ) => {
    const checked = { ...draft(scope, { rule }), signature: 'good', from: 'x' } as const;
    return excuse(reason(parts), weighExceptions([checked], {}, now).weighed, input, excusable);
  };

  it('is a path, a package, a branch, and the rule of a finding', () => {
    assert.equal(excused({ path: 'vendor/**' }, { place: { path: 'vendor/a/b.txt' } }).effect, 'note');
    assert.equal(excused({ path: 'vendor/**' }, { place: { path: 'src/vendor/b.txt' } }).effect, 'deny');
    assert.equal(excused({ component: 'pkg:npm/a' }, { subject: 'pkg:npm/a' }).effect, 'note');
    assert.equal(excused({ component: 'pkg:npm/a' }, { subject: 'pkg:npm/ab' }).effect, 'deny');
    assert.equal(excused({ path: 'a.txt', branch: 'main' }, { place: { path: 'a.txt' } }).effect, 'note');
    assert.equal(excused({ path: 'a.txt', branch: 'release/*' }, { place: { path: 'a.txt' } }).effect, 'deny');
    assert.equal(
      excused({ path: 'a.txt' }, { place: { path: 'a.txt' }, about: 'unpinned-uses' }, 'unpinned-uses').effect,
      'note',
    );
  });

  it('is too wide when any file fits it', () => {
    for (const path of ['**', '*', '**/*', '/**', '*/**', 'src/**/*']) {
      const found = excused({ path }, { place: { path: 'src/a.txt' } });
      assert.equal(found.effect, 'deny', path);
    }
  });

  it('does not help against a rule that permits none', () => {
    const found = excused({ path: 'a.txt' }, { place: { path: 'a.txt' } }, undefined, false);
    assert.deepEqual([found.effect, found.exception?.state], ['deny', 'not-permitted']);
  });
});

describe('pregate policy except', () => {
  const { repo, commit, base } = world('cli');
  const words = [
    'policy',
    'except',
    'push/unsigned-commit',
    '--reason',
    'imported as it was, see issue 7',
    '--key',
    ann.file,
  ];
  const cli = (...more: string[]) =>
    runCli([...words, ...more], { cwd: repo.dir, env: { ...repo.env, NO_COLOR: '1' } });
  const soon = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

  it('signs the narrowest exception, shows the gates with it, and writes only when told', async () => {
    const asked = await cli('--expires', soon, '--approver', 'ann@example.com');
    assert.deepEqual([asked.code, /no terminal to ask on/.test(asked.err)], [2, true]);
    const done = await cli('--expires', soon, '--approver', 'ann@example.com', '--yes');
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, new RegExp(`commit ${commit}`));
    assert.match(done.out, /push {5,6}warn/);
    const line = readFileSync(`${repo.dir}/.pregate/exceptions.jsonl`, 'utf8').trim();
    repo.git('clean', '-qfd');
    base([line]);
    assert.equal((await push(repo, new Date().toISOString())).answer, 'warn');
    const listed = await runCli(['policy', 'exceptions'], { cwd: repo.dir, env: repo.env });
    assert.match(listed.out, /✓ ex-[0-9a-f]{10} {3}push\/unsigned-commit {3}until/);
    assert.match(listed.out, /1 exception, 1 in force/);
  });

  it('says when the key may not approve', async () => {
    repo.commit('vendor/c.txt', 'another\n');
    const done = await cli('--expires', soon, '--approver', 'mallory@example.com', '--yes');
    assert.equal(done.code, 1);
    assert.match(done.out, /would stay/);
  });

  it('asks for reason and end, and refuses ends beyond a year', async () => {
    const none = await runCli(['policy', 'except', 'x', '--reason', 'because of this'], {
      cwd: repo.dir,
      env: repo.env,
    });
    assert.match(none.err, /needs --expires/);
    const both = await runCli(
      ['policy', 'except', 'unsigned-commit', '--reason', 'because of this', '--expires', soon],
      {
        cwd: repo.dir,
        env: repo.env,
      },
    );
    assert.match(both.err, /unsigned-commit means \S+ and \S+ here/);
    assert.match((await cli('--expires', '2099-01-01')).err, /366 days at most/);
    assert.match((await cli('--expires', soon, '--path', '**')).err, /too wide/);
  });
});
