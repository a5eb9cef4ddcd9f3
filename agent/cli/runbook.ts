import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { foldSpool } from '../audit/log.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { GitFailure } from '../git/failure.ts';
import { findPlace } from '../git/place.ts';
import { withoutCredentials } from '../git/remote-url.ts';
import { openGit, runGit } from '../git/run.ts';
import { displayText } from '../model/path.ts';
import { wrap } from '../report/style.ts';
import { hookBypassed } from '../runbook/hooks.ts';
import { keyStolen } from '../runbook/key.ts';
import { logForked } from '../runbook/log.ts';
import { secretCommitted } from '../runbook/secret-committed.ts';
import { secretPushed } from '../runbook/secret-pushed.ts';
import { tokenStolen } from '../runbook/token.ts';
import type { Runbook, RunbookCall } from '../runbook/types.ts';
import { version } from '../version.ts';
import { type Command, type Io, inColumns, text, UsageError } from './command.ts';
import { progressOf, styleOf } from './render.ts';

const cases: Record<string, { summary: string; make: (call: RunbookCall) => Promise<Runbook> }> = {
  'secret-committed': { summary: 'a secret is in commits that were not pushed', make: secretCommitted },
  'secret-pushed': { summary: 'a secret has been pushed', make: secretPushed },
  'key-stolen': { summary: 'a signing key may be in other hands', make: keyStolen },
  'token-stolen': { summary: 'a token of a person or a pipeline may be in other hands', make: tokenStolen },
  'hook-bypassed': { summary: 'commits went past the hooks', make: hookBypassed },
  'log-forked': { summary: 'the audit log was changed, cut off or built anew', make: logForked },
};

export const command: Command = {
  name: 'runbook',
  summary: 'What to do when something has gone wrong, step by step, with the commands for this repository.',
  usage: ['runbook', 'runbook <case> [COMMIT|KEY|TOKEN] [--evidence DIR]'],
  help: [
    'It looks and tells; it changes nothing and runs none of the commands. --evidence writes what was found, with checksums,',
    'for the postmortem: rules, places, commits and the audit log, never a value.',
  ],
  options: {
    evidence: { type: 'string', value: 'DIR', help: 'write what was found into this new folder' },
    json: { type: 'boolean', help: 'print the runbook as JSON' },
  },
  examples: [
    ['pregate runbook', 'the cases'],
    ['pregate runbook secret-pushed', 'what has leaked where, and in which order to act'],
    ['pregate runbook key-stolen SHA256:… --evidence ../incident', 'with the evidence in a folder'],
  ],
  async run(args, io): Promise<ExitCode> {
    const [name, operand, extra] = args.positionals;
    if (name === undefined) return list(io);
    const chosen = Object.hasOwn(cases, name) ? cases[name] : undefined;
    if (!chosen || extra !== undefined) throw new UsageError(`runbook takes one of: ${Object.keys(cases).join(', ')}`);
    try {
      // What hooks have left lately is the very thing that is asked about.
      const folded = await foldSpool(io.env);
      if (folded.problem) io.err(`pregate: ${displayText(folded.problem)} [audit-unavailable]\n`);
      const git = openGit(io.cwd, io.env);
      const place = await findPlace(git);
      const progress = progressOf(io);
      const call = { git: { ...git, cwd: place.root }, place, cwd: io.cwd, env: io.env, now: new Date() };
      const runbook = await chosen.make({ ...call, ...(operand === undefined ? {} : { operand }) });
      progress.done();
      if (args.flags['json']) {
        const { evidence: _, ...shown } = runbook;
        io.out(`${JSON.stringify({ schema: 'pregate.runbook/v1', ...shown }, null, 2)}\n`);
      } else print(runbook, io);
      const folder = text(args, 'evidence');
      if (folder !== undefined) writeEvidence(runbook, await repositoryOf(call), path.resolve(io.cwd, folder), io);
      return Exit.pass;
    } catch (error) {
      if (!(error instanceof GitFailure)) throw error;
      io.err(`pregate: ${displayText(error.problem.message)} [${error.problem.code}]\n`);
      return Exit.couldNotCheck;
    }
  },
};

/** What the evidence is about: a postmortem is read where this clone is not. */
async function repositoryOf({ git, place }: Pick<RunbookCall, 'git' | 'place'>): Promise<unknown> {
  const { stdout } = await runGit(git, ['config', '--get-regexp', '^remote\\..*\\.url$']);
  const lines = stdout.toString('utf8').split('\n').filter(Boolean);
  const remotes = lines.map((line) => withoutCredentials(line.slice(line.indexOf(' ') + 1)));
  return { folder: path.basename(place.root), head: place.head, branch: place.branchRef, remotes };
}

function list(io: Io): ExitCode {
  const rows = Object.entries(cases).map(([name, { summary }]): [string, string] => [
    `pregate runbook ${name}`,
    summary,
  ]);
  io.out(`What has happened?\n\n${inColumns(rows, io.width).join('\n')}\n`);
  return Exit.pass;
}

function print(runbook: Runbook, io: Io): void {
  const style = styleOf(io);
  const [head = '', ...rest] = wrap(`${runbook.case}: ${displayText(runbook.headline)}`, io.width);
  io.out(`${style.bold(runbook.case)}${head.slice(runbook.case.length)}\n`);
  for (const line of rest) io.out(`${line}\n`);
  for (const [index, step] of runbook.steps.entries()) {
    const say = (text: string, indent: number, paint = (line: string) => line) => {
      for (const line of wrap(text, io.width - indent)) io.out(`${paint(`${' '.repeat(indent)}${line}`)}\n`);
    };
    const title = wrap(`${index + 1}. ${step.title}`, io.width - 3);
    io.out(`\n${title.map((line, at) => style.bold(at === 0 ? line : `   ${line}`)).join('\n')}\n`);
    say(step.why, 3);
    for (const fact of step.facts ?? []) say(displayText(fact.trimStart()), fact.startsWith(' ') ? 7 : 5, style.dim);
    // A command stays on one line, however long: it is there to be pasted.
    for (const line of step.commands ?? []) io.out(`   $ ${displayText(line)}\n`);
  }
  io.out('\nNothing was changed.\n');
}

/** One file for each kind of evidence, and a list of checksums in the form of `sha256sum`. A folder is never reused. */
function writeEvidence(runbook: Runbook, repository: unknown, folder: string, io: Io): void {
  try {
    mkdirSync(path.dirname(folder), { recursive: true });
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'EEXIST' ? 'it is there already' : (code ?? 'unknown error');
    throw new UsageError(`--evidence cannot make that folder: ${why}; nothing was written`);
  }
  const { evidence, ...shown } = runbook;
  const about = { made: new Date().toISOString(), by: `pregate ${version}`, case: runbook.case, repository };
  const files = { 'about.json': about, 'runbook.json': shown, ...evidence };
  const sums: string[] = [];
  for (const [name, value] of Object.entries(files)) {
    const body = `${JSON.stringify(value, null, 2)}\n`;
    writeFileSync(path.join(folder, name), body, { mode: 0o600, flag: 'wx' });
    sums.push(`${createHash('sha256').update(body).digest('hex')}  ${name}`);
  }
  writeFileSync(path.join(folder, 'SHA256SUMS'), `${sums.join('\n')}\n`, { mode: 0o600, flag: 'wx' });
  io.out(`The evidence is in ${displayText(folder)} (${sums.length} files, sha256sum -c SHA256SUMS).\n`);
}
