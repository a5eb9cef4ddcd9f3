import assert from 'node:assert/strict';
import { it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { providers } from '../../agent/model/secrets/providers/index.ts';
import { vocabulary } from '../../agent/model/secrets/vocabulary.ts';

const size = 16 * 1024;
/** Milliseconds of processor time for each KB of text, whatever the text is. */
const limit = 1;

const dashes = '-'.repeat(5);
const pieces: Record<string, string> = {
  'headers of keys': `${dashes}BEGIN PRIVATE KEY${dashes}\n`,
  'a key without end': `${dashes}BEGIN PRIVATE KEY${dashes}\n${'ABCDabcd1234+/zz'.repeat(400)}`,
  'URLs with a password': 'a://a:b@',
  'starts of web tokens': 'eyJhbGciOiJIUzI1NiJ9.eyJ',
  'Kubernetes Secrets': 'kind: Secret\n',
  'Secrets with data': 'kind: Secret\ndata:\n a: aaaa\n',
  'web keys': '"kty"',
  'open quotes': "password = '",
  'values in quotes': 'password="x" ',
  'blocks of Terraform': 'variable "db_password" {',
  'open templates': 'token=${a',
  'base64 of a key': 'LS0tLS1CRUdJTi',
  'registry tokens': '//a/:_authToken=',
  'long values': `secret=${'a1'.repeat(90)} `,
  'deep dots': 'password.a.b.c.',
};

function cost(text: string, path: string): number {
  let best = Number.POSITIVE_INFINITY;
  // Processor time, not the clock, and the best of many rounds: other work on the machine must not decide.
  for (let round = 0; round < 16 && best > limit; round++) {
    const document = documentFromText(path, text);
    const before = process.cpuUsage();
    scanSecrets(document);
    const used = process.cpuUsage(before);
    best = Math.min(best, (used.user + used.system) / 1000 / (text.length / 1024));
  }
  return best;
}

function check(unit: string, path = 'a.env'): string[] {
  const spent = cost(unit.repeat(Math.ceil(size / unit.length)).slice(0, size), path);
  return spent > limit ? [`${JSON.stringify(unit.slice(0, 40))} in ${path}: ${spent.toFixed(2)} ms/KB`] : [];
}

it('text made of any keyword stays under 1 ms per KB', () => {
  const slow: string[] = [];
  for (const keyword of vocabulary().automaton.keywords) {
    for (const tail of ['', ' ', '="', ': A1b2C3d4E5f6G7h8 ', 'aB1_-']) slow.push(...check(keyword + tail));
    slow.push(...check(`${keyword.toUpperCase()}-`));
  }
  assert.deepEqual(slow, []);
});

it('text made of any provider’s prefix and alphabet stays under 1 ms per KB', () => {
  const slow: string[] = [];
  for (const row of providers) {
    for (const keyword of row.keywords) {
      const prefix = /[A-Z]{3}/.test(row.pattern.source) ? keyword.toUpperCase() : keyword;
      slow.push(
        ...check(`${prefix}${'a1B2c3D4e5F6'.repeat(40)} `),
        ...check(`${'0123456789abcdefABCDEF'.repeat(8)}${prefix}`),
      );
    }
  }
  assert.deepEqual(slow, []);
});

it('text made to stall a finder stays under 1 ms per KB', () => {
  const slow = Object.values(pieces).flatMap((unit) => [
    ...check(unit),
    ...check(unit, '.npmrc'),
    ...check(unit, 'a.js'),
  ]);
  assert.deepEqual(slow, []);
});

it('twenty thousand findings in one file take as long as twenty thousand lines', () => {
  const line = `a = ghp_${'k3J9x2Lm'.repeat(4)}Qz7T\n`;
  assert.ok(cost(line.repeat(20_000), 'a.env') < limit);
  assert.equal(scanSecrets(documentFromText('a.env', line.repeat(2000))).hits.length, 2000);
});
