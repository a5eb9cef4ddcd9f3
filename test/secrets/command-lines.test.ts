import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

const word = generateSecret('password');
const key = generateSecret('random-token');

describe('passwords on command lines', () => {
  for (const line of [
    `mysql -u root -p${word} shop`,
    `mysqldump -h db -p'${word}' shop`,
    `docker login -u ci -p ${word} r.acme.io`,
    `echo ${word} | docker login -u ci --password-stdin`,
    `curl -s -u ci:${word} https://api.acme.io`,
    `sshpass -p ${word} ssh web1`,
    `echo "root:${word}" | chpasswd`,
    `redis-cli -h cache -a ${word} ping`,
    `sqlplus app/${word}@db1`,
    `net user ci ${word} /add`,
  ]) {
    it(line.replace(word, '…'), () => {
      for (const path of ['deploy.sh', '.gitlab-ci.yml', 'Dockerfile']) {
        assert.deepEqual(found(`set -e\n${line}\n`, path), [`generic-password:${word}`], path);
      }
    });
  }

  it('that come from a variable or a prompt are none', () => {
    for (const line of [
      'mysql -u root -p"$MYSQL_PASSWORD" shop',
      'docker login -u ci -p ${TOKEN} r.acme.io',
      'curl -u "$USER:$PASS" https://api.acme.io',
      'mysql -u root -p shop',
      'sshpass -p $1 ssh web1',
    ]) {
      assert.deepEqual(found(`${line}\n`, 'deploy.sh'), [], line);
    }
  });
});

describe('secrets among arguments without names', () => {
  for (const [path, line, value] of [
    ['a.py', `server.login("bot@acme.io", "${word}")`, word],
    ['a.java', `DriverManager.getConnection(url, "app", "${word}")`, word],
    ['a.php', `new mysqli("db1", "app", "${word}", "shop")`, word],
    ['a.js', `jwt.sign({ id: user.id }, '${key}')`, key],
    ['a.cs', `new NetworkCredential("svc", "${word}")`, word],
  ] as const) {
    it(line.replace(value, '…'), () => {
      assert.deepEqual(
        scan(`${line}\n`, path).map(({ range, rule }) => [rule, `${line}\n`.slice(...range)]),
        [[value === key ? 'generic-secret' : 'generic-password', value]],
      );
    });
  }

  it('of another kind are none', () => {
    for (const line of [
      'await page.login("maria", process.env.PASSWORD)',
      'login("/users/sign_in", "login.form.title")',
      "jwt.sign(payload, secret, { algorithm: 'HS256' })",
      "new Client('https://api.acme.io/v1/12345678')",
    ]) {
      assert.deepEqual(found(`${line}\n`, 'src/a.js'), [], line);
    }
  });
});

describe('a secret and its identifier', () => {
  it('are one finding with a related place', () => {
    const id = generateSecret('random-token', 3);
    const text = `client_id = "${id}"\nclient_secret = "${key}"\n`;
    const [hit] = scan(text, 'src/a.py');
    assert.deepEqual(
      hit?.related?.map(({ range }) => text.slice(...range)),
      [id],
    );
    assert.equal(scan(text, 'src/a.py').length, 1);
  });
});
