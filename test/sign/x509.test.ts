/** gitsign, smimesign and gpgsm: stand-ins that speak git's protocol with X.509 programs, with real CMS made by openssl. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { translate } from '../../agent/sign/test-signature.ts';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const withOpenssl = hasOpenssl ? {} : { skip: 'there is no openssl to make signatures with' };

/** A certificate that vouches for itself: of an address in subjectAltName (gitsign), or in its subject (smimesign). */
function certificate(name: string, address: string, where: 'alternative' | 'subject'): string {
  const file = box.at(name);
  const subject = where === 'subject' ? `/CN=Person/emailAddress=${address}` : '/O=sigstore.example';
  const more = where === 'subject' ? [] : ['-addext', `subjectAltName=email:${address}`];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${file}.key`];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', `${file}.pem`, '-days', '2', '-subj', subject, ...more], {
    stdio: 'pipe',
  });
  return file;
}

/**
 * Stands in for such a program: `--status-fd=N -bsau KEY` signs standard input, `--status-fd=N --verify FILE -` verifies it
 * (git, Documentation/config/gpg.txt), with the status lines that gitsign and smimesign print. A diary keeps its words.
 */
function standIn(name: string, signer: string): { program: string; diary: string } {
  const program = box.at(name);
  const diary = box.at(`${name}.diary`);
  writeFileSync(
    program,
    `#!/bin/sh
echo "$*" >>'${diary}'
fpr=$(openssl x509 -in '${signer}.pem' -outform DER | openssl dgst -sha1 -r | cut -d' ' -f1)
case "$*" in
*--verify*)
  for word; do [ -f "$word" ] && sig=$word; done
  cat >'${program}.data'
  sed '/^-----/s/SIGNED MESSAGE/CMS/' "$sig" >'${program}.cms'
  echo '[GNUPG:] NEWSIG'
  if openssl cms -verify -binary -inform PEM -in '${program}.cms' -content '${program}.data' -noverify -out /dev/null 2>/dev/null
  then echo "[GNUPG:] GOODSIG $fpr CN=Person"; echo '[GNUPG:] TRUST_FULLY 0 shell'; echo 'WARNING: claims are not verified' >&2
  else echo "[GNUPG:] BADSIG $fpr CN=Person"; exit 1; fi ;;
*)
  printf '[GNUPG:] BEGIN_SIGNING\\n[GNUPG:] SIG_CREATED D 19 8 00 1 %s\\n' "$fpr" >&2
  openssl cms -sign -binary -signer '${signer}.pem' -inkey '${signer}.key' -outform PEM -md sha256 | sed '/^-----/s/CMS/SIGNED MESSAGE/' ;;
esac
`,
  );
  chmodSync(program, 0o755);
  return { program, diary };
}

/** A person whose own configuration (not the repository's) names the program, as its instructions say. */
function person(name: string, settings: Record<string, string>) {
  const home = box.at(`home-${name}`);
  mkdirSync(home);
  const global = `${home}/.gitconfig`;
  const env: NodeJS.ProcessEnv = { ...box.env, HOME: home, GIT_CONFIG_GLOBAL: global, GNUPGHOME: `${home}/.gnupg` };
  const all = { 'user.name': 'Person', 'user.email': 'person@example.com', 'commit.gpgsign': 'true', ...settings };
  for (const [key, value] of Object.entries(all)) execFileSync('git', ['config', '--file', global, key, value]);
  const plain = box.repository(name);
  const tryGit = (...words: string[]) => plain.tryGit(words, { env });
  // The sandbox names a person in each repository; here the home does.
  tryGit('config', '--unset', 'user.email');
  const commit = (...words: string[]) => {
    const made = tryGit(...words, 'commit', '-q', '--allow-empty', '-m', 'x');
    assert.equal(made.code, 0, made.output);
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: plain.dir, env }).toString().trim();
  };
  const verify = async (oid: string) => (await verifyCommits({ root: plain.dir }, [oid], { env })).get(oid);
  const local = () => readFileSync(`${plain.dir}/.git/config`, 'utf8');
  return { env, repo: plain, here: { cwd: plain.dir, env }, global, tryGit, commit, verify, local };
}

for (const [name, where] of [
  ['gitsign', 'alternative'],
  ['smimesign', 'subject'],
] as const) {
  describe(`${name}, set up by a person`, withOpenssl, () => {
    const start = () => {
      const { program, diary } = standIn(name, certificate(`${name}-mine`, 'person@example.com', where));
      return { ...person(`${name}-repo`, { 'gpg.format': 'x509', 'gpg.x509.program': program }), program, diary };
    };

    it('is kept, signs a test, and its commits are good only for the address in the certificate', async () => {
      const { program, diary, here, global, local, commit, verify, tryGit, repo } = start();
      const before = [readFileSync(global, 'utf8'), local()];
      const setup = await runCli(['sign', 'setup', '--yes'], here);
      assert.equal(setup.code, 0, setup.out + setup.err);
      assert.match(setup.out, new RegExp(`Your signer is kept: ${program}`));
      assert.match(setup.out, /✓ Commits are signed with x509/);
      assert.deepEqual([readFileSync(global, 'utf8'), local()], before, 'configuration was changed');
      assert.match(readFileSync(diary, 'utf8'), /-bsau/);

      const own = await verify(commit());
      assert.deepEqual([own?.status, own?.signer], ['good', 'person@example.com']);
      // The program says that it is good: whoever has any certificate could sign for anybody.
      const other = commit('-c', 'user.email=other@example.com');
      assert.equal(tryGit('verify-commit', other).code, 0);
      const info = await verify(other);
      assert.equal(info?.status, 'wrong-principal');
      assert.match(info?.detail ?? '', /the certificate is person@example\.com's, the committer is other@example\.com/);
      const status = await runCli(['sign', 'status'], {
        ...here,
        env: { ...here.env, GIT_COMMITTER_EMAIL: 'o@example.com' },
      });
      assert.equal(status.code, 1);
      assert.match(status.out, /the committer is o@example\.com/);

      const object = execFileSync('git', ['cat-file', 'commit', other], { cwd: repo.dir }).toString();
      const forged = object.replace('\n\nx', '\n\ny');
      const words = ['hash-object', '-t', 'commit', '-w', '--stdin'];
      const oid = execFileSync('git', words, { cwd: repo.dir, input: forged }).toString().trim();
      assert.equal((await verify(oid))?.status, 'bad');
    });
  });
}

describe('a program that signs and does not take its own signature', withOpenssl, () => {
  it('is not called set up, and the forge’s badge rests on who issued the certificate', async () => {
    const { program } = standIn('one-way', certificate('one-way-mine', 'person@example.com', 'alternative'));
    const { here, commit } = person('one-way-repo', { 'gpg.format': 'x509', 'gpg.x509.program': program });
    commit();
    const badge = await runCli(['sign', 'badge'], here);
    assert.match(badge.out, /^The forge will show Verified beside \w+ if it trusts who issued the certificate/);
    // As gitsign does without Sigstore's roots, and smimesign with an issuer that it does not know: no word of the key.
    const script = readFileSync(program, 'utf8');
    writeFileSync(program, script.replace('*--verify*)\n', "*--verify*)\n  echo '[GNUPG:] NEWSIG'; exit 1\n"));
    const { code, out } = await runCli(['sign', 'status'], here);
    assert.equal(code, 1, out);
    assert.match(out, /^✗ Commits are signed, but not verified here: \S+one-way did not take the signature/);
    assert.match(out, /git verify-commit HEAD says more/);
  });
});

describe('a program for X.509', withOpenssl, () => {
  it('that only the repository names is not run to verify, and that is said', async () => {
    const { program } = standIn('local-signer', certificate('local-mine', 'person@example.com', 'alternative'));
    const { commit, verify, tryGit } = person('local', { 'gpg.format': 'x509' });
    tryGit('config', '--local', 'gpg.x509.program', program);
    const oid = commit();
    const canary = box.at('canary');
    writeFileSync(program, `#!/bin/sh\ntouch '${canary}'\n`);
    const info = await verify(oid);
    // Without gpgsm nobody can say; with it, it does not know who issued the certificate.
    assert.ok(info?.status === 'no-key' || info?.status === 'untrusted', info?.status);
    assert.match(info.detail ?? '', /in this repository only/);
    assert.ok(!existsSync(canary), 'it was run');
  });

  it('that names a certificate which is not in the signature is not believed', async () => {
    const mine = certificate('claimed-mine', 'person@example.com', 'alternative');
    const theirs = certificate('claimed-theirs', 'other@example.com', 'alternative');
    const { program } = standIn('claimer', theirs);
    const { commit, verify } = person('claims', { 'gpg.format': 'x509', 'gpg.x509.program': program });
    const oid = commit();
    writeFileSync(program, readFileSync(program, 'utf8').replace(`-in '${theirs}.pem'`, `-in '${mine}.pem'`));
    const info = await verify(oid);
    assert.equal(info?.status, 'untrusted');
    assert.match(info?.detail ?? '', /the certificate is not in the signature/);
  });
});

describe('what the programs say when they cannot sign', () => {
  const failing = (name: string, body: string, settings: Record<string, string> = {}) => {
    const program = box.at(name);
    writeFileSync(program, `#!/bin/sh\n${body}\n`);
    chmodSync(program, 0o755);
    const { here } = person(`${name}-repo`, { 'gpg.format': 'x509', 'gpg.x509.program': program, ...settings });
    return runCli(['sign', 'status'], here);
  };

  it('is put into words, or where to read it is', async () => {
    const { code, out } = await failing('not-logged-in', 'echo "error: failed to get identity: no token" >&2; exit 1');
    assert.equal(code, 1);
    // Git hands on what the program said from 2.41 on.
    assert.match(
      out,
      /gitsign could not find out who you are|not-logged-in did not sign\.\n {2}echo test \| .*-bsa.* says why/,
    );
    const gone = await failing('gone', 'exit 1', { 'gpg.x509.program': box.at('nowhere') });
    assert.match(gone.out, /nowhere (is not installed|did not sign)/);
  });

  it('is known from gitsign and smimesign', () => {
    const signer = { format: 'x509', program: 'smimesign', key: 'AB12' } as const;
    const lines: [string, RegExp][] = [
      ['Could not find identity matching specified user-id: AB12', /smimesign finds no certificate/],
      ['error: failed to get identity: error getting id token', /gitsign could not find out who you are/],
      ['error: gpg failed to sign the data\nfatal: failed to write commit object', /^smimesign did not sign$/],
      ['error: cannot run smimesign: No such file or directory', /smimesign is not installed/],
    ];
    for (const [line, reason] of lines) assert.match(translate(line, signer).reason, reason);
    assert.equal(
      translate('error: gpg failed to sign the data', signer).remedy,
      'echo test | smimesign -bsa -u AB12 says why',
    );
    const unnamed = { ...signer, key: undefined, email: 'ann@example.com' };
    assert.equal(
      translate('error: gpg failed to sign the data', unnamed).remedy,
      'echo test | smimesign -bsa -u ann@example.com says why',
    );
  });
});
