/** Entry of `hook.cjs`: what git's hooks run. It shares everything with `pregate hook` but the other commands. */

import { closeSync, writeSync } from 'node:fs';
import { statesPushes } from './attest/choice.ts';
import { spoolFolder } from './audit/spool.ts';
import { UsageError } from './cli/command.ts';
import { checkedFolder, stagedTree } from './cli/hook/checked.ts';
import { type HookIo, runHook } from './cli/hook.ts';
import { type CheckOptions, check, preload } from './gate/check.ts';
import { readAhead } from './git/ahead.ts';
import { parseCommit } from './git/commit.ts';
import { readGitConfig } from './git/config-list.ts';
import { openObjects } from './git/objects.ts';
import { findPlace } from './git/place.ts';
import { gitOutput, openGit } from './git/run.ts';
import { displayText } from './model/path.ts';
import { stateFolder } from './state-folder.ts';
import { readPipe } from './system/read-pipe.ts';
import { makeReady } from './system/ready-file.ts';

/** What the shell says beyond this is asked again, piece by piece. */
const mostAhead = 16 * 1024 * 1024;

const [word, name = '', ...rest] = process.argv.slice(2);
if (word === 'hook' && name === 'daemon') void startServer();
else if (word === 'hook' && name === 'worker') void serveJobs();
else if (word === 'hook' && name === 'scanner') void scanBatches();
else runOnce();

/** One hook in a process of its own. */
function runOnce(): void {
  const io: HookIo = {
    cwd: process.cwd(),
    env: process.env,
    // Making the stream loads a dozen of Node's modules, and only a push has something to read.
    get stdin() {
      return process.stdin;
    },
    err: (text) => void process.stderr.write(text),
    // Asked for only where something is said.
    get width() {
      return process.stderr.columns;
    },
  };
  // The shell names the git that it has asked, and hands over what that has said.
  const asked = taken('PREGATE_AHEAD');
  const listener = taken('PREGATE_VERDICT');
  if (listener) Object.assign(io, { pid: Number(listener) });
  if (asked) {
    const { seal, ...standing } = readAhead(
      readPipe(() => process.stdin, mostAhead),
      asked,
      io.cwd,
    );
    Object.assign(io, { seal, standing });
  }
  // `pregate hook <name>` and `hook.cjs <name>` are both spelled by what installed the hook.
  const [hook, words] = word === 'hook' ? [name, rest] : [word ?? '', [name, ...rest].filter((one) => one !== '')];
  runHook(hook, words, io)
    .then(
      (code) => {
        process.exitCode = code;
      },
      (error: unknown) => {
        if (error instanceof UsageError) {
          process.stderr.write(`pregate: ${displayText(error.message)} [usage]\n`);
          process.exitCode = 2;
          return;
        }
        process.stderr.write(
          `Pregate could not check (${error instanceof Error ? error.name : 'error'}); nothing was changed. [internal]\n`,
        );
        process.exitCode = 3;
      },
    )
    .then(() => startForNext(listener !== undefined))
    .finally(() => {
      if (listener) process.once('exit', tell);
      // Nothing was printed: without this, Node would first wait for git's processes and take its heap apart.
      if (process.exitCode === 0) process.exit();
    });
}

/** A variable that is meant for this process alone. */
function taken(name: string): string | undefined {
  const value = process.env[name];
  delete process.env[name];
  return value;
}

let told = false;

/** Says the verdict to the shell, which waits for this line and for nothing after it. */
function tell(code: number): void {
  if (told) return;
  told = true;
  writeSync(1, `${code}\n`);
  closeSync(1);
}

/** The next hook finds a daemon: the shell says so when it found none. It never fails the hook that is done. */
async function startForNext(listens: boolean): Promise<void> {
  if (!process.env['PREGATE_DAEMON_START']) return;
  // A commit need not wait for it.
  if (listens && process.exitCode === 0) tell(0);
  try {
    const { startDaemon } = await import('./daemon/index.ts');
    startDaemon(process.env);
  } catch {
    // Hooks work without a daemon.
  }
}

async function startServer(): Promise<void> {
  const { startServer } = await import('./daemon/index.ts');
  await startServer(process.env);
}

async function serveJobs(): Promise<void> {
  const { serve } = await import('./daemon/index.ts');
  const treeOf = (commit: Buffer) => parseCommit(commit).tree;
  const git = { openGit, readGitConfig, openObjects, findPlace, gitOutput };
  const report = (options: CheckOptions) => check({ kind: 'staged' }, options);
  serve({
    runHook,
    report,
    load: preload,
    tidyUp,
    makeReady: makeFilesReady,
    stagedTree,
    statesPushes,
    treeOf,
    ...git,
  });
}

/** One of the threads of a `check` of many files. */
async function scanBatches(): Promise<void> {
  const { serveBatches } = await import('./threads/worker.ts');
  await serveBatches();
}

/** Verdict and note are each a file of its own. */
function makeFilesReady(env: NodeJS.ProcessEnv): void {
  const state = stateFolder(env, process.platform);
  if (state !== undefined) makeReady([spoolFolder(state), checkedFolder(state)]);
}

async function tidyUp(): Promise<void> {
  const { openKnown } = await import('./known/known.ts');
  openKnown(process.env)?.flush();
  const { foldSpool } = await import('./audit/log.ts');
  await foldSpool(process.env);
}
