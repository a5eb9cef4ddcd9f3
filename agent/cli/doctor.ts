import { existsSync, lstatSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { currentBundle } from '../../hooks/bundle.ts';
import { logDamage } from '../audit/damage.ts';
import { parseConfig } from '../config/parse.ts';
import { loadPolicy } from '../gate/check.ts';
import { configNames } from '../gate/collect/config.ts';
import { collect } from '../gate/collect.ts';
import { Exit, type ExitCode } from '../gate/types.ts';
import { readGitConfig } from '../git/config-list.ts';
import { findPlace, type Place } from '../git/place.ts';
import { type Git, gitOutput, openGit } from '../git/run.ts';
import { openKnown } from '../known/known.ts';
import { displayText } from '../model/path.ts';
import type { Problem } from '../model/types.ts';
import { count, wrap } from '../report/style.ts';
import { findNpm } from '../sbom/npm-cli.ts';
import { signingStatus } from '../sign/status.ts';
import { readRuntime, stateFolder } from '../state.ts';
import { version } from '../version.ts';
import { type Command, type Io, takesNoWords } from './command.ts';
import { daemonStatus, describeDaemon } from './daemon.ts';
import { type Finding, messageOf } from './doctor/finding.ts';
import { hooksFindings } from './doctor/hooks.ts';
import { styleOf } from './render.ts';

export const command: Command = {
  name: 'doctor',
  summary: 'Finds what keeps the hooks, the policy, signing or the SBOM from working here.',
  usage: ['doctor [--json]'],
  help: ['Looks only; nothing is changed. Exit 1 when something is wrong.'],
  options: { json: { type: 'boolean', help: 'print the findings as JSON' } },
  async run(args, io): Promise<ExitCode> {
    takesNoWords('doctor', args);
    const findings = await examine(io);
    if (args.flags['json']) io.out(`${JSON.stringify({ schema: 'pregate.doctor/v1', version, findings }, null, 2)}\n`);
    else print(findings, io);
    return findings.some((finding) => finding.state === 'wrong') ? Exit.violation : Exit.pass;
  },
};

async function examine(io: Io): Promise<Finding[]> {
  const around = [runtime(io), state(io)];
  let git: Git;
  try {
    git = openGit(io.cwd, io.env);
  } catch (error) {
    return [{ name: 'git', state: 'wrong', line: messageOf(error, 'git could not be started') }, ...around];
  }
  const findings: Finding[] = [await gitVersion(git), ...around];
  let place: Place;
  try {
    place = await findPlace(git);
  } catch (error) {
    const line = messageOf(error, 'git could not say where we are');
    return [...findings, { name: 'repository', state: 'wrong', line }];
  }
  const here = { ...git, cwd: place.root };
  findings.push(
    ...(await hooksFindings(place, git, io)),
    bundle(io),
    remembered(io),
    log(place, io),
    await daemon(io),
    await policy(place, io),
    await signing(here, io),
    npm(place, io),
  );
  return findings;
}

async function gitVersion(git: Git): Promise<Finding> {
  const line = (await gitOutput(git, ['--version'])).toString().trim();
  const [major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(line) ?? []).slice(1).map(Number);
  const good = major > 2 || (major === 2 && minor >= 34);
  return good
    ? { name: 'git', state: 'good', line }
    : {
        name: 'git',
        state: 'wrong',
        line: `${line} is too old: SSH signatures came with 2.34`,
        remedy: 'install a newer git',
      };
}

function runtime(io: Io): Finding {
  const runtime = readRuntime(io.env);
  if (!runtime) {
    return {
      name: 'runtime',
      state: 'note',
      line: 'no program is remembered for the hooks yet',
      remedy: 'pregate init',
    };
  }
  return existsSync(runtime.executable)
    ? {
        name: 'runtime',
        state: 'good',
        line: `hooks run on ${runtime.executable}${runtime.electron ? ' (VS Code)' : ''}`,
      }
    : {
        name: 'runtime',
        state: 'wrong',
        line: `${runtime.executable}, which ran the hooks, is gone`,
        remedy: 'pregate init',
      };
}

function state(io: Io): Finding {
  const folder = stateFolder(io.env);
  if (!existsSync(folder)) return { name: 'state', state: 'note', line: `${folder} will be made by the first run` };
  const { mode } = statSync(folder);
  const open = process.platform !== 'win32' && (mode & 0o077) !== 0;
  const failure = writeFailure(folder);
  if (failure !== undefined) {
    const line = `${folder} cannot be written (${failure}): commits are looked at twice, and the audit log has gaps`;
    return { name: 'state', state: 'wrong', line, remedy: `df -h ${folder}; ls -ld ${folder}` };
  }
  return open
    ? { name: 'state', state: 'wrong', line: `${folder} can be read by others`, remedy: `chmod 700 ${folder}` }
    : { name: 'state', state: 'good', line: folder };
}

/** What the system says to a small file there; undefined when it can be made. */
function writeFailure(folder: string): string | undefined {
  const probe = path.join(folder, `.probe-${process.pid}`);
  try {
    writeFileSync(probe, Buffer.alloc(8192), { mode: 0o600 });
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown error';
  } finally {
    rmSync(probe, { force: true });
  }
}

function bundle(io: Io): Finding {
  const installed = currentBundle(io.env);
  if (installed === undefined)
    return { name: 'bundle', state: 'note', line: 'no bundle is installed for hooks', remedy: 'pregate init' };
  return { name: 'bundle', state: 'good', line: `hooks run ${installed}` };
}

/** Damage of the memory costs time and nothing else: what cannot be believed is looked at again. */
function remembered(io: Io): Finding {
  const known = openKnown(io.env);
  known?.refresh();
  const { records, damaged } = known?.counts() ?? { records: 0, damaged: 0 };
  const line = `${count(records, 'blob')} known to hold nothing`;
  return damaged === 0
    ? { name: 'memory', state: 'good', line }
    : {
        name: 'memory',
        state: 'note',
        line: `${line}; ${count(damaged, 'damaged place')} of its file left out: the next push writes it anew`,
      };
}

/** The log as it is here; what others have seen of it, `pregate log verify` asks too. */
function log(place: Place, io: Io): Finding {
  const name = 'log';
  const { entries, count: places, first } = logDamage(place.commonDir, io.env);
  const line = count(entries, 'entry', 'entries');
  if (places === 0)
    return { name, state: 'good', line: entries === 0 ? 'nothing was logged here yet' : `${line}, whole` };
  const more = places === 1 ? '' : `, and ${places - 1} more`;
  return { name, state: 'wrong', line: `${line}; ${first}${more}`, remedy: 'pregate runbook log-forked' };
}

/** A daemon is a convenience: off or not running is worth knowing, and nothing to mend. */
async function daemon(io: Io): Promise<Finding> {
  const status = await daemonStatus(io.env);
  const line = describeDaemon(status, io.env);
  const stale = status !== undefined && status.bundle !== currentBundle(io.env);
  return {
    name: 'daemon',
    state: status && !stale ? 'good' : 'note',
    line: stale ? `${line} Another build: the next hook replaces it.` : line,
  };
}

async function policy(place: Place, io: Io): Promise<Finding> {
  const name = 'policy';
  const collected = await collect({ kind: 'staged' }, { cwd: place.root, env: io.env });
  const config = collected.problems.find((problem) => problem.code === 'config-invalid');
  if (config) return { name, state: 'wrong', line: config.message };
  const loaded = await loadPolicy(collected, { cwd: place.root, env: io.env });
  const broken = loaded.problems.find((problem) => problem.fatal) ?? (await editedConfig(place.root));
  if (broken) return { name, state: 'wrong', line: broken.message };
  const { source } = loaded.bundle;
  return {
    name,
    state: 'good',
    line: `${source.name}${source.revision ? `@${source.revision}` : ''}, ${source.signature}`,
  };
}

/** What is wrong with the configuration as it lies in the working tree: hooks will read it only once it is staged. */
async function editedConfig(root: string): Promise<Problem | undefined> {
  for (const name of configNames) {
    const file = path.join(root, name);
    // A link is not followed out of the repository.
    if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) continue;
    return parseConfig(readFileSync(file), name).problems[0];
  }
  return undefined;
}

async function signing(git: Git, io: Io): Promise<Finding> {
  const report = await signingStatus({ root: git.cwd }, await readGitConfig(git), io.env);
  const state = report.ok ? 'good' : report.setup.sign ? 'wrong' : 'note';
  return { name: 'signing', state, line: report.line, ...(report.remedy ? { remedy: report.remedy } : {}) };
}

function npm(place: Place, io: Io): Finding {
  const found = findNpm({ env: io.env, node: process.execPath, root: place.root });
  return found
    ? { name: 'npm', state: 'good', line: 'found: CycloneDX documents can be made' }
    : { name: 'npm', state: 'note', line: 'not found: the SBOM is our own reading of the lock', remedy: 'install npm' };
}

function print(findings: readonly Finding[], io: Io): void {
  const style = styleOf(io);
  const wrong = findings.filter((finding) => finding.state === 'wrong').length;
  io.out(
    wrong === 0
      ? `${style.green(style.bold('✓ nothing is in the way'))}\n\n`
      : `${style.red(style.bold(`✗ ${count(wrong, 'thing')} to mend`))}\n\n`,
  );
  const sign = { good: style.green('✓'), wrong: style.red('✗'), note: style.dim('·') };
  for (const finding of findings) {
    const [first = '', ...rest] = wrap(displayText(finding.line), io.width - 14);
    io.out(`${sign[finding.state]} ${finding.name.padEnd(12)}${first}\n`);
    for (const line of rest) io.out(`${' '.repeat(14)}${line}\n`);
    // What is there to be pasted stays on one line.
    if (finding.remedy) io.out(`${' '.repeat(14)}$ ${displayText(finding.remedy)}\n`);
  }
}
