/** Runs every command that the runbooks print, as printed, in a shell, on repositories where it has happened. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { checkpointNow, logFolder, record } from '../../agent/audit/log.ts';
import { type Teamwork, teamwork } from '../attest/support.ts';
import { sandbox } from '../git/support.ts';
import { product } from '../product/support.ts';
import { runCli } from '../support/cli.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();
const bin = box.at('bin');
mkdirSync(bin);
const { program } = product(box);
writeFileSync(path.join(bin, 'pregate'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
chmodSync(path.join(bin, 'pregate'), 0o755);
const has = (program: string) => spawnSync(program, ['--version']).status === 0;
const terminal = has('script') ? {} : { skip: 'there is no script(1) to give the commands a terminal' };

interface Ran {
  command: string;
  code: number;
  output: string;
}

/** The runbook's commands, run one after the other in the repository; what asks is answered with yes. */
async function follow(test: TestContext, team: Teamwork, words: [string], editor = 'true'): Promise<Ran[]> {
  const { here } = team;
  const { out, code } = await runCli(['runbook', ...words, '--json'], here);
  assert.equal(code, 0);
  const { steps } = JSON.parse(out) as { steps: { commands?: string[] }[] };
  const home = box.at(`home-${words[0]}`);
  mkdirSync(path.join(home, '.ssh'), { recursive: true, mode: 0o700 });
  // ssh-keygen throws away what was typed before it asked; an empty passphrase comes from a program instead.
  const asked = { SSH_ASKPASS: '/bin/true', SSH_ASKPASS_REQUIRE: 'force', PREGATE_DAEMON: 'off' };
  const own = { HOME: home, EDITOR: editor, PAGER: 'cat', TERM: 'dumb', SHELL: '/bin/sh', ...asked };
  const env = { ...here.env, ...own, PATH: `${bin}:${process.env['PATH']}` };
  const ran: Ran[] = [];
  for (const command of steps.flatMap((step) => step.commands ?? [])) {
    if (command.includes('filter-repo') && !has('git-filter-repo')) {
      test.diagnostic('git filter-repo is not on the PATH: the rewrite was not run');
      continue;
    }
    const options = { cwd: here.cwd, env, input: 'y\ny\n', encoding: 'utf8' as const, timeout: 120_000 };
    // script(1) takes two seconds to end, so only what asks gets a terminal.
    const asks = /^pregate (scrub|init|sign setup)/.test(command);
    const [shell, ...words] = asks ? ['script', '-qec', command, '/dev/null'] : ['sh', '-c', command];
    const { status, stdout, stderr } = spawnSync(shell as string, words, options);
    ran.push({ command, code: status ?? -1, output: `${stdout}${stderr}` });
  }
  return ran;
}

/** Nothing may fail but what judges: that exits with 1 where it refuses, and each test says where. */
function held(ran: readonly Ran[], refuses: readonly RegExp[] = []): void {
  for (const { command, code, output } of ran) {
    const may = refuses.some((one) => one.test(command)) ? 1 : 0;
    assert.equal(code, may, `$ ${command}\n${output}`);
  }
}

describe('the commands of the runbooks run as they are printed', terminal, () => {
  it('secret-committed: afterwards the value is in no object', async (test) => {
    const team = teamwork(box, 'committed');
    const secret = generateSecret('github-token');
    team.repo.commit('b.env', `TOKEN=${secret}\n`);
    // Two stashes of work that has nothing to do with it, made before and so not in the way.
    team.repo.git('switch', '-q', 'main');
    for (const text of ['x', 'y']) {
      team.repo.write('a.txt', `${text}\n`);
      team.repo.git('stash');
    }
    held(await follow(test, team, ['secret-committed']));
    assert.equal(team.repo.git('stash', 'list').split('\n').length, 2, 'the stashes are still there');
    const all = team.repo.git('cat-file', '--batch-all-objects', '--batch', '--buffer');
    assert.ok(!all.includes(secret.slice(4)));
  });

  it('secret-pushed: afterwards the value is in no branch and no tag of the remote', async (test) => {
    const team = teamwork(box, 'pushed');
    const secret = generateSecret('github-token');
    team.repo.commit('b.env', `TOKEN=${secret}\nKEEP=1\n`);
    team.repo.git('tag', 'v1');
    team.repo.git('push', '-qu', 'origin', 'topic', 'v1');
    const editor = box.at('editor');
    writeFileSync(editor, `#!/bin/sh\necho '${secret}==>REMOVED' >"$1"\n`);
    chmodSync(editor, 0o755);
    const ran = await follow(test, team, ['secret-pushed'], editor);
    held(ran);
    if (!ran.some(({ command }) => command.includes('filter-repo'))) return;
    const text = spawnSync('git', ['show', 'v1:b.env'], { cwd: team.remote, encoding: 'utf8' }).stdout;
    assert.equal(text, 'TOKEN=REMOVED\nKEEP=1\n');
    const here = team.repo.git('cat-file', '--batch-all-objects', '--batch', '--buffer');
    assert.ok(!here.includes(secret.slice(4)), 'this clone has gone over to the new history');
    assert.equal(team.repo.git('rev-parse', 'topic'), team.repo.git('rev-parse', 'origin/topic'));
  });

  it('key-stolen: afterwards commits are signed with the new key, and a branch revokes the old one', async (test) => {
    const team = teamwork(box, 'stolen');
    assert.equal((await runCli(['attest', '--kind', 'svr'], team.here)).code, 0);
    const editor = box.at('revoker');
    writeFileSync(editor, `#!/bin/sh\nsed -i 's/ ssh-/ valid-before="20260101Z" ssh-/' "$1"\n`);
    chmodSync(editor, 0o755);
    held(await follow(test, team, ['key-stolen'], editor));
    assert.match(team.repo.git('show', 'revoke-key:.pregate/allowed_signers'), /valid-before/);
    assert.match(team.repo.git('config', 'user.signingkey'), /id_ed25519_signing_new\.pub$/);
    assert.equal(team.repo.git('rev-parse', '--abbrev-ref', 'HEAD'), 'topic');
  });

  it('token-stolen: every command looks, and none needs a service', async (test) => {
    const team = teamwork(box, 'token');
    team.repo.commit('.gitlab-ci.yml', 'a:\n  script:\n    - deploy $DEPLOY_TOKEN\n');
    team.repo.git('push', '-q', '--no-verify', 'origin', 'topic');
    const ran = await follow(test, team, ['token-stolen']);
    held(ran);
    const grep = ran.find(({ command }) => command.startsWith('git grep'));
    assert.match(grep?.output ?? '', /HEAD:\.gitlab-ci\.yml:3:/);
  });

  it('hook-bypassed: the secret is taken out and the hooks are back', async (test) => {
    const team = teamwork(box, 'bypassed');
    team.repo.commit('b.env', `TOKEN=${generateSecret('github-token')}\n`);
    const commit = team.repo.git('rev-parse', 'HEAD');
    const commonDir = path.join(team.repo.dir, '.git');
    await record(commonDir, { event: 'bypass', how: 'no-verify', commit }, team.here.env);
    held(await follow(test, team, ['hook-bypassed']), [/^pregate check/, /^pregate doctor/]);
    assert.match(readFileSync(path.join(commonDir, 'hooks/pre-push'), 'utf8'), /pregate/i);
  });

  it('log-forked: the old log is kept, and a new one is whole', async (test) => {
    const team = teamwork(box, 'forked');
    const commonDir = path.join(team.repo.dir, '.git');
    await record(commonDir, { event: 'skip', rule: 'a', reason: 'b' }, team.here.env);
    await checkpointNow(commonDir, team.here.env);
    appendFileSync(path.join(logFolder(commonDir, team.here.env), 'log.jsonl'), '{}\n');
    const ran = await follow(test, team, ['log-forked']);
    const last = ran.at(-1) as Ran;
    assert.equal(last.command, 'pregate log verify');
    held(ran.slice(0, -1), [/^pregate log verify/]);
    assert.equal(last.code, 0, last.output);
    const { out } = await runCli(['log', '--json'], team.here);
    const [first] = JSON.parse(out).entries;
    assert.deepEqual([first.seq, first.event, first.entries], [0, 'restart', 2]);
  });
});
