import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { type Style, wrap } from './style.ts';

/** Why nothing newer came, where a bundle service could not be asked or its answer was refused. */
export function policyLines(report: Report, style: Style): string[] {
  const { note } = report.policy;
  const notes = note === undefined ? [] : wrap(displayText(`the policy was ${note}`), style.width - 4);
  return notes.map((line, index) => `  ${index === 0 ? '· ' : '  '}${line}`);
}
