/** Sigstore bundles: written and read by us, and held against cosign (when there is one) and ssh-keygen. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { preAuthEncoding } from '../../agent/attest/dsse.ts';
import { bundleLine } from '../../agent/attest/sigstore.ts';
import type { Envelope } from '../../agent/attest/types.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';
import { type Teamwork, teamwork } from './support.ts';

const box = sandbox();
const hasCosign = spawnSync('cosign', ['version']).status === 0;
const withCosign = hasCosign ? {} : { skip: 'cosign is not on the PATH' };

interface Bundle {
  mediaType: string;
  verificationMaterial: { publicKey: { hint: string } };
  dsseEnvelope: Envelope;
}

const readLines = (file: string): Bundle[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Bundle);

/** CI: a fresh clone that has fetched no statements. */
function ci(team: Teamwork, name: string) {
  const cwd = box.at(`ci-${name}`);
  const env = { ...box.env, PREGATE_STATE_DIR: box.at(`state-ci-${name}`) };
  execFileSync('git', ['clone', '-q', team.remote, cwd], { env });
  return { cwd, env };
}

const range = ['verify', '--range', 'origin/main..origin/topic', '--statements', '--require-statements'];

/** A bundle whose payload says something else than what was signed. */
function changed(bundle: Bundle): string {
  const payload = Buffer.from(bundle.dsseEnvelope.payload, 'base64').toString().replace('HEAD', 'DEAD');
  const other = payload.replace('refs/heads/topic', 'refs/heads/other');
  const dsseEnvelope = { ...bundle.dsseEnvelope, payload: Buffer.from(other).toString('base64') };
  return JSON.stringify({ ...bundle, dsseEnvelope });
}

for (const type of ['ec', 'ed25519'] as const) {
  describe(`a bundle signed with a PEM key (${type})`, () => {
    const file = box.at(`${type}.sigstore.json`);
    const pem = box.at(`${type}.pem`);
    const pub = box.at(`${type}.pub`);
    const strange = box.at(`${type}-strange.pub`);
    let team: Teamwork;
    before(async () => {
      team = teamwork(box, `pem-${type}`);
      const pair = () =>
        type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync(type);
      const { privateKey, publicKey } = pair();
      writeFileSync(pem, privateKey.export({ format: 'pem', type: 'pkcs8' }));
      writeFileSync(pub, publicKey.export({ format: 'pem', type: 'spki' }));
      writeFileSync(strange, pair().publicKey.export({ format: 'pem', type: 'spki' }));
      const made = await runCli(['attest', '--kind', 'svr', '--key', pem, '--sigstore-bundle', file], team.here);
      assert.equal(made.code, 0, made.err);
      team.repo.git('push', '-q', 'origin', 'topic');
    });

    it('has the media type of v0.3 and names its key', () => {
      const [bundle, ...more] = readLines(file);
      assert.equal(more.length, 0);
      assert.equal(bundle?.mediaType, 'application/vnd.dev.sigstore.bundle.v0.3+json');
      assert.equal(bundle?.verificationMaterial.publicKey.hint, bundle?.dsseEnvelope.signatures[0]?.keyid);
    });

    it('is accepted by cosign with that key for that commit, and by no other', withCosign, () => {
      const commit = team.repo.git('rev-parse', 'HEAD');
      // Nobody but the key is trusted; without a file cosign would ask the network whom to trust.
      const root = box.at(`${type}-root.json`);
      writeFileSync(root, '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}');
      const cosign = (key: string, bundle: string, digest: string) =>
        spawnSync(
          'cosign',
          [
            ...['verify-blob-attestation', '--key', key, '--bundle', bundle, '--new-bundle-format'],
            ...['--insecure-ignore-tlog', '--trusted-root', root, '--type', 'https://in-toto.io/attestation/svr/v0.2'],
            ...['--digest', digest, '--digestAlg', 'gitCommit'],
          ],
          { encoding: 'utf8', env: { ...process.env, HOME: box.folder } },
        );
      const good = cosign(pub, file, commit);
      assert.equal(good.status, 0, good.stderr);
      assert.notEqual(cosign(strange, file, commit).status, 0);
      assert.notEqual(
        cosign(
          pub,
          file,
          commit.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
        ).status,
        0,
      );
      const forged = box.at(`${type}-forged.json`);
      writeFileSync(forged, changed(readLines(file)[0] as Bundle));
      assert.notEqual(cosign(pub, forged, commit).status, 0);
    });

    it('counts in CI when the job names the key, and not otherwise', async () => {
      const here = ci(team, `pem-${type}`);
      const named = await runCli([...range, '--sigstore-bundle', file, '--bundle-key', pub], here);
      assert.equal(named.code, 0, named.out + named.err);
      assert.match(named.out, /svr\/v0\.2 +by the key SHA256:/);
      for (const words of [[], ['--bundle-key', strange]]) {
        const other = await runCli([...range, '--sigstore-bundle', file, ...words], here);
        assert.equal(other.code, 1);
        assert.match(other.out, /the signature does not fit/);
      }
      const forged = box.at(`${type}-forged-too.json`);
      writeFileSync(forged, changed(readLines(file)[0] as Bundle));
      assert.equal((await runCli([...range, '--sigstore-bundle', forged, '--bundle-key', pub], here)).code, 1);
    });
  });
}

describe('a bundle signed with the SSH key of git', () => {
  const file = box.at('ssh.sigstore.jsonl');
  let team: Teamwork;
  before(async () => {
    team = teamwork(box, 'ssh-bundle');
    const made = await runCli(['attest', '--kind', 'svr,decision', '--sigstore-bundle', file], team.here);
    assert.equal(made.code, 0, made.err);
    team.repo.git('push', '-q', 'origin', 'topic');
  });

  it('is accepted by ssh-keygen in our namespace and for these bytes only', () => {
    for (const { dsseEnvelope } of readLines(file)) {
      const { payload, payloadType, signatures } = dsseEnvelope;
      writeFileSync(box.at('sig'), Buffer.from(signatures[0]?.sig ?? '', 'base64'));
      const bytes = preAuthEncoding(payloadType, Buffer.from(payload, 'base64'));
      const verify = (namespace: string, input: Buffer) => {
        const words = ['-Y', 'verify', '-f', team.signersFile, '-I', 'person@example.com', '-n', namespace];
        return spawnSync('ssh-keygen', [...words, '-s', box.at('sig')], { input }).status;
      };
      assert.equal(verify('attest@pregate', bytes), 0);
      assert.notEqual(verify('git', bytes), 0);
      assert.notEqual(verify('attest@pregate', Buffer.concat([bytes, Buffer.from(' ')])), 0);
    }
  });

  it('counts in CI like the statements in the notes', async () => {
    const here = ci(team, 'ssh-bundle');
    assert.equal((await runCli(range, here)).code, 1, 'without the file nothing is stated');
    const read = await runCli([...range, '--sigstore-bundle', file], here);
    assert.equal(read.code, 0, read.out + read.err);
    assert.equal(read.out.match(/by person@example\.com/g)?.length, 2);
  });

  it('is wrong when it is about a commit outside of the range', async () => {
    const here = ci(team, 'elsewhere');
    const words = ['verify', '--range', 'origin/main~0..origin/main', '--statements', '--sigstore-bundle', file];
    const empty = await runCli(words, here);
    assert.equal(empty.code, 1, empty.out);
    assert.match(empty.out, /about no commit of this range/);
  });
});

describe('a file that is no bundle', () => {
  it('is named, and nothing is verified', async () => {
    const team = teamwork(box, 'no-bundle');
    const file = box.at('strange.json');
    const envelope: Envelope = { payloadType: 'x', payload: 'eA==', signatures: [{ keyid: 'k', sig: 'eA==' }] };
    const whole = JSON.parse(bundleLine(envelope)) as Record<string, unknown>;
    for (const [text, why] of [
      ['{"mediaType": "x"}', /no Sigstore bundle/],
      ['[]', /no Sigstore bundle/],
      ['not JSON\n', /no Sigstore bundle/],
      [`${JSON.stringify(whole)}\n{"`, /number 2 in it is no Sigstore bundle/],
    ] as const) {
      writeFileSync(file, text);
      const words = ['verify', '--range', 'origin/main..topic', '--statements', '--sigstore-bundle', file];
      const { code, err } = await runCli(words, team.here);
      assert.equal(code, 3, text);
      assert.match(err, why);
    }
    assert.equal(
      (await runCli(['verify', '--range', 'main..topic', '--statements', '--bundle-key', file], team.here)).code,
      2,
    );
  });
});
