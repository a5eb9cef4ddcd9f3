import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { loadBundle } from '../../agent/bundles/load.ts';
import { fingerprintOf } from '../../agent/policy/bundle/signature.ts';
import { configure, env, folder, good, packed, root } from './folder.ts';
import { type Files, type SignOptions, signatureOf } from './sign.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const curves = { ES256: ec('prime256v1'), ES384: ec('secp384r1'), ES512: ec('secp521r1') };
const ed = generateKeyPairSync('ed25519');
const secret = randomBytes(32).toString('hex');

const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

function signed(files: Files, options: SignOptions): Files {
  return { ...files, '.signatures.json': signatureOf(files, options) };
}

const rs: SignOptions = { alg: 'RS256', key: rsa.privateKey };
const rsaKey = pem(rsa.publicKey);

interface Answer {
  good: boolean;
  said: string;
}

/** What a gate would make of it, for a bundle that lies in the repository. */
async function verdict(files: Files, policy: { key?: string; scope?: string }): Promise<Answer> {
  const path = folder(files);
  const { bundle, problems } = await loadBundle({ cwd: path, root: path, env, policy: { bundle: '.', ...policy } });
  assert.equal(
    bundle === undefined,
    problems.some((problem) => problem.fatal),
  );
  return {
    good: bundle !== undefined,
    said: problems.map(({ code, message }) => `${code}: ${message}`).join('\n') || (bundle?.source.signature ?? ''),
  };
}

async function refused(files: Files, policy: { key?: string; scope?: string }, words: RegExp): Promise<void> {
  const answer = await verdict(files, policy);
  assert.equal(answer.good, false, 'it must not be used');
  assert.match(answer.said, words);
}

it('a signature counts only between the times its token names', async () => {
  const second = Math.floor(Date.now() / 1000);
  const at = (claims: Record<string, unknown>) => signed(good, { ...rs, claims });
  assert.ok((await verdict(at({ nbf: second - 60, exp: second + 600, iat: second }), { key: rsaKey })).good);
  await refused(at({ exp: second - 600 }), { key: rsaKey }, /bundle-unverified: .*its signature ended \d{4}-/);
  await refused(at({ nbf: second + 600 }), { key: rsaKey }, /its signature begins \d{4}-/);
  await refused(at({ exp: 'never' }), { key: rsaKey }, /exp that is no time/);
  await refused(at({ exp: 1e300 }), { key: rsaKey }, /exp that is no time/);
});

describe('a signed bundle', () => {
  const keys: [string, KeyObject, KeyObject][] = [
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'].map(
      (alg) => [alg, rsa.privateKey, rsa.publicKey] as [string, KeyObject, KeyObject],
    ),
    ...Object.entries(curves).map(
      ([alg, pair]) => [alg, pair.privateKey, pair.publicKey] as [string, KeyObject, KeyObject],
    ),
    ['EdDSA', ed.privateKey, ed.publicKey],
  ];
  for (const [alg, key, publicKey] of keys) {
    it(`with ${alg} is good with its key and with no other`, async () => {
      const files = signed(good, { alg, key });
      assert.match((await verdict(files, { key: pem(publicKey) })).said, new RegExp(`^good \\(${alg}, SHA256:`));
      await refused(files, { key: pem(other.publicKey) }, /bundle-unverified/);
    });
  }

  for (const alg of ['HS256', 'HS384', 'HS512']) {
    it(`with ${alg} is good with the secret of the user's configuration`, async () => {
      const files = signed(good, { alg, key: secret, hash: 'SHA-512' });
      configure(
        `keys:\n  shared: { env: POLICY_SECRET, algorithm: ${alg} }\n  short: { env: POLICY_OTHER, algorithm: ${alg} }\n`,
      );
      Object.assign(env, { POLICY_SECRET: secret, POLICY_OTHER: 'x' });
      assert.equal((await verdict(files, { key: 'shared' })).said, `good (${alg}, shared secret)`);
      await refused(files, { key: 'short' }, /was not made with the configured key/);
    });
  }

  it('is the same bundle as an archive, in another layout of its documents', async () => {
    const files = signed(good, rs);
    const laidOut = { ...files, 'acme/data.json': '{ "b" : [ 1, {"a":"\\u00e9","z":null} ],\n "most": 50 }' };
    assert.ok((await verdict(laidOut, { key: rsaKey })).good);
    const path = folder({});
    const where = folder({ x: '' });
    writeFileSync(join(where, 'p.tar.gz'), packed(laidOut));
    const { bundle } = await loadBundle({ cwd: path, root: where, env, policy: { bundle: 'p.tar.gz', key: rsaKey } });
    assert.equal(bundle?.source.revision, 'r7');
  });

  it('needs a key, and a key needs a signature', async () => {
    await refused(signed(good, rs), {}, /bundle-signed: .*no key is configured/);
    await refused(good, { key: rsaKey }, /bundle-unsigned/);
  });

  it('must be signed for the scope that is asked for', async () => {
    const files = signed(good, { ...rs, scope: 'write' });
    assert.ok((await verdict(files, { key: rsaKey, scope: 'write' })).good);
    await refused(files, { key: rsaKey, scope: 'read' }, /scope is "write", and "read" is asked for/);
    await refused(files, { key: rsaKey }, /scope is "write", and none/);
    await refused(signed(good, rs), { key: rsaKey, scope: 'write' }, /scope is none/);
  });

  it('is found by the fingerprint of a key the user has', async () => {
    const files = signed(good, rs);
    configure(`keys:\n  central:\n    text: |\n${rsaKey.replace(/^/gm, '      ')}\n`);
    const key = fingerprintOf({ text: rsaKey });
    assert.ok((await verdict(files, { key })).good);
    await refused(files, { key: 'SHA256:AAAA' }, /bundle-key: .*has none with it/);
    await refused(files, { key: 'nobody' }, /bundle-key: .*no such key/);
  });

  it('is held to algorithm and key id where the user names them', async () => {
    const files = signed(good, { ...rs, kid: 'k1' });
    const keyWith = (more: string) =>
      configure(`keys:\n  central:\n    ${more}\n    text: |\n${rsaKey.replace(/^/gm, '      ')}\n`);
    keyWith('id: k1');
    assert.ok((await verdict(files, { key: 'central' })).good);
    keyWith('id: k2');
    await refused(files, { key: 'central' }, /names the key "k1", not "k2"/);
    keyWith('algorithm: RS512');
    await refused(files, { key: 'central' }, /signed with RS256, and the key is for RS512/);
  });
});

describe('a bundle that was changed after it was signed', () => {
  const cases: [string, () => Files, RegExp][] = [
    [
      'one byte of a rule',
      () => ({ ...signed(good, rs), 'gate.rego': `${good['gate.rego']} ` }),
      /gate\.rego is not what was signed/,
    ],
    [
      'one number of the data',
      () => ({ ...signed(good, rs), 'acme/data.json': (good['acme/data.json'] as string).replace('50', '5e1') }),
      /acme\/data\.json is not what was signed/,
    ],
    [
      'the manifest',
      () => ({ ...signed(good, rs), '.manifest': '{"revision": "r8", "roots": ["pregate/push", "acme"]}' }),
      /\.manifest is not/,
    ],
    [
      'a rule that is added',
      () => ({ ...signed(good, rs), 'more.rego': 'package pregate.push.more\n' }),
      /more\.rego is not in its signature/,
    ],
    [
      'a file that is added and is no policy',
      () => ({ ...signed(good, rs), 'README.md': 'hello' }),
      /README\.md is not in its signature/,
    ],
    ['a file that is missing', () => without(signed(good, rs), 'gate.rego'), /gate\.rego was signed and is missing/],
    [
      'another algorithm in the header',
      () => signed(good, { ...rs, header: { alg: 'RS512' } }),
      /was not made with the configured key/,
    ],
    ['no algorithm', () => signed(good, { ...rs, alg: 'none' }), /signed with "none", which is refused/],
    [
      'the public key as a secret',
      () => signed(good, { alg: 'HS256', key: rsaKey }),
      /HS256, and the configured key is a public key/,
    ],
    ['another key', () => signed(good, { ...rs, key: other.privateKey }), /was not made with/],
    [
      'an unknown hash',
      () => signed(good, { ...rs, change: (all) => all.map((one) => ({ ...one, algorithm: 'CRC' })) }),
      /cannot be hashed with "CRC"/,
    ],
    [
      'an extension that must be understood',
      () => signed(good, { ...rs, header: { crit: ['b64'], b64: false } }),
      /extension that is not known/,
    ],
    [
      'a second signature',
      () => ({ ...signed(good, rs), '.signatures.json': twice(signed(good, rs)) }),
      /2 signatures; exactly one/,
    ],
    ['no signature', () => ({ ...good, '.signatures.json': '{"signatures": []}' }), /0 signatures/],
    [
      'nonsense for a signature',
      () => ({ ...good, '.signatures.json': '{"signatures": ["a.b"]}' }),
      /no JSON web token/,
    ],
    ['a payload that was exchanged', () => exchanged(), /was not made with the configured key/],
  ];
  for (const [name, make, words] of cases) {
    it(`is refused: ${name}`, () => refused(make(), { key: rsaKey }, words));
  }

  it('is refused when the data means something else than what was hashed', async () => {
    const base = { ...good, 'acme/more/data.yaml': 'limit: 7\n' };
    const entry = (all: { name: string; hash: string; algorithm: string }[]) =>
      all.map((one) => (one.name === 'acme/more/data.yaml' ? { ...one, hash: hashes.limit } : one));
    const hashes = { limit: '' };
    const { signatureHash } = await import('../../agent/policy/bundle/canonical.ts');
    hashes.limit = signatureHash('acme/more/data.yaml', Buffer.from('limit: 7\n'), 'SHA-256') as string;
    assert.ok((await verdict(signed(base, { ...rs, change: entry }), { key: rsaKey })).good);
    const signature = signed(base, { ...rs, change: entry });
    await refused(
      { ...signature, 'acme/more/data.yaml': 'limit: "\\07"\n' },
      { key: rsaKey },
      /cannot be hashed|not what was signed/,
    );
    // A merge key gives the same document, for the hash as for the policy.
    const merged = { ...signature, 'acme/more/data.yaml': '<<: {limit: 7}\n' };
    const path = folder(merged);
    const { bundle } = await loadBundle({ cwd: path, root: path, env, policy: { bundle: '.', key: rsaKey } });
    const data = bundle?.data as { acme: { more: unknown } } | undefined;
    assert.deepEqual(data?.acme.more, { limit: 7 });
  });

  function without(files: Files, name: string): Files {
    const { [name]: _, ...rest } = files;
    return rest;
  }
  function twice(files: Files): string {
    const [token] = (JSON.parse(files['.signatures.json'] as string) as { signatures: string[] }).signatures;
    return JSON.stringify({ signatures: [token, token] });
  }
  function exchanged(): Files {
    const changed = { ...good, 'gate.rego': 'package pregate.push\n' };
    const token = (files: Files, options: SignOptions) =>
      (JSON.parse(signatureOf(files, options)) as { signatures: [string] }).signatures[0].split('.');
    const [head, , tail] = token(good, rs);
    const body = token(changed, { ...rs, key: other.privateKey })[1];
    return { ...changed, '.signatures.json': JSON.stringify({ signatures: [`${head}.${body}.${tail}`] }) };
  }
});

describe('a bundle that the real opa signed', () => {
  const present = spawnSync('opa', ['version']).status === 0;
  const odd: Files = {
    ...good,
    'acme/data.json':
      '{"most": 50, "n": [1e2, 1.50, 12345678901234567890.10], "s": "<&>\\u2028\\b\\f\\u007f\\u0001é", "ключ": 1, "\\ud83d\\ude00": 2, "\\uffee": 3}',
    'acme/y/data.yaml': 'v: 1.0\nn: 1e3\nt: yes\n10: x\nf: 0.0000001\nnul: ~\nbig: 12345678901234567890\n',
    'acme/z/data.yml': 'v: 2\n',
  };
  const sign = (args: string[], cwd: string) => {
    const run = spawnSync('opa', args, { cwd, encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
  };
  const cases: [string, KeyObject | string, string][] = [
    ['RS256', rsa.privateKey, rsaKey],
    ['PS512', rsa.privateKey, rsaKey],
    ['ES256', curves.ES256.privateKey, pem(curves.ES256.publicKey)],
    ['ES512', curves.ES512.privateKey, pem(curves.ES512.publicKey)],
    ['EdDSA', ed.privateKey, pem(ed.publicKey)],
    ['HS256', secret, 'shared'],
  ];
  for (const [alg, key, named] of cases) {
    it(`with ${alg} is good as a folder and as an archive, and refused when changed`, async (test) => {
      if (!present) return test.skip('there is no opa on the PATH');
      configure('keys:\n  shared: { env: POLICY_SECRET, algorithm: HS256 }\n');
      env['POLICY_SECRET'] = secret;
      const keyFile = join(root, 'private.pem');
      if (typeof key !== 'string') writeFileSync(keyFile, key.export({ type: 'pkcs8', format: 'pem' }));
      const how = ['--signing-alg', alg, '--signing-key', typeof key === 'string' ? key : keyFile];
      const path = folder(odd);
      sign(['build', '-b', '.', '-o', join(path, '..', 'signed.tar.gz'), ...how], path);
      sign(['sign', '--bundle', '.', ...how], path);
      const inFolder = await loadBundle({ cwd: path, root: path, env, policy: { bundle: '.', key: named } });
      assert.deepEqual(inFolder.problems, []);
      const packedUp = await loadBundle({ cwd: root, root, env, policy: { bundle: 'signed.tar.gz', key: named } });
      assert.deepEqual(packedUp.problems, []);
      assert.equal(packedUp.bundle?.source.revision, 'r7');
      writeFileSync(join(path, 'gate.rego'), `${readFileSync(join(path, 'gate.rego'), 'utf8')}#`);
      const changed = await loadBundle({ cwd: path, root: path, env, policy: { bundle: '.', key: named } });
      assert.match(changed.problems[0]?.message ?? '', /gate\.rego is not what was signed/);
      rmSync(keyFile, { force: true });
    });
  }
});

it('a private key is no key to verify with', async () => {
  const key = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  await refused(signed(good, rs), { key }, /bundle-unverified: .*private key/);
  assert.ok(createPublicKey(rsaKey));
});
