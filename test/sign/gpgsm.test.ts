/** The real gpgsm, git's own program for X.509, with a key made here; no stand-in. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { sandbox } from '../git/support.ts';
import { script } from '../hooks/support.ts';

const missing = ['gpgsm', 'gpgconf', 'openssl'].filter((name) => spawnSync(name, ['--version']).error !== undefined);
const skip = missing.length > 0 && `${missing.join(', ')} is not on the PATH`;

const box = sandbox();
const gnupg = box.at('gnupg');
const env: NodeJS.ProcessEnv = { ...box.env, GNUPGHOME: gnupg };
const run = (program: string, ...words: string[]) =>
  execFileSync(program, words, { env, cwd: box.folder, stdio: 'pipe' });
after(() => void spawnSync('gpgconf', ['--kill', 'all'], { env }));

/** Makes an issuer and a key that it has certified for an address, imports both, and answers with their fingerprints. */
function importKeys(address: string): { issuer: string; key: string } {
  const [issuer, mine] = [box.at('issuer'), box.at('mine')];
  const rsa = ['-newkey', 'rsa:2048', '-nodes'];
  const sign = ['-addext', 'keyUsage=critical,keyCertSign', '-days', '2'];
  run(
    'openssl',
    'req',
    '-x509',
    ...rsa,
    '-keyout',
    `${issuer}.key`,
    '-out',
    `${issuer}.pem`,
    '-subj',
    '/CN=Issuer',
    ...sign,
  );
  const subject = `/CN=Person/emailAddress=${address}`;
  run('openssl', 'req', ...rsa, '-keyout', `${mine}.key`, '-out', `${mine}.csr`, '-subj', subject);
  writeFileSync(`${mine}.ext`, 'keyUsage=critical,digitalSignature,nonRepudiation\n');
  const by = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-extfile', `${mine}.ext`];
  run('openssl', 'x509', '-req', '-in', `${mine}.csr`, '-out', `${mine}.pem`, '-days', '2', ...by);
  // The gpgsm of Debian 12 reads no newer encryption.
  const old = ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1', '-passout', 'pass:x'];
  run('openssl', 'pkcs12', '-export', '-inkey', `${mine}.key`, '-in', `${mine}.pem`, '-out', `${mine}.p12`, ...old);
  run('gpgsm', '--batch', '--import', `${issuer}.pem`);
  run('gpgsm', '--batch', '--import', `${mine}.p12`);
  return { issuer: printOf(`${issuer}.pem`), key: printOf(`${mine}.pem`) };
}

function printOf(file: string): string {
  const print = run('openssl', 'x509', '-in', file, '-noout', '-fingerprint', '-sha1').toString();
  return (print.split('=')[1] as string).replaceAll(':', '').trim();
}

test('commits signed by gpgsm are good for the address in the certificate, once the user trusts who issued it', {
  skip,
}, async () => {
  mkdirSync(gnupg, { mode: 0o700 });
  const pinentry = path.join(gnupg, 'pinentry');
  script(
    pinentry,
    '#!/bin/sh\necho OK\nwhile read -r word rest; do case $word in GETPIN) echo "D x" ;; esac; echo OK; [ "$word" != BYE ] || exit 0; done\n',
  );
  writeFileSync(path.join(gnupg, 'gpg-agent.conf'), `pinentry-program ${pinentry}\nno-allow-mark-trusted\n`);
  writeFileSync(path.join(gnupg, 'gpgsm.conf'), 'disable-crl-checks\ndisable-dirmngr\n');
  const { issuer, key } = importKeys('person@example.com');
  execFileSync('git', ['config', '--global', 'gpg.format', 'x509'], { env });
  execFileSync('git', ['config', '--global', 'user.signingkey', key], { env });
  const repo = box.repository('signed');
  const commit = (...words: string[]) => {
    const made = repo.tryGit([...words, 'commit', '-q', '-S', '--allow-empty', '-m', 'x'], { env });
    assert.equal(made.code, 0, made.output);
    return repo.git('rev-parse', 'HEAD');
  };
  const verify = async (oid: string) => (await verifyCommits({ root: repo.dir }, [oid], { env })).get(oid);

  // Whoever has a certificate of his own making could call himself anything.
  writeFileSync(path.join(gnupg, 'trustlist.txt'), `${issuer} S relax\n`);
  run('gpgconf', '--reload', 'gpg-agent');
  const own = commit('-c', 'user.email=person@example.com');
  const good = await verify(own);
  assert.deepEqual([good?.status, good?.signer], ['good', 'person@example.com'], JSON.stringify(good));
  const other = await verify(commit('-c', 'user.email=other@example.com'));
  assert.equal(other?.status, 'wrong-principal', JSON.stringify(other));

  const object = repo.git('cat-file', 'commit', own);
  const words = ['hash-object', '-t', 'commit', '-w', '--stdin'];
  const forged = repo.tryGit(words, { input: `${object.replace('\n\nx', '\n\ny')}\n` }).output.trim();
  assert.equal((await verify(forged))?.status, 'bad');

  writeFileSync(path.join(gnupg, 'trustlist.txt'), '');
  run('gpgconf', '--reload', 'gpg-agent');
  const untrusted = await verify(own);
  assert.ok(untrusted?.status === 'untrusted' || untrusted?.status === 'no-key', JSON.stringify(untrusted));
});
