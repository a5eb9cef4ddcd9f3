/** Statements signed with a certificate of some minutes (Sigstore, keyless), by services of this machine. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { addEnvelopes, readEnvelopes } from '../../agent/attest/notes.ts';
import { type Envelope, notesRef } from '../../agent/attest/types.ts';
import { openGit } from '../../agent/git/run.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { type Services, sigstoreServices } from './sigstore-services.ts';
import { type Teamwork, teamwork } from './support.ts';

const box = sandbox();
const hasCosign = spawnSync('cosign', ['version']).status === 0;
const withCosign = hasCosign ? {} : { skip: 'cosign is not on the PATH' };

const issuer = 'https://login.example.com';
const workflow = 'https://forge.example.com/acme/app/.ci/check.yml@refs/heads/main';
const range = ['verify', '--range', 'origin/main..origin/topic', '--statements', '--require-statements'];

let services: Services;
const root = box.at('root.json');
before(async () => {
  services = await sigstoreServices();
  writeFileSync(root, services.root);
});
after(() => services.close());

const trusting = (identity: string, by = issuer, file = root) => [
  ...['--trusted-root', file, '--certificate-oidc-issuer', by, '--certificate-identity', identity],
];

/** A statement by whom the claims name, pushed. */
async function stated(name: string, claims: Record<string, unknown>, ...more: string[]): Promise<Teamwork> {
  const team = teamwork(box, name);
  const env = { ...team.here.env, SIGSTORE_ID_TOKEN: services.token({ iss: issuer, ...claims }) };
  const words = ['attest', '--kind', 'svr', '--keyless', '--fulcio', services.url, '--rekor', services.url, ...more];
  const made = await runCli(words, { ...team.here, env });
  assert.equal(made.code, 0, made.err);
  assert.match(made.out, /^In the public log at \d+: hashes, signature and certificate\.$/m);
  team.repo.git('push', '-q', 'origin', 'topic', notesRef);
  return team;
}

const person = { email: 'person@example.com', email_verified: true, sub: '12345' };

function ci(team: Teamwork, name: string) {
  const cwd = box.at(`ci-${name}`);
  const env = { ...box.env, PREGATE_STATE_DIR: box.at(`state-ci-${name}`) };
  execFileSync('git', ['clone', '-q', team.remote, cwd], { env });
  execFileSync('git', ['fetch', '-q', 'origin', `${notesRef}:${notesRef}`], { cwd, env });
  return { cwd, env };
}

describe('a keyless statement', () => {
  const file = box.at('person.sigstore.json');
  let team: Teamwork;
  let here: { cwd: string; env: NodeJS.ProcessEnv };
  before(async () => {
    team = await stated('person', person, '--sigstore-bundle', file);
    here = ci(team, 'person');
  });

  it('travels in the notes with what verifying it needs, and counts for an identity that the job names', async () => {
    const { out, code, err } = await runCli([...range, ...trusting('*@example.com')], here);
    assert.equal(code, 0, out + err);
    assert.match(out, /✓ [0-9a-f]{7} {2}\S+svr\/v0\.2 +by person@example\.com\n/);
    const shown = await runCli(['attest', 'show', 'origin/topic'], here);
    assert.match(shown.out, /signed by a certificate/);
  });

  it('is accepted by cosign for that identity and that commit, and for no other', withCosign, () => {
    const commit = team.repo.git('rev-parse', 'HEAD');
    const cosign = (identity: string, by: string, digest: string, bundle = file) =>
      spawnSync(
        'cosign',
        [
          ...['verify-blob-attestation', '--bundle', bundle, '--new-bundle-format', '--trusted-root', root],
          ...['--certificate-identity', identity, '--certificate-oidc-issuer', by],
          ...['--type', 'https://in-toto.io/attestation/svr/v0.2', '--digest', digest, '--digestAlg', 'gitCommit'],
        ],
        { encoding: 'utf8', env: { ...process.env, HOME: box.folder } },
      );
    const good = cosign('person@example.com', issuer, commit);
    assert.equal(good.status, 0, good.stderr);
    assert.notEqual(cosign('other@example.com', issuer, commit).status, 0);
    assert.notEqual(cosign('person@example.com', 'https://other.example.com', commit).status, 0);
    assert.notEqual(cosign('person@example.com', issuer, commit.replaceAll(/./g, '0')).status, 0);
  });

  it('counts from a file, too', async () => {
    const bare = { ...here, cwd: box.at('ci-file') };
    execFileSync('git', ['clone', '-q', team.remote, bare.cwd], { env: here.env });
    const { out, code } = await runCli([...range, '--sigstore-bundle', file, ...trusting('person@example.com')], bare);
    assert.equal(code, 0, out);
  });

  it('counts for nobody else', async () => {
    const strange = await sigstoreServices();
    strange.close();
    writeFileSync(box.at('strange.json'), strange.root);
    const cases: [string[], RegExp][] = [
      [[], /no --trusted-root says whose count/],
      [trusting('other@example.com'), /person@example\.com is not who may state here/],
      [trusting('*', 'https://other.example.com'), /has vouched for person@example\.com, and not https:\/\/other/],
      [trusting('*', issuer, box.at('strange.json')), /its certificate or its place in the log does not hold/],
    ];
    for (const [words, why] of cases) {
      const { out, code } = await runCli([...range, ...words], here);
      assert.equal(code, 1, out);
      assert.match(out, why);
    }
  });

  it('is refused when payload, proof, time or certificate were changed', async () => {
    const bundle = JSON.parse(readFileSync(file, 'utf8'));
    const entry = bundle.verificationMaterial.tlogEntries[0];
    const flip = (base64: string) => {
      const bytes = Buffer.from(base64, 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
      return bytes.toString('base64');
    };
    const material = (changes: object) => ({ ...bundle.verificationMaterial, ...changes });
    const logged = (changes: object) => ({
      ...bundle,
      verificationMaterial: material({ tlogEntries: [{ ...entry, ...changes }] }),
    });
    const proof = entry.inclusionProof;
    const other = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString().replace('PREGATE_', 'PREGATE-');
    const payload = Buffer.from(other).toString('base64');
    const cases: [string, object][] = [
      ['payload', { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, payload } }],
      [
        'a hash of the proof',
        logged({ inclusionProof: { ...proof, hashes: [flip(proof.hashes[0]), ...proof.hashes.slice(1)] } }),
      ],
      ['the place of the proof', logged({ inclusionProof: { ...proof, logIndex: '0' } })],
      [
        'the checkpoint',
        logged({
          inclusionProof: { ...proof, checkpoint: { envelope: proof.checkpoint.envelope.replace('\n4\n', '\n5\n') } },
        }),
      ],
      ['the time', logged({ integratedTime: String(Number(entry.integratedTime) - 60) })],
      ['what was logged', logged({ canonicalizedBody: flip(entry.canonicalizedBody) })],
      ['no log', { ...bundle, verificationMaterial: material({ tlogEntries: [] }) }],
    ];
    const words = [...range, '--sigstore-bundle', box.at('changed.json'), ...trusting('*')];
    for (const [name, changed] of cases) {
      writeFileSync(box.at('changed.json'), JSON.stringify(changed));
      const { out, code } = await runCli(words, here);
      assert.equal(code, 1, `${name}: ${out}`);
      assert.match(out, /its certificate or its place in the log does not hold/, name);
    }
    // Two signatures: a verifier that looks at one could mean another than its reader.
    const { signatures } = bundle.dsseEnvelope;
    const twice = { ...bundle, dsseEnvelope: { ...bundle.dsseEnvelope, signatures: [...signatures, ...signatures] } };
    writeFileSync(box.at('changed.json'), JSON.stringify(twice));
    const { code, err } = await runCli(words, here);
    assert.equal(code, 3);
    assert.match(err, /no Sigstore bundle with a statement/);
  });
});

describe('who may state keyless', () => {
  it('is for a person their own commits, and for a workflow what the job allows', async () => {
    const other = await stated('colleague', { ...person, email: 'colleague@example.com' });
    const { out, code } = await runCli([...range, ...trusting('*@example.com')], ci(other, 'colleague'));
    assert.equal(code, 1, out);
    assert.match(out, /the certificate is colleague@example\.com's, the committer is person@example\.com/);
    const job = await stated('workflow', { sub: workflow });
    const held = await runCli([...range, ...trusting('https://forge.example.com/acme/*')], ci(job, 'workflow'));
    assert.equal(held.code, 0, held.out);
    assert.match(held.out, /by https:\/\/forge\.example\.com\/acme\/app/);
  });

  it('cannot have stated it before there was a commit, nor name a time after it was logged', async () => {
    services.shift = -3_600_000;
    try {
      const early = await stated('early', person);
      const { out, code } = await runCli([...range, ...trusting('*')], ci(early, 'early'));
      assert.equal(code, 1, out);
      assert.match(out, /it was logged before the commit was made/);
      // A commit of last year, so that only the statement's own time is wrong.
      const team = teamwork(box, 'dated');
      const dates = { GIT_AUTHOR_DATE: '2025-05-01T00:00:00Z', GIT_COMMITTER_DATE: '2025-05-01T00:00:00Z' };
      team.repo.tryGit(['commit', '-q', '--amend', '--no-edit'], { env: { ...team.here.env, ...dates } });
      const env = { ...team.here.env, SIGSTORE_ID_TOKEN: services.token({ iss: issuer, ...person }) };
      const words = ['attest', '--kind', 'svr', '--keyless', '--fulcio', services.url, '--rekor', services.url];
      assert.equal((await runCli(words, { ...team.here, env })).code, 0);
      team.repo.git('push', '-q', '--no-verify', 'origin', 'topic', notesRef);
      const dated = await runCli([...range, ...trusting('*')], ci(team, 'dated'));
      assert.match(dated.out, /it is dated after it was logged/);
    } finally {
      services.shift = 0;
    }
  });
});

describe('attest --keyless', () => {
  it('stores nothing without an identity, without an answer, or in the clear', async () => {
    const { here, repo } = teamwork(box, 'nobody');
    const local = ['attest', '--keyless', '--fulcio', services.url, '--rekor', services.url];
    const token = { SIGSTORE_ID_TOKEN: services.token({ iss: issuer, ...person }) };
    const cases: [string[], NodeJS.ProcessEnv, RegExp][] = [
      [local, {}, /there is no identity to sign with: set SIGSTORE_ID_TOKEN/],
      [local, { SIGSTORE_ID_TOKEN: 'x' }, /the identity token cannot be read/],
      [['attest', '--keyless', '--fulcio', 'http://ca.example.com'], token, /must be asked by https/],
      [
        ['attest', '--keyless', '--fulcio', `${services.url}/`, '--rekor', 'http://127.0.0.1:1'],
        token,
        /the log \(127\.0\.0\.1:1\) did not help/,
      ],
      [
        ['attest', '--keyless', '--fulcio', 'http://127.0.0.1:1'],
        token,
        /the certificate authority \(127\.0\.0\.1:1\) did not help/,
      ],
    ];
    for (const [words, more, why] of cases) {
      const { code, err } = await runCli(words, { ...here, env: { ...here.env, ...more } });
      assert.equal(code, 3, err);
      assert.match(err, why);
    }
    services.lies = true;
    const lied = await runCli(local, { ...here, env: { ...here.env, ...token } });
    services.lies = false;
    assert.match(lied.err, /the certificate authority gave no logged certificate for this key/);
    assert.equal(repo.tryGit(['rev-parse', '-q', '--verify', notesRef]).code, 1);
    assert.equal((await runCli([...local, '--key', 'x.pem'], here)).code, 2);
    assert.equal((await runCli(['attest', '--keyless', '--rekor', 'nowhere'], here)).code, 2);
  });

  it('asks the runner of a CI job for the token', async () => {
    const { here } = teamwork(box, 'runner');
    const asked: string[] = [];
    const runner = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.end(JSON.stringify({ value: services.token({ iss: issuer, sub: workflow }) }));
    });
    await new Promise<void>((resolve) => runner.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(runner.address() as AddressInfo).port}/token?version=2`;
    const env = { ...here.env, ACTIONS_ID_TOKEN_REQUEST_URL: address, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'runner' };
    const words = ['attest', '--keyless', '--fulcio', services.url, '--rekor', services.url];
    const { code, err } = await runCli(words, { ...here, env });
    runner.close();
    assert.equal(code, 0, err);
    assert.deepEqual(asked, ['/token?version=2&audience=sigstore Bearer runner']);
  });
});

describe('a statement with a PEM key in the notes', () => {
  it('counts when the job names the key, as one from a file does', async () => {
    const team = teamwork(box, 'pem-notes');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    writeFileSync(box.at('job.pem'), privateKey.export({ format: 'pem', type: 'pkcs8' }));
    writeFileSync(box.at('job.pub'), publicKey.export({ format: 'pem', type: 'spki' }));
    assert.equal((await runCli(['attest', '--kind', 'svr', '--key', box.at('job.pem')], team.here)).code, 0);
    team.repo.git('push', '-q', 'origin', 'topic', notesRef);
    const here = ci(team, 'pem-notes');
    const named = await runCli([...range, '--bundle-key', box.at('job.pub')], here);
    assert.equal(named.code, 0, named.out + named.err);
    assert.match(named.out, /by the key SHA256:/);
    assert.equal((await runCli(range, here)).code, 1);
  });
});

describe('the trust that verify takes', () => {
  it('is whole or refused', async () => {
    const { here } = teamwork(box, 'trust');
    const words = ['verify', '--range', 'origin/main..topic', '--statements'];
    const half = await runCli([...words, '--trusted-root', root], here);
    assert.equal(half.code, 2);
    assert.match(half.err, /--certificate-identity go together/);
    const { certificateAuthorities: _, ...nobody } = JSON.parse(services.root);
    for (const text of ['not JSON', '{}', JSON.stringify(nobody)]) {
      writeFileSync(box.at('no-root.json'), text);
      const { code, err } = await runCli([...words, ...trusting('*', issuer, box.at('no-root.json'))], here);
      assert.equal(code, 2, text);
      assert.match(err, /names no trusted root/);
    }
  });

  it('opens no bundle in the notes that is none', async () => {
    const team = teamwork(box, 'broken-note');
    const commit = team.repo.git('rev-parse', 'HEAD');
    const dsseEnvelope = {
      payloadType: 'application/vnd.in-toto+json',
      payload: 'e30=',
      signatures: [{ sig: 'eA==' }],
    };
    const note = { ...dsseEnvelope, signatures: [], bundle: { mediaType: 'x', dsseEnvelope } } as Envelope;
    const git = openGit(team.repo.dir, team.here.env);
    await addEnvelopes(git, commit, [note]);
    assert.equal((await readEnvelopes(git, commit)).length, 1);
    const { code } = await runCli(
      ['verify', '--range', 'origin/main..topic', '--statements', ...trusting('*')],
      team.here,
    );
    assert.equal(code, 1);
  });
});
