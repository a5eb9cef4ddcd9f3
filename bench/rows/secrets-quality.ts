import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentFromText } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { type Case, makeCorpus } from '../quality/corpus.ts';
import { peer, type Row, scratch } from '../row.ts';

const rounds = 12;

/** A place in a case's text that a scanner reported. */
type Found = (one: Case, index: number) => readonly (readonly [start: number, end: number])[];

/**
 * Recall on the generated corpus of `bench/quality/`, and false positives on its negatives. The figure is the mean over the
 * sets of positives; the table below says it for each set and each kind of value, beside the peers that are installed.
 */
export const secretsQuality: Row = {
  name: 'secrets quality: recall on the generated corpus',
  budgetText: '≥ 85 %',
  budget: 85,
  atLeast: true,
  async measure() {
    const cases = makeCorpus(rounds);
    const ours = measure(cases, own);
    const lines = ['', `     ${'set'.padEnd(22)}${'cases'.padStart(7)}${'pregate'.padStart(10)}`];
    const theirs = [
      ['gitleaks', runGitleaks(cases)],
      ['detect-secrets', runDetectSecrets(cases)],
    ] as const;
    const others = theirs.flatMap(([name, found]) => (found ? [[name, measure(cases, found)] as const] : []));
    lines[1] += others.map(([name]) => name.padStart(16)).join('');
    for (const [set, { right, all }] of ours) {
      const cell = (part: Count | undefined) => (part ? `${((100 * part.right) / part.all).toFixed(1)} %` : '–');
      lines.push(
        `     ${set.padEnd(22)}${String(all).padStart(7)}${cell({ right, all }).padStart(10)}${others
          .map(([, sums]) => cell(sums.get(set)).padStart(16))
          .join('')}`,
      );
    }
    const sets = ['code', 'config', 'files', 'encoded'].map((set) => ours.get(set) as Count);
    const figure = sets.reduce((sum, { right, all }) => sum + (100 * right) / all, 0) / sets.length;
    return { figure, unit: '%', note: lines.join('\n') };
  },
};

interface Count {
  right: number;
  all: number;
}

/** Right answers by set and by kind of value. A case without a value is right when nothing is reported. */
function measure(cases: readonly Case[], found: Found): Map<string, Count> {
  const sums = new Map<string, Count>();
  for (const [index, one] of cases.entries()) {
    const places = found(one, index);
    const right =
      one.expected.length === 0
        ? places.length === 0
        : one.expected.every((value) => {
            const at = one.text.indexOf(value);
            return places.some(([start, end]) => start < at + value.length && end > at);
          });
    for (const name of [one.set, ...(one.kind === '' ? [] : [`  ${one.kind}`])]) {
      const sum = sums.get(name) ?? { right: 0, all: 0 };
      sum.all++;
      if (right) sum.right++;
      sums.set(name, sum);
    }
  }
  return sums;
}

function own(one: Case): (readonly [number, number])[] {
  const { hits } = scanSecrets(documentFromText(one.path, one.text));
  return hits.filter(({ severity }) => severity !== 'info').map(({ range }) => range);
}

/** Every case as a file in a folder of its own number, so that names stay what they are. */
function written(cases: readonly Case[]): string {
  const tree = join(scratch().folder, 'cases');
  for (const [index, { path, text }] of cases.entries()) {
    const file = join(tree, String(index), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return tree;
}

function runGitleaks(cases: readonly Case[]): Found | undefined {
  const program = peer('gitleaks');
  if (program === undefined) return undefined;
  const tree = written(cases);
  const report = join(tree, '..', 'report.json');
  const words = ['dir', tree, '--no-banner', '--exit-code', '0', '--log-level', 'error', '--max-decode-depth', '3'];
  execFileSync(program, [...words, '--report-format', 'json', '--report-path', report], { stdio: 'ignore' });
  const findings = JSON.parse(readFileSync(report, 'utf8')) as { File: string; StartLine: number; EndLine: number }[];
  return linesOf(findings.map(({ File, StartLine, EndLine }) => [File.slice(tree.length + 1), StartLine, EndLine]));
}

function runDetectSecrets(cases: readonly Case[]): Found | undefined {
  const program = peer('detect-secrets');
  if (program === undefined) return undefined;
  const tree = written(cases);
  const output = execFileSync(program, ['scan', '--all-files', '.'], { cwd: tree, maxBuffer: 1 << 28 }).toString();
  const { results } = JSON.parse(output) as { results: Record<string, { line_number: number }[]> };
  return linesOf(
    Object.entries(results).flatMap(([file, found]) =>
      found.map(({ line_number: line }) => [file.replace(/^\.\//, ''), line, line] as [string, number, number]),
    ),
  );
}

/** Peers tell lines: a finding counts for everything on its lines, which favours them. */
function linesOf(findings: readonly (readonly [file: string, first: number, last: number])[]): Found {
  const byCase = new Map<number, [number, number][]>();
  for (const [file, first, last] of findings) {
    const index = Number(file.slice(0, file.indexOf('/')));
    byCase.set(index, [...(byCase.get(index) ?? []), [first, last]]);
  }
  return ({ text }, index) =>
    (byCase.get(index) ?? []).map(([first, last]) => {
      const lines = text.split('\n');
      const start = lines.slice(0, Math.max(0, first - 1)).join('\n').length;
      return [start, lines.slice(0, last).join('\n').length + 1] as const;
    });
}
