import { logFolder } from '../audit/log.ts';
import { readEntries } from '../audit/verify.ts';
import { check } from '../gate/check.ts';
import { gitOutput, runGit } from '../git/run.ts';
import { exitCodeOf } from '../report/facts.ts';
import { count } from '../report/style.ts';
import { protectedBranch } from './key.ts';
import { leakedOf, minute } from './leak.ts';
import { holdersOf } from './secrets.ts';
import type { Runbook, RunbookCall } from './types.ts';

/** A commit went past the hooks: look at it now, find out why, and let CI be the one that decides. */
export async function hookBypassed(call: RunbookCall): Promise<Runbook> {
  const entries = readEntries(logFolder(call.place.commonDir, call.env));
  const bypasses = entries.filter((entry) => entry.event === 'bypass');
  const report = await check({ kind: 'outgoing' }, { cwd: call.cwd, env: call.env });
  const refused = exitCodeOf(report, ['push']) !== 0;
  const commits = [...new Set(bypasses.flatMap(({ commit }) => commit ?? []))];
  const there = await present(call, commits.slice(-most));
  const leaked = await leakedOf(call, there, await holdersOf(call, there));
  const out = new Map(leaked.map(({ commit, reached }) => [commit, reached]));
  const pushed = leaked.filter(({ reached }) => reached.length > 0).length;
  const facts = bypasses
    .slice(-10)
    .flatMap(({ ts, how, commit = '' }) => [
      `${minute(ts)}  ${commit.slice(0, 12)}  ${how}${there.includes(commit) ? '' : ', not here any more'}`,
      ...(out.get(commit) ?? []).map(
        ({ ref, at }) => `  on ${ref.replace(/^refs\/remotes\//, '')} since ${minute(at)}`,
      ),
    ]);
  return {
    case: 'hook-bypassed',
    headline: `${count(bypasses.length, 'commit')} past the hooks in the log${pushed > 0 ? `, ${pushed} on a remote` : ''}; a push now would ${refused ? 'be refused' : 'pass'}`,
    evidence: { 'bypasses.json': bypasses, 'commits.json': leaked, 'decision.json': report.decision },
    steps: [
      {
        title: 'Look at what went past',
        why: 'The push hook looks at every outgoing object, whatever the commit hook has seen; this is what it would say.',
        facts,
        commands: ['pregate check --outgoing', 'pregate log --event bypass'],
      },
      {
        title: 'Take out what must not leave',
        why: 'Before it is pushed this costs nothing.',
        commands: ['pregate scrub', 'pregate preview'],
      },
      {
        title: 'See why the hooks did not run',
        why: 'git commit -n, another hooksPath, a hook that is not executable, a client that runs none: each leaves its trace.',
        commands: [
          'pregate doctor',
          'git config --show-origin --get-all core.hooksPath || echo "core.hooksPath is not set"',
          'pregate init',
        ],
      },
      {
        title: pushed > 0 ? 'It was pushed: judge it where it counts' : 'If it was pushed, judge it where it counts',
        why: 'The same judgement in CI or on the server trusts nothing of this machine.',
        commands: [`pregate ci --range ${await baseOf(call, commits)}..HEAD`, 'pregate runbook secret-pushed'],
      },
    ],
  };
}

/** Newest commits that are looked at. */
const most = 20;

/** Those that this clone still has: an amended commit is thrown away after a while. */
async function present({ git }: RunbookCall, oids: readonly string[]): Promise<string[]> {
  if (oids.length === 0) return [];
  const input = `${oids.join('\n')}\n`;
  const lines = (await gitOutput(git, ['cat-file', '--batch-check'], { input })).toString('latin1').split('\n');
  return oids.filter((_, index) => / commit \d+$/.test(lines[index] ?? ''));
}

/** What was there before the oldest commit that went past the hooks; else where the branch left the protected one. */
async function baseOf({ git, place }: RunbookCall, bypassed: readonly string[]): Promise<string> {
  if (place.head === null) return 'HEAD';
  for (const oid of bypassed) {
    const here = await runGit(git, ['merge-base', '--is-ancestor', oid, 'HEAD']);
    const parent = here.code === 0 ? await runGit(git, ['rev-parse', '--verify', '-q', `${oid}^`]) : here;
    if (parent.code === 0) return parent.stdout.toString('latin1').trim().slice(0, 12);
  }
  const main = await protectedBranch(git);
  if (main !== 'HEAD') return main;
  const roots = (await gitOutput(git, ['rev-list', '--max-parents=0', 'HEAD'])).toString('latin1').trim();
  return roots.split('\n')[0]?.slice(0, 12) ?? 'HEAD';
}
