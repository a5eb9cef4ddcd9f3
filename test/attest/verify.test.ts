import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { verifyWithKey } from '../../agent/attest/dsse.ts';
import { addEnvelopes, readEnvelopes } from '../../agent/attest/notes.ts';
import { type Envelope, notesRef, predicates } from '../../agent/attest/types.ts';
import { openGit } from '../../agent/git/run.ts';
import { sandbox, withoutProgress } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { copyTeam, type Teamwork, teamwork } from './support.ts';

const box = sandbox();
const range = ['verify', '--range', 'origin/main..origin/topic', '--statements'];

/** What CI has: a fresh clone with the statements, and a state folder of its own. */
function ci(team: Teamwork, name: string) {
  const dir = box.at(`ci-${name}`);
  const env = { ...box.env, PREGATE_STATE_DIR: box.at(`state-ci-${name}`) };
  rmSync(dir, { recursive: true, force: true, maxRetries: 10 });
  execFileSync('git', ['clone', '-q', team.remote, dir], { env });
  execFileSync('git', ['fetch', '-q', 'origin', `+${notesRef}:${notesRef}`], { cwd: dir, env });
  return { cwd: dir, env };
}

/** A team whose commit has a statement, which was pushed. */
async function makeStated(name: string): Promise<Teamwork> {
  const team = teamwork(box, name);
  // A hook has run before, as it would have: the audit log has an entry, so the statement carries a checkpoint.
  await runCli(['hook', 'pre-commit'], team.here);
  assert.equal((await runCli(['attest', '--kind', 'svr,decision'], team.here)).code, 0);
  team.repo.git('push', '-q', 'origin', 'topic');
  assert.equal((await runCli(['attest', 'push'], team.here)).code, 0);
  return team;
}

/** The same as a copy of one team. Its audit log is another, because a log belongs to the repository's path. */
async function stated(name: string): Promise<Teamwork> {
  if (!existsSync(box.at('stated'))) await makeStated('stated');
  return copyTeam(box, 'stated', name);
}

describe('a push after pregate attest setup', () => {
  const push = async (team: Teamwork) => {
    const oid = team.repo.git('rev-parse', 'topic');
    const input = `refs/heads/topic ${oid} refs/heads/topic ${'0'.repeat(oid.length)}\n`;
    const run = await runCli(['hook', 'pre-push', 'origin', team.remote], { ...team.here, input });
    return { ...run, err: withoutProgress(run.err) };
  };

  it('sends a statement ahead of the branch, beside those of others', async () => {
    const team = teamwork(box, 'on-push');
    assert.equal((await runCli(['attest', 'setup'], team.here)).code, 0);
    const colleague = box.at('colleague');
    execFileSync('git', ['clone', '-q', team.remote, colleague], { env: team.here.env });
    const theirs = { cwd: colleague, env: team.here.env };
    execFileSync('git', ['notes', `--ref=${notesRef}`, 'add', '-m', '{"by":"a colleague"}', 'HEAD'], theirs);
    execFileSync('git', ['push', '-q', 'origin', notesRef], theirs);
    const pushed = await push(team);
    assert.equal(pushed.code, 0);
    assert.doesNotMatch(pushed.err, /statements/);
    team.repo.git('push', '-q', '--no-verify', 'origin', 'topic');
    const { out, code } = await runCli([...range, '--require-statements'], ci(team, 'on-push'));
    assert.equal(code, 0, out);
    const list = execFileSync('git', ['notes', `--ref=${notesRef}`, 'list'], { cwd: team.remote, env: team.here.env });
    assert.equal(list.toString().trim().split('\n').length, 2);
  });

  it('says in one line when it could not send it, and lets the push go on', async () => {
    const team = teamwork(box, 'off-line');
    await runCli(['attest', 'setup'], team.here);
    rmSync(team.remote, { recursive: true });
    const { code, err } = await push(team);
    assert.equal(code, 0);
    assert.match(err, /^Pregate: the statements were not pushed \(.*\); they are kept here: pregate attest push\n$/);
  });

  it('sends nothing once it is switched off', async () => {
    const team = teamwork(box, 'off');
    await runCli(['attest', 'setup'], team.here);
    await runCli(['attest', 'setup', '--off'], team.here);
    assert.equal((await push(team)).code, 0);
    assert.equal(team.repo.tryGit(['rev-parse', '-q', '--verify', notesRef]).code, 1);
  });
});

describe('pregate verify --statements', () => {
  it('holds what was stated against what it finds itself', async () => {
    const team = await stated('good');
    const { out, code, err } = await runCli([...range, '--require-statements'], ci(team, 'good'));
    assert.equal(code, 0, out + err);
    assert.match(out, /✓ [0-9a-f]{7} {2}https:\/\/in-toto.io\/attestation\/svr\/v0.2 {2}by person@example.com/);
    assert.match(out, /1 commit, 1 with a statement that holds; recomputed: no gate refuses/);
  });

  it('calls a commit without a statement unverified, and refuses it only when asked', async () => {
    const team = await stated('missing');
    team.repo.write('b.txt', 'three\n');
    team.repo.git('add', '-A');
    team.repo.git('commit', '-qm', 'third');
    team.repo.git('push', '-q', 'origin', 'topic');
    const here = ci(team, 'missing');
    const plain = await runCli(range, here);
    assert.equal(plain.code, 0, plain.out);
    assert.match(plain.out, /no statement: unverified/);
    assert.equal((await runCli([...range, '--require-statements'], here)).code, 1);
  });

  it('refuses the statement of a stranger, one about another commit, and one whose bytes were changed', async () => {
    const team = await stated('forged');
    const here = ci(team, 'forged');
    const git = openGit(here.cwd, here.env);
    const commit = team.repo.git('rev-parse', 'topic');
    const [good] = (await readEnvelopes(git, commit)) as [Envelope];
    const changed = {
      ...good,
      payload: Buffer.from(Buffer.from(good.payload, 'base64').toString().replace('svr', 'SVR')).toString('base64'),
    };
    await addEnvelopes(git, commit, [changed]);
    team.useStrangersKey();
    team.repo.git('switch', '-qc', 'other', 'main');
    team.repo.git('-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '-m', 'another');
    await runCli(['attest', '--kind', 'svr'], team.here);
    const theirs = await readEnvelopes(openGit(team.repo.dir, team.here.env), team.repo.git('rev-parse', 'HEAD'));
    await addEnvelopes(git, commit, theirs);
    const { out, code } = await runCli(range, here);
    assert.equal(code, 1);
    assert.match(out, /✗ .*the signature does not fit/);
    assert.match(out, /✗ .*is no allowed signer of the base/);
  });

  it('asks git as often for a base of sixty commits as for one of one', async () => {
    const team = await stated('counted');
    const counter = box.at('counter');
    const log = box.at('counted.log');
    mkdirSync(counter);
    const real = execFileSync('sh', ['-c', 'command -v git'], { env: box.env, encoding: 'utf8' }).trim();
    writeFileSync(join(counter, 'git'), `#!/bin/sh\necho x >>'${log}'\nexec '${real}' "$@"\n`, { mode: 0o755 });
    const processes = async (name: string) => {
      const here = ci(team, name);
      const env = { ...here.env, PATH: `${counter}:${box.env['PATH']}` };
      rmSync(log, { force: true });
      const { out } = await runCli(range, { ...here, env });
      assert.match(out, /1 commit, 1 with a statement that holds/);
      return readFileSync(log, 'utf8').split('\n').length;
    };
    const few = await processes('few');
    // The same branch on a base with sixty commits more below it.
    team.repo.git('switch', '-q', 'main');
    for (let at = 0; at < 60; at++) {
      team.repo.git('-c', 'commit.gpgsign=false', 'commit', '-q', '--no-verify', '--allow-empty', '-m', `${at}`);
    }
    team.repo.git('switch', '-q', 'topic');
    team.repo.git('rebase', '-q', 'main');
    await runCli(['attest', '--kind', 'svr,decision'], team.here);
    team.repo.git('push', '-qf', '--no-verify', 'origin', 'main', 'topic');
    assert.equal((await runCli(['attest', 'push'], team.here)).code, 0);
    assert.equal(await processes('many'), few);
  });

  it('refuses a statement that was moved to another commit', async () => {
    const team = await stated('moved');
    const first = team.repo.git('rev-parse', 'topic');
    team.repo.git('commit', '-q', '--amend', '-m', 'second, reworded');
    team.repo.git('push', '-qf', 'origin', 'topic');
    const here = ci(team, 'moved');
    const git = openGit(here.cwd, here.env);
    await addEnvelopes(git, team.repo.git('rev-parse', 'topic'), await readEnvelopes(git, first));
    const { out, code } = await runCli(range, here);
    assert.equal(code, 1);
    assert.match(out, /it is about another commit/);
  });

  it('counts signers only as the base has them', async () => {
    const team = teamwork(box, 'self-made');
    team.useStrangersKey();
    const key = readFileSync(team.repo.git('config', 'user.signingkey'), 'utf8');
    team.repo.write('.pregate/allowed_signers', `person@example.com ${key}`);
    team.repo.git('commit', '-qam', 'let myself in');
    await runCli(['attest', '--kind', 'svr'], team.here);
    team.repo.git('push', '-q', '--no-verify', 'origin', 'topic');
    await runCli(['attest', 'push'], team.here);
    const { out } = await runCli(range, ci(team, 'self-made'));
    assert.match(out, /is no allowed signer of the base/);
  });

  it('takes the log of whoever amends and pushes again, or works on two branches, for whole', async () => {
    const team = await makeStated('amended');
    const seen = box.at('seen-amended.json');
    assert.equal((await runCli([...range, '--seen', seen], ci(team, 'amended'))).code, 0);
    team.repo.git('commit', '-q', '--amend', '-m', 'said better');
    await runCli(['hook', 'pre-commit'], team.here);
    assert.equal((await runCli(['attest', '--kind', 'svr'], team.here)).code, 0);
    team.repo.git('push', '-qf', 'origin', 'topic');
    assert.equal((await runCli(['attest', 'push'], team.here)).code, 0);
    const { out, code } = await runCli([...range, '--seen', seen, '--require-statements'], ci(team, 'amended'));
    assert.equal(code, 0, out);
  });

  it('takes the log for whole when it meets earlier statements again', async () => {
    const team = await makeStated('again');
    const seen = box.at('seen-again.json');
    const verified = async () => {
      const { out, code } = await runCli([...range, '--seen', seen], ci(team, 'again'));
      assert.equal(code, 0, out);
      return readFileSync(seen, 'utf8');
    };
    const states: string[] = [await verified()];
    for (const name of ['c.txt', 'd.txt']) {
      team.repo.write(name, `${name}\n`);
      team.repo.git('add', '-A');
      await runCli(['hook', 'pre-commit'], team.here);
      team.repo.git('commit', '-qm', name);
      assert.equal((await runCli(['attest', '--kind', 'svr'], team.here)).code, 0);
      team.repo.git('push', '-q', 'origin', 'topic');
      assert.equal((await runCli(['attest', 'push'], team.here)).code, 0);
      states.push(await verified());
    }
    assert.equal(new Set(states).size, 3);
    // A job that runs again, and one that has missed the state between: what was seen is never the shorter one.
    assert.equal(await verified(), states[2]);
    assert.equal(await verified(), states[2]);
  });

  it('sees that an audit log was rolled back or built anew', async () => {
    const team = await makeStated('rollback');
    const seen = box.at('seen.json');
    assert.equal((await runCli([...range, '--seen', seen], ci(team, 'rollback'))).code, 0);
    assert.equal(Object.keys(JSON.parse(readFileSync(seen, 'utf8'))).length, 1);
    // The same installation, its log thrown away: the key stays, so the origin does too.
    const audit = join(team.here.env['PREGATE_STATE_DIR'] as string, 'audit');
    for (const name of readdirSync(audit)) rmSync(join(audit, name), { recursive: true });
    team.repo.git('update-ref', '-d', notesRef);
    team.repo.write('c.txt', 'four\n');
    team.repo.git('add', '-A');
    team.repo.git('commit', '-qm', 'fourth');
    for (let index = 0; index < 5; index++) await runCli(['hook', 'pre-commit'], team.here);
    await runCli(['attest', '--kind', 'svr'], team.here);
    team.repo.git('push', '-q', 'origin', 'topic');
    await runCli(['attest', 'push'], team.here);
    const { out, code } = await runCli([...range, '--seen', seen], ci(team, 'rollback'));
    assert.equal(code, 1, out);
    assert.match(out, /does not prove that it contains what it said before|rolled back|forked/);
  });

  it('accepts a log that has grown, with its proof', async () => {
    const team = await makeStated('grown');
    for (let index = 0; index < 5; index++) await runCli(['hook', 'pre-commit'], team.here);
    team.repo.write('c.txt', 'four\n');
    team.repo.git('add', '-A');
    team.repo.git('commit', '-qm', 'fourth');
    await runCli(['attest', '--kind', 'svr'], team.here);
    team.repo.git('push', '-q', 'origin', 'topic');
    await runCli(['attest', 'push'], team.here);
    const { out, code } = await runCli([...range, '--require-statements'], ci(team, 'grown'));
    assert.equal(code, 0, out);
    assert.match(out, /2 commits, 2 with a statement that holds/);
  });

  it('refuses a statement made by another policy', async () => {
    const team = teamwork(box, 'policy');
    const bundle = box.at('lenient');
    execFileSync('mkdir', ['-p', bundle]);
    writeFileSync(
      join(bundle, 'push.rego'),
      'package pregate.push\n\ndeny contains "never" if { input.never == true }\n',
    );
    assert.equal((await runCli(['attest', '--kind', 'svr', '--bundle', bundle], team.here)).code, 0);
    team.repo.git('push', '-q', 'origin', 'topic');
    await runCli(['attest', 'push'], team.here);
    assert.match((await runCli(range, ci(team, 'policy'))).out, /made by another policy/);
  });

  it('issues a summary in CI only, under the key of CI, and never takes one from a person', async () => {
    const team = await stated('summary');
    const here = ci(team, 'summary');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = box.at('summary.pem');
    writeFileSync(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const file = box.at('vsa.json');
    const words = [...range, '--vsa', file, '--key', key, '--verifier', 'https://ci.example/pregate'];
    assert.equal((await runCli(words, here)).code, 2);
    assert.equal((await runCli(words, { ...here, env: { ...here.env, CI: 'true' } })).code, 0);
    const envelope = JSON.parse(readFileSync(file, 'utf8')) as Envelope;
    assert.ok(verifyWithKey(envelope, publicKey));
    const statement = JSON.parse(Buffer.from(envelope.payload, 'base64').toString());
    assert.equal(statement.predicateType, predicates.vsa);
    assert.equal(statement.predicate.verificationResult, 'PASSED');
    const ciHere = { ...here, env: { ...here.env, CI: 'true' } };
    const resourceOf = async (...more: string[]) => {
      assert.equal((await runCli([...words, ...more], ciHere)).code, 0);
      const { payload } = JSON.parse(readFileSync(file, 'utf8')) as Envelope;
      return JSON.parse(Buffer.from(payload, 'base64').toString()).predicate.resourceUri;
    };
    execFileSync(
      'git',
      ['remote', 'set-url', 'origin', ['https://who', 'word@github.com/acme/app.git'].join(':')],
      here,
    );
    assert.equal(await resourceOf(), 'git+https://github.com/acme/app');
    assert.equal(await resourceOf('--resource', 'git+https://x.example/y'), 'git+https://x.example/y');
  });
});
