/**
 * `npm run conformance -- FILE.jsonl…` runs every case of the files and prints how many pass and, by directory, which fail.
 * Without files it takes the suite beside the repository, when it is there. Exit code 1 when an unexpected case fails.
 */
import { existsSync, readFileSync } from 'node:fs';
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
  const files = args.length > 0 ? args : suiteFiles();
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
  if (failed.length > 0) process.exitCode = 1;
}

function groupByDirectory(outcomes: Outcome[]): Map<string, Outcome[]> {
  const groups = new Map<string, Outcome[]>();
  for (const o of outcomes) groups.set(o.dir, [...(groups.get(o.dir) ?? []), o]);
  return groups;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2));
