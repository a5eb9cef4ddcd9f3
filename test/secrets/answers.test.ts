import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alphanumeric, digits, hex, lower, randomFrom, upper } from '../support/random.ts';
import { scan } from './helpers.ts';

const random = randomFrom(20_261_201);
/** A password as people take one: letters that make no word, two digits, a sign. */
const word = `${random.text(lower, 2)}zqvk${random.text(digits, 2)}${random.text(upper, 2)}!${random.text(lower, 3)}`;
const key = `q8Zk${random.text(alphanumeric, 18)}7Xw2`;
const hash = `$1$${random.text(alphanumeric, 4)}$${random.text(alphanumeric, 22)}`;

/** PayU's salts are as short. */
const salt = ['eWwC', 'qXkZ'].join('');

/** What is reported in a file of that name, as it is written there. */
function values(path: string, text: string): string[] {
  return scan(`${text}\n`, path).map(({ range }) => text.slice(...range));
}

describe('a value that a function, a template or a stand-in gives', () => {
  for (const [path, text, value] of [
    ['a.java', `public String getPassword() {\n    return "${word}";\n}`, word],
    ['a.py', `def api_key(self):\n    return '${key}'`, key],
    ['a.js', `const getPassword = () => '${word}';`, word],
    ['a.rb', `def password\n  "${word}"\nend`, word],
    ['a.go', `func (c *Config) Password() string { return "${word}" }`, word],
    ['a.swift', `var apiKey: String { "${key}" }`, key],
    ['a.java', `when(config.getPassword()).thenReturn("${word}");`, word],
    ['a.js', `jest.spyOn(store, 'getPassword').mockReturnValue('${word}');`, word],
    ['secret.yaml', `  DB_PASSWORD: {{ .Values.db.password | default "${word}" | quote }}`, word],
    ['vars.yml', `token: "{{ lookup('env', 'T') | default('${key}', true) }}"`, key],
    ['run.sh', `PASSWORD=\${1:-${word}}`, word],
    ['a.py', `parser.add_argument('-p', '--password', type=str, default='${word}')`, word],
    ['a.py', `password = \\\n    "${word}"`, word],
    ['a.yml', `- key: db_password\n  val: ${word}`, word],
    ['web.xml', `<e-name>password</e-name><e-type>java.lang.String</e-type><e-value>${word}</e-value>`, word],
    ['a.php', `define( 'AUTH_KEY',         '${key}' );`, key],
    ['a.py', `auth = ("kim", "${word}")`, word],
    ['a.py', `passcode = "${word}"`, word],
    ['a.py', `user_psw = "${word}"`, word],
    ['ci.env', `GH_PAT=${key}`, key],
    ['serverless.yml', `    MAIL_PASS: \${opt:mailpass, '${word}'}`, word],
    ['seed.ts', `create({ data: { email: 'admin@acme.io', password: await hash('${word}', 10) } });`, word],
    ['cfg.pm', `$cfg{smtp_password} = "${word}";`, word],
    ['launch.json', `{ "args": ["--db-pass", "${word}"] }`, word],
    ['vpn.mobileconfig', `<key>SharedSecret</key>\n<data>${key}</data>`, key],
  ] as const) {
    it(`${path}: ${text.replace(value, '…')}`, () => assert.deepEqual(values(path, text), [value]));
  }

  it('is none where it only names one, or tells the reader something', () => {
    for (const [path, text] of [
      ['a.java', 'public String getPassword() {\n    return "password";\n}'],
      ['a.py', 'def token(self):\n    return "access_token"'],
      ['a.js', "const getPassword = () => 'Enter your password';"],
      ['a.ts', 'get password() { return this.form.get("password"); }'],
      ['a.java', 'when(encoder.encode(password)).thenReturn("hashed");'],
      ['secret.yaml', '  DB_PASSWORD: {{ .Values.db.password | default "" | quote }}'],
      ['a.py', "PASSWORD_HASHERS = ['django.contrib.auth.hashers.PBKDF2PasswordHasher']"],
      ['.secrets.baseline', `{"hashed_secret": "${random.text(hex, 40)}"}`],
    ] as const)
      assert.deepEqual(values(path, text), [], text);
  });
});

describe('two values of one line, hashes that devices keep, notes', () => {
  const second = `${random.text(lower, 3)}wqj${random.text(digits, 3)}`;
  for (const [path, text, expected] of [
    ['snmpd.conf', `createUser mon SHA "${word}" AES "${second}"`, [word, second]],
    ['r1.cfg', `snmp-server user mon grp v3 auth sha ${word} priv aes 128 ${second}`, [word, second]],
    ['r1.cfg', `enable secret 5 ${hash}`, [hash]],
    ['r1.cfg', `username ops secret 5 ${hash}`, [hash]],
    ['j1.conf', `set system root-authentication encrypted-password "${hash}"`, [hash]],
    ['userlist.txt', `"ro" "md5${'3f9a'.repeat(2)}${random.text(hex, 24)}"`, undefined],
    ['.curlrc', `user = "maria:${word}"`, [word]],
    ['auth.txt', `vpnuser\n${word}`, [word]],
    ['notes.org', `** web1 10.0.0.4  root/${word}`, [word]],
    ['notes.md', `- Grafana: admin / ${word}`, [word]],
    ['get.jcl', `USER ops\nPASS ${second}`, [second]],
    ['dump.sql', `INSERT INTO accounts VALUES (1, 'maria', '${word}');`, [word]],
    ['monit.conf', `  allow admin:"${word}"`, [word]],
    ['redis.conf', `user app on >${word} ~* +@all`, [word]],
    ['hp.cfg', `password manager user-name "admin" plaintext "${word}"`, [word]],
    ['Login.robot', `    Input Password    id=pw    ${word}`, [word]],
    ['lighttpd.user', `maria:${word}`, [word]],
    ['wiki.mediawiki', `{| class="t"\n! Host !! Login !! Password\n|-\n| db1 || root || ${word}\n|}`, [word]],
    ['page.jira', `||Host||Login||Password||\n|db1|root|${word}|`, [word]],
    ['note.txt', `The sandbox key is ${key}, pw for the box: ${word}`, [key, word]],
    ['a.c', `strncpy(cfg->wifi_password, "${word}", 10);`, [word]],
    ['a.php', `$MERCHANT_KEY = "gtKq"; // PayU\n$SALT = "${salt}";`, [salt]],
  ] as const) {
    it(`${path}: ${text.split('\n')[0]?.slice(0, 30)}`, () => {
      if (expected) assert.deepEqual(values(path, text), expected);
      else assert.equal(values(path, text).length, 1);
    });
  }

  it('paths and dates beside an account are none', () => {
    for (const [path, text] of [
      ['notes.md', 'Files of root/Module2 lie in /root/Backup2, see admin / settings.'],
      ['a.ts', `router.get('admin / ${word}')`],
      ['dump.sql', `INSERT INTO users VALUES (1, 'maria-2', '2024-03-01', '${random.text(hex, 32)}');`],
      ['notes.txt', 'USER ops\nPASS the file on'],
      ['wiki.mediawiki', '! Field !! Password\n|-\n| Label || Enter a password'],
      ['note.txt', 'The key is in the drawer, the other key is on the hook.'],
    ] as const)
      assert.deepEqual(values(path, text), [], text);
  });
});
