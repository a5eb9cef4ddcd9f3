import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { readCandidate } from '../../agent/model/secrets/generic/candidate.ts';
import { placeOf } from '../../agent/model/secrets/generic/place.ts';
import { refusalOf, refusals } from '../../agent/model/secrets/generic/refusals.ts';
import { refusalOfValue, valueRefusals } from '../../agent/model/secrets/generic/refused.ts';
import { scanOf } from '../../agent/model/secrets/index.ts';
import { alphanumeric, hex, randomFrom } from '../support/random.ts';
import { found } from './helpers.ts';

const random = randomFrom(79);
const value = `Kx7${random.text(alphanumeric, 18)}2`;
const uuid = [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');

/** For each refusal a text that it silences, with the key word between two bars, and the path it stands under. */
const places: Readonly<Record<string, readonly [path: string, text: string]>> = {
  'an expression of code': ['a.js', `x.|secret| = ${value}`],
  'an argument of a function that reads, asks or compares': ['a.js', `check|Password|("${value}")`],
  'the user, in front of the password': ['a.go', `url.User|Password|("${value}", p)`],
  'code between two texts': ['a.js', `q = "|password|='+a.b(c)+'"`],
  'an address for mail': ['a.js', 'send|Password|("maria@acme.net")'],
  'a pass in which something is drawn': ['a.js', '|pass|: "shadow-map"'],
  'the prompt of a batch file': ['a.bat', `set /p |password|=${value}`],
  'the token of a badge, which every reader of the page gets': [
    'README.md',
    `https://ci.acme.net/badge/main.svg?style=flat&|token|=${value}`,
  ],
  'a fingerprint by which a key for signing is asked for': [
    'a.yml',
    `gpg|_key|: ${random.text('0123456789ABCDEF', 40)}`,
  ],
  'encrypted for a service that alone can read it': ['a.yml', `encrypted: { |secret|: "${value}" }`],
  'a token that stands for nobody': ['a.json', `"client|Token|": "${uuid}"`],
  'what a sentence says something is identified by': ['a.json', `"the style of a node |identified by| nodeId."`],
  'a key for searching': ['a.js', `search|ApiKey|: "${random.text(hex, 32)}"`],
  'a name for user and password': ['a.ovpn', `<auth-user-|pass|>\n${value}\n</auth-user-pass>`],
  'a salt that is of no use without the passphrase': ['Pulumi.a.yaml', `encryption|salt|: v1:${value}`],
  'the key of an object that stands under the name': ['a.json', `"|password|": {"${value}": 1}`],
  'what is noted about a kind of resource': ['a.json', `"AWS::IAM::Access|Token|": "${value}"`],
  'the first word of a sentence': ['a.txt', 'generic-|password|: Change the password, and read it from a store.'],
};

/** The same for values alone, under the name of a secret in code. */
const values: Readonly<Record<string, string>> = {
  'a name in capitals, as constants and variables have': 'ACME_SIGNING_MODE',
  'a class that holds keys': 'AcmeRsaPrivateKey',
  'an address for mail': 'maria@acme.net',
  'a name of words in one piece': 'GoogleCloudApihubSettings',
  'a placeholder': '<your-value-here>',
  'nothing but words for a secret': 'my-secret',
  'the name of a secret': 'nexus-token-id',
  'a word that names a secret itself': 'dbpassword',
  'a version, a path, a file, an algorithm': '/etc/acme/key.pem',
  'one of these behind percent-encoding': '%3Cyour-value-here%3E',
};

function refusalAt(path: string, marked: string): string | undefined {
  const [before = '', word = '', after = ''] = marked.split('|');
  const document = documentFromText(path, `${before}${word}${after}\n`);
  const scan = scanOf(document);
  const candidate = readCandidate(scan, placeOf(document), before.length, before.length + word.length);
  assert.ok(candidate, `${marked}: a value is read`);
  return refusalOf(candidate);
}

describe('why a value is no secret', () => {
  it('is said by its place, under a name of which each has an example', () => {
    assert.deepEqual(Object.keys(places), Object.keys(refusals));
    for (const [name, [path, text]] of Object.entries(places)) {
      assert.equal(refusalAt(path, text), name, text);
      assert.deepEqual(found(`${text.replaceAll('|', '')}\n`, path), [], text);
    }
  });

  it('is no sentence where a password stands alone, has a digit, or a remark stands behind it', () => {
    const own = [
      'Sommerregen',
      'Sommer42 for the admin',
      'Sommerregen (for the admin)',
      'gartenzaun heckenrose lindenbaum',
    ];
    for (const one of own) assert.equal(found(`db_password: ${one}\n`, 'deploy.yaml').length, 1, one);
    for (const one of ['Enter your password to continue', 'must be changed at once', 'Required to log in.'])
      assert.deepEqual(found(`db_password: ${one}\n`, 'deploy.yaml'), [], one);
  });

  it('is said by the value itself, under a name of which each has an example', () => {
    assert.deepEqual(Object.keys(values), Object.keys(valueRefusals));
    for (const [name, one] of Object.entries(values)) {
      assert.equal(refusalOfValue(one, 'secret', { quoted: true, config: false }), name, one);
      assert.deepEqual(found(`secret = "${one}"\n`, 'a.py'), [], one);
    }
  });

  it('is not said of one', () => {
    assert.equal(refusalAt('a.py', `|secret| = "${value}"`), undefined);
    assert.equal(refusalOfValue(value, 'secret', { quoted: true, config: false }), undefined);
    assert.deepEqual(found(`secret = "${value}"\n`, 'a.py'), [`generic-secret:${value}`]);
  });
});
