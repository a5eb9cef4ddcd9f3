import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { count } from './style.ts';

/** `feature/login → origin/main`, or why nothing can be compared. */
export function branchTitle({ repo }: Pick<Report, 'repo'>): string {
  if (!repo.git) return 'not a git repository';
  const here = repo.branch ?? (repo.head ? `detached at ${repo.head.slice(0, 7)}` : 'no commit yet');
  const base = repo.upstreamBase?.replace(/^refs\/(remotes|heads)\//, '');
  return displayText(base ? `${here} → ${base}` : `${here}, no remote to compare with`);
}

/** What was judged: `feature/login → origin/main   3 commits, 7 files`; else the scope in its own words. */
export function reportTitle(report: Report): string {
  const what = `${count(report.commits.length, 'commit')}, ${count(report.changes.length, 'file')}`;
  if (report.scope === 'outgoing' && report.repo.upstreamBase !== null && (report.push?.refs.length ?? 0) < 2) {
    return `${branchTitle(report)}   ${what}`;
  }
  return displayText(report.label);
}

/** `policy acme/gates@41 (2 h old, signature good, own Rego engine)`: which policy, how old, who vouches for it, which engine answered. */
export function policyTitle(report: Report): string {
  const { name, revision, signature, kind, confirmed } = report.policy;
  const engine = report.policy.engine ?? report.decision.engine?.replace(/ \(.*\)$/, '');
  const facts = [
    confirmed === undefined ? undefined : `${ageText(confirmed, report.now)} old`,
    kind === 'built-in' || signature === ''
      ? undefined
      : signature.startsWith('good')
        ? `signature ${signature}`
        : signature,
    engine,
  ].filter((fact) => fact !== undefined && fact !== '');
  const tail = facts.length > 0 ? ` (${facts.join(', ')})` : '';
  return displayText(`policy ${name}${revision ? `@${revision}` : ''}${tail}`);
}

/** `40 s`, `5 min`, `2 h`, `3 d`: an age in one unit. */
export function ageText(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 129_600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
