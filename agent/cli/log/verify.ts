import { existsSync } from 'node:fs';
import { statedCheckpoints, statedProblems } from '../../attest/seen.ts';
import { logKey } from '../../audit/log.ts';
import { namesOf } from '../../audit/names.ts';
import { verifierKey } from '../../audit/note.ts';
import { type LogReport, verifyLog } from '../../audit/verify.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { GitFailure } from '../../git/failure.ts';
import { findPlace } from '../../git/place.ts';
import { openGit } from '../../git/run.ts';
import { displayText } from '../../model/path.ts';
import { count, wrap } from '../../report/style.ts';
import { repositoryId } from '../../state.ts';
import type { Args, Io } from '../command.ts';
import type { Asked } from '../log.ts';
import { styleOf } from '../render.ts';

/** Checks each log that was asked for. Exit 1 when one is not whole; throws `GitFailure` as `statedHere` does. */
export async function printVerification({ folders }: Asked, args: Args, io: Io): Promise<ExitCode> {
  const stated = await statedHere(
    io,
    folders.map(({ repository }) => repository),
  );
  const reports = folders.flatMap(({ repository, folder }) => {
    const others = repository === stated?.repository ? statedProblems(folder, stated.notes, io.env) : [];
    // Where no hook has ever decided anything there is no log; where others have seen one it was taken away.
    if (!existsSync(folder) && others.length === 0) return [];
    const report = verifyLog(folder, io.env);
    return { repository, ...report, problems: [...report.problems, ...others] };
  });
  const broken = reports.some((report) => report.problems.length > 0);
  if (args.flags['json']) {
    const key = verifierKey(logKey(io.env));
    io.out(`${JSON.stringify({ schema: 'pregate.log-verify/v1', key, logs: reports }, null, 2)}\n`);
    return broken ? Exit.violation : Exit.pass;
  }
  const names = namesOf(
    reports.map(({ repository }) => repository),
    io.env,
  );
  // Of many the verdict comes first, and those that do not fit come before the others.
  const damaged = reports.filter((report) => report.problems.length > 0);
  if (reports.length > 1) {
    const { red, green } = styleOf(io);
    const whole = `${reports.length - damaged.length} of ${reports.length} logs are whole`;
    io.out(`${damaged.length > 0 ? red(`✗ ${whole}`) : green(`✓ ${whole}`)}\n\n`);
  }
  const ordered = [...damaged, ...reports.filter((report) => report.problems.length === 0)];
  for (const report of ordered) printOne(report, names.get(report.repository) ?? '', io);
  if (reports.length === 0) io.out('There is no log of this repository yet.\nHooks write it: pregate init\n');
  else if (broken) io.out('\nNothing was changed. Keep the state folder.\npregate runbook log-forked\n');
  else io.out(`\nThe key that signs checkpoints here:\n${verifierKey(logKey(io.env))}\n`);
  return broken ? Exit.violation : Exit.pass;
}

function printOne(report: LogReport, name: string, io: Io): void {
  const style = styleOf(io);
  const whole = report.problems.length === 0;
  const what = `${count(report.entries, 'entry', 'entries')}, ${count(report.checkpoints, 'checkpoint')}`;
  const verdict = whole ? `✓ whole: ${what}` : `✗ not whole: ${what}`;
  io.out(`${whole ? style.green(verdict) : style.red(verdict)}\n`);
  const say = (text: string) => {
    for (const [index, line] of wrap(text, io.width - 4).entries()) io.out(`${index === 0 ? '  ' : '    '}${line}\n`);
  };
  for (const problem of report.problems.slice(0, 10)) say(problem);
  if (report.problems.length > 10) say(`and ${report.problems.length - 10} more`);
  for (const note of report.notes) say(note);
  say(`${displayText(name)}, root ${report.root.slice(0, 16)}…`);
}

/**
 * What was stated of the log of the repository that somebody is in, when that log was asked for; undefined outside of one.
 * Throws `GitFailure` when statements cannot be read: nobody could say then that the log was not rolled back.
 */
async function statedHere(
  io: Io,
  asked: readonly string[],
): Promise<{ repository: string; notes: string[] } | undefined> {
  const git = openGit(io.cwd, io.env);
  const place = await findPlace(git).catch((error: unknown) => {
    if (error instanceof GitFailure && error.problem.code === 'not-a-repository') return undefined;
    throw error;
  });
  if (!place) return undefined;
  const repository = repositoryId(place.commonDir);
  if (!asked.includes(repository)) return undefined;
  return { repository, notes: place.head === null ? [] : await statedCheckpoints(git, place.head) };
}
