import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sbomOf } from '../../agent/sbom/index.ts';
import { findNpm } from '../../agent/sbom/npm-cli.ts';
import { until } from '../support/until.ts';
import { cli, leftovers, project, temporary } from './support.ts';

describe('a generator that does not end', () => {
  it('is killed with everything it started, and its folder is removed', async () => {
    const folder = temporary();
    const fake = join(folder.path, 'fake.cjs');
    const pidFile = join(folder.path, 'pid');
    writeFileSync(
      fake,
      `const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
       require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
       setInterval(() => {}, 1000);`,
    );
    // By then it must have started its child, also on a busy machine.
    const result = await sbomOf(project(5), { cli: fake, timeoutMs: 6_000 });
    assert.deepEqual(
      result.problems.map((problem) => problem.code),
      ['sbom-timeout'],
    );
    assert.equal(result.kind, 'inventory');
    await gone(Number(readFileSync(pidFile, 'utf8')));
    assert.deepEqual(leftovers(), []);
    folder.remove();
  });

  it('stops when the caller no longer wants it', async () => {
    const folder = temporary();
    const fake = join(folder.path, 'fake.cjs');
    writeFileSync(fake, 'setInterval(() => {}, 1000)');
    const result = await sbomOf(project(5), { cli: fake, signal: AbortSignal.timeout(200) });
    assert.deepEqual(
      result.problems.map((problem) => problem.code),
      ['sbom-aborted'],
    );
    folder.remove();
  });
});

describe('the cache', () => {
  it('gives the same document without a run, for the same bytes and tools only', async () => {
    const folder = temporary();
    const options = { cli, stateFolder: join(folder.path, 'state') };
    const first = await sbomOf(project(10), options);
    const second = await sbomOf(project(10), options);
    const other = await sbomOf(project(11), options);
    assert.deepEqual([first.fromCache, second.fromCache, other.fromCache], [false, true, false]);
    assert.deepEqual(second.bom, first.bom);
    assert.equal(readdirSync(join(options.stateFolder, 'sbom')).length, 2);
    const [file] = readdirSync(join(options.stateFolder, 'sbom'));
    writeFileSync(join(options.stateFolder, 'sbom', file!), '{"bom":');
    const again = await Promise.all([sbomOf(project(10), options), sbomOf(project(11), options)]);
    assert.deepEqual(
      again.map((result) => result.complete),
      [true, true],
    );
    folder.remove();
  });
});

describe('the look-up of npm', () => {
  const place = (root: string, name: string, path = 'lib/node_modules/npm'): string => {
    mkdirSync(join(root, path, 'bin'), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), JSON.stringify({ name, version: '11.0.0' }));
    writeFileSync(join(root, path, 'bin/npm-cli.js'), '');
    return join(root, path, 'bin/npm-cli.js');
  };

  it('follows links and shims, and takes npx’s neighbour', () => {
    const folder = temporary();
    const npm = place(folder.path, 'npm');
    const bin = join(folder.path, 'bin');
    mkdirSync(bin);
    symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(bin, 'npm'));
    const node = join(folder.path, 'nowhere/node');
    assert.equal(findNpm({ env: { PATH: bin }, node })?.path, npm);
    const npx = npm.replace('npm-cli', 'npx-cli');
    assert.deepEqual(findNpm({ env: { npm_execpath: npx }, node }), { path: npm, version: '11.0.0' });
    const shims = join(folder.path, 'shims');
    mkdirSync(shims);
    writeFileSync(join(shims, 'npm'), '#!/bin/sh\nexec node "$basedir/node_modules/npm/bin/npm-cli.js" "$@"\n');
    const beside = place(shims, 'npm', 'node_modules/npm');
    assert.equal(findNpm({ env: { PATH: shims }, node })?.path, beside);
    assert.equal(findNpm({ env: {}, node: join(bin, 'npm') })?.path, undefined);
    folder.remove();
  });

  it('takes nothing that only has npm’s name, lies in the repository or is found by a relative PATH', () => {
    const folder = temporary();
    const node = join(folder.path, 'nowhere/node');
    const impostor = place(folder.path, 'not-npm', 'other');
    assert.equal(findNpm({ env: { npm_execpath: impostor }, node }), undefined);
    const own = place(folder.path, 'npm', 'repository/node_modules/npm');
    assert.equal(findNpm({ env: { npm_execpath: own }, node, root: join(folder.path, 'repository') }), undefined);
    assert.equal(findNpm({ env: { PATH: 'bin:./bin::' }, node }), undefined);
    folder.remove();
  });
});

/** A killed process stays visible until it is reaped by the one who adopted it. */
function gone(pid: number): Promise<void> {
  return until(() => isDead(pid), `process ${pid} ends`);
}

function isDead(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return true;
  }
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8'));
}

describe('a person who stops waiting', () => {
  it('takes the generator along when the signal reaches only us', { skip: process.platform === 'win32' }, async () => {
    const folder = temporary();
    const pidFile = join(folder.path, 'pid');
    writeFileSync(
      join(folder.path, 'fake.cjs'),
      `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); setInterval(() => {}, 1000);`,
    );
    const module = JSON.stringify(join(import.meta.dirname, '../../agent/sbom/run.ts'));
    writeFileSync(
      join(folder.path, 'parent.mjs'),
      `import { run } from ${module};
       await run({ node: process.execPath, args: [${JSON.stringify(join(folder.path, 'fake.cjs'))}], cwd: '.', env: {}, timeoutMs: 60000 });`,
    );
    const parent = spawn(process.execPath, [join(folder.path, 'parent.mjs')], { cwd: folder.path, stdio: 'ignore' });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      parent.once('exit', (_code, signal) => resolve(signal)),
    );
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await wait(20);
    parent.kill('SIGINT');
    assert.equal(await ended, 'SIGINT');
    await gone(Number(readFileSync(pidFile, 'utf8')));
    folder.remove();
  });
});
