import type { Hover, Position } from 'vscode-languageserver/node';
import type { Finding } from '../model/types.ts';
import type { Decision, Reason } from '../policy/types.ts';
import { escapeMarkdown } from '../report/markdown.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { spanToRange } from './convert.ts';

export interface HoverOptions {
  /** What the gates say. */
  decision: Decision;
  meta: (rule: string) => RuleMeta | undefined;
  pageUri: (rule: string) => string;
}

/** Findings that are explained at one place; more than two would hide the code. */
const HOVER_LIMIT = 2;

/**
 * Why, fix, and where to read more, for the findings at a position: at most six lines each.
 * The message itself is not repeated, because the editor shows it above.
 */
export function hoverAt(findings: readonly Finding[], position: Position, options: HoverOptions): Hover | null {
  const here = findings.filter((finding) => covers(finding, position)).slice(0, HOVER_LIMIT);
  const [first] = here;
  if (!first) return null;
  const value = here.map((finding) => explain(finding, options)).join('\n\n---\n\n');
  return { contents: { kind: 'markdown', value }, range: spanToRange(first.span) };
}

function explain(finding: Finding, options: HoverOptions): string {
  const meta = options.meta(finding.rule);
  const lines = [`**${escapeMarkdown(finding.rule)}** · ${verdictOf(finding, options.decision)}`];
  if (meta) lines.push(...shorten(meta.why, 2), `**Fix:** ${shorten(meta.fix, 1).join(' ')}`);
  lines.push(`[Rule page](${options.pageUri(finding.rule)}) · not a problem? Quick fix *Suppress with reason…*`);
  // Two spaces at the end of a line are a line break in Markdown.
  return lines.join('  \n');
}

/** Which gates refuse it, else which warn about it. */
function verdictOf(finding: Finding, decision: Decision): string {
  const gatesWith = (effect: Reason['effect']): string[] =>
    decision.gates
      .filter(({ reasons }) => reasons.some((one) => one.effect === effect && one.finding === finding.fingerprint))
      .map(({ gate }) => gate);
  const refusing = gatesWith('deny');
  if (refusing.length > 0) return `${refusing.join(' and ')} will be refused`;
  const warning = gatesWith('warn');
  return warning.length > 0 ? `a warning at ${warning.join(' and ')}, refused by no gate` : 'refused by no gate';
}

function shorten(text: string, lines: number): string[] {
  const parts = text.split(/\r?\n/).map((line) => line.trim());
  return parts
    .filter((line) => line !== '')
    .slice(0, lines)
    .map(escapeMarkdown);
}

function covers(finding: Finding, { line, character }: Position): boolean {
  const { start, end } = spanToRange(finding.span);
  if (line < start.line || line > end.line) return false;
  if (line === start.line && character < start.character) return false;
  return line !== end.line || character <= end.character;
}
