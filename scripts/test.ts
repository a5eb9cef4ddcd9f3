/**
 * Runs every test file with Node's own runner. Words after `--` narrow the files: `npm test -- hooks` runs those whose
 * path holds "hooks". Tests that open a VS Code window run one after the other at the end: two windows at once on two
 * cores would only measure each other.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = process.argv.slice(2);
const files = globSync('test/**/*.test.ts', { cwd: root })
  .sort()
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)));
const windows = files.filter((file) => file.startsWith('test/editor'));
const others = files.filter((file) => !windows.includes(file));

let passed = 0;
let failed = 0;
run(others, 2);
run(windows, 1);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

function run(list: string[], concurrency: number): void {
  if (list.length === 0) return;
  const reporter = join(root, 'test/support/reporter.ts');
  const result = spawnSync(
    process.execPath,
    [
      '--test',
      `--test-concurrency=${concurrency}`,
      `--test-reporter=${reporter}`,
      '--test-reporter-destination=stdout',
      ...list,
    ],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8', maxBuffer: 1 << 28, env: cleanEnvironment() },
  );
  const lines = result.stdout.trimEnd().split('\n');
  const counts = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? '');
  process.stdout.write(`${lines.slice(0, counts ? -1 : undefined).join('\n')}\n`);
  passed += counts ? Number(counts[1]) : 0;
  // A runner that died without its last line has failed, whatever it printed before.
  failed += counts ? Number(counts[2]) : 1;
  if (counts && result.status !== 0 && counts[2] === '0') failed += 1;
}

/** What git sets for a hook, or npm for a script, must not reach the repositories that tests make. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^GIT_/.test(name)) delete env[name];
  return env;
}
