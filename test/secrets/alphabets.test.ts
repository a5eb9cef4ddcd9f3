import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alphanumeric, lower, randomFrom } from '../support/random.ts';
import { found, scan } from './helpers.ts';

/** What generators draw from. */
const alphabets = {
  'letters and digits': alphanumeric,
  'letters of both cases': alphanumeric.replace(/\d/g, ''),
  'small letters': lower,
  'letters, digits and eight signs': `${alphanumeric}!@#$%^&*`,
} as const;

/** Where a password stands, and the alphabets and lengths of which nearly every value has to be found there. */
const places: readonly (readonly [path: string, before: string, after: string])[] = [
  ['a.js', 'const password = "', '";'],
  ['a.yml', 'db:\n  password: "', '"'],
  ['a.json', '{"password": "', '"}'],
  ['a.sql', "CREATE USER a IDENTIFIED BY '", "';"],
  ['a.sh', "export PASSWORD='", "'"],
  ['a.xml', '<add key="Password" value="', '"/>'],
];

function share(path: string, before: string, after: string, alphabet: string, length: number): number {
  let right = 0;
  for (let round = 0; round < 200; round++) {
    const value = randomFrom(round * 31 + length).text(alphabet, length);
    const text = `${before}${value.replace(/[&<>]/g, '+')}${after}\n`;
    if (scan(text, path).some(({ severity }) => severity !== 'info')) right++;
  }
  return right / 200;
}

describe('a password that a generator has made', () => {
  for (const [path, before, after] of places) {
    it(`is found in ${path} whatever its alphabet: ${before.trim()}`, () => {
      for (const [name, alphabet] of Object.entries(alphabets)) {
        // Eight letters may make a word.
        const least = name.includes('digits') ? 0.93 : 0.85;
        for (const length of [8, 12, 20]) {
          const right = share(path, before, after, alphabet, length);
          assert.ok(right >= least, `${length} of ${name}: ${right}`);
        }
      }
    });
  }

  it('is found as a token, too, when it has only letters', () => {
    for (const alphabet of [lower, alphanumeric.replace(/\d/g, '')])
      for (const length of [16, 32]) assert.ok(share('a.py', 'api_token = "', '"', alphabet, length) >= 0.9);
  });

  it('is found in an element with any sign but those of XML', () => {
    const signs = `${alphanumeric}!@#$%^*()-_=+[]{};:,.?/~|`;
    assert.ok(share('a.xml', '<password>', '</password>', signs, 12) >= 0.9);
  });
});

describe('what has the looks of one and is none', () => {
  for (const [path, text] of [
    ['a.js', 'const password = "#passwordInput";'],
    ['a.js', 'const password = "@ngxPasswordStrength/core";'],
    ['a.css.ts', 'const passwordColor = "#aB12cD"; const password = "#aB12cD34";'],
    ['a.js', 'const token = "XMLHttpRequestToken";'],
    ['a.js', 'const secret = "iOSAppClientCredentials";'],
    ['a.bat', 'set PASSWORD=%DbPassword%'],
    ['a.bat', 'set PASSWORD=%db_password%'],
    ['a.bat', 'set PASSWORD=x%ProgramFiles%y'],
    ['a.py', 'secret = "prefix-$APP_SECRET-suffix"'],
    ['a.js', 'const token = "([A-Z]+)\\\\s*=\\\\s*([^;]{2,9})";'],
    ['a.py', 'api_key = "internationalization"'],
    ['a.py', 'api_key = "xmlhttprequest"'],
    ['a.conf', 'persistence { jdbc { password = ${?PW} } }'],
    ['settings.xml', '<password>{jSMOWnoPFgsHVpMvz5VrIt5kRbzGpI8u+9EF1iFQyJQ=}</password>'.replace('jSMO', 'kTNP')],
  ] as const) {
    it(text, () => assert.deepEqual(found(`${text}\n`, path), []));
  }
});
