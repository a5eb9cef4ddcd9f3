/**
 * `npm run mutation [-- numbers…]` (`3` a point, `t3` a threat): for each point of docs/hooks.md, and some of docs/hostile.md, takes its
 * guard out of a copy of the sources and expects a test of that number to fail which passes with the guard. A test that
 * passes without the guard proves nothing. The git is the one of the PATH. Not part of `npm test`.
 */
import './help.ts';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Mutant } from './mutation/mutant.ts';
import { mutants } from './mutation/mutants.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const parts = ['agent', 'hooks', 'test', 'scripts', 'package.json', 'tsconfig.json', 'media', 'docs', 'extension'];
const wanted = process.argv.slice(2);
const chosen = mutants.filter(
  (mutant) => wanted.length === 0 || wanted.includes(nameOf(mutant).replace('threat ', 't')),
);
console.log(spawnSync('git', ['version'], { encoding: 'utf8' }).stdout.trim());

const rows: string[] = [];
let survived = 0;
const whole = withCopy(testsThatPass);
for (const mutant of chosen) {
  const verdict = withCopy((copy) => judge(copy, mutant));
  if (!verdict.startsWith('caught')) survived += 1;
  rows.push(`| ${nameOf(mutant)} | ${mutant.removed} | ${mutant.test} | ${verdict} |`);
  console.log(rows.at(-1));
}
console.log(`\n${rows.length - survived} of ${rows.length} guards are held by a test of their own`);
process.exitCode = survived === 0 ? 0 : 1;

/** With every guard in place: a test that fails then has not noticed that one is missing. */
function testsThatPass(copy: string): Set<string> {
  const files = new Set(chosen.map(({ test }) => test));
  if (chosen.some(({ built }) => built)) build(copy);
  const passed = new Set<string>();
  for (const file of files) {
    for (const { ok, title } of testsOf(copy, file, '^(point|threat) ')) if (ok) passed.add(`${file} ${title}`);
  }
  return passed;
}

/** `caught by` and the titles of the tests that fail without the guard, or what went wrong. */
function judge(copy: string, mutant: Mutant): string {
  for (const { file, text, instead } of mutant.edits) {
    const at = path.join(copy, file);
    const source = readFileSync(at, 'utf8');
    if (!source.includes(text)) return `error: ${file} no longer holds ${JSON.stringify(text.slice(0, 40))}`;
    writeFileSync(
      at,
      source.replace(text, () => instead),
    );
  }
  if (mutant.built && !build(copy)) return 'error: it does not build';
  const tests = testsOf(copy, mutant.test, `^${nameOf(mutant, 'point ')}:`).filter(({ title }) =>
    whole.has(`${mutant.test} ${title}`),
  );
  if (tests.length === 0) return 'error: no test ran that passes with the guard';
  const caught = tests.filter(({ ok }) => !ok).map(({ title }) => `*${title.replace(/^\w+ \d+: /, '')}*`);
  return caught.length === 0 ? '**survived**' : `caught by ${caught.join(', ')}`;
}

function testsOf(copy: string, file: string, pattern: string): { ok: boolean; title: string }[] {
  const { stdout } = run(copy, ['--test', `--test-name-pattern=${pattern}`, '--test-reporter=tap', file]);
  const lines = stdout.matchAll(/^\s*(not )?ok \d+ - ((?:point|threat)[^#\n]*?)\s*$/gm);
  return Array.from(lines, ([, not, title]) => ({ ok: not === undefined, title: title as string }));
}

function build(copy: string): boolean {
  return run(copy, ['scripts/build.ts', '--production', '--quiet']).status === 0;
}

function nameOf({ threat, point }: Mutant, before = ''): string {
  return `${threat ? 'threat ' : before}${point}`;
}

function withCopy<T>(work: (copy: string) => T): T {
  const copy = mkdtempSync(path.join(tmpdir(), 'pregate-mutant-'));
  try {
    for (const name of parts) cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    return work(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function run(cwd: string, words: string[]) {
  return spawnSync(process.execPath, words, { cwd, encoding: 'utf8', timeout: 600_000, maxBuffer: 1 << 26 });
}
