import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync } from 'node:fs';
import { test } from 'node:test';

const writer = new URL('../../agent/cli/writer.ts', import.meta.url).href;

/** The exit code of a program that prints through the writer, says `code` a moment later, and whose reader has gone. */
async function withoutReader(code: number | undefined): Promise<number | null> {
  const program = `import { writerTo } from ${JSON.stringify(writer)};
    ${code === undefined ? '' : `process.exitCode = ${code};`}
    process.stdin.once('data', () => {
      writerTo(1).write('a line\\n');
      setTimeout(() => {}, 30_000);
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdout.destroy();
  child.stdin.write('go\n');
  const [exit] = (await once(child, 'exit')) as [number | null];
  return exit;
}

test('a reader that goes away before the verdict does not turn it into a pass', async () => {
  assert.equal(await withoutReader(undefined), 141);
});

test('a verdict that was known stays what it was', async () => {
  assert.equal(await withoutReader(1), 1);
  assert.equal(await withoutReader(0), 0);
});

test('an answer that could not be written is no pass', { skip: !existsSync('/dev/full') }, () => {
  const program = `import { writerTo } from ${JSON.stringify(writer)}; writerTo(1).write('a line\\n');`;
  const full = openSync('/dev/full', 'w');
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  assert.equal(ran.status, 3);
  assert.equal(String(ran.stderr), 'pregate: the answer could not be written (ENOSPC) [file-system]\n');
});
