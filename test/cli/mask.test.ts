/** What is printed without a look for secrets, and that everything else is looked through, in its order. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import type { Io } from '../../agent/cli/command.ts';
import { runCommand } from '../../agent/cli/run.ts';
import { compile } from '../../agent/model/secrets/compile.ts';
import { isQuiet } from '../../agent/model/secrets/quiet.ts';
import { storeVocabulary } from '../../agent/model/secrets/stored.ts';
import { isPlain } from '../../agent/report/plain.ts';
import { shield } from '../../agent/report/shield.ts';
import { randomFrom } from '../support/random.ts';
import { generateSecret, secretNames } from '../support/secrets.ts';

test('plain is only what the mask leaves as it is', () => {
  const random = randomFrom(7);
  const words = ['result', 'text', 'value', 'data.p.allow', '-12345', '99999', 'true', 'deny'];
  const joints = [' ', ': ', '": "', '":"', '", "', '\n', '{"', '[', ']', ',', ':'];
  for (let round = 0; round < 600; round++) {
    let text = '';
    for (let count = random.below(12); count >= 0; count--) {
      text += `${words[random.below(words.length)]}${joints[random.below(joints.length)]}`;
    }
    assert.ok(isPlain(text), text);
    assert.equal(shield(text), text);
  }
  for (const name of secretNames()) assert.equal(isPlain(`{"value": "${generateSecret(name)}"}`), false, name);
  for (const text of [
    '{"password": true}',
    'data.secret.token',
    '{"value": 123456}',
    '{"value": "x=1"}',
    'data.P',
    'a '.repeat(1200),
  ])
    assert.equal(isPlain(text), false, text);
});

test('quiet is only what the mask leaves as it is', () => {
  const stored = storeVocabulary(compile());
  const random = randomFrom(11);
  const files = globSync('docs/**/*.md', { cwd: join(import.meta.dirname, '../..') }).sort();
  const words = files.flatMap((file) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8').split(/\s+/));
  let quiet = 0;
  for (let round = 0; round < 3000; round++) {
    const from = random.below(words.length - 8);
    const text = `{"value": "${words.slice(from, from + 1 + random.below(8)).join(' ')}"}`;
    if (!isQuiet(text, () => stored)) continue;
    quiet++;
    assert.equal(shield(text), text);
  }
  assert.ok(quiet > 300, `${quiet}`);
  for (const name of secretNames()) {
    const text = `{"value": "${generateSecret(name)}"}`;
    assert.ok(shield(text) === text || !isQuiet(text, () => stored), name);
  }
  for (const text of ['caf\u00e9', 'a\0b', 'password'])
    assert.equal(
      isQuiet(text, () => stored),
      false,
      text,
    );
  assert.equal(isQuiet('a text of no kind', undefined), false);
});

test('a command that masks late prints in order, and masks also what comes before the mask is there', async () => {
  const secret = generateSecret('github-token');
  const run = async (fails: boolean) => {
    const printed: string[] = [];
    const io: Io = {
      cwd: '/',
      env: {},
      stdin: new PassThrough(),
      out: (text) => printed.push(text),
      err: (text) => printed.push(`err ${text}`),
      width: 80,
      terminal: false,
      color: false,
    };
    const command = {
      summary: 'x',
      usage: 'x',
      options: {},
      run: async (_: unknown, { out, err }: Io) => {
        out('true');
        out(`token: ${secret}`);
        err('false');
        await Promise.resolve();
        out(`again ${secret}`);
        if (fails) throw new Error('broken');
        return 0 as const;
      },
    };
    const load = async () => ({ command: command as never });
    const code = await runCommand({ summary: 'x', load, masksLate: true }, [], io);
    return { code, printed };
  };
  const { code, printed } = await run(false);
  assert.equal(code, 0);
  assert.deepEqual(printed, ['true', 'token: ‹secret›', 'err false', 'again ‹secret›']);
  const broken = await run(true);
  assert.equal(broken.code, 3);
  assert.deepEqual(broken.printed.slice(0, 4), printed, 'what was said before an error is printed, too');
});
