import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Report } from '../gate/types.ts';
import type { Reason } from '../policy/types.ts';
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

function diagnosticOf({ place, rule, effect, message, remedy, gate }: Reason): Diagnostic {
  const zero = { line: 0, character: 0 };
  const way = remedy === undefined ? '' : `\n${remedy}`;
  return {
    range: place?.span ? spanToRange(place.span) : { start: zero, end: zero },
    severity: effect === 'deny' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: 'pregate',
    code: rule,
    message: `${message}${way}\n${effect === 'deny' ? 'Refused' : 'Warned of'} by the gate ${gate}.`,
  };
}
