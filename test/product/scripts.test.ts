/** Scripts of this repository say what they do before they do it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { source } from '../hooks/support.ts';

const run = (...words: string[]) => spawnSync(process.execPath, words, { cwd: source, encoding: 'utf8' });

test('every script that npm runs answers --help, and does nothing', () => {
  const { scripts } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));
  const files = new Set(
    Object.values(scripts as Record<string, string>).flatMap((line) => line.match(/scripts\/[a-z-]+\.ts/g) ?? []),
  );
  assert.ok(files.size >= 8, [...files].join());
  for (const file of files) {
    const { status, stdout, stderr } = run(file, '--help');
    assert.equal(status, 0, `${file}: ${stderr}`);
    const [, first = ''] = /^\/\*\*\s*(?:\* )?(.{20})/.exec(readFileSync(path.join(source, file), 'utf8')) ?? [];
    assert.ok(first !== '' && stdout.startsWith(first) && stderr === '', `${file}: ${stdout}`);
  }
});

test('a word that the build does not know builds nothing', () => {
  const built = path.join(source, 'dist/pregate.cjs');
  const before = existsSync(built) && statSync(built).mtimeMs;
  const { status, stderr } = run('scripts/build.ts', '--prodction');
  assert.deepEqual([status, /not --prodction; nothing was built/.test(stderr)], [2, true]);
  assert.equal(existsSync(built) && statSync(built).mtimeMs, before);
});
