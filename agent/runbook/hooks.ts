import path from 'node:path';
import { quote } from '../../hooks/stub.ts';
import { readAllEnvelopes } from '../attest/notes.ts';
import { openPayload } from '../attest/payload.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { checkpointsOf, logFolder } from '../audit/log.ts';
import { readEntries, verifyLog } from '../audit/verify.ts';
import { check } from '../gate/check.ts';
import { gitOutput, isOid, runGit } from '../git/run.ts';
import { exitCodeOf } from '../report/facts.ts';
import { count } from '../report/style.ts';
import { stateFolder } from '../state.ts';
import type { Runbook, RunbookCall } from './types.ts';

/** A commit went past the hooks: look at it now, find out why, and let CI be the one that decides. */
export async function hookBypassed(call: RunbookCall): Promise<Runbook> {
  const entries = readEntries(logFolder(call.place.commonDir, call.env));
  const bypasses = entries.filter((entry) => entry.event === 'bypass');
  const report = await check({ kind: 'outgoing' }, { cwd: call.cwd, env: call.env });
  const refused = exitCodeOf(report, ['push']) !== 0;
  const facts = bypasses
    .slice(-10)
    .map(
      (entry) => `${entry.ts} ${entry.event === 'bypass' ? `${entry.how} ${entry.commit?.slice(0, 12) ?? ''}` : ''}`,
    );
  return {
    case: 'hook-bypassed',
    headline: `${count(bypasses.length, 'commit')} past the hooks in the log; a push now would ${refused ? 'be refused' : 'pass'}`,
    evidence: { 'bypasses.json': bypasses, 'decision.json': report.decision },
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
        title: 'If it was pushed, judge it where it counts',
        why: 'The same judgement in CI or on the server trusts nothing of this machine.',
        commands: [`pregate ci --range ${await baseOf(call)}..HEAD`, 'pregate runbook secret-pushed'],
      },
    ],
  };
}

/** Where the branch left the protected one; the first commit when there is no remote to compare with. */
async function baseOf({ git, place }: RunbookCall): Promise<string> {
  if (place.head === null) return 'HEAD';
  for (const name of ['origin/HEAD', '@{upstream}', 'origin/main', 'origin/master']) {
    const { code } = await runGit(git, ['rev-parse', '--verify', '-q', '--end-of-options', `${name}^{commit}`]);
    if (code === 0) return name;
  }
  const roots = (await gitOutput(git, ['rev-list', '--max-parents=0', 'HEAD'])).toString('latin1').trim();
  return roots.split('\n')[0]?.slice(0, 12) ?? 'HEAD';
}

/** The audit log does not fit what was signed or seen: keep it, find where it parts, start anew in the open. */
export async function logForked(call: RunbookCall): Promise<Runbook> {
  const folder = logFolder(call.place.commonDir, call.env);
  const report = verifyLog(folder, call.env);
  const signed = checkpointsOf(folder).map(({ note }) => note);
  const pushed = await pushedCheckpoints(call);
  const sizes = (notes: readonly string[]) => notes.flatMap((note) => readCheckpoint(note)?.size ?? []);
  const copy = path.join('..', `pregate-audit-${call.now.toISOString().slice(0, 10)}`);
  return {
    case: 'log-forked',
    headline:
      report.problems.length === 0
        ? `the log of ${report.entries} entries is whole and fits its ${report.checkpoints} checkpoints`
        : (report.problems[0] as string),
    evidence: { 'log-verify.json': report, 'checkpoints.json': { signed, pushed } },
    steps: [
      {
        title: 'Keep it as it is',
        why: 'The damaged log is the evidence. A copy first; the next two steps only look.',
        commands: [`cp -a ${quote(folder)} ${quote(copy)}`],
      },
      {
        title: 'Find where it parts',
        why: 'The largest signed size whose root still fits is the last moment both agree.',
        facts: [
          ...report.problems.slice(0, 5),
          `signed here: ${sizes(signed).slice(-8).join(', ') || 'nothing'}`,
          `seen by others in statements: ${sizes(pushed).slice(-8).join(', ') || 'nothing'}`,
        ],
        commands: ['pregate log verify', 'pregate log --since 30d'],
      },
      {
        title: 'Find out how',
        why: 'A restored backup, a copied home folder and two machines with one state folder fork a log without anybody meaning to. Otherwise somebody with access to this account has changed it.',
        commands: [`ls -la ${quote(folder)}`, 'last -n 20 || who -a'],
      },
      {
        title: 'Tell the team, and begin a new log',
        why: 'Only when the log is damaged. CI refuses statements of a forked log; a new installation key makes a new origin, which the team sees as such. The old log stays beside it.',
        commands: [
          `mv ${quote(folder)} ${quote(`${folder}.forked`)}`,
          `mv ${quote(path.join(stateFolder(call.env), 'audit-key'))} ${quote(path.join(stateFolder(call.env), 'audit-key.forked'))}`,
          // Whoever has never stated anything has nobody who waits for the new log.
          ...(pushed.length > 0 ? ['pregate attest && pregate attest push'] : []),
          'pregate log verify',
        ],
      },
    ],
  };
}

/** What statements on the last hundred commits say of a log. */
async function pushedCheckpoints({ git, place }: RunbookCall): Promise<string[]> {
  if (place.head === null) return [];
  const words = ['rev-list', '--max-count=100', place.head];
  const oids = (await gitOutput(git, words)).toString('latin1').split('\n').filter(isOid);
  const notes: string[] = [];
  for (const envelopes of (await readAllEnvelopes(git, oids.reverse())).values()) {
    for (const envelope of envelopes) notes.push(openPayload(envelope)?.checkpoint ?? '');
  }
  return notes.filter((note) => note !== '');
}
