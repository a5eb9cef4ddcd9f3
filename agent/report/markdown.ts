import type { Report } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import { withTodos } from '../policy/closed.ts';
import { blockingFingerprints, bySeverity, otherDenials, problemsOf } from './facts.ts';
import { keptText, placeText, waysOut } from './ladder.ts';
import { count } from './style.ts';
import { policyTitle, reportTitle } from './title.ts';
import { signs, summaryBesideWord, verdictOf, wordOf } from './verdict.ts';

/** The report as GitHub-flavoured Markdown, to paste into a merge request. All text from the repository is escaped. */
export function markdownReport(report: Report): string {
  const verdict = verdictOf(report);
  const lines = [
    `### Pregate: ${signs[verdict.answer]} ${verdict.text}`,
    '',
    `${escapeMarkdown(reportTitle(report).replace(/ {2,}/, ': '))}`,
    '',
  ];
  lines.push('| gate | answer | why | certainty |', '|---|---|---|---|');
  for (const gate of report.decision.gates) {
    lines.push(
      `| ${gate.gate} | ${signs[gate.answer]} ${wordOf(gate)} | ${escapeMarkdown(summaryBesideWord(gate))} | ${gate.exactness} |`,
    );
  }
  lines.push('', ...findingTable(report));
  const others = otherDenials(report.decision);
  if (others.length > 0) lines.push('', '**Refused**', '');
  for (const reason of others) {
    const kept = keptText(reason);
    const where = [placeText(reason), reason.rule].filter((one) => one !== '').map(code);
    lines.push(`- ${escapeMarkdown(reason.message)} (${where.join(', ')})${kept ? `: ${escapeMarkdown(kept)}` : ''}`);
  }
  const reasons = report.decision.gates.flatMap((gate) => gate.reasons);
  const kept = reasons.filter((one) => one.effect === 'note' && keptText(one) !== '');
  if (kept.length > 0) lines.push('', '**Not refused**', '');
  for (const reason of kept) {
    lines.push(`- ${escapeMarkdown(reason.message)} (${code(reason.rule)}): ${escapeMarkdown(keptText(reason))}`);
  }
  const { title, steps } = waysOut(report);
  if (steps.length > 0) lines.push('', `**${title}**`, '');
  for (const [index, { places, text }] of steps.entries()) {
    lines.push(`${index + 1}. ${places.map(code).join(', ')}${places.length > 0 ? ': ' : ''}${escapeMarkdown(text)}`);
  }
  const problems = problemsOf(report);
  if (problems.length > 0) lines.push('', '**Not checked**', '');
  for (const { problem, todo } of withTodos(problems)) {
    const end = `${problem.fatal ? ` ${code(problem.code)}` : ''}${todo === undefined ? '' : `: ${escapeMarkdown(todo)}`}`;
    lines.push(`- ${escapeMarkdown(problem.message)}${end}`);
  }
  lines.push(
    '',
    `<sub>${escapeMarkdown(policyTitle(report))}, ${report.suppressed.length} suppressed, ${report.now}</sub>`,
  );
  return `${lines.join('\n')}\n`;
}

function findingTable(report: Report): string[] {
  if (report.findings.length === 0) return ['No findings.'];
  const blocking = blockingFingerprints(report.decision);
  const lines = ['| place | severity | rule | what |', '|---|---|---|---|'];
  for (const finding of [...report.findings].sort(bySeverity).slice(0, 100)) {
    const place = `${displayPath(finding.path)}:${finding.span.line}`;
    const severity = blocking.has(finding.fingerprint) ? `**refused** (${finding.severity})` : finding.severity;
    lines.push(`| ${code(place)} | ${severity} | ${finding.rule} | ${escapeMarkdown(finding.message)} |`);
  }
  if (report.findings.length > 100) lines.push('', `…and ${count(report.findings.length - 100, 'more finding')}.`);
  return lines;
}

/** A code span that text with backticks cannot leave. */
function code(text: string): string {
  const safe = displayText(text).replace(/\|/g, '\\|');
  return safe.includes('`') ? `\`\` ${safe} \`\`` : `\`${safe}\``;
}

/** Escapes what Markdown or HTML would read as markup; a mention or a link in a file name must stay text. */
export function escapeMarkdown(text: string): string {
  return displayText(text)
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;');
}
