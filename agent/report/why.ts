import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { placeText, signs } from './ladder.ts';
import { type Style, wrap } from './style.ts';

/** All that stands behind one gate or one policy rule: message, place, remedy, and the line of policy that says so. */
export function renderWhy(report: Report, asked: string, style: Style): string {
  const lines: string[] = [];
  for (const gate of report.decision.gates) {
    const reasons = gate.reasons.filter(
      (reason) => gate.gate === asked || reason.rule === asked || reason.rule.endsWith(`/${asked}`),
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
  if (lines.length === 0) return `  Nothing in this preview is called ${displayText(asked)}.\n`;
  return `${lines.join('\n').trimEnd()}\n`;
}
