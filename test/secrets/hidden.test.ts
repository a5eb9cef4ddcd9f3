import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { found, scan } from './helpers.ts';

const token = generateSecret('github-token');
const writings: Record<string, string> = {
  base64: Buffer.from(token).toString('base64'),
  'base64 of a line': Buffer.from(`${token}\n`).toString('base64'),
  hexadecimal: Buffer.from(token).toString('hex'),
  'escapes of Unicode': [...token].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join(''),
  'escapes of bytes': [...token].map((sign) => `\\x${sign.charCodeAt(0).toString(16)}`).join(''),
  'character references': [...token].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
  'percent-encoding': [...token].map((sign) => `%${sign.charCodeAt(0).toString(16)}`).join(''),
};

describe('a token in another writing', () => {
  for (const [name, text] of Object.entries(writings)) {
    it(`${name}: the written text is the finding, whatever its name`, () => {
      for (const line of [`const blob = "${text}";\n`, `${text}\n`, `note: ${text} and more\n`]) {
        assert.deepEqual(found(line, 'src/a.js'), [`github-token:${text}`], line);
      }
      assert.match(scan(`${text}\n`)[0]?.message ?? '', /encoded \(\d+ characters\)/);
    });
  }

  it('is the same secret as the plain one', () => {
    const hits = scan(`a = "${token}"\nb = "${writings['base64']}"\n`, 'src/a.py');
    assert.equal(hits.length, 2);
    assert.equal(hits[0]?.identity, hits[1]?.identity);
  });

  it('inside other base64 text is none', () => {
    const picture = Buffer.from(`${'\x00\x01\x02'.repeat(40)}`).toString('base64');
    assert.deepEqual(found(`x = "${picture}${writings['base64']}"\n`, 'src/a.js'), []);
  });
});
