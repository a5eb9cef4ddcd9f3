/**
 * Runs each rule on its fixtures through the real engine.
 *   test/rules/<id>/ng.<case>/tree/…   a repository in which the rule finds something; expected.txt is the rendering
 *   test/rules/<id>/ok.<case>/tree/…   the nearest safe neighbour: nothing is found
 *   …/base/…                           the same paths on the base side, when the rule compares
 * UPDATE=1 writes expected.txt; read the diff before you keep it.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { editText, proveFixes } from '../../agent/fix.ts';
import { documentFromBytes, spanOf } from '../../agent/model/document.ts';
import { subjectsOf } from '../../agent/model/subjects.ts';
import type { Document, Fix } from '../../agent/model/types.ts';
import { allRules } from '../../agent/rules/registry.ts';
import type { Rule } from '../../agent/rules/rule.ts';
import { type RunInput, runRules } from '../../agent/rules/run.ts';
import { expandSecrets } from '../support/secrets.ts';

const here = import.meta.dirname;
const rules = await allRules();
const key = Buffer.from('fixtures');

for (const rule of rules) {
  for (const id of idsOf(rule)) {
    describe(id, () => {
      const cases = existsSync(join(here, id)) ? readdirSync(join(here, id)).sort() : [];
      for (const name of cases) it(name, () => runCase(rule, id, name));
      if (!rule.ids) {
        it('has a finding, a nearest safe neighbour and a page', () => {
          assert.ok(
            cases.some((name) => name.startsWith('ng.')),
            `test/rules/${id}/ng.<case> is missing`,
          );
          assert.ok(
            cases.some((name) => name.startsWith('ok.')),
            `test/rules/${id}/ok.<case> is missing`,
          );
          assert.ok(existsSync(join(here, '../../docs/rules', `${id}.md`)), `docs/rules/${id}.md is missing`);
        });
      }
    });
  }
}

it('every fixture folder belongs to a rule', () => {
  const known = new Set(rules.flatMap(idsOf));
  const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(
    folders.map((entry) => entry.name).filter((name) => !known.has(name)),
    [],
  );
});

async function runCase(rule: Rule, id: string, name: string): Promise<void> {
  const folder = join(here, id, name);
  const base = readTree(join(folder, 'base'));
  const input: RunInput = {
    targets: readTree(join(folder, 'tree')),
    context: [],
    base,
    rules: [rule],
    subjectsOf,
    fingerprintKey: key,
    hasBase: base.length > 0,
  };
  const result = await runRules(input);
  assert.deepEqual(
    result.problems.filter((problem) => problem.fatal),
    [],
  );
  const findings = result.findings.filter((finding) => finding.rule === id);
  const blocks: string[] = [];
  for (const finding of findings) {
    const { line, column, endLine, endColumn } = finding.span;
    const lines = [
      `${finding.path}:${line}:${column}-${endLine}:${endColumn} ${finding.severity}/${finding.confidence} ${finding.message}`,
    ];
    if (finding.introduced === false) lines.push('  not new');
    if (finding.command) lines.push(`  run: ${finding.command}`);
    for (const related of finding.related) lines.push(`  see ${related.path}: ${related.message}`);
    const fixes = await proveFixes(input, finding);
    assert.equal(fixes.length, finding.fixes?.().length ?? 0, `${id}/${name}: a fix of ${lines[0]} is not proven`);
    for (const fix of fixes) lines.push(...renderFix(fix, input.targets));
    blocks.push(lines.join('\n'));
  }
  const expectedPath = join(folder, 'expected.txt');
  const actual = blocks.length > 0 ? `${blocks.join('\n')}\n` : '';
  if (name.startsWith('ok.')) return assert.equal(actual, '');
  assert.notEqual(actual, '', 'nothing was found');
  if (process.env['UPDATE']) writeFileSync(expectedPath, actual);
  assert.equal(actual, existsSync(expectedPath) ? readFileSync(expectedPath, 'utf8') : '(expected.txt is missing)');
}

/** The lines a fix takes away and puts in, as a person would review them. */
function renderFix(fix: Fix, documents: readonly Document[]): string[] {
  const out = [`  fix${fix.safe ? '' : ' (review)'}: ${fix.title}`];
  for (const path of [...new Set(fix.edits.map((edit) => edit.path))]) {
    const document = documents.find((one) => one.path === path) as Document;
    const edits = fix.edits.filter((edit) => edit.path === path);
    const after = editText(document.text, edits) as string;
    const first = Math.min(...edits.map((edit) => spanOf(document, edit.range).line));
    const [minus, plus] = changedLines(document.text.split('\n'), after.split('\n'));
    out.push(`    ${path}:${first}`, ...minus.map((line) => `    - ${line}`), ...plus.map((line) => `    + ${line}`));
  }
  return out;
}

/** The smallest run of lines that differs: everything between the common head and the common tail. */
function changedLines(before: string[], after: string[]): [string[], string[]] {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  const room = Math.min(before.length, after.length) - head;
  while (tail < room && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
}

function readTree(folder: string): Document[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => documentFromBytes(relative(folder, path).split(sep).join('/'), expand(readFileSync(path))));
}

/** `{{github-token}}` and the like become values that are made at run time: no file holds what a scanner would flag. */
function expand(bytes: Buffer): Uint8Array {
  const text = bytes.toString('latin1');
  return text.includes('{{') ? Buffer.from(expandSecrets(text), 'latin1') : bytes;
}

function idsOf(rule: Rule): string[] {
  return rule.ids ? rule.ids.map((meta) => meta.id) : [rule.meta.id];
}
