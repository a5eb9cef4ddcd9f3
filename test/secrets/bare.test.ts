import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { describe, it } from 'node:test';
import { documentFromBytes } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { alphanumeric, base64, base64Url, randomFrom } from '../support/random.ts';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

const random = randomFrom(20_261_129);
const base64Of = (text: string | Buffer): string => Buffer.from(text).toString('base64');
const password = `Kq7${random.text(alphanumeric, 12)}9Z`;
const lines = (text: string): string => text.replace(/.{64}/g, '$&\n');

const pairs: Record<string, KeyPairKeyObjectResult> = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 1024 }),
  'rsa of 2048 bits': generateKeyPairSync('rsa', { modulusLength: 2048 }),
  'P-256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'P-384': generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  secp256k1: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  ed25519: generateKeyPairSync('ed25519'),
};

/** The key in every form that Node writes it in, as bytes. */
function forms({ privateKey }: KeyPairKeyObjectResult): Buffer[] {
  const type = privateKey.asymmetricKeyType;
  const names = ['pkcs8', ...(type === 'rsa' ? ['pkcs1'] : type === 'ec' ? ['sec1'] : [])] as (
    | 'pkcs8'
    | 'pkcs1'
    | 'sec1'
  )[];
  return names.map((name) => privateKey.export({ type: name as 'pkcs8', format: 'der' }));
}

describe('keys without PEM around them', () => {
  for (const [name, pair] of Object.entries(pairs)) {
    it(`${name}: as bytes, base64 in one line and in several, hexadecimal; its public half is none`, () => {
      for (const der of forms(pair)) {
        const rules = (text: string): string[] => scan(text, 'src/a.js').map(({ rule }) => rule);
        assert.deepEqual(
          scanSecrets(documentFromBytes('data/blob', der)).hits.map(({ rule }) => rule),
          ['private-key'],
        );
        assert.deepEqual(found(`const blob = "${base64Of(der)}";\n`, 'src/a.js'), [`private-key:${base64Of(der)}`]);
        assert.deepEqual(rules(`${lines(base64Of(der))}\n`), ['private-key']);
        assert.deepEqual(rules(`blob = 0x${der.toString('hex')}\n`), ['private-key']);
        assert.deepEqual(
          rules(`const blob = "${base64Of(der).slice(0, 60)}";\n`),
          [],
          'its beginning alone opens nothing',
        );
      }
      const open = pair.publicKey.export({ type: 'spki', format: 'der' });
      assert.deepEqual(found(`const blob = "${base64Of(open)}";\n`, 'src/a.js'), []);
    });
  }

  it('a store of keys in base64, but none that holds certificates only', () => {
    const head = [
      0x30, 0x82, 0x02, 0x10, 2, 1, 3, 0x30, 0x82, 2, 9, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 13, 1, 7, 1, 0xa0, 0x82,
    ];
    const store = base64Of(Buffer.concat([Buffer.from(head), random.bytes(0x214 - head.length)]));
    assert.deepEqual(found(`CERTIFICATE: ${store}\n`, 'ci.yml'), [`key-store:${store}`]);
    const java = (tag: string): string =>
      base64Of(
        Buffer.concat([
          Buffer.from(`feedfeed000000020000000100000${tag}0001`, 'hex'),
          Buffer.from('61'),
          random.bytes(300),
        ]),
      );
    assert.equal(found(`KEYSTORE: ${java('001')}\n`, 'ci.yml').length, 1);
  });

  it('PEM in hexadecimal digits, SSH2 with four dashes', () => {
    const pem = pairs['rsa']?.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const digits = Buffer.from(pem).toString('hex');
    assert.deepEqual(found(`x=${digits.toUpperCase()}\n`, 'a.txt'), [`private-key:${digits.toUpperCase()}`]);
    const ssh2 = (kind: string): string =>
      `---- BEGIN SSH2 ${kind} KEY ----\nComment: "work"\n${lines(random.text(base64, 400))}\n---- END SSH2 ${kind} KEY ----\n`;
    assert.deepEqual(
      scan(ssh2('ENCRYPTED PRIVATE')).map(({ rule }) => rule),
      ['private-key'],
    );
    assert.deepEqual(scan(ssh2('PUBLIC')), []);
  });
});

describe('texts in base64 without a name', () => {
  const texts: Record<string, string> = {
    'generic-password': JSON.stringify({ user: 'app', password, host: 'db.acme.io' }),
    'connection-string': ['postgres:', '', `app:${password}@db.acme.io:5432/app`].join('/'),
    'credentials-file': JSON.stringify({ auths: { 'r.acme.io': { auth: base64Of(`ci:${password}`) } } }),
    jwt: generateSecret('jwt'),
  };
  for (const [rule, text] of Object.entries(texts)) {
    it(`${rule} is found, and the encoded text is the finding`, () => {
      assert.deepEqual(found(`blob: ${base64Of(text)}\n`, 'a.yml'), [`${rule}:${base64Of(text)}`]);
    });
  }

  it('an environment and a kubeconfig', () => {
    const key = pairs['rsa']?.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    const environment = `APP_ENV=prod\nDB_PASSWORD=${password}\n`;
    const kubeconfig = `apiVersion: v1\nkind: Config\nusers:\n- name: a\n  user:\n    token: ${random.text(alphanumeric, 40)}\n    client-key-data: ${base64Of(key)}\n`;
    for (const text of [environment, kubeconfig])
      assert.equal(found(`blob: ${base64Of(text)}\n`, 'a.yml').length, 1, text);
  });

  it('a text that only names a password is none', () => {
    for (const text of ['{"label":"password","hint":"at least 8 characters"}', 'PASSWORD=${DB_PASSWORD}\nAPI_KEY=\n']) {
      assert.deepEqual(found(`blob: ${base64Of(text)}\n`, 'a.yml'), [], text);
    }
  });
});

describe('parts of one login', () => {
  it('user, host and password, Twilio’s account and token are one finding each, with the others as related places', () => {
    const account = `AC${random.text('0123456789abcdef', 32)}`;
    const token = random.text('0123456789abcdef', 32);
    for (const [path, text, parts] of [
      ['a.yml', `db:\n  host: db.acme.io\n  username: app\n  password: ${password}\n`, ['app', 'db.acme.io']],
      ['.env', `DB_HOST=db.acme.io\nDB_USER=app\nDB_PASSWORD=${password}\n`, ['app', 'db.acme.io']],
      ['a.py', `account_sid = "${account}"\nauth_token = "${token}"\n`, [account]],
      ['a.py', `password = "${password}"\n`, undefined],
    ] as const) {
      const hits = scan(text, path);
      assert.equal(hits.length, 1, text);
      assert.deepEqual(
        hits[0]?.related?.map(({ range }) => text.slice(...range)),
        parts,
        text,
      );
      assert.notEqual(hits[0]?.by === 'generic' && hits[0].confidence, 'high');
    }
  });
});

describe('logins and tokens in any file', () => {
  const auth = base64Of(`ci:${password}`);

  it('registry logins below auths, also in a text', () => {
    const json = JSON.stringify({ auths: { 'r.acme.io': { auth } } });
    assert.deepEqual(found(json, 'pull.json'), [`credentials-file:${auth}`]);
    assert.deepEqual(found(`value = ${JSON.stringify(json)}\n`, 'a.tf'), [`credentials-file:${auth}`]);
    assert.deepEqual(found(`auths:\n  r.acme.io:\n    auth: ${auth}\n`, 'a.yaml'), [`credentials-file:${auth}`]);
    assert.deepEqual(found(JSON.stringify({ auths: { 'r.acme.io': {} } }), 'pull.json'), []);
  });

  it('a Secret of Kubernetes on one line, with its kind at the end', () => {
    const data = base64Of(password);
    assert.deepEqual(found(JSON.stringify({ apiVersion: 'v1', data: { dsn: data }, kind: 'Secret' }), 's.json'), [
      `kubernetes-secret:${data}`,
    ]);
    assert.deepEqual(found(`kind: Secret\ndata: {password: ${data}}\n`, 's.yaml'), [`kubernetes-secret:${data}`]);
  });

  it('an encrypted web token, and a text with as many full stops', () => {
    const head = Buffer.from('{"alg":"RSA-OAEP","enc":"A256GCM"}').toString('base64url');
    const rest = [342, 16, 80, 22].map((length) => random.text(base64Url, length));
    assert.deepEqual(found(`cookie ${[head, ...rest].join('.')}\n`, 'a.log'), [`jwt:${[head, ...rest].join('.')}`]);
    const other = Buffer.from('{"name":"a","version":"1.2"}').toString('base64url');
    assert.deepEqual(found(`cookie ${[other, ...rest].join('.')}\n`, 'a.log'), []);
  });

  it('what Terraform made and keeps in its state', () => {
    const made = {
      resources: [{ type: 'random_password', instances: [{ attributes: { length: 18, result: password } }] }],
    };
    assert.deepEqual(found(JSON.stringify(made, null, 2), 'terraform.tfstate'), [`credentials-file:${password}`]);
    const told = { outputs: { dsn: { value: password, type: 'string', sensitive: true } } };
    assert.deepEqual(found(JSON.stringify(told, null, 2), 'terraform.tfstate'), [`credentials-file:${password}`]);
  });

  it('a password of several words goes on to the end of its line in a file of properties', () => {
    assert.deepEqual(found('mail.password = correct horse battery staple\n', 'a.properties'), [
      'generic-password:correct horse battery staple',
    ]);
    assert.deepEqual(found('login.password = Please enter your password\n', 'a.properties'), []);
  });
});
