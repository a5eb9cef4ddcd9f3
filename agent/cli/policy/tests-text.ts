/** What `policy test` prints: the lines of `opa test`, and below a failed test the expression that did not hold. */
import { displayText } from '../../model/path.ts';
import { localsText } from '../../model/values-text.ts';
import type { RegoTest, TestCase } from '../../policy/test.ts';
import { opaErrors } from './errors.ts';
import { durationText } from './values.ts';

export interface Style {
  verbose: boolean;
  /** Below the expression that failed, the value of each of its parts. */
  values: boolean;
  width: number;
}

const WORDS: Record<string, string> = { pass: 'PASS', fail: 'FAIL', error: 'ERROR', skip: 'SKIPPED' };

export function isBad(test: RegoTest): boolean {
  return test.outcome === 'fail' || test.outcome === 'error';
}

export function testsText(tests: readonly RegoTest[], style: Style): string {
  const shown = tests.filter((test) => style.verbose || test.outcome !== 'pass');
  const lines = shown.flatMap((test) => testLines(test, style));
  const counts: Record<string, number> = { pass: 0, fail: 0, skip: 0, error: 0 };
  let all = 0;
  const count = (outcome: string): void => {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    all++;
  };
  for (const test of tests) {
    const leaves = leavesOf(test.cases ?? []);
    if (leaves.length > 0 && test.outcome !== 'error') for (const leaf of leaves) count(leaf.outcome);
    else count(test.outcome);
  }
  if (lines.length > 0) lines.push('-'.repeat(80));
  for (const [outcome, number] of Object.entries(counts))
    if (number > 0) lines.push(`${WORDS[outcome]}: ${number}/${all}`);
  return lines.map((line) => `${displayText(line)}\n`).join('');
}

function testLines(test: RegoTest, style: Style): string[] {
  const took = test.ms === undefined ? '' : ` (${durationText(test.ms)})`;
  const lines = [`${test.file}:${test.line}:`, `${test.path}: ${WORDS[test.outcome]}${took}`];
  if (test.error) {
    const { path, line, code, message } = test.error;
    lines.push(...`${path ? `${path}:${line}: ` : ''}${code}: ${message}`.split('\n').map((text) => `  ${text}`));
  } else if (test.detail) lines.push(`  ${test.detail}`);
  lines.push(...caseLines(test.cases ?? [], style.verbose, '  '));
  if (test.failure) lines.push(...failureLines(test.file, test.failure, style.values));
  if (test.prints.length > 0)
    lines.push('', ...test.prints.flatMap((text) => text.split('\n')).map((text) => `  ${text}`), '');
  return lines;
}

function caseLines(cases: readonly TestCase[], verbose: boolean, indent: string): string[] {
  return cases.flatMap((one) => {
    if (!verbose && one.outcome === 'pass') return [];
    return [`${indent}${one.name}: ${WORDS[one.outcome]}`, ...caseLines(one.cases ?? [], verbose, `${indent}  `)];
  });
}

function leavesOf(cases: readonly TestCase[]): TestCase[] {
  return cases.flatMap((one) => (one.cases === undefined ? [one] : leavesOf(one.cases)));
}

/** `file:line  x > 4   {x: 3}`, or with values a mark below each part as `opa test --var-values` draws it. */
function failureLines(file: string, failure: NonNullable<RegoTest['failure']>, values: boolean): string[] {
  const { line, text, locals } = failure;
  const flat = text.replace(/\s*\n\s*/g, ' ');
  const told = values ? partsOf(flat, failure) : [];
  if (told.length === 0) return [`  ${file}:${line}  ${flat}${localsText(locals)}`];
  const columns = [...new Set(told.map(({ at }) => at))];
  const bars = (below: number): string => {
    let drawn = '';
    for (const at of columns.filter((column) => column <= below)) drawn = `${drawn.padEnd(at)}|`;
    return drawn;
  };
  const lines = [flat, bars(Number.POSITIVE_INFINITY)];
  // The last part first, so that the marks of those before it go on downwards.
  for (const { at, label } of [...told].reverse()) {
    const before = bars(at - 1);
    lines.push(`${before.padEnd(at)}${label}`);
  }
  return [`  ${file}:${line}:`, ...lines.map((one) => `    ${one}`)];
}

function partsOf(flat: string, { values, locals }: NonNullable<RegoTest['failure']>): { at: number; label: string }[] {
  const parts: { at: number; label: string }[] = [];
  let from = 0;
  for (const { text, value } of values) {
    const part = text.replace(/\s*\n\s*/g, ' ').trim();
    const at = part === '' ? -1 : flat.indexOf(part, from);
    if (at < 0) continue;
    from = at + part.length;
    const shown = value === undefined ? 'undefined' : cut(JSON.stringify(value));
    const names = Object.keys(locals).filter((name) => name !== part && new RegExp(`\\b${name}\\b`).test(part));
    for (const name of names) parts.push({ at, label: `${name}: ${cut(JSON.stringify(locals[name]))}` });
    parts.push({ at, label: /^\w+$/.test(part) ? shown : `${part}: ${shown}` });
  }
  return parts;
}

function cut(text: string | undefined): string {
  return text === undefined ? 'undefined' : text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

/**
 * The list that `opa test --format json` prints, but for `output`: what a test printed stands there in base64, where no mask
 * would see a secret. `--json` has it as text.
 */
export function opaTests(tests: readonly RegoTest[], byDuration: boolean): string {
  const all = [...tests];
  if (byDuration) all.sort((a, b) => (b.ms ?? 0) - (a.ms ?? 0));
  return `${JSON.stringify(all.map(opaTest), null, 2)}\n`;
}

export function opaTest({ package: of, name, file, line, outcome, detail, error, cases, ms }: RegoTest): object {
  const [told] = error ? opaErrors([error]) : [{ message: displayText(detail ?? '') }];
  return {
    location: { file: displayText(file), row: line, col: 1 },
    package: displayText(of),
    name: displayText(name),
    ...(outcome === 'pass' ? {} : { [outcome]: outcome === 'error' ? told : true }),
    duration: Math.round((ms ?? 0) * 1e6),
    ...(cases?.length ? { sub_results: opaCases(cases) } : {}),
  };
}

function opaCases(cases: readonly TestCase[]): object {
  return Object.fromEntries(
    cases.map(({ name, outcome, cases: below }) => [
      displayText(name),
      {
        name: displayText(name),
        ...(outcome === 'fail' ? { fail: true } : {}),
        ...(below?.length ? { sub_results: opaCases(below) } : {}),
      },
    ]),
  );
}
