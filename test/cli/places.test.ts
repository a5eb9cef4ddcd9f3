import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { commandNames } from '../../agent/main.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();

/** One way at least to call each command; those with none run on, or are started by git and have tests of their own. */
const calls: Record<string, readonly string[]> = {
  init: ['init --dry-run'],
  check: [
    'check',
    'check --all',
    'check --outgoing',
    'check --range a..b',
    'check --history',
    'check --history --reflog',
  ],
  preview: [
    'preview',
    'preview --all',
    'preview --fix --yes',
    'preview --why push',
    'preview --at 2030-01-01',
    'preview --json',
  ],
  overview: ['overview'],
  ci: ['ci --range a..b'],
  sbom: ['sbom', 'sbom diff', 'sbom --json'],
  sign: ['sign status', 'sign setup', 'sign fix', 'sign badge'],
  attest: ['attest', 'attest show', 'attest setup', 'attest push'],
  verify: ['verify', 'verify --range a..b', 'verify --statements'],
  log: ['log', 'log verify', 'log metrics', 'log export --format csv', 'log proof 1'],
  runbook: [
    'runbook',
    'runbook secret-committed',
    'runbook secret-pushed',
    'runbook hook-bypassed',
    'runbook log-forked',
  ],
  suppress: ['suppress a:1 --reason x', 'suppress --all --reason x'],
  baseline: ['baseline create --reason x', 'baseline audit', 'baseline list', 'baseline prune'],
  fix: ['fix a:1'],
  scrub: ['scrub', 'scrub --commit HEAD'],
  policy: [
    'policy input',
    'policy trust',
    'policy exceptions',
    'policy fetch',
    'policy log',
    'policy replay --bundle nowhere',
  ],
  explain: ['explain github-token'],
  rules: ['rules'],
  doctor: ['doctor'],
  daemon: ['daemon status'],
  hook: [],
  lsp: [],
};

const empty = box.repository('empty');
const orphan = box.repository('orphan');
orphan.commit('a.txt', 'a\n');
orphan.git('checkout', '-q', '--orphan', 'other');
const plain = box.at('plain');
mkdirSync(plain);

describe('every command in a place where it can do nothing says so in a line', () => {
  it('no command is forgotten', () => assert.deepEqual(Object.keys(calls).sort(), [...commandNames].sort()));

  for (const [place, cwd] of Object.entries({
    'outside a repository': plain,
    'without a commit': empty.dir,
  })) {
    it(place, async () => {
      for (const line of Object.values(calls).flat()) {
        const { code, out, err } = await runCli(line.split(' '), { cwd, env: box.env });
        const said = `${line}: exit ${code}\n${out}${err}`;
        assert.ok(code >= 0 && code <= 3, said);
        // The words of git are about git, and a crash is nobody's to mend.
        assert.doesNotMatch(err, /something broke|git \S+ failed|fatal:|^\s+at /m, said);
        assert.ok(err.split('\n').filter((one) => one.startsWith('pregate: ')).length <= 1, said);
        assert.ok(out !== '' || err !== '', said);
      }
    });
  }

  it('looks at the history of other branches from an orphan one', async () => {
    const { code, out } = await runCli(['check', '--history'], { cwd: orphan.dir, env: box.env });
    assert.deepEqual([code, /nothing found +history: 2 objects/.test(out)], [0, true], out);
  });

  it('says why nothing could be previewed in the first line, and mends nothing then', async () => {
    const here = { cwd: plain, env: box.env };
    assert.match((await runCli(['preview'], here)).out, /^ {2}\? This folder is not in a git repository/);
    const fix = await runCli(['preview', '--fix', '--yes'], here);
    assert.deepEqual([fix.code, fix.out, /not in a git repository/.test(fix.err)], [3, '', true]);
  });
});

it('a file that cannot be written is named, and why', async () => {
  const repo = box.repository('blocked');
  repo.write('Dockerfile', 'FROM node:latest\n');
  repo.commit('.pregate', 'a file where a folder belongs\n');
  const { code, err } = await runCli(['suppress', 'Dockerfile:1', '--reason', 'x'], { cwd: repo.dir, env: box.env });
  assert.deepEqual(
    [code, /^pregate: \S+\.pregate could not be used: .* \((EEXIST|ENOTDIR)\)/.test(err)],
    [3, true],
    err,
  );
});
