import { type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import type { Report } from '../gate/types.ts';
import type { Reason } from '../policy/types.ts';
import { keptText } from '../report/ladder.ts';
import { spanToRange } from './convert.ts';

/**
 * What a central policy says about one file, on the lines that caused it. Reasons that rest on a finding are drawn as that
 * finding; those of the built-in gates stand in the ladder, because their findings are drawn already.
 */
export function reasonDiagnostics({ decision, policy, findings }: Report, path: string): Diagnostic[] {
  if (policy.kind === 'built-in') return [];
  const taken = new Set(findings.filter((finding) => finding.path === path).map((finding) => finding.span.line));
  const seen = new Map<string, Reason>();
  for (const reason of decision.gates.flatMap((gate) => gate.reasons)) {
    if (reason.place?.path !== path || reason.finding !== undefined) continue;
    if (reason.effect !== 'deny' && reason.effect !== 'warn') continue;
    const line = reason.place.span?.line ?? 1;
    if (reason.effect === 'warn' && taken.has(line) && reason.rule.startsWith(`${reason.gate}/`)) continue;
    const key = `${line}\0${reason.rule}\0${reason.message}`;
    // Two gates may say the same; the stronger of them is drawn.
    if (seen.get(key)?.effect !== 'deny') seen.set(key, reason);
  }
  return [...seen.values()].map(diagnosticOf);
}

/** The same for every file of the index and of the outgoing commits; what is staged is newer and told instead. */
export function reasonsByPath(staged: Report | undefined, outgoing: Report | undefined): Map<string, Diagnostic[]> {
  const inIndex = new Set(staged?.changes.map((change) => change.path));
  const out = new Map<string, Diagnostic[]>();
  for (const report of [staged, outgoing]) {
    if (!report) continue;
    const reasons = report.decision.gates.flatMap((gate) => gate.reasons);
    for (const path of new Set(reasons.flatMap((reason) => reason.place?.path ?? []))) {
      if (/^(commit:|refs\/|COMMIT_EDITMSG$)/.test(path) || (report === outgoing && inIndex.has(path))) continue;
      const drawn = reasonDiagnostics(report, path);
      if (drawn.length > 0) out.set(path, [...(out.get(path) ?? []), ...drawn]);
    }
  }
  return out;
}

/** What is about a whole document or block is drawn at its beginning: a page of red lines says nothing more. */
function firstLine({ start, end }: Range): Range {
  return { start, end: start.line === end.line ? end : { line: start.line, character: endOfLine } };
}

/** A character beyond the end of a line means its end (Language Server Protocol, `Position`). */
const endOfLine = 2 ** 31 - 1;

function diagnosticOf(reason: Reason): Diagnostic {
  const { place, rule, effect, message, remedy, gate } = reason;
  const zero = { line: 0, character: 0 };
  const kept = keptText(reason);
  const way = `${remedy === undefined ? '' : `\n${remedy}`}${kept === '' ? '' : `\n${kept}`}`;
  return {
    range: place?.span ? firstLine(spanToRange(place.span)) : { start: zero, end: zero },
    severity: effect === 'deny' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'pregate',
    code: rule,
    message: `${message}${way}\n${effect === 'deny' ? 'Refused' : 'Warned of'} by the gate ${gate}.`,
  };
}
