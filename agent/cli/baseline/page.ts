import type { Judgement } from '../../gate/judge.ts';
import { lineStarts } from '../../model/document.ts';
import { displayPath, displayText } from '../../model/path.ts';
import { redactLine } from '../../model/redact.ts';
import { count, type Style, wrap } from '../../report/style.ts';
import type { RuleMeta } from '../../rules/rule.ts';
import type { RawFinding } from '../../rules/run.ts';
import type { BaselineEntry } from '../../suppress.ts';

/** One question of an audit: a value, wherever it stands. */
export interface Question {
  findings: [RawFinding, ...RawFinding[]];
  entries: BaselineEntry[];
}

export interface PageOptions {
  index: number;
  total: number;
  /** Lines to show on each side of the finding. */
  around: number;
  style: Style;
  meta: RuleMeta | undefined;
}

/** The page that shows one finding with what stands around it. No character of a secret is on it. */
export function auditPage(question: Question, judgement: Judgement, options: PageOptions): string {
  const { style, meta } = options;
  const [finding, ...others] = question.findings;
  const lines = [
    `${style.bold(`${options.index} of ${options.total}`)}   ${finding.rule}   ${finding.severity}, ${finding.confidence} confidence`,
    '',
    `  ${style.bold(`${displayPath(finding.path)}:${finding.span.line}`)}${alsoAt(others)}`,
    ...wrap(displayText(finding.message), style.width - 4).map((line) => `  ${line}`),
    '',
    ...contextOf(finding, judgement, options),
    '',
  ];
  for (const entry of question.entries.slice(0, 1)) {
    const verdict = entry.verdict ? `, ${entry.verdict.replaceAll('-', ' ')}` : '';
    lines.push(style.dim(`  accepted: ${displayText(entry.reason)} (${displayText(entry.author)}${verdict})`), '');
  }
  if (meta) lines.push(...wrap(`if it is real: ${meta.fix}`, style.width - 4).map((line) => `  ${line}`), '');
  lines.push(`  ${keyLine(style)}`);
  return judgement.mask(`${lines.join('\n')}\n`);
}

function keyLine(style: Style): string {
  const keys: [string, string][] = [
    ['f', 'no secret'],
    ['r', 'real'],
    ['v', 'revoked'],
    ['s', 'skip'],
    ['b', 'back'],
    ['m', 'more lines'],
    ['q', 'quit'],
  ];
  return keys.map(([key, word]) => `${style.bold(key)} ${word}`).join('   ');
}

function alsoAt(others: readonly RawFinding[]): string {
  if (others.length === 0) return '';
  const shown = others.slice(0, 3).map(({ path, span }) => `${displayPath(path)}:${span.line}`);
  return `, also at ${shown.join(', ')}${others.length > 3 ? ` and ${count(others.length - 3, 'more place')}` : ''}`;
}

/** The lines around the finding, every secret in them masked. */
function contextOf(finding: RawFinding, { run, raw, hidden }: Judgement, { around, style }: PageOptions): string[] {
  const document = run.targets.find((one) => one.path === finding.path && one.kind !== 'path-name');
  if (!document || document.encoding === 'binary') return [style.dim('  (not text: nothing can be shown)')];
  const ranges = [...raw, ...hidden]
    .filter((one) => one.path === finding.path && one.category === 'secret')
    .map(({ range }) => range);
  const first = Math.max(1, finding.span.line - around);
  const last = Math.min(lineStarts(document).length, Math.max(finding.span.line, finding.span.endLine) + around);
  const out: string[] = [];
  for (let line = first; line <= last; line++) {
    const inside = line >= finding.span.line && line <= finding.span.endLine;
    // A key of fifty lines shows where it begins and ends.
    if (inside && line > finding.span.line + 2 && line < finding.span.endLine) continue;
    const text = displayText(redactLine(document, line, ranges)).slice(0, style.width - 12);
    const number = String(line).padStart(6);
    out.push(inside ? `${style.yellow('▸')}${number} │ ${text}` : style.dim(` ${number} │ ${text}`));
  }
  return out;
}
