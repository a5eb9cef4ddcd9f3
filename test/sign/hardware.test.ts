/** Hardware keys (`sk-…`): signatures as an authenticator makes them, held against ssh-keygen and git. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { exceptionLine, signedText } from '../../agent/policy/exceptions-file.ts';
import { checkExceptions, exceptionNamespace } from '../../agent/sign/exceptions.ts';
import { verifySshsig } from '../../agent/sign/sshsig.ts';
import { verifyCommits } from '../../agent/sign/verify.ts';
import { wireString } from '../../agent/sign/wire.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();
const kinds = ['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'] as const;
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const join = (...parts: (string | Uint8Array)[]) => Buffer.concat(parts.map(wireString));

/** What the authenticator writes beside the signature (OpenSSH PROTOCOL.u2f). */
interface Touch {
  flags: number;
  counter: number;
  /** What is signed and what is said may differ: then somebody has lied. */
  said?: { flags?: number; counter?: number; application?: string };
  /** Behind everything else. */
  rest?: Buffer;
}

/** A key whose private half would lie in an authenticator: it signs what such a device signs. */
function authenticator(kind: (typeof kinds)[number], application = 'ssh:') {
  const ed25519 = kind === 'sk-ssh-ed25519@openssh.com';
  const pair = ed25519 ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' });
  const raw = (text: string) => Buffer.from(text, 'base64url');
  const point = ed25519 ? [raw(x)] : ['nistp256', Buffer.concat([Buffer.from([4]), raw(x), raw(y)])];
  const blob = (name = application) => join(kind, ...point, name);
  const armoured = (message: Uint8Array, touch: Touch, namespace = 'git') => {
    const { flags, counter, said = {}, rest = Buffer.alloc(0) } = touch;
    const about = [join(namespace, '', 'sha512', createHash('sha512').update(message).digest())];
    const data = Buffer.concat([Buffer.from('SSHSIG'), ...about]);
    const signed = Buffer.concat([sha256(Buffer.from(application)), tail(flags, counter), sha256(data)]);
    const value = ed25519
      ? sign(null, signed, pair.privateKey)
      : mpints(sign('sha256', signed, { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }));
    const end = tail(said.flags ?? flags, said.counter ?? counter);
    const signature = Buffer.concat([join(kind, value), end, rest]);
    const whole = Buffer.concat([
      Buffer.from('SSHSIG'),
      Buffer.from([0, 0, 0, 1]),
      join(blob(said.application), namespace, '', 'sha512', signature),
    ]);
    const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
    return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----', ''].join('\n');
  };
  return { blob, armoured, line: `person@example.com ${kind} ${blob().toString('base64')}` };
}

function tail(flags: number, counter: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeUInt8(flags);
  bytes.writeUInt32BE(counter, 1);
  return bytes;
}

/** ECDSA as two mpints (RFC 5656 §3.1.2). */
function mpints(pair: Buffer): Buffer {
  const mpint = (bytes: Buffer) => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const bare = bytes.subarray(first);
    return (bare[0] as number) & 0x80 ? Buffer.concat([Buffer.from([0]), bare]) : bare;
  };
  return join(mpint(pair.subarray(0, 32)), mpint(pair.subarray(32)));
}

const message = Buffer.from('tree x\n\nmessage\n');
const touched: Touch = { flags: 1, counter: 7 };

function keygenAccepts(armoured: string, line: string): boolean {
  writeFileSync(box.at('signature'), armoured);
  writeFileSync(box.at('signers'), `${line}\n`);
  const words = [
    '-Y',
    'verify',
    '-f',
    box.at('signers'),
    '-I',
    'person@example.com',
    '-n',
    'git',
    '-s',
    box.at('signature'),
  ];
  return spawnSync('ssh-keygen', words, { input: message, env: box.env }).status === 0;
}

for (const kind of kinds) {
  describe(kind, () => {
    it('approves an exception only when it was touched', () => {
      const approver = authenticator(kind);
      const about = { scope: { path: 'a.env' }, created: '2026-01-01', expires: '2026-03-01' };
      const text = {
        v: 1,
        id: 'exc-touch',
        rule: 'a-rule',
        reason: 'a test of the key',
        approver: 'person@example.com',
      } as const;
      const exception = { ...text, ...about };
      const check = (touch: Touch) => {
        const armoured = approver.armoured(Buffer.from(signedText(exception)), touch, exceptionNamespace);
        const signature = armoured.replace(/-----[^-]+-----|\n/g, '');
        const sources = { allowedSigners: approver.line, label: 'exceptions', now: '2026-02-01T00:00:00Z' };
        return checkExceptions({ ...sources, text: exceptionLine(exception, signature) }).entries[0]?.signature;
      };
      assert.equal(check(touched), 'good');
      assert.equal(check({ flags: 0, counter: 7 }), 'bad');
    });

    const key = authenticator(kind);
    const ours = (armoured: string) => verifySshsig(armoured, message, 'git').status;

    it('is good for us and for ssh-keygen, with any application and counter, and with a PIN', () => {
      const other = authenticator(kind, 'ssh:work laptop');
      for (const [who, touch] of [
        [key, touched],
        [key, { flags: 5, counter: 0xffffffff }],
        [other, touched],
      ] as const) {
        const armoured = who.armoured(message, touch);
        assert.ok(keygenAccepts(armoured, who.line));
        assert.equal(ours(armoured), 'good');
      }
    });

    it('is bad for both when flags, counter or application are not those that were signed, or more follows', () => {
      const lies: Touch[] = [
        { ...touched, said: { flags: 5 } },
        { flags: 0, counter: 7, said: { flags: 1 } },
        { ...touched, said: { counter: 8 } },
        { ...touched, said: { application: 'ssh:other' } },
        { ...touched, rest: Buffer.from([0]) },
      ];
      for (const lie of lies) {
        const armoured = key.armoured(message, lie);
        assert.ok(!keygenAccepts(armoured, key.line), JSON.stringify(lie));
        assert.equal(ours(armoured), 'bad', JSON.stringify(lie));
      }
    });

    it('is not good without a touch', () => {
      const armoured = key.armoured(message, { flags: 0, counter: 7 });
      // ssh-keygen leaves it to whoever asks it to look at the flag.
      assert.ok(keygenAccepts(armoured, key.line));
      assert.equal(ours(armoured), 'untouched');
    });

    it('signs a commit that git and we call good, when it was touched', async () => {
      const repo = box.repository(kind.slice(0, 8));
      repo.git('commit', '-q', '--allow-empty', '-m', 'x');
      const raw = execFileSync('git', ['cat-file', 'commit', 'HEAD'], { cwd: repo.dir, env: repo.env });
      const split = raw.indexOf('\n\n') + 1;
      const allowed = box.at(`${kind}.allowed`);
      writeFileSync(allowed, `${key.line}\n`);
      repo.git('config', 'gpg.ssh.allowedSignersFile', allowed);
      const statusOf = async (touch: Touch) => {
        const header = `gpgsig ${key.armoured(raw, touch).trimEnd().replaceAll('\n', '\n ')}\n`;
        const signed = Buffer.concat([raw.subarray(0, split), Buffer.from(header), raw.subarray(split)]);
        const words = ['hash-object', '-t', 'commit', '-w', '--stdin'];
        const oid = execFileSync('git', words, { cwd: repo.dir, env: repo.env, input: signed }).toString().trim();
        assert.equal(repo.tryGit(['verify-commit', oid]).code, 0);
        return (await verifyCommits({ root: repo.dir }, [oid], { env: repo.env })).get(oid);
      };
      const good = await statusOf(touched);
      assert.deepEqual([good?.status, good?.signer], ['good', 'person@example.com']);
      const untouched = await statusOf({ flags: 0, counter: 8 });
      assert.equal(untouched?.status, 'untrusted');
      assert.match(untouched?.detail ?? '', /nobody has touched the hardware key/);
    });
  });
}
