/**
 * `npm run mutation [-- numbers…]` (`3` a point, `t3` a threat): for each point of docs/hooks.md, and some of docs/hostile.md, takes its guard out of a copy of the sources and expects
 * the point's own tests to fail. A test that passes without the guard proves nothing. Not part of `npm test`.
 */
import './help.ts';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './mutation/mutants.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const rows: string[] = [];
let survived = 0;

for (const mutant of mutants) {
  const name = `${mutant.threat ? 'threat ' : ''}${mutant.point}`;
  if (wanted.length > 0 && !wanted.includes(name.replace('threat ', 't'))) continue;
  const copy = mkdtempSync(path.join(tmpdir(), 'pregate-mutant-'));
  try {
    for (const name of [
      'agent',
      'hooks',
      'test',
      'scripts',
      'package.json',
      'tsconfig.json',
      'media',
      'docs',
      'extension',
    ])
      cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
    symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
    const verdict = judge(copy, mutant);
    if (verdict !== 'killed') survived += 1;
    rows.push(`| ${name} | ${mutant.removed} | ${mutant.test} | ${verdict} |`);
    console.log(rows.at(-1));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
console.log(`\n${rows.length - survived} of ${rows.length} guards are held by a test of their own`);
process.exitCode = survived === 0 ? 0 : 1;

function judge(copy: string, { edits, built, test, point, threat }: (typeof mutants)[number]): string {
  for (const { file, text, instead } of edits) {
    const at = path.join(copy, file);
    const source = readFileSync(at, 'utf8');
    if (!source.includes(text)) return `error: ${file} no longer holds ${JSON.stringify(text.slice(0, 40))}`;
    writeFileSync(
      at,
      source.replace(text, () => instead),
    );
  }
  if (built && run(copy, ['scripts/build.ts', '--production', '--quiet']).status !== 0)
    return 'error: it does not build';
  const kind = threat ? 'threat' : 'point';
  const { status, stdout } = run(copy, [
    '--test',
    `--test-name-pattern=^${kind} ${point}:`,
    '--test-reporter=tap',
    test,
  ]);
  if (!/^\s*(not )?ok \d+ - (point|threat)/m.test(stdout)) return 'error: no test ran';
  return status === 0 ? '**survived**' : 'killed';
}

function run(cwd: string, words: string[]) {
  return spawnSync(process.execPath, words, { cwd, encoding: 'utf8', timeout: 240_000, maxBuffer: 1 << 26 });
}
