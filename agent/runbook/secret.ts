import { quote } from '../../hooks/stub.ts';
import { check } from '../gate/check.ts';
import { collectWholeHistory } from '../gate/collect/whole-history.ts';
import type { Report } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { gitOutput } from '../git/run.ts';
import { displayPath } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { problemsFatal } from '../report/facts.ts';
import { count } from '../report/style.ts';
import { allMetas } from '../rules/registry.ts';
import type { Runbook, RunbookCall, Step } from './types.ts';

/** A secret is in commits that nobody else has: rotate if in doubt, take it out, look again. */
export async function secretCommitted(call: RunbookCall): Promise<Runbook> {
  const report = whole(await check({ kind: 'outgoing' }, { cwd: call.cwd, env: call.env }));
  const secrets = secretsOf(report);
  const steps: Step[] = [
    ...(await rotate(secrets)),
    {
      title: 'Take it out of the commits that were not pushed',
      why: 'It shows what would change and asks. The old state stays under refs/pregate/backup/ until you delete it.',
      commands: ['pregate scrub'],
    },
    {
      title: 'See that it is gone',
      why: 'Every object that a push would send is looked at again, not only the newest files.',
      commands: ['pregate check --outgoing'],
    },
    {
      title: 'Forget the backup',
      why: 'Once everything is in order: until then the value is still in this repository.',
      commands: [
        `git for-each-ref --format='delete %(refname)' refs/pregate/backup/ | git update-ref --stdin`,
        'git reflog expire --expire=now --all && git gc --prune=now',
      ],
    },
  ];
  return {
    case: 'secret-committed',
    headline: `${count(secrets.length, 'secret')} in ${count(report.commits.length, 'commit')} that were not pushed`,
    steps,
    evidence: { 'findings.json': plain(secrets) },
  };
}

/** A secret has left: it must be revoked; taking it out of the history comes second and undoes nothing. */
export async function secretPushed(call: RunbookCall): Promise<Runbook> {
  const wholeHistory = collectWholeHistory;
  const history = whole(await check({ kind: 'history' }, { cwd: call.cwd, env: call.env, wholeHistory }));
  const wanted = call.operand;
  const secrets = secretsOf(history).filter((one) => !wanted || (one.commit ?? '').startsWith(wanted));
  const commits = [...new Set(secrets.flatMap((one) => one.commit ?? []))];
  const refs = await refsWith(call, commits);
  const steps: Step[] = [
    ...(await rotate(secrets)),
    {
      title: 'Find out who can have read it',
      why: 'Everything that names one of these commits has it: branches, tags, forks, merge requests, caches, CI logs.',
      facts: refs.length > 0 ? refs : ['no ref of this clone names them any more; the remote may still have them'],
      commands: ['git fetch --all --tags', ...commits.slice(0, 5).map((oid) => `git branch --all --contains ${oid}`)],
    },
    {
      title: 'Look for its use',
      why: 'The access log of the vendor says whether somebody used it between the push and the rotation.',
      facts: commits.length > 0 ? await datesOf(call, commits) : [],
    },
    {
      title: 'Rewrite the history only when the team has agreed',
      why: 'It moves every later commit of everybody, and the forge keeps the old objects until its support removes them. A rotated value in an old commit does no harm. It is done in a copy: write each value and what takes its place into a file, look at the copy, then replace the remote. git filter-repo is a tool of its own: pip install git-filter-repo.',
      facts: secrets.length > 0 ? ['in the file, one line for each value: VALUE==>REMOVED'] : [],
      commands: secrets.length > 0 ? rewrite : [],
    },
    {
      title: 'Write down that it was rotated',
      why: 'So that the next look at the history says what was done, and the same value is found again if it comes back.',
      commands: [`pregate baseline create --reason ${quote(`rotated on ${call.now.toISOString().slice(0, 10)}`)}`],
    },
  ];
  const headline = `${count(secrets.length, 'secret')} in ${count(commits.length, 'commit')} of the history`;
  return { case: 'secret-pushed', headline, steps, evidence: { 'findings.json': plain(secrets), 'refs.json': refs } };
}

/**
 * In a mirror beside the repository: filter-repo refuses to work in a clone that somebody works in, and forgets the remote. Values
 * are replaced, since taking the whole file away would take it out of today's tree too.
 */
const rewrite = [
  // Stopped here as long as the file is empty: without a value nothing would be replaced.
  '${EDITOR:-vi} ../pregate-replace.txt && test -s ../pregate-replace.txt',
  'git clone --mirror "$(git remote get-url origin)" ../pregate-rewrite.git',
  'git -C ../pregate-rewrite.git filter-repo --replace-text ../pregate-replace.txt',
  `git -C ../pregate-rewrite.git push --force "$(git remote get-url origin)" 'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*'`,
  'rm ../pregate-replace.txt',
];

/** A report that could not look is no ground to act on. */
function whole(report: Report): Report {
  const fatal = problemsFatal(report.problems)[0];
  if (fatal) throw new GitFailure(fatal);
  return report;
}

function secretsOf(report: Report): Finding[] {
  return report.findings.filter((finding) => finding.category === 'secret');
}

/** The first step of both: where each kind is rotated, from the rule's own page. */
async function rotate(secrets: readonly Finding[]): Promise<Step[]> {
  const metas = new Map((await allMetas()).map((meta) => [meta.id, meta]));
  const rules = [...new Set(secrets.map((one) => one.rule))];
  const facts = rules.flatMap((rule) => [
    `${rule}: ${metas.get(rule)?.fix.split('. ')[0] ?? 'rotate it where it was issued'}`,
    ...secrets
      .filter((one) => one.rule === rule)
      .slice(0, 10)
      .map(placeOf),
  ]);
  return [
    {
      title: 'Rotate it first',
      why: 'Whoever has read it can use it until then. Issue a new one, put it in its place, revoke the old one.',
      facts: facts.length > 0 ? facts : ['nothing is found here now; name the commit if you know it'],
      commands: rules.slice(0, 5).map((rule) => `pregate explain ${rule}`),
    },
  ];
}

function placeOf(finding: Finding): string {
  const commit = finding.commit ? ` in ${finding.commit.slice(0, 12)}` : '';
  return `  ${displayPath(finding.path)}:${finding.span.line}${commit}`;
}

async function refsWith({ git }: RunbookCall, commits: readonly string[]): Promise<string[]> {
  const refs = new Set<string>();
  for (const oid of commits.slice(0, 50)) {
    const output = await gitOutput(git, ['for-each-ref', '--format=%(refname)', `--contains=${oid}`]);
    for (const ref of output.toString('utf8').split('\n')) if (ref !== '') refs.add(ref);
  }
  return [...refs].sort();
}

async function datesOf({ git }: RunbookCall, commits: readonly string[]): Promise<string[]> {
  const words = ['log', '--no-walk', '--no-show-signature', '--format=%h committed %cI', ...commits.slice(0, 20), '--'];
  return (await gitOutput(git, words)).toString('utf8').trim().split('\n');
}

/** Findings for a file that others read: rule, place and commit. */
function plain(secrets: readonly Finding[]): unknown {
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
