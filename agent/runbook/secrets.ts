import type { Report } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { gitOutput, isOid, runGit } from '../git/run.ts';
import { displayPath } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { problemsFatal } from '../report/facts.ts';
import { allMetas } from '../rules/registry.ts';
import type { RunbookCall, Step } from './types.ts';

/** Most commits whose refs are looked up, one process each. */
const most = 50;

/** The secrets of a report. Throws `GitFailure` when it could not look everywhere: that is no ground to act on. */
export function secretsOf(report: Report): Finding[] {
  const fatal = problemsFatal(report.problems)[0];
  if (fatal) throw new GitFailure(fatal);
  return report.findings.filter((finding) => finding.category === 'secret');
}

/** Ids of the commits that brought them, each once. */
export function commitsOf(secrets: readonly Finding[]): string[] {
  return [...new Set(secrets.flatMap((one) => one.commit ?? []))];
}

/** The refs that reach each of these commits, by full name; what `scrub` has kept for itself is left out. */
export async function holdersOf({ git }: RunbookCall, commits: readonly string[]): Promise<Map<string, string[]>> {
  const holders = new Map<string, string[]>();
  for (const oid of commits.slice(0, most)) {
    const output = await gitOutput(git, ['for-each-ref', '--format=%(refname)', `--contains=${oid}`]);
    const names = output.toString('utf8').split('\n');
    holders.set(
      oid,
      names.filter((name) => name !== '' && !name.startsWith('refs/pregate/')),
    );
  }
  return holders;
}

/** Ids that these refs name, each once; an annotated tag counts as the object that it is. */
export async function tipsOf({ git }: RunbookCall, patterns: readonly string[]): Promise<string[]> {
  const output = await gitOutput(git, ['for-each-ref', '--format=%(objectname)', ...patterns]);
  return [...new Set(output.toString('latin1').split('\n').filter(isOid))];
}

/** The first step of both cases: where each kind is rotated, from the rule's own page. */
export async function rotate(secrets: readonly Finding[]): Promise<Step> {
  const metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
  const rules = [...new Set(secrets.map((one) => one.rule))];
  const facts = rules.flatMap((rule) => {
    const places = secrets.filter((one) => one.rule === rule).map(placeOf);
    const more = places.length > 10 ? [`  and ${places.length - 10} more places`] : [];
    const how = metas.get(rule)?.fix.split('. ')[0] ?? 'rotate it where it was issued';
    return [`${rule}: ${how}`, ...places.slice(0, 10), ...more];
  });
  return {
    title: 'Rotate it first',
    why: 'Whoever has read it can use it until then. Issue a new one, put it in its place, revoke the old one.',
    facts,
    commands: rules.slice(0, 5).map((rule) => `pregate explain ${rule}`),
  };
}

/** Findings for a file that others read: rule, place and commit. */
export function plain(secrets: readonly Finding[]): unknown {
  return secrets.map(({ rule, severity, confidence, path, span, commit, fingerprint }) => ({
    rule,
    severity,
    confidence,
    path,
    line: span.line,
    commit,
    fingerprint,
  }));
}

/** The remote that the branch follows, else `origin`, else the first; undefined where there is none. */
export async function remoteOf({ git, place }: RunbookCall): Promise<string | undefined> {
  const list = async (...words: string[]) => {
    const { code, stdout } = await runGit(git, words);
    return code === 0 ? stdout.toString('utf8').split('\n').filter(Boolean) : [];
  };
  const names = await list('remote');
  const branch = place.branchRef?.replace(/^refs\/heads\//, '');
  const [followed] = branch === undefined ? [] : await list('config', '--get', `branch.${branch}.remote`);
  return [followed, 'origin', names[0]].find((name) => name !== undefined && names.includes(name));
}

function placeOf(finding: Finding): string {
  const commit = finding.commit ? ` in ${finding.commit.slice(0, 12)}` : '';
  return `  ${displayPath(finding.path)}:${finding.span.line}${commit}`;
}
