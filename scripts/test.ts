/**
 * Runs every test file, each in a process of its own. Words after `--` narrow the files: `npm test -- hooks` runs those
 * whose path holds "hooks". Lanes share the files, two for each processor, because a file waits for git, ssh-keygen, a
 * daemon or a page about half of its time; PREGATE_TEST_LANES=n makes n. The tests that open a VS Code window stay in the
 * first lane, one after the other, because two windows at once would only measure each other, and the longest files begin
 * first.
 *
 * A run always ends, whatever a test does: a test that takes longer than its limit has failed, a file that does is killed
 * with everything it started, and after the limit of the whole run the files left have failed, too. What a file prints
 * goes to a file, not to a pipe, because a forgotten grandchild would hold a pipe open for ever. Temporary files are made
 * in a folder of the file's own, which goes with it: sockets and repositories of programs that were killed would stay.
 */
import './help.ts';
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, globSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reporter = join(root, 'test/support/reporter.ts');
const codeCache = join(root, 'test/support/code-cache.cjs');
const minute = 60_000;
/** Twice and more what the longest takes on two busy cores (all kinds of pushes at a real gate), and still less than its file. */
const testLimit = 7 * minute;
const fileLimit = Number(process.env['PREGATE_TEST_FILE_MINUTES'] ?? 8) * minute;
const runLimit = Number(process.env['PREGATE_TEST_MINUTES'] ?? 50) * minute;
const reportEvery = minute / 2;
const lanes = Math.max(1, Number(process.env['PREGATE_TEST_LANES'] ?? 2 * availableParallelism()));

/** Files that open a window. */
const inWindows = ['test/editor/window/window', 'test/editor/harness/harness', 'test/editor/api'];
/** Files that take long, longest first: begun last, one of them would go on alone. */
const long = [
  ...inWindows,
  'test/gate/real-gate',
  'test/daemon/security',
  'test/product/redaction',
  'test/hooks/newer-git',
  'test/git/newer-git',
  'test/torture/faults',
  'test/product/hostile',
  'test/hooks/hook',
  'test/secrets/linear',
  'test/evasion/evasion',
  'test/product/bad-input',
  'test/daemon/one-verdict',
  'test/attest/verify',
  'test/daemon/after-commit',
  'test/daemon/sequence',
  'test/hooks/managers',
  'test/gate/opa-gate',
  'test/sbom/sbom',
  'test/hooks/ahead',
];

const wanted = process.argv.slice(2);
const files = globSync('test/**/*.test.ts', { cwd: root })
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort((a, b) => turnOf(a) - turnOf(b) || (a < b ? -1 : 1));
const windows = files.filter((file) => inWindows.includes(nameOf(file)));
const others = files.filter((file) => !windows.includes(file));

const started = performance.now();
const running = new Map<string, ChildProcess>();
// A short name, because a socket's path may have no more than about a hundred characters.
const folder = mkdtempSync(join(tmpdir(), 'pg-'));
const environment = cleanEnvironment();
const totals = { files: 0, passed: 0, failed: 0, skipped: 0 };

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted(signal));
const progress = setInterval(() => console.log(standing()), reportEvery);
await Promise.all(Array.from({ length: lanes }, (_, at) => lane(at === 0 ? [windows, others] : [others])));
clearInterval(progress);
// Once more, for what a daemon wrote while it ended.
remove(folder);
console.log(`\n${totals.skipped} skipped, ${seconds(started)} s`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0);

function nameOf(file: string): string {
  return file.replaceAll('\\', '/').replace(/\.test\.ts$/, '');
}

/** The place of a file in the order of the run. */
function turnOf(file: string): number {
  const at = long.indexOf(nameOf(file));
  return at === -1 ? long.length : at;
}

/** Runs files one after the other, from the lists in their order, until they or the time are used up. */
async function lane(lists: readonly string[][]): Promise<void> {
  for (const list of lists) {
    for (let file = list.shift(); file !== undefined; file = list.shift()) await runOrRefuse(file);
  }
}

async function runOrRefuse(file: string): Promise<void> {
  const left = runLimit - (performance.now() - started);
  if (left > 0) return run(file, Math.min(left, fileLimit));
  totals.failed += 1;
  console.log(`✗ ${file} was not run: the limit of ${runLimit / minute} minutes for the whole run was used up.`);
}

async function run(file: string, limit: number): Promise<void> {
  const start = performance.now();
  const stem = join(folder, file.replaceAll('/', '.'));
  const [out, err] = [openSync(`${stem}.out`, 'w'), openSync(`${stem}.err`, 'w')];
  const temporary = mkdtempSync(join(folder, 't'));
  // A process group of its own, so that what the file started can be ended with it.
  const child = spawn(
    process.execPath,
    [
      ...['--require', codeCache, `--test-timeout=${testLimit}`],
      ...[`--test-reporter=${reporter}`, '--test-reporter-destination=stdout', file],
    ],
    { cwd: root, stdio: ['ignore', out, err], env: { ...environment, TMPDIR: temporary }, detached: true },
  );
  running.set(file, child);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    end(child);
  }, limit);
  const code = await new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (status) => resolve(status));
  });
  clearTimeout(timer);
  end(child);
  running.delete(file);
  closeSync(out);
  closeSync(err);
  remove(temporary);
  account(file, late, code, seconds(start), readFileSync(`${stem}.out`, 'utf8'), readFileSync(`${stem}.err`, 'utf8'));
}

/** Counts what a file reported and prints what a person has to read: skipped tests, failures, slow files. */
function account(file: string, late: boolean, code: number | null, took: string, out: string, err: string): void {
  totals.files += 1;
  const counts = /^(\d+) passed, (\d+) failed, (\d+) skipped\n$/m.exec(out);
  const text = counts ? out.slice(0, counts.index) : out;
  if (text.trim() !== '') console.log(text.trimEnd());
  totals.passed += Number(counts?.[1] ?? 0);
  totals.failed += Number(counts?.[2] ?? 0);
  totals.skipped += Number(counts?.[3] ?? 0);
  if (Number(took) > 30) console.log(`slow: ${file}, ${took} s`);
  if (counts && code === 0) return;
  if (counts && !late && counts[2] !== '0') return;
  // A file that died without its last line, or beside it, has failed, whatever it printed before.
  totals.failed += 1;
  console.log(`✗ ${file} ${late ? `did not end within ${took} s and was killed` : `ended with code ${code}`}`);
  console.log(err.trimEnd().split('\n').slice(-30).join('\n'));
}

/** One line that says how far the run is and which files are at work, for a person or a log that was cut off. */
function standing(): string {
  const { passed, failed } = totals;
  const names = [...running.keys()].join(', ');
  return `… ${seconds(started)} s: ${totals.files} of ${files.length} files, ${passed} passed, ${failed} failed; running ${names}`;
}

function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended by itself.
  }
}

function remove(tree: string): void {
  try {
    rmSync(tree, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  } catch (error) {
    console.log(`could not remove ${tree}: ${(error as Error).message}`);
  }
}

function interrupted(signal: 'SIGINT' | 'SIGTERM'): void {
  for (const child of running.values()) end(child);
  remove(folder);
  console.log(`interrupted by ${signal}: ${standing()}`);
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}

/** What git sets for a hook, or npm for a script, must not reach the repositories that tests make. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (/^GIT_/.test(name)) delete env[name];
  return env;
}
