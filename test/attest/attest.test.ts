import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { preAuthEncoding, sshSigned, verifyWithKey } from '../../agent/attest/dsse.ts';
import { addEnvelopes, readEnvelopes } from '../../agent/attest/notes.ts';
import { openPayload } from '../../agent/attest/payload.ts';
import { type Envelope, namespace, notesRef, predicates } from '../../agent/attest/types.ts';
import { openGit } from '../../agent/git/run.ts';
import { parseAllowedSigners } from '../../agent/sign/allowed-signers.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { teamwork } from './support.ts';

const box = sandbox();

describe('pregate attest', () => {
  it('states what passed, signed so that ssh-keygen agrees, in a namespace that git refuses', async () => {
    const { here, repo, signersFile } = teamwork(box, 'states');
    const made = await runCli(['attest', '--kind', 'svr,decision,test'], here);
    assert.equal(made.code, 0, made.err);
    const [envelope, ...more] = await readEnvelopes(openGit(repo.dir, here.env), repo.git('rev-parse', 'HEAD'));
    assert.equal(more.length, 2);
    const { statement } = openPayload(envelope as Envelope) ?? {};
    assert.equal(statement?.predicateType, predicates.svr);
    assert.deepEqual(statement?.subject[0]?.digest, {
      gitCommit: repo.git('rev-parse', 'HEAD'),
      gitTree: repo.git('rev-parse', 'HEAD^{tree}'),
    });
    const properties = statement?.predicate['properties'] as string[];
    assert.ok(properties.includes('PREGATE_COMMITS_SIGNED') && properties.includes('PREGATE_NO_SECRETS_FOUND'));
    const payload = Buffer.from((envelope as Envelope).payload, 'base64');
    const signature = box.at('states.sig');
    writeFileSync(signature, Buffer.from((envelope as Envelope).signatures[0]?.sig ?? '', 'base64'));
    const verify = (space: string) =>
      spawnSync(
        'ssh-keygen',
        ['-Y', 'verify', '-f', signersFile, '-I', 'person@example.com', '-n', space, '-s', signature],
        {
          input: preAuthEncoding('application/vnd.in-toto+json', payload),
          env: here.env,
        },
      ).status;
    assert.equal(verify(namespace), 0);
    assert.notEqual(verify('git'), 0);
  });

  it('does not list what does not hold', async () => {
    const { here, repo } = teamwork(box, 'unsigned');
    repo.git('-c', 'commit.gpgsign=false', 'commit', '-q', '--allow-empty', '-m', 'unsigned');
    await runCli(['attest', '--kind', 'svr'], here);
    const { out } = await runCli(['attest', 'show'], here);
    assert.match(out, /svr\/v0\.2/);
    assert.ok(!out.includes('PREGATE_COMMITS_SIGNED'), out);
  });

  it('needs the SSH key of git, and says how to get one', async () => {
    const { here, repo } = teamwork(box, 'keyless');
    repo.git('config', '--unset-all', 'gpg.format');
    const { code, err } = await runCli(['attest'], here);
    assert.equal(code, 3);
    assert.match(err, /pregate sign setup/);
    assert.equal(repo.tryGit(['rev-parse', '-q', '--verify', notesRef]).code, 1);
  });

  it('runs no program that the repository names', async () => {
    const { here, repo } = teamwork(box, 'hostile');
    const canary = box.at('canary');
    writeFileSync(box.at('evil.sh'), `#!/bin/sh\ntouch ${canary}\nexit 1\n`, { mode: 0o755 });
    repo.git('config', '--local', 'gpg.ssh.program', box.at('evil.sh'));
    assert.equal((await runCli(['attest', '--kind', 'svr'], here)).code, 0);
    assert.throws(() => readFileSync(canary));
  });

  it('signs with a key of its own for other tools', async () => {
    const { here, repo } = teamwork(box, 'pem');
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(box.at('ci.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    assert.equal((await runCli(['attest', '--kind', 'svr', '--key', box.at('ci.pem')], here)).code, 0);
    const [envelope] = await readEnvelopes(openGit(repo.dir, here.env), repo.git('rev-parse', 'HEAD'));
    assert.ok(verifyWithKey(envelope as Envelope, publicKey));
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
    assert.ok(!verifyWithKey(envelope as Envelope, other));
  });

  it('is trusted only if the key was valid at the commit’s date and at the statement’s own', async () => {
    const { here, repo, signersFile } = teamwork(box, 'dates');
    assert.equal((await runCli(['attest', '--kind', 'svr'], here)).code, 0);
    const [envelope] = await readEnvelopes(openGit(repo.dir, here.env), repo.git('rev-parse', 'HEAD'));
    const [email, ...key] = readFileSync(signersFile, 'utf8').split(' ');
    const signers = parseAllowedSigners(`${email} valid-before="20200101Z" ${key.join(' ')}`);
    const payload = openPayload(envelope as Envelope)?.bytes as Buffer;
    const git = openGit(repo.dir, here.env);
    const statusAt = async (...dates: string[]) => {
      const query = { email: email as string, seconds: dates.map((date) => Date.parse(date) / 1000), git };
      return (await sshSigned(envelope as Envelope, payload, signers, query))?.match.status;
    };
    assert.equal(await statusAt('2019-05-01'), 'good');
    assert.equal(await statusAt('2019-05-01', '2019-06-01'), 'good');
    assert.equal(await statusAt('2019-05-01', '2021-06-01'), 'expired');
    assert.equal(await statusAt('2021-05-01', '2019-06-01'), 'expired');
  });

  it('refuses words it does not know', async () => {
    const { here } = teamwork(box, 'words');
    assert.equal((await runCli(['attest', '--kind', 'svr,slsa'], here)).code, 2);
    assert.equal((await runCli(['attest', 'shwo'], here)).code, 2);
    assert.equal((await runCli(['attest', '--key', '/nowhere'], here)).code, 2);
  });
});

describe('notes', () => {
  const fake = (name: string): Envelope => ({
    payloadType: 'x',
    payload: name,
    signatures: [{ keyid: 'k', sig: 's' }],
  });

  it('lose nothing when several write at once, and keep the notes of others', async () => {
    const { repo, here } = teamwork(box, 'race');
    const commit = repo.git('rev-parse', 'HEAD');
    const git = openGit(repo.dir, here.env);
    await Promise.all(Array.from({ length: 8 }, (_, index) => addEnvelopes(git, commit, [fake(`n${index}`)])));
    const payloads = (await readEnvelopes(git, commit)).map((one) => one.payload).sort();
    assert.deepEqual(
      payloads,
      Array.from({ length: 8 }, (_, index) => `n${index}`),
    );
  });

  it('find a note that git has put into folders', async () => {
    const { repo, here } = teamwork(box, 'folders');
    const commit = repo.git('rev-parse', 'HEAD');
    const line = JSON.stringify(fake('old'));
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], {
      cwd: repo.dir,
      input: `${line}\n`,
      env: here.env,
    });
    const entry = (mode: string, type: string, oid: string, name: string) => `${mode} ${type} ${oid}\t${name}\n`;
    const tree = (input: string) =>
      execFileSync('git', ['mktree'], { cwd: repo.dir, input, env: here.env }).toString().trim();
    const inner = tree(entry('100644', 'blob', blob.toString().trim(), commit.slice(2)));
    const outer = tree(entry('040000', 'tree', inner, commit.slice(0, 2)));
    repo.git('update-ref', notesRef, repo.git('commit-tree', '--no-gpg-sign', '-m', 'n', outer));
    const git = openGit(repo.dir, here.env);
    await addEnvelopes(git, commit, [fake('new')]);
    assert.deepEqual(
      (await readEnvelopes(git, commit)).map((one) => one.payload),
      ['old', 'new'],
    );
    assert.match(repo.git('notes', `--ref=${notesRef}`, 'show', commit), /"old"[\s\S]*"new"/);
  });

  it('leave index and working tree alone', async () => {
    const { repo, here } = teamwork(box, 'untouched');
    repo.write('staged.txt', 'x');
    repo.git('add', 'staged.txt');
    const before = repo.git('status', '--porcelain=v2');
    await addEnvelopes(openGit(repo.dir, here.env), repo.git('rev-parse', 'HEAD'), [fake('a')]);
    assert.equal(repo.git('status', '--porcelain=v2'), before);
  });
});
