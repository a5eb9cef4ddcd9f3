import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alphanumeric, base64, hex, randomFrom } from '../support/random.ts';
import { found } from './helpers.ts';

const random = randomFrom(131);
const strong = `Kx7!${random.text(alphanumeric, 8)}2`;
const token = `${random.text(alphanumeric, 36)}aZ3q`;
// Weak ones, as people make them up.
const weak = `river${70 + random.below(20)}`;
const signed = `river@${4000 + random.below(900)}RM`;
const other = `${random.text(alphanumeric, 28)}aZ3q`;
const key32 = `${random.text(base64, 42)}7=`;
const uuid = () => [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
const [first, second] = [uuid(), uuid()];
const hex64 = random.text(hex, 64);
const wallet = 'canal yard camera zebra donkey label idle absorb fabric cactus table ability';
const basic = Buffer.from(`ci:${strong}`).toString('base64');

/** Path, text, and what has to be found in it, in order. */
const loud: readonly (readonly [path: string, text: string, ...values: string[]])[] = [
  ['consul.hcl', `tokens {\n  agent = "${first}"\n  default = "${second}"\n}`, first, second],
  ['consul.json', `{"acl": {"tokens": {"default": "${first}", "master": "${second}"}}}`, first, second],
  ['nomad.hcl', `server {\n  encrypt = "${key32}"\n}`, key32],
  ['prod.tfvars', `secrets = { jwt = "${token}", mail = "${other}" }`, token, other],
  ['a.json', `"apikey": [{"key": "value", "value": "${token}"}, {"key": "key", "value": "X-Key"}]`, token],
  ['a.json', `"apikey": [{"key": "key", "value": "X-Key"}, {"key": "value", "value": "${token}"}]`, token],
  ['a.sh', `export GH=${token}`, token],
  ['a.yml', `snmp_ro_community: ${strong}`, strong],
  ['a.php', `$mdp = "${strong}";`, strong],
  ['a.ini', `remotepass = ${strong}`, strong],
  ['a.rb', `match(git_basic_authorization: "${basic}")`, basic],
  ['.env', `SEARCH_API_KEY=${token}`, token],
  ['a.conf', `jdbc { password = ${strong} }`, strong],
  ['a.conf', `  shared_key ${token}`, token],
  ['router.cfg', `crypto isakmp key ${strong}& address 0.0.0.0`, `${strong}&`],
  ['sip.conf', `register => 100:${strong}@sip.acme.net`, strong],
  ['a.rsc', `/snmp community set public name=${other}`, other],
  ['.bundle/config', `BUNDLE_GEMS__ACME__IO: "ci:${other}"`, other],
  ['a.cs', `new Rfc2898DeriveBytes("${strong}", salt)`, strong],
  ['a.go', `p := flag.String("smtp-pass", "${weak}", "")`, weak],
  ['a.rs', `DecodingKey::from_secret(b"${token}")`, token],
  ['a.xml', `<Password><PlainText>true</PlainText><Value>${strong}</Value></Password>`, strong],
  ['a.txt', `jdbc:db2://db:50000/erp:user=db2;password=${signed};`, signed],
  ['conf.js', `{ user: 'acme', key: '${first}' }`, first],
  ['a.sol', `uint256 constant PRIVATE_KEY = 0x${hex64};`, `0x${hex64}`],
  ['a.js', `require('twilio')('${'A'}C${random.text(hex, 32)}', '${hex64.slice(0, 32)}');`, hex64.slice(0, 32)],
  ['a.js', `new HDWalletProvider("${wallet}", url)`, wallet],
  ['a.py', `API = "${hex64.slice(0, 40)}"`, hex64.slice(0, 40)],
  ['app.py', `BROKER_URL = 'amqp://celery:${weak}@mq:5672//'`, weak],
];

const phrases: readonly (readonly [path: string, text: string, value: string])[] = [
  ['a.py', 'PASSPHRASE = "@"', 'correct horse battery staple'],
  ['a.js', "const passphrase = '@';", 'three blind mice'],
  ['a.yml', 'password: "@"', 'Correct Horse Battery Staple'],
  ['a.json', '{"password": "@"}', 'Summer Winter Berlin 2019!'],
];

const quiet: readonly (readonly [path: string, text: string])[] = [
  ['a.tf', `secrets = { key_id = "${token}", url = "https://acme.net/x" }`],
  ['a.ts', `const tokens = { primary: "color-blue-500", secondary: "space-large-2x" };`],
  ['a.hcl', `encrypt = "true"`],
  ['a.yml', `encrypt: "${key32}"`.replace(key32, 'aes256')],
  ['a.sh', 'export GH=/usr/local/bin/gh-cli-wrapper-1.2'],
  ['a.sh', 'export DO=production-cluster-eu-west-1a'],
  ['a.ts', 'const community = "OpenSourceFriends2024";'],
  ['a.js', `const searchApiKey = '${random.text(hex, 32)}';`],
  ['client.ovpn', '<auth-user-pass>\nmaria\n</auth-user-pass>'],
  ['.env', 'DB_PASSWORD=op://Shop/database/password'],
  ['.env', 'API_KEY=ssm:/shop/prod/api-key'],
  ['a.rb', `api_key = app_store_connect_api_key(key_id: "36tbFzkY3n", key_filepath: "./k.p8")`],
  ['run.xml', '<option name="PASSWORD_SAFE" value="KEEPASS"/>'],
  ['a.py', `dedup_key = "${random.text(hex, 32)}"`],
  ['Pulumi.prod.yaml', `config:\n  shop:dbPassword:\n    secure: AAAB${token}`],
  ['app.py', `url = 'amqp://user:pass12@host/x'`],
  ['a.ts', "passphrase: 'not strong enough',"],
  ['a.ts', "passphrase: 'Passphrase Too Short',"],
  ['a.ts', "password: 'three blind mice',"],
  ['a.ts', ' * password = toUtf8Bytes(input, "NFKC")'],
  ['a.yml', 'password: "Wrong Password Given Again"'],
  ['a.sol', 'uint256 constant KEY_SIZE = 0x20; bytes32 constant TOKEN_SLOT = keccak256("token.slot");'],
  ['a.go', `f := flag.String("password", "", "password of the user")`],
];

describe('what is a secret by the place it stands in', () => {
  for (const [path, text, ...values] of loud) {
    it(`is found in ${path}: ${text.slice(0, 40).replaceAll('\n', ' ')}`, () => {
      assert.deepEqual(
        found(`${text}\n`, path).map((one) => one.slice(one.indexOf(':') + 1)),
        values,
      );
    });
  }

  for (const [path, text, value] of phrases) {
    it(`may be of several words, in ${path}: ${value}`, () => {
      assert.deepEqual(found(`${text.replace('@', value)}\n`, path), [`generic-password:${value}`]);
    });
  }

  for (const [path, text] of quiet) {
    it(`is none in ${path}: ${text.slice(0, 40).replaceAll('\n', ' ')}`, () => {
      assert.deepEqual(found(`${text}\n`, path), []);
    });
  }

  it('is called by the cloud that is named beside it, although it has the form of an AWS key', () => {
    const secret = random.text(base64, 40).replace(/^./, 'K').replace(/.$/, '7');
    const named = (host: string) => found(`endpoint: ${host}\nsecretAccessKey: ${secret}\n`, 'obs.yml');
    assert.deepEqual(named('obs.cn-4.myhuaweicloud.com'), [`huaweicloud-key:${secret}`]);
    assert.deepEqual(named('s3.eu-west-1.amazonaws.com'), [`aws-secret-access-key:${secret}`]);
  });
});
