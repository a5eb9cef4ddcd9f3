import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { documentFromBytes } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

type KeyType = { type: 'pkcs1' | 'pkcs8' | 'sec1'; cipher?: string };

function realKey(algorithm: 'rsa' | 'ec' | 'ed25519' | 'x25519', form: KeyType): string {
  const lock = form.cipher === undefined ? {} : { cipher: form.cipher, passphrase: 'p' };
  const encoding = { type: form.type, format: 'pem', ...lock } as const;
  const pair =
    algorithm === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 1024 })
      : algorithm === 'ec'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : algorithm === 'ed25519'
          ? generateKeyPairSync('ed25519')
          : generateKeyPairSync('x25519');
  return (pair.privateKey.export(encoding as never) as string).trimEnd();
}

describe('private keys made by OpenSSL', () => {
  for (const [algorithm, form, locked] of [
    ['rsa', { type: 'pkcs1' }, false],
    ['rsa', { type: 'pkcs8' }, false],
    ['rsa', { type: 'pkcs1', cipher: 'aes-128-cbc' }, true],
    ['rsa', { type: 'pkcs8', cipher: 'aes-256-cbc' }, true],
    ['ec', { type: 'sec1' }, false],
    ['ec', { type: 'pkcs8' }, false],
    ['ed25519', { type: 'pkcs8' }, false],
    ['x25519', { type: 'pkcs8' }, false],
  ] as const) {
    it(`${algorithm} ${form.type}${locked ? ' with a passphrase' : ''}, plain and in every wrapping`, () => {
      const key = realKey(algorithm, form as KeyType);
      const wrappings: Record<string, string> = {
        plain: key,
        crlf: key.replaceAll('\n', '\r\n'),
        indented: key.replaceAll('\n', '\n      '),
        hash: key.replaceAll('\n', '\n# '),
        slashes: key.replaceAll('\n', '\n// '),
        star: key.replaceAll('\n', '\n * '),
        json: JSON.stringify({ key }),
        'spaces for line ends': key.replaceAll('\n', ' '),
        'references for line ends': key.replaceAll('\n', '&#10;'),
        'percent-encoded line ends': key.replaceAll('\n', '%0A'),
        twice: JSON.stringify(JSON.stringify({ key })),
        concatenated: key
          .split('\n')
          .map((line) => `  "${line}\\n" +`)
          .join('\n'),
      };
      for (const [name, text] of Object.entries(wrappings)) {
        const hits = scan(`before\n${text}\nafter\n`);
        assert.deepEqual(
          hits.map(({ rule }) => rule),
          ['private-key'],
          name,
        );
        assert.equal(hits[0]?.confidence, 'high', name);
        assert.equal(hits[0]?.severity, locked ? 'medium' : 'critical', name);
      }
    });
  }

  it('a key from BEGIN to END is the range', () => {
    const key = realKey('ed25519', { type: 'pkcs8' });
    assert.deepEqual(found(`a\n${key}\nb\n`), [`private-key:${key}`]);
  });

  it('a key without its end is reported with less confidence', () => {
    const key = realKey('rsa', { type: 'pkcs8' });
    const [hit] = scan(key.slice(0, 600));
    assert.match(hit?.message ?? '', /end is missing/);
  });

  it('a DER key and binary stores are found by their bytes', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const bytes = privateKey.export({ type, format: 'der' });
      const { hits } = scanSecrets(documentFromBytes('keys/app.bin', bytes));
      assert.deepEqual(
        hits.map(({ rule }) => rule),
        ['private-key'],
        type,
      );
    }
  });

  it('a certificate and a public key are none', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    assert.deepEqual(found(publicKey.export({ type: 'spki', format: 'pem' }) as string), []);
    const bytes = publicKey.export({ type: 'spki', format: 'der' });
    assert.deepEqual(scanSecrets(documentFromBytes('key.der', bytes)).hits, []);
  });
});

describe('encodings', () => {
  it('finds a token in UTF-16 with and without byte order mark', () => {
    const token = generateSecret('github-token');
    const text = `token = ${token}\r\nnext\r\n`;
    for (const bytes of [
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      Buffer.from(text.repeat(20), 'utf16le'),
      Buffer.from(text.repeat(20), 'utf16le').swap16(),
    ]) {
      const document = documentFromBytes('a.reg', bytes);
      const { hits } = scanSecrets(document);
      assert.ok(hits.length >= 1);
      assert.equal(document.text.slice(...(hits[0]?.range ?? [0, 0])), token);
    }
  });

  it('looks two layers deep into a Kubernetes Secret and reports the encoded text', () => {
    const auth = generateSecret('basic-credentials');
    const docker = Buffer.from(JSON.stringify({ auths: { 'r.acme.io': { auth } } })).toString('base64');
    const token = Buffer.from(generateSecret('github-token')).toString('base64');
    const text = `apiVersion: v1\nkind: Secret\ndata:\n  .dockerconfigjson: ${docker}\n  token: ${token}\n  name: YXBw\n---\nkind: ConfigMap\ndata:\n  a: ${token}\n`;
    const hits = scan(text, 'k8s/s.yaml');
    assert.deepEqual(
      hits.map(({ range }) => text.slice(range[0], range[1])),
      // The last one stands in a ConfigMap: a token with a shape is found there too.
      [docker, token, token],
    );
    assert.equal(hits[1]?.rule, 'github-token');
    assert.equal(hits[1]?.confidence, 'high');
  });

  it('looks into a value that hides a token by encoding it', () => {
    const token = generateSecret('github-token');
    for (const encoded of [Buffer.from(token).toString('base64'), Buffer.from(token).toString('hex')]) {
      const text = `deploy_secret = "${encoded}"\n`;
      const hits = scan(text, 'app.toml');
      assert.deepEqual(
        hits.map(({ rule, confidence }) => [rule, confidence]),
        [['github-token', 'high']],
      );
      assert.equal(text.slice(...(hits[0]?.range ?? [0, 0])), encoded);
    }
  });

  it('a key file of a form that is not known counts by its name, and a text does not', () => {
    const bytes = Buffer.from([0x30, 0x80, 0x00, 0x01, 0x02, 0x03, 0x80, 0x81]);
    assert.deepEqual(
      scanSecrets(documentFromBytes('certs/app.pfx', bytes)).hits.map(({ rule }) => rule),
      ['key-store'],
    );
    assert.deepEqual(scanSecrets(documentFromBytes('certs/app.bin', bytes)).hits, []);
    assert.deepEqual(scanSecrets(documentFromBytes('certs/app.pfx', Buffer.from('see the vault'))).hits, []);
  });

  it('reads JSON manifests and base64 keys of a kubeconfig', () => {
    const key = generateSecret('private-key-base64');
    assert.deepEqual(found(`users:\n- user:\n    client-key-data: ${key}\n`, 'kubeconfig'), [`private-key:${key}`]);
  });
});

describe('web tokens and web keys', () => {
  it('tells Supabase’s two keys apart', () => {
    assert.deepEqual(
      scan(generateSecret('supabase-service-key')).map(({ rule, severity }) => [rule, severity]),
      [['supabase-secret-key', 'critical']],
    );
    assert.deepEqual(
      scan(generateSecret('supabase-anon-key')).map(({ rule, severity }) => [rule, severity]),
      [['publishable-key', 'info']],
    );
  });

  it('finds the private part of a JSON Web Key and leaves the public one', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const secret = privateKey.export({ format: 'jwk' });
    assert.deepEqual(found(JSON.stringify({ keys: [secret] }), 'jwks.json'), [`private-key:${secret.d}`]);
    const escaped = JSON.stringify({ jwk: JSON.stringify(secret) });
    assert.deepEqual(found(escaped, 'a.json'), [`private-key:${secret.d}`]);
    assert.deepEqual(found(`const k = { kty: "EC", d: "${secret.d}" };\n`, 'a.js'), [`private-key:${secret.d}`]);
    assert.deepEqual(found(JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] }), 'jwks.json'), []);
  });
});
