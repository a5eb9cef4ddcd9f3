import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alphanumeric, hex, randomFrom } from '../support/random.ts';
import { found } from './helpers.ts';

const random = randomFrom(78);
const strong = `Kx7!${random.text(alphanumeric, 8)}2`;
const token = `${random.text(alphanumeric, 36)}aZ3q`;
const word = `river${70 + random.below(20)}x`;
const short = `${random.text(alphanumeric, 9)}0`;
const hex40 = random.text(hex, 40);

describe('a secret without a name in front of it', () => {
  it('in the path of a hook is found, also as hexadecimal digits', () => {
    for (const value of [token, hex40])
      assert.deepEqual(found(`curl https://push.acme.net/hook/${value} -d "x"\n`, 'notify.sh'), [
        `generic-secret:${value}`,
      ]);
  });

  it('in an address of hooks is found behind their host, and where the path says that something is told to act', () => {
    const uuid = [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
    for (const [before, value, after] of [
      ['https://hooks.acme.net/services/T0/', token, ''],
      ['https://hooks.acme.net/', token, ''],
      ['https://n8n.acme.net/webhook/', uuid, ''],
      ['https://acme.net/webhookb2/', uuid, '@acme/IncomingWebhook/x'],
      ['https://conda.acme.net/t/', token, '/main'],
      ['https://acme.net/report.pdf?sig=', token, '&exp=3'],
    ] as const)
      assert.deepEqual(found(`curl "${before}${value}${after}"\n`, 'a.sh'), [`generic-secret:${value}`], before);
    for (const quiet of [
      `https://git.acme.net/pillar/send/blob/${hex40}/index.js`,
      `https://acme.net/push/${hex40}`,
      `https://conda.acme.net/t/${uuid}/main`,
      `https://acme.net/photo?sig=original-photo-of-the-house`,
      'https://hooks.acme.net/docs/how-to-write-hooks-for-releases',
    ])
      assert.deepEqual(found(`see ${quiet}\n`, 'a.sh'), [], quiet);
  });

  it('is none where the path names something, or where no host stands', () => {
    for (const quiet of [
      'https://api.acme.net/repos/acme/app/hooks/12345678',
      'https://docs.acme.net/webhooks/receiving-events-from-the-api',
      `src/hooks/${token}.ts`,
    ])
      assert.deepEqual(found(`see ${quiet}\n`, 'a.sh'), [], quiet);
  });

  it('behind a distinguished name is its password', () => {
    assert.deepEqual(found(`ldap3.Connection(server, "cn=svc,dc=acme,dc=net", "${strong}")\n`, 'a.py'), [
      `generic-password:${strong}`,
    ]);
    assert.deepEqual(found('search("ou=people,dc=acme,dc=net", "(uid=maria)")\n', 'a.py'), []);
    assert.deepEqual(found('bind("cn=svc,dc=acme,dc=net", "cn=other,dc=acme")\n', 'a.py'), []);
  });

  it('behind addresses for mail is found line by line', () => {
    const text = `jonas@acme.net:${strong}\nmaria@acme.net:${word}\nport@acme.net:8080\n`;
    assert.deepEqual(found(text, 'data/list.lst'), [`generic-password:${strong}`, `generic-password:${word}`]);
    assert.deepEqual(found(`Write to us\n${text}`, 'data/list.lst'), []);
    assert.deepEqual(found('git@github.com:acme/app2\n', 'remotes'), []);
  });

  it('of a Kubernetes Secret may stand there as it is', () => {
    const yaml = `apiVersion: v1\nkind: Secret\nstringData:\n  db: ${strong}\n  user: maria77\n  host: db.acme.net\n`;
    assert.deepEqual(found(yaml, 'a.yaml'), [`kubernetes-secret:${strong}`]);
    assert.deepEqual(found(yaml.replace('kind: Secret', 'kind: Other'), 'a.yaml'), []);
  });
});

describe('a name and its value', () => {
  it('that are put into a map belong together', () => {
    assert.deepEqual(found(`props.put("mail.smtp.password", "${short}");\n`, 'A.java'), [`generic-password:${short}`]);
    assert.deepEqual(found('labels.put("mail.smtp.password", "Password");\n', 'A.java'), []);
  });

  it('may have a type between them, and be what hashes are made with', () => {
    assert.deepEqual(found(`hashSalt: string = '${token}';\n`, 'a.ts'), [`generic-secret:${token}`]);
    assert.deepEqual(found("salt: string = 'column_salt_name_1_and_2';\n", 'a.ts'), []);
  });

  it('of a text for people is no password', () => {
    assert.deepEqual(found('<string name="enter_password">Please enter your password</string>\n', 'a.xml'), []);
    assert.deepEqual(found(`<password>${strong}</password>\n`, 'a.xml'), [`generic-password:${strong}`]);
  });

  it('belongs to a user in front of it, whatever the key is called', () => {
    assert.deepEqual(found(`{"user": "n01", "key": "${hex40}"}\n`, 'a.json'), [`generic-secret:${hex40}`]);
    assert.deepEqual(found(`{"story_key": "${hex40}"}\n`, 'a.json'), []);
  });
});
