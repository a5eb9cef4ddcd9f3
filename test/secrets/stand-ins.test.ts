import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { saysSecret } from '../../agent/model/secrets/generic/negatives.ts';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

const hex = generateSecret('random-hex').slice(0, 32);
const word = generateSecret('password');
/** Written in two pieces, so that this file holds no address with a password in it. */
const address = (scheme: string, user: string, rest: string) => `${scheme}${'://'}${user}@${rest}`;

describe('values that only say that a secret stands there', () => {
  for (const value of [
    'SuperSecret',
    'my-token',
    'a secret',
    's3cr3t',
    's3krit',
    'P4$$word',
    'p@ssword',
    'priv4te',
    'pass pass',
  ]) {
    it(value, () => {
      assert.equal(saysSecret(value), true);
      assert.deepEqual(found(`PASSWORD = "${value}"\n`, 'a.py'), []);
      const url = address('https', `deploy:${encodeURIComponent(value)}`, 'git.acme.io/x');
      assert.deepEqual(found(`${url}\n`, 'a.txt'), [], url);
    });
  }

  it('are not taken for weak passwords that somebody uses', () => {
    for (const value of ['P@ssw0rd' + '123!', 'Secret' + '2024!x', 'my-pass' + '-9Kx2', 'Summer-Token' + '-77x']) {
      assert.equal(saysSecret(value), false, value);
      assert.equal(found(`PASSWORD = "${value}"\n`, 'a.py').length, 1, value);
    }
  });

  it('do not turn the user’s name into a reason to pass the password', () => {
    for (const user of ['admin', 'token', 'user', 'oauth2']) {
      const text = `${address('https', `${user}:${hex}`, 'git.acme.io/x')}\n`;
      assert.deepEqual(found(text, 'a.sh'), [`basic-auth-url:${hex}`], user);
    }
  });
});

describe('what is near a secret and is none', () => {
  it('a nonce of WebSocket, a signed picture, a class of a client, a pattern of user and password', () => {
    const nonce = Buffer.from(hex.slice(0, 16)).toString('base64');
    const quiet = [
      ['src/a.js', `socket.write('Sec-WebSocket-Key: ${nonce}\\r\\n')`],
      ['README.md', `https://c10.patreonusercontent.com/1?token-time=2145916800&token-hash=${nonce}%3D`],
      ['src/twilio/a.d.ts', 'webhook: MessagingV2ChannelsSenderWebhook;\nprofile: Twilio;'],
      ['src/a.js', ` * leak credentials: \`${address('', 'user:pass', 'host').slice(3)}\` becomes one star`],
    ] as const;
    for (const [path, line] of quiet) assert.deepEqual(found(`${line}\n`, path), [], line);
  });

  it('the hash of a password, whole or its beginning', () => {
    for (const hash of [
      `pbkdf2_sha256$30000$${word}$${hex}`,
      `pbkdf2:sha256:260000$${word}$${hex}`,
      `argon2$argon2id$v=19$m=102400$${hex}`,
      `bcrypt_sha256$$2b$12$${hex}`,
      `{SSHA}${hex}`,
      'sha1$$',
      'crypt$$',
    ]) {
      assert.deepEqual(found(`PASSWORD = "${hash}"\n`, 'a.py'), [], hash);
    }
  });

  it('a masked value, a comparison of two names, an instruction', () => {
    assert.deepEqual(found(`assert event["password"] == "'[Filtered]'"\n`, 'a.py'), []);
    assert.deepEqual(found('if password1 and password2 and password1 != password2:\n', 'a.txt'), []);
    assert.deepEqual(found("- Pass `c.Hub.settings1['cookie_options']` down to spawners\n", 'a.md'), []);
    assert.equal(found(`if password == "${word}":\n`, 'a.py').length, 1);
  });

  it('a name of words and small numbers under the name of a key', () => {
    assert.deepEqual(found('KEK_SALT = b"ledger-secrets-kek-v1-2025"\n', 'a.py'), []);
  });

  it('the address to which errors are sent, on anybody’s server; not its old form with a secret', () => {
    for (const rest of ['o1.ingest.sentry.io/1', 'o4504.ingest.us.sentry.io/4504112', 'errors.acme.io:9000/path/42']) {
      assert.deepEqual(found(`dsn = "${address('https', hex, rest)}"\n`, 'a.py'), [], rest);
    }
    const other = generateSecret('random-hex', 2).slice(0, 32);
    assert.equal(found(`dsn = "${address('https', `${hex}:${other}`, 'sentry.io/12')}"\n`, 'a.py').length, 1);
    assert.equal(found(`git clone ${address('https', hex, 'git.acme.io/acme/repo.git')}\n`, 'a.sh').length, 1);
  });
});

describe('where a value stands', () => {
  it('weighs for pairs and headers as for assignments: a test’s are less sure', () => {
    for (const line of [`get("/x", auth=("deploy", "${word}"))\n`, `headers = {"Authorization": "Bearer ${hex}"}\n`]) {
      assert.deepEqual(
        scan(line, 'src/a.py').map(({ severity, confidence }) => [severity, confidence]),
        [['high', 'medium']],
      );
      assert.deepEqual(
        scan(line, 'tests/a.py').map(({ severity, confidence }) => [severity, confidence]),
        [['medium', 'low']],
      );
    }
  });

  it('a strong password in an address counts in documentation too', () => {
    const text = `git clone ${address('https', `ci:${generateSecret('random-token')}`, 'git.acme.io/x.git')}\n`;
    assert.deepEqual(
      scan(text, 'README.md').map(({ confidence }) => confidence),
      ['high'],
    );
  });
});

it('a key of Django’s alphabet, with brackets, is found', () => {
  const key = `${generateSecret('random-token').slice(0, 20)}(k9!q_z=7v)${hex.slice(0, 12)}`;
  for (const value of [key, `django-insecure-${key}`]) {
    assert.deepEqual(found(`SECRET_KEY = "${value}"\n`, 'settings.py'), [`generic-secret:${value}`]);
  }
  assert.deepEqual(found('secret = "get_secret(name)"\ntoken = "(optional)"\n', 'a.py'), []);
});
