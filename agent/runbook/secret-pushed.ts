import path from 'node:path';
import { word } from '../../hooks/stub.ts';
import type { Entry } from '../audit/events.ts';
import { check } from '../gate/check.ts';
import { collectWholeHistory } from '../gate/collect/whole-history.ts';
import { runGit } from '../git/run.ts';
import { displayPath } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { count } from '../report/style.ts';
import { entriesAbout, type Leaked, leakedOf, whenLines, whyStep } from './leak.ts';
import { commitsOf, holdersOf, plain, remoteOf, rotate, secretsOf } from './secrets.ts';
import type { Runbook, RunbookCall, Step } from './types.ts';

/** A secret has left: it must be revoked; taking it out of the history comes last and undoes nothing. */
export async function secretPushed(call: RunbookCall): Promise<Runbook> {
  const options = { cwd: call.cwd, env: call.env, wholeHistory: collectWholeHistory };
  const wanted = call.operand;
  const all = secretsOf(await check({ kind: 'history' }, options));
  const holders = await holdersOf(call, commitsOf(all));
  const remote = await remoteOf(call);
  // A commit that only a branch or a stash of this clone has was not pushed; what a tag names may have been.
  const left = (one: Finding) => holders.get(one.commit ?? '')?.some((ref) => /^refs\/(?:remotes|tags)\//.test(ref));
  const chosen = (one: Finding) => (wanted ? (one.commit ?? '').startsWith(wanted) : left(one) !== false);
  const secrets = all.filter(chosen);
  const commits = commitsOf(secrets);
  const refs = [...new Set(commits.flatMap((oid) => holders.get(oid) ?? []))].sort();
  const leaked = await leakedOf(call, commits, holders);
  const entries = entriesAbout(call, commits);
  const here = all.length - secrets.length;
  const others =
    here > 0 && !wanted ? `; ${here} ${here === 1 ? 'was' : 'were'} not pushed: pregate runbook secret-committed` : '';
  const found =
    secrets.length === 0 ? 'no secret' : `${count(secrets.length, 'secret')} in ${count(commits.length, 'commit')}`;
  return {
    case: 'secret-pushed',
    headline: `${found} of the history that was pushed${others}`,
    steps: secrets.length === 0 ? unknown : await stepsFor(call, { secrets, commits, refs, remote, leaked, entries }),
    evidence: {
      'findings.json': plain(secrets),
      'refs.json': refs,
      'commits.json': leaked,
      'log.json': entries,
    },
  };
}

interface Leak {
  secrets: readonly Finding[];
  commits: readonly string[];
  refs: string[];
  remote: string | undefined;
  leaked: readonly Leaked[];
  entries: readonly Entry[];
}

async function stepsFor(call: RunbookCall, leak: Leak): Promise<Step[]> {
  const { secrets, commits, refs, remote, leaked, entries } = leak;
  const fetch = remote === undefined ? [] : [`git fetch ${word(remote)}`];
  return [
    await rotate(secrets),
    {
      title: 'Find out who can have read it',
      why: 'Everything that names one of these commits has it: branches, tags, forks, merge requests, caches, CI logs.',
      facts: refs.length > 0 ? refs : ['no ref of this clone names them any more; the remote may still have them'],
      commands: [...fetch, ...commits.slice(0, 5).map((oid) => `git for-each-ref --contains ${oid}`)],
    },
    {
      title: 'Look for its use',
      why: 'The access log of the vendor says whether somebody used it between the push and the rotation.',
      facts: whenLines(leaked),
    },
    ...(await stillThere(call, secrets)),
    whyStep(entries, commits),
    {
      title: 'Write down that it was rotated',
      why: 'So that the next look at the history says what was done. The baseline holds no value. Where the history is rewritten, this is not needed.',
      commands: placesOf(call, secrets).map(
        (place) =>
          `pregate suppress --history ${word(place)} --reason ${word(`rotated on ${call.now.toISOString().slice(0, 10)}`)}`,
      ),
    },
    ...(await rewrite(call, leak)),
  ];
}

/** What today's tree still holds goes out again with every clone, and comes back with the next commit. */
async function stillThere({ git, place }: RunbookCall, secrets: readonly Finding[]): Promise<Step[]> {
  const paths = [...new Set(secrets.map((one) => one.path).filter((one) => !one.includes(':')))];
  if (place.head === null || paths.length === 0) return [];
  const { stdout } = await runGit(git, ['ls-tree', '-z', '--name-only', 'HEAD', '--', ...paths.slice(0, 200)]);
  const there = stdout.toString('utf8').split('\0').filter(Boolean);
  if (there.length === 0) return [];
  return [
    {
      title: 'Take it out of the files of today',
      why: 'These files are still in the newest commit. Where a value is still in one, it belongs into the environment or a secret store; a commit without it is all that is needed once it is void.',
      facts: there.slice(0, 10).map(displayPath),
      commands: ['pregate check --all || true'],
    },
  ];
}

/** `path:line` of each as it is named from here, once: the same place in ten commits is one entry. */
function placesOf({ cwd, place }: RunbookCall, secrets: readonly Finding[]): string[] {
  const named = (file: string) => path.relative(cwd, path.join(place.root, displayPath(file)));
  const places = secrets.map((one) => `${named(one.path)}:${one.span.line}`);
  return [...new Set(places)].slice(0, 20);
}

/**
 * In a mirror beside the repository: filter-repo refuses to work in a clone that somebody works in, and forgets the remote. Values
 * are replaced, since taking the whole file away would take it out of today's tree too.
 */
async function rewrite(call: RunbookCall, { remote }: Leak): Promise<Step[]> {
  const title = 'Rewrite the history only when the team has agreed';
  const why =
    'It moves every later commit of everybody, takes the signatures of all of them away, and the forge keeps the old objects until its support removes them. A rotated value in an old commit does no harm. It is done in a copy: write each value and what takes its place into a file, look at the copy, then replace the remote. git filter-repo is a tool of its own: pip install git-filter-repo.';
  if (remote === undefined) return [{ title, why, facts: ['no remote is set up in this clone'] }];
  const beside = path.relative(call.cwd, path.dirname(call.place.root)) || '.';
  const file = word(path.join(beside, 'pregate-replace.txt'));
  const copy = word(path.join(beside, 'pregate-rewrite.git'));
  const url = `"$(git remote get-url ${word(remote)})"`;
  return [
    {
      title,
      why,
      facts: ['in the file, one line for each value: VALUE==>REMOVED'],
      commands: [
        // Stopped here as long as the file is empty: without a value nothing would be replaced. Nobody else may read it.
        `(umask 077 && \${EDITOR:-vi} ${file}) && test -s ${file}`,
        `git clone --mirror ${url} ${copy}`,
        `git -C ${copy} filter-repo --replace-text ../pregate-replace.txt --replace-message ../pregate-replace.txt`,
        `git -C ${copy} push --force ${url} 'refs/heads/*:refs/heads/*' 'refs/tags/*:refs/tags/*'`,
        `rm -rf ${file} ${copy}`,
      ],
    },
    ...(await takeOver(call, remote)),
  ];
}

/** Every clone goes over to the new history, or the next push of one brings the old one back. */
async function takeOver({ git, place }: RunbookCall, remote: string): Promise<Step[]> {
  const asked = await runGit(git, ['rev-parse', '--verify', '-q', '--symbolic-full-name', '@{upstream}']);
  const upstream = asked.code === 0 ? asked.stdout.toString('utf8').trim() : '';
  const old = upstream && (await runGit(git, ['rev-parse', upstream])).stdout.toString('latin1').trim().slice(0, 12);
  const onto = upstream.replace(/^refs\/(?:remotes|heads)\//, '');
  const branch = place.branchRef;
  return [
    {
      title: 'Take the new history over, in every clone',
      why: 'Otherwise the next push of a clone brings the old history back. Commits of your own are put on the new one; other branches need the same. Then the old objects are forgotten; stashes stay.',
      commands: [
        `git fetch --prune --tags --force ${word(remote)}`,
        ...(onto === '' || branch === null ? [] : [`git rebase --autostash --onto ${word(onto)} ${old}`]),
        `git for-each-ref --format='%(refname)' refs/heads refs/remotes | xargs git reflog expire --expire-unreachable=now HEAD`,
        'git gc --quiet --prune=now',
      ],
    },
  ];
}

const unknown: Step[] = [
  {
    title: 'Find the commit',
    why: 'Nothing is found in what this clone knows of the remote. Fetch first; if you know the commit, name it. A secret without a pattern of its own is found by nobody but you: rotate it all the same.',
    commands: ['git fetch --all', 'pregate check --history --reflog', 'pregate rules'],
  },
];
