import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { placeText, signs } from './ladder.ts';
import { count, type Style, wrap } from './style.ts';

/** All that stands behind one gate, one policy rule or the findings of one rule: message, place, remedy, and the line of policy that says so. */
export function renderWhy(report: Report, asked: string, style: Style): string {
  const lines: string[] = [];
  const fingerprints = new Set(report.findings.filter(({ rule }) => rule === asked).map((one) => one.fingerprint));
  for (const gate of report.decision.gates) {
    const reasons = gate.reasons.filter(
      (reason) =>
        gate.gate === asked ||
        reason.rule === asked ||
        reason.rule.endsWith(`/${asked}`) ||
        (reason.finding !== undefined && fingerprints.has(reason.finding)),
    );
    if (reasons.length === 0 && gate.gate !== asked) continue;
    lines.push(
      `  ${signs[gate.answer]} ${style.bold(gate.gate)}   ${displayText(gate.summary)} (${gate.exactness})`,
      '',
    );
    if (reasons.length === 0) lines.push('    No rule of the policy had anything to say.', '');
    for (const reason of reasons) {
      lines.push(`    ${style.bold(reason.rule)}   ${reason.effect}, ${reason.exactness}`);
      for (const line of wrap(displayText(reason.message), style.width - 6)) lines.push(`      ${line}`);
      const place = placeText(reason);
      if (place) lines.push(`      where    ${place}`);
      if (reason.remedy) lines.push(`      remedy   ${displayText(reason.remedy)}`);
      if (reason.unknown?.length) lines.push(`      unknown  ${reason.unknown.join(', ')}`);
      if (reason.effectiveOn) lines.push(`      refuses from ${reason.effectiveOn}`);
      if (reason.source) lines.push(style.dim(`      policy   ${reason.source.file}:${reason.source.line}`));
      lines.push('');
    }
  }
  if (lines.length === 0) return nothing(report, asked, fingerprints.size, style);
  return `${lines.join('\n').trimEnd()}\n`;
}

/** Says what could have been asked for, so that a typing error does not read as "no reason". */
function nothing(report: Report, asked: string, findings: number, style: Style): string {
  const name = displayText(asked);
  if (findings > 0) return `  No gate says anything about the ${count(findings, 'finding')} of ${name}.\n`;
  const gates = report.decision.gates.map((gate) => gate.gate);
  const rules = report.decision.gates.flatMap((gate) => gate.reasons).map((reason) => reason.rule);
  const known = [...new Set([...gates, ...rules])].join(', ');
  return [`Nothing in this preview is called ${name}. It has: ${known}`]
    .flatMap((text) => wrap(text, style.width - 2))
    .map((line) => `  ${line}\n`)
    .join('');
}
