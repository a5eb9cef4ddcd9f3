import type { Report } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import type { Answer, GateDecision, Reason } from '../policy/types.ts';
import { problemsOf } from './facts.ts';
import { count, type Style, wrap } from './style.ts';

/** Sign of each answer; the word beside it carries the same meaning. */
export const signs: Record<Answer, string> = { allow: '✓', warn: '!', deny: '✗', depends: '?' };

const words: Record<Answer, string> = { allow: 'pass', warn: 'warn', deny: 'refuse', depends: 'depends' };

export interface LadderOptions {
  style: Style;
  /** Reasons to print below each gate; 0 prints only the ladder. */
  reasons: number;
}

/** `pregate preview` for a person: one line per gate, then what stands behind each answer, then the way out. */
export function renderLadder(report: Report, options: LadderOptions): string {
  const { style } = options;
  const lines = [title(report, style), ''];
  for (const gate of report.decision.gates) lines.push(...rung(gate, style));
  const reasons = options.reasons > 0 ? reasonLines(report, options) : [];
  if (reasons.length > 0) lines.push('', ...reasons);
  const problems = problemsOf(report);
  if (problems.length > 0) lines.push('');
  for (const problem of problems) {
    const [first = '', ...rest] = wrap(displayText(problem.message), style.width - 4);
    lines.push(`  ${problem.fatal ? style.red('?') : '·'} ${first}`, ...rest.map((line) => `    ${line}`));
  }
  const ways = waysOut(report);
  if (ways.length > 0) {
    lines.push('', `  ${style.bold(`${count(ways.length, 'step')} and it passes:`)}`);
    ways.forEach((way, index) => {
      const [first = '', ...rest] = wrap(displayText(way), style.width - 7);
      lines.push(`    ${index + 1}. ${first}`, ...rest.map((line) => `       ${line}`));
    });
  }
  return `${lines.join('\n')}\n`;
}

function title(report: Report, style: Style): string {
  const policy = `policy ${displayText(report.policy.name)}${report.policy.revision ? `@${report.policy.revision}` : ''}`;
  const left = `  ${style.bold(displayText(report.label))}`;
  const plain = 2 + displayText(report.label).length;
  const gap = Math.max(3, style.width - plain - policy.length);
  return `${left}${' '.repeat(gap)}${style.dim(policy)}`;
}

function rung(gate: GateDecision, style: Style): string[] {
  const paint = { allow: style.green, warn: style.yellow, deny: style.red, depends: style.blue }[gate.answer];
  const exactness = gate.exactness;
  const room = Math.max(30, style.width - 27 - exactness.length - 2);
  const [first = '', ...rest] = wrap(displayText(gate.summary), room);
  const head = `    ${paint(signs[gate.answer])} ${style.bold(gate.gate.padEnd(9))}${paint(words[gate.answer].padEnd(9))}`;
  return [`${head}${first.padEnd(room)}  ${style.dim(exactness)}`, ...rest.map((line) => `${' '.repeat(24)}${line}`)];
}

function reasonLines(report: Report, options: LadderOptions): string[] {
  const { style } = options;
  const lines: string[] = [];
  for (const gate of report.decision.gates) {
    const reasons = gate.reasons.filter((reason) => reason.effect !== 'note');
    if (reasons.length === 0) continue;
    lines.push(`  ${style.bold(gate.gate)}`);
    for (const reason of reasons.slice(0, options.reasons)) lines.push(...reasonBlock(reason, style));
    const hidden = reasons.length - options.reasons;
    if (hidden > 0) lines.push(style.dim(`      and ${hidden} more: pregate preview --why ${gate.gate}`));
  }
  return lines;
}

function reasonBlock(reason: Reason, style: Style): string[] {
  const sign = { deny: style.red('✗'), warn: style.yellow('!'), depends: style.blue('?'), note: ' ' }[reason.effect];
  const [first = '', ...rest] = wrap(displayText(reason.message), style.width - 8);
  const lines = [`    ${sign} ${first}`, ...rest.map((line) => `      ${line}`)];
  const place = placeText(reason);
  const until = reason.effectiveOn && reason.effect === 'warn' ? `, refuses from ${reason.effectiveOn}` : '';
  lines.push(style.dim(`      ${[place, reason.rule + until].filter(Boolean).join('   ')}`));
  return lines;
}

/** `path:line` or a short commit id: where a person has to look. */
export function placeText(reason: Reason): string {
  const { place } = reason;
  if (!place) return '';
  if (place.span) return `${displayPath(place.path)}:${place.span.line}`;
  if (place.commit) return place.commit.slice(0, 7);
  return displayPath(place.path);
}

/** The remedies of everything that denies, each once, in the order of the gates. */
export function waysOut(report: Report): string[] {
  const ways = new Set<string>();
  for (const gate of report.decision.gates) {
    for (const reason of gate.reasons) if (reason.effect === 'deny' && reason.remedy) ways.add(reason.remedy);
  }
  return [...ways];
}
