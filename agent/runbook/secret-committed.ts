import { word } from '../../hooks/stub.ts';
import { check } from '../gate/check.ts';
import { collectWholeHistory } from '../gate/collect/whole-history.ts';
import { gitOutput } from '../git/run.ts';
import type { Finding } from '../model/types.ts';
import { count } from '../report/style.ts';
import { entriesAbout, leakedOf, whyStep } from './leak.ts';
import { commitsOf, holdersOf, plain, rotate, secretsOf, tipsOf } from './secrets.ts';
import type { Runbook, RunbookCall, Step } from './types.ts';

const heads = 'refs/heads/';

/** A secret is in commits that nobody else has: rotate if in doubt, take it out of every branch, look again, forget. */
export async function secretCommitted(call: RunbookCall): Promise<Runbook> {
  const own = await tipsOf(call, ['refs/heads', 'refs/stash']);
  if (call.place.head !== null) own.push(call.place.head);
  const left = (await tipsOf(call, ['refs/remotes'])).map((oid) => `^${oid}`);
  const revisions = [...new Set(own), ...left];
  const unpushed = await countOf(call, revisions);
  const secrets = unpushed === 0 ? [] : await secretsIn(call, revisions);
  const commits = commitsOf(secrets);
  const found = secrets.length === 0 ? 'no secret' : count(secrets.length, 'secret');
  const evidence = { 'findings.json': plain(secrets) };
  const headline =
    secrets.length === 0
      ? `${found} in the ${count(unpushed, 'commit')} of this clone that were not pushed`
      : `${found} in ${commits.length} of ${count(unpushed, 'commit')} that were not pushed`;
  if (secrets.length === 0) return { case: 'secret-committed', headline, steps: elsewhere, evidence };
  const held = await holdersOf(call, commits);
  const holders = new Set([...held.values()].flat());
  const leaked = await leakedOf(call, commits, held);
  const entries = entriesAbout(call, commits);
  const steps = [
    await rotate(secrets),
    takeOut(call, secrets, holders),
    ...letGo(holders),
    see,
    forget(call, holders),
    whyStep(entries, commits),
  ];
  const more = { 'commits.json': leaked, 'log.json': entries };
  return { case: 'secret-committed', headline, steps, evidence: { ...evidence, ...more } };
}

/** What only this clone has: every branch and stash, not the one branch alone that somebody happens to be on. */
async function secretsIn(call: RunbookCall, revisions: string[]): Promise<Finding[]> {
  const options = { cwd: call.cwd, env: call.env, wholeHistory: collectWholeHistory };
  return secretsOf(await check({ kind: 'history', revisions }, options));
}

async function countOf({ git }: RunbookCall, revisions: readonly string[]): Promise<number> {
  if (revisions.every((oid) => oid.startsWith('^'))) return 0;
  const output = await gitOutput(git, ['rev-list', '--count', '--stdin'], { input: `${revisions.join('\n')}\n` });
  return Number(output.toString('latin1').trim());
}

/** `scrub` works on the branch that is checked out, so it is called once on each that has the value. */
function takeOut({ place }: RunbookCall, secrets: readonly Finding[], holders: ReadonlySet<string>): Step {
  // Without --all only what is certain is taken out.
  const scrub = secrets.every((one) => one.confidence === 'high') ? 'pregate scrub' : 'pregate scrub --all';
  const here = place.branchRef ?? '';
  const others = branchesOf(holders).filter((name) => name !== here);
  const commands = holders.has(here) ? [scrub] : [];
  for (const name of others) commands.push(`git switch ${word(name.slice(heads.length))}`, scrub);
  if (others.length > 0 && here !== '') commands.push(`git switch ${word(here.slice(heads.length))}`);
  const facts = here === '' ? ['HEAD is on no branch, and scrub works on branches: git switch -c NAME first'] : [];
  return {
    title: 'Take it out of the commits that were not pushed',
    why: 'It shows what would change and asks. The old state stays under refs/pregate/backup/ until you delete it.',
    facts,
    commands,
  };
}

/** Tags and stashes are left alone by `scrub`: what becomes of them is for their owner to say. */
function letGo(holders: ReadonlySet<string>): Step[] {
  const tags = [...holders].filter((name) => name.startsWith('refs/tags/')).sort();
  const stash = holders.has('refs/stash');
  if (tags.length === 0 && !stash) return [];
  return [
    {
      title: 'Let go of what else holds it',
      why: 'These still name the old commits; nothing else rewrites them.',
      facts: [
        ...tags.map((name) => `${name}: make it again on the new commit, when it is needed`),
        ...(stash
          ? ['refs/stash: take each entry that was made on the old commits back (git stash pop), or drop it']
          : []),
      ],
      commands: [
        ...tags.map((name) => `git tag -d ${word(name.slice('refs/tags/'.length))}`),
        ...(stash ? ['git stash list'] : []),
      ],
    },
  ];
}

const see: Step = {
  title: 'See that it is gone',
  why: 'Every object that a push would send is looked at again, not only the newest files.',
  commands: ['pregate check --outgoing'],
};

/** Only the logs of HEAD and of these branches: the log of refs/stash is what every stash but the newest lives in. */
function forget({ place }: RunbookCall, holders: ReadonlySet<string>): Step {
  const names = new Set([...(place.branchRef ? [place.branchRef] : []), ...branchesOf(holders)]);
  return {
    title: 'Forget the backup',
    why: 'Once everything is in order: until then the value is still in this repository. What no branch, tag or stash names is gone for good afterwards; stashes stay.',
    commands: [
      `git for-each-ref --format='delete %(refname)' refs/pregate/backup/ | git update-ref --stdin`,
      `git reflog expire --expire-unreachable=now HEAD ${[...names].map(word).join(' ')}`.trimEnd(),
      'git gc --quiet --prune=now',
    ],
  };
}

const branchesOf = (holders: ReadonlySet<string>) => [...holders].filter((name) => name.startsWith(heads)).sort();

const elsewhere: Step[] = [
  {
    title: 'Look where else it may be',
    why: 'It may be staged and not committed, in a commit that was pushed, or one that only a log of git still names.',
    commands: ['pregate check --staged', 'pregate check --history --reflog', 'pregate runbook secret-pushed'],
  },
];
