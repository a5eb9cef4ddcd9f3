/**
 * `npm run conformance -- FILE.jsonl…` runs every case of the files and prints how many pass and, by directory, which fail.
 * Without files it takes the suite beside the repository, when it is there. Exit code 1 when an unexpected case fails.
 * `--write` puts the table of directories into docs/conformance.md.
 */
import './help.ts';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Outcome, runCase } from '../agent/rego/conformance.ts';

const SUITE = new URL('../../shared/cases/rego/', import.meta.url);

export function suiteFiles(): string[] {
  return ['opa-v1.jsonl', 'opa-v0.jsonl']
    .map((name) => fileURLToPath(new URL(name, SUITE)))
    .filter((f) => existsSync(f));
}

export function runFile(file: string): Outcome[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map(runCase);
}

function main(args: string[]): void {
  const named = args.filter((arg) => arg !== '--write');
  const files = named.length > 0 ? named : suiteFiles();
  if (files.length === 0) {
    console.log('no case files: name some, or put the suite into ../shared/cases/rego');
    process.exitCode = 2;
    return;
  }
  const outcomes = files.flatMap(runFile);
  const failed = outcomes.filter((o) => !o.passed);
  console.log(`${outcomes.length - failed.length} passed, ${failed.length} failed`);
  const byDirectory = groupByDirectory(failed);
  for (const [dir, list] of [...byDirectory].sort(([a], [b]) => (a < b ? -1 : 1))) {
    console.log(`${dir} (${list.length})`);
    for (const o of list) console.log(`  ${o.id}\n    ${o.reason}`);
  }
  if (args.includes('--write')) writeTable(outcomes);
  if (failed.length > 0) process.exitCode = 1;
}

const PAGE = new URL('../docs/conformance.md', import.meta.url);
/** Directories beside each other in one row. */
const COLUMNS = 4;

/** Directories with the cases that pass of those there are, in the page between its two marks. */
function writeTable(outcomes: Outcome[]): void {
  const cells = [...groupByDirectory(outcomes)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dir, list]) => `${dir} | ${list.filter((o) => o.passed).length}/${list.length}`);
  const rows: string[] = [];
  for (let at = 0; at < cells.length; at += COLUMNS) {
    const row = cells.slice(at, at + COLUMNS);
    rows.push(`| ${[...row, ...Array<string>(COLUMNS - row.length).fill(' | ')].join(' | ')} |`);
  }
  const head = `${'| directory | pass '.repeat(COLUMNS)}|\n${'|---|---'.repeat(COLUMNS)}|`;
  const passed = outcomes.filter((o) => o.passed).length;
  const table = `${passed} of ${outcomes.length} cases pass.\n\n${head}\n${rows.join('\n')}`;
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(PAGE, page.replace(/(<!-- conformance -->\n)[\s\S]*(\n<!-- \/conformance -->)/, `$1${table}$2`));
}

function groupByDirectory(outcomes: Outcome[]): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const o of outcomes) groups.set(o.dir, [...(groups.get(o.dir) ?? []), o]);
  return groups;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
