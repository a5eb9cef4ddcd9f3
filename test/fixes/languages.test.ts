/**
 * Every language and format in which a secret is moved out (`moved/*.txt`): what the file becomes, that no secret is left
 * in it, and that the language's own parser or compiler takes it, where this machine has one. UPDATE=1 writes what the
 * files become; read the diff before you keep it.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { complaints } from './judges.ts';
import { type Case, casesOf, moved, token } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'fixes-'));

for (const name of ['scripts', 'compiled', 'shells', 'formats']) {
  describe(name, () => {
    const cases = casesOf(name);
    const now: Case[] = [];
    for (const one of cases) {
      it(one.path, async () => {
        const { text, titles, example, left } = await moved(one.path, one.before);
        const after = `${[...new Set(titles)].join('; ')} [${example.trim().split('\n').join(' ')}]\n${text}`;
        now.push({ ...one, after });
        assert.equal(left, 0, `secrets are left: ${text.replaceAll(token, '§')}`);
        if (process.env['UPDATE']) write(name, now);
        else assert.equal(after, one.after);
      });
    }
    it('is what the languages take', async () => {
      const made = now.map(({ path, after = '' }) => ({ path, text: after.slice(after.indexOf('\n') + 1) }));
      assert.equal(made.length, cases.length);
      assert.deepEqual(await complaints(join(folder, name), made), []);
    });
  });
}

it('where only a constant may stand, or nothing is filled in, nothing is offered', async () => {
  for (const { path, before } of casesOf('refused')) {
    const { text, titles, left } = await moved(path, before);
    assert.deepEqual([path, titles], [path, []]);
    assert.equal(text, before.replaceAll('§', token));
    assert.ok(left > 0, `nothing is found in ${path}`);
  }
});

function write(name: string, cases: readonly Case[]): void {
  const blocks = cases.map(({ path, before, after }) => `=== ${path}\n${before}--- ${after}`);
  writeFileSync(join(import.meta.dirname, 'moved', `${name}.txt`), blocks.join(''));
}
