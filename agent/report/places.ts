import { displayPath } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { count } from './style.ts';

/** A finding, with the other places where the same secret stands. */
export type Places = [Finding, ...Finding[]];

/** What all places of one secret share; undefined for what is no secret. */
export function valueKey({ rule, secret }: Finding): string | undefined {
  return secret === undefined ? undefined : `${rule} ${secret}`;
}

/** A secret that was copied is one thing to do, so it is told once, at its first place; each place stays a finding of its own. */
export function oncePerValue(findings: readonly Finding[]): Places[] {
  const groups = new Map<string, Places>();
  for (const [index, finding] of findings.entries()) {
    const key = valueKey(finding) ?? String(index);
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

/** `also at 7:3, b.env:2:1`: lines of the same file, paths of others; eight, and how many more. */
export function alsoAt(finding: Finding, more: readonly Finding[]): string {
  const placeOf = ({ path, span, commit }: Finding): string => {
    const place = `${span.line}:${span.column}`;
    if (path === finding.path && commit === finding.commit) return place;
    return `${displayPath(path)}:${place}${commit ? ` (${commit.slice(0, 7)})` : ''}`;
  };
  const shown = more.slice(0, 8).map(placeOf).join(', ');
  return `also at ${shown}${more.length > 8 ? ` and ${count(more.length - 8, 'more place')}` : ''}`;
}
