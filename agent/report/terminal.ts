import type { Report } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { blockingFingerprints, bySeverity, problemsOf } from './facts.ts';
import { count, type Style, wrap } from './style.ts';

export interface TerminalOptions {
  style: Style;
  /** Findings to print before "and n more"; 0 prints all. */
  limit: number;
  /** Milliseconds the run took, when it should be said. */
  elapsed?: number;
}

/** `pregate check` for a person: the answer first, then what to look at, most severe first, then what was not looked at. */
export function renderCheck(report: Report, options: TerminalOptions): string {
  const { style } = options;
  const lines = [headline(report, options), ''];
  lines.push(...findingLines(report, options));
  lines.push(...notLooked(report, style));
  return `${trimEnd(lines).join('\n')}\n`;
}

/** The findings of a report, one block per file. */
export function findingLines(report: Report, options: Pick<TerminalOptions, 'style' | 'limit'>): string[] {
  const { style, limit } = options;
  const blocking = blockingFingerprints(report.decision);
  const ordered = [...report.findings].sort(
    (a, b) => Number(blocking.has(b.fingerprint)) - Number(blocking.has(a.fingerprint)) || bySeverity(a, b),
  );
  const shown = limit === 0 ? ordered : ordered.slice(0, limit);
  const lines: string[] = [];
  for (const [path, findings] of groupByPath(shown)) {
    lines.push(`  ${style.bold(displayPath(path))}`);
    for (const finding of findings) lines.push(...findingBlock(finding, blocking.has(finding.fingerprint), style));
    lines.push('');
  }
  const hidden = ordered.length - shown.length;
  if (hidden > 0)
    lines.push(`  and ${count(hidden, 'more finding')}: --limit 0 prints all, --json is for programs`, '');
  return lines;
}

function headline(report: Report, options: TerminalOptions): string {
  const { style } = options;
  const blocking = blockingFingerprints(report.decision);
  const blocks = report.findings.filter((finding) => blocking.has(finding.fingerprint)).length;
  const took = options.elapsed === undefined ? '' : ` in ${(options.elapsed / 1000).toFixed(1)} s`;
  const looked = `${report.label}: ${count(report.counts.documents, 'document')}${took}`;
  const fatal = problemsOf(report).filter((problem) => problem.fatal).length;
  const tail = report.suppressed.length > 0 ? `, ${report.suppressed.length} suppressed` : '';
  if (fatal > 0) return `${style.red(style.bold('? could not check everything'))}   ${looked}`;
  if (report.findings.length === 0) return `${style.green(style.bold('✓ nothing found'))}   ${looked}${tail}`;
  const what = count(report.findings.length, 'finding') + (blocks > 0 ? `, ${blocks} would be refused` : '');
  const sign = blocks > 0 ? style.red(style.bold(`✗ ${what}`)) : style.yellow(style.bold(`! ${what}`));
  return `${sign}   ${looked}${tail}`;
}

function findingBlock(finding: Finding, blocks: boolean, style: Style): string[] {
  const place = `${finding.span.line}:${finding.span.column}`.padEnd(9);
  const word = (blocks ? 'refused' : finding.severity).padEnd(9);
  const paint = blocks || finding.severity === 'critical' ? style.red : colourOf(finding, style);
  const head = `    ${style.dim(place)}${paint(word)}`;
  const message = displayText(finding.message);
  const commit = finding.commit ? style.dim(` (${finding.commit.slice(0, 7)})`) : '';
  const lines = wrap(message, Math.max(40, style.width - 24));
  const out = lines.map((line, index) => (index === 0 ? `${head}${line}${commit}` : `${' '.repeat(22)}${line}`));
  const fix = finding.command ? `   fix: ${finding.command}` : '';
  out.push(`${' '.repeat(22)}${style.dim(`${finding.rule}${finding.introduced === false ? ', not new' : ''}${fix}`)}`);
  return out;
}

function colourOf(finding: Finding, style: Style): (text: string) => string {
  if (finding.severity === 'high' || finding.severity === 'medium') return style.yellow;
  return style.dim;
}

/** Everything that was not looked at, or only in part. It is said always: silence would read as "clean". */
export function notLooked(report: Report, style: Style): string[] {
  const lines: string[] = [];
  const problems = problemsOf(report);
  for (const problem of problems.slice(0, 10)) {
    const sign = problem.fatal ? style.red('  ? ') : '  · ';
    const [first = '', ...rest] = wrap(displayText(problem.message), style.width - 4);
    lines.push(`${sign}${first}`, ...rest.map((line) => `    ${line}`));
  }
  if (problems.length > 10) lines.push(`    and ${count(problems.length - 10, 'more problem')} (--json)`);
  const reasons = new Map<string, { detail: string; paths: string[]; partial: boolean }>();
  for (const skip of report.skipped) {
    const group = reasons.get(skip.reason) ?? { detail: skip.detail, paths: [], partial: skip.partial };
    group.paths.push(skip.path);
    reasons.set(skip.reason, group);
  }
  for (const [reason, group] of reasons) {
    const some = group.paths.slice(0, 3).map(displayPath).join(', ');
    const more = group.paths.length > 3 ? `, and ${group.paths.length - 3} more` : '';
    const verb = group.partial ? 'partly read' : 'not read';
    lines.push(style.dim(`  · ${count(group.paths.length, 'file')} ${verb} (${reason}): ${some}${more}`));
  }
  return lines.length > 0 ? [...lines, ''] : [];
}

function groupByPath(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) groups.set(finding.path, [...(groups.get(finding.path) ?? []), finding]);
  return groups;
}

function trimEnd(lines: string[]): string[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === '') end--;
  return lines.slice(0, end);
}
