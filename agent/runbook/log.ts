import path from 'node:path';
import { word } from '../../hooks/stub.ts';
import { statedCheckpoints, statedProblems } from '../attest/seen.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import { parseLine } from '../audit/events.ts';
import { readLines } from '../audit/file.ts';
import { checkpointsOf, logFolder, originOf } from '../audit/log.ts';
import { leafHash, rootOf } from '../audit/merkle.ts';
import { verifyLog } from '../audit/verify.ts';
import { count } from '../report/style.ts';
import { minute } from './leak.ts';
import type { Runbook, RunbookCall, Step } from './types.ts';

/** The audit log does not fit what was signed or seen: keep it, find where it parts, start anew in the open. */
export async function logForked(call: RunbookCall): Promise<Runbook> {
  const { git, place, env, now } = call;
  const folder = logFolder(place.commonDir, env);
  const report = verifyLog(folder, env);
  const signed = checkpointsOf(folder).map(({ note }) => note);
  const stated = place.head === null ? [] : await statedCheckpoints(git, place.head);
  const problems = [...report.problems, ...statedProblems(folder, stated, env)];
  const sizes = (notes: readonly string[]) => [...new Set(notes.flatMap((note) => readCheckpoint(note)?.size ?? []))];
  const stamp = now.toISOString().replace(/[-:]|\.\d+/g, '');
  const copy = path.join(path.relative(call.cwd, path.dirname(place.root)) || '.', `pregate-audit-${stamp}`);
  const whole = `${count(report.entries, 'entry', 'entries')}, ${count(report.checkpoints, 'checkpoint')}`;
  const steps: Step[] = [
    {
      title: 'Keep it as it is',
      why: 'The damaged log is the evidence. A copy first; the next two steps only look.',
      commands: [`cp -a ${word(folder)} ${word(copy)}`],
    },
    {
      title: 'Find where it parts',
      why: 'Up to the largest signed size whose root still fits, the log is what it was.',
      facts: [
        ...problems.slice(0, 5),
        agreement(folder, [...signed, ...stated], env),
        `signed here: ${sizes(signed).slice(-8).join(', ') || 'nothing'}`,
        `stated to others, by this machine or theirs: ${sizes(stated).slice(-8).join(', ') || 'nothing'}`,
      ],
      commands: ['pregate log verify', 'pregate log --since 30d'],
    },
    {
      title: 'Find out how',
      why: 'A restored backup, a copied home folder and two machines with one state folder fork a log without anybody meaning to. Otherwise somebody with access to this account has changed it.',
      commands: [`ls -la ${word(folder)}`, 'last -n 20 || who -a'],
    },
    {
      title: 'Tell the team, and begin a new log',
      why: 'CI refuses statements of a forked log. The new one has a name of its own, which the team sees as such, and says first why it was begun. The old one stays beside it, and logs of other repositories stay as they are.',
      commands: [
        `pregate log restart --reason ${word(problems[0] ?? '')}`,
        // Whoever has never stated anything has nobody who waits for the new log.
        ...(stated.length > 0 ? ['pregate attest && pregate attest push'] : []),
        'pregate log verify',
      ],
    },
  ];
  const fits: Step = {
    title: 'Nothing to mend here',
    why: 'The log fits itself, every checkpoint beside it, and what the statements on the last hundred commits say of it. When CI says otherwise, fetch the statements and look again: it may have seen a log of this name from another machine.',
    commands: [
      'git fetch origin refs/notes/pregate/attestations:refs/notes/pregate/attestations || true',
      'pregate log verify',
    ],
  };
  return {
    case: 'log-forked',
    headline: problems[0] ?? `the log is whole and fits what was signed (${whole})`,
    evidence: { 'log-verify.json': { ...report, problems }, 'checkpoints.json': { signed, stated } },
    steps: problems.length > 0 ? steps : [fits],
  };
}

/** How far the log is what was signed of it, with the moment of the last entry that is certain. */
function agreement(folder: string, notes: readonly string[], env: NodeJS.ProcessEnv): string {
  const lines = readLines(folder);
  const leaves = lines.map((line) => leafHash(line));
  const origin = originOf(folder, env);
  const fitting = notes.flatMap((note) => {
    const checkpoint = readCheckpoint(note);
    const fits =
      checkpoint?.origin === origin &&
      checkpoint.size > 0 &&
      checkpoint.size <= leaves.length &&
      rootOf(leaves.slice(0, checkpoint.size)).equals(checkpoint.root);
    return fits ? checkpoint.size : [];
  });
  const size = Math.max(0, ...fitting);
  if (size === 0) return 'nothing that was signed fits what is here';
  const last = parseLine(lines[size - 1]?.toString('utf8') ?? '');
  return `the first ${count(size, 'entry', 'entries')} fit${size === 1 ? 's' : ''}, up to ${minute(last?.ts ?? '')}`;
}
