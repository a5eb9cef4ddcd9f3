import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { type Style, wrap } from './style.ts';

/**
 * What a person should know about a policy that is not the built-in one: its signature, how old the copy is and which
 * engine answered; then why nothing newer came.
 */
export function policyLines(report: Report, style: Style): string[] {
  const { kind, signature, confirmed, engine, note } = report.policy;
  if (kind === 'built-in' || report.policy.digest === '') return [];
  const age = confirmed === undefined ? undefined : `confirmed ${ageOf(confirmed, report.now)}`;
  const facts = [signature === 'unsigned' ? 'unsigned' : `signature ${signature}`, age, engine];
  const lines = wrap(displayText(facts.filter(Boolean).join(' · ')), style.width - 2);
  const notes = note === undefined ? [] : wrap(displayText(`the policy was ${note}`), style.width - 4);
  return [
    ...lines.map((line) => `${' '.repeat(Math.max(2, style.width - line.length))}${style.dim(line)}`),
    ...notes.map((line, index) => `  ${index === 0 ? '· ' : '  '}${line}`),
  ];
}

/** `3 days ago`, `5 h ago`, `just now`; a day to come asks about today's copy. */
function ageOf(confirmed: string, now: string): string {
  const minutes = Math.floor((Date.parse(now) - Date.parse(confirmed)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 120) return `${minutes} min ago`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 1440)} days ago`;
}
