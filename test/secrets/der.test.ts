import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyExportOptions, type KeyObject } from 'node:crypto';
import { it } from 'node:test';
import { isPublicDer } from '../../agent/model/secrets/structure/der.ts';
import { found } from './helpers.ts';

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
  x448: generateKeyPairSync('x448'),
};

const der = (
  key: KeyObject,
  type: 'spki' | 'pkcs1' | 'pkcs8' | 'sec1',
  cipher: { cipher?: string; passphrase?: string } = {},
) => key.export({ type, format: 'der', ...cipher } as KeyExportOptions<'der'>).toString('base64');

it('a public key in base64 is told from a private one by its first bytes', () => {
  for (const [name, { publicKey, privateKey }] of Object.entries(pairs)) {
    const open = der(publicKey, 'spki');
    assert.equal(isPublicDer(open), true, name);
    assert.equal(isPublicDer(der(privateKey, 'pkcs8')), false, name);
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' } as const;
    assert.equal(isPublicDer(der(privateKey, 'pkcs8', cipher)), false, name);
    // The same name, and only the private one is told.
    assert.deepEqual(found(`const signingKey = "${open}";\n`, 'src/a.ts'), [], name);
  }
  assert.equal(isPublicDer(der(pairs.rsa.publicKey, 'pkcs1')), true);
  assert.equal(isPublicDer(der(pairs.rsa.privateKey, 'pkcs1')), false);
  assert.equal(isPublicDer(der(pairs.p256.privateKey, 'sec1')), false);
});

it('what is no DER is neither', () => {
  for (const text of ['', 'M', 'MII', 'M'.repeat(60), 'MIIB'.repeat(12), `MI${'_'.repeat(60)}`, 'MP//'.repeat(12)])
    assert.equal(isPublicDer(text), false, text);
});
