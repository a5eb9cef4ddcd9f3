import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { below, kill, type Outcome, type TortureWorld } from './world.ts';

export interface Result {
  counts: Record<string, number>;
  /** What must not have happened, one line each. */
  wrong: string[];
  /** Why nothing was done. */
  skipped?: string;
}

export interface Scenario {
  /** Commits, when nobody says how many. */
  usual: number;
  run: (world: TortureWorld, count: number) => Promise<Result>;
}

export const scenarios: Record<string, Scenario> = {
  kill: { usual: 500, run: killing },
  parallel: { usual: 50, run: parallel },
  disk: { usual: 40, run: fullDisk },
  clock: { usual: 40, run: jumpingClock },
  home: { usual: 20, run: readOnlyHome },
};

/** `kill -9` of the daemon, of its readers, or of any process of the hook, at a random moment of commits and pushes. */
async function killing(world: TortureWorld, count: number): Promise<Result> {
  const run = newRun(world);
  for (let turn = 0; turn < count; turn++) {
    const victim = ['nobody', 'daemon', 'reader', 'hook'][world.next(4)] as string;
    const hurt = async (pid: number) => {
      await sleep(world.next(60));
      const daemon = world.daemon();
      const processes =
        victim === 'daemon' ? [daemon] : victim === 'reader' ? readersOf(daemon) : victim === 'hook' ? below(pid) : [];
      const one = processes[world.next(Math.max(1, processes.length))];
      if (one !== undefined && kill(one)) run.count(`${victim}s killed`);
    };
    await run.commit(world.repo, { hurt });
    if (turn % 10 === 9) await run.push(world.repo, { hurt });
  }
  await run.push(world.repo);
  return run.finish();
}

/** Threads start git's readers; the children of each thread are listed apart. */
function readersOf(daemon: number | undefined): number[] {
  if (daemon === undefined) return [];
  const { stdout } = spawnSync('sh', ['-c', `cat /proc/${daemon}/task/*/children`], { encoding: 'utf8' });
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Commits at once in ten worktrees, then pushes of all of them at once. */
async function parallel(world: TortureWorld, count: number): Promise<Result> {
  const run = newRun(world);
  const trees = Array.from({ length: 10 }, (_, index) => path.join(world.folder, `tree${index}`));
  for (const [index, tree] of trees.entries()) world.git(world.repo, 'worktree', 'add', '-q', '-b', `b${index}`, tree);
  const rounds = Math.ceil(count / trees.length);
  await Promise.all(
    trees.map(async (tree) => {
      for (let round = 0; round < rounds; round++) await run.commit(tree);
    }),
  );
  await Promise.all(trees.map((tree, index) => run.push(tree, { branch: `b${index}` })));
  return run.finish();
}

/**
 * The state folder on a file system without room; without the right to mount one, files that may not grow. Of each verdict the
 * log must have an entry or, once there is room again, one that says what is missing, and whoever committed was told.
 */
async function fullDisk(world: TortureWorld, count: number): Promise<Result> {
  const run = newRun(world, { log: 'gaps' });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0700', 'none', world.state]).status === 0;
  if (!mounted) {
    const stub = path.join(world.repo, '.git/hooks/pre-commit');
    writeFileSync(stub, readFileSync(stub, 'utf8').replace('#!/bin/sh\n', '#!/bin/sh\nulimit -f 0\n'));
    run.count('commits under a limit of 0 bytes per file', count);
  }
  try {
    if (mounted) {
      world.pregate('init', '--yes');
      await withDaemon(world);
      if (!fill(path.join(world.state, 'fill'))) {
        return { counts: {}, wrong: [], skipped: 'skipped: this system mounts a file system that never gets full' };
      }
    }
    for (let turn = 0; turn < count; turn++) await run.commit(world.repo);
    await run.push(world.repo);
    if (mounted) rmSync(path.join(world.state, 'fill'));
    return run.finish();
  } finally {
    const daemon = world.daemon();
    if (daemon !== undefined) kill(daemon);
    if (mounted) spawnSync('umount', ['-l', world.state]);
  }
}

/** Writes until nothing fits any more. False when far more fits than should: some sandboxes ignore a size that is asked for. */
function fill(file: string): boolean {
  const handle = openSync(file, 'a');
  try {
    for (const size of [1 << 20, 1 << 16, 1 << 12, 1 << 10]) {
      const bytes = Buffer.alloc(size);
      for (;;) {
        if (fstatSync(handle).size > 32 << 20) return false;
        try {
          if (writeSync(handle, bytes) < size) break;
        } catch {
          break;
        }
      }
    }
    return true;
  } finally {
    closeSync(handle);
  }
}

/**
 * Every process of ours lives at another time, up to two years before or after, and its date jumps 25 times in a second while
 * it runs; only here, by a file that Node loads first.
 */
async function jumpingClock(world: TortureWorld, count: number): Promise<Result> {
  const run = newRun(world);
  const shift = path.join(world.folder, 'shift.cjs');
  writeFileSync(
    shift,
    `const day = 86400000, real = Date, off = () => ((process.pid * 48271 + Math.floor(real.now() / 40) * 69621) % 1461 - 730) * day;
globalThis.Date = class extends real { constructor(...a) { a.length ? super(...a) : super(real.now() + off()); } static now() { return real.now() + off(); } };`,
  );
  const node = path.join(world.folder, 'node-elsewhen');
  writeFileSync(node, `#!/bin/sh\nexec '${process.execPath}' --require '${shift}' "$@"\n`);
  chmodSync(node, 0o755);
  writeFileSync(path.join(world.state, 'runtime'), `${node}\nnode\n`);
  for (let turn = 0; turn < count; turn++) {
    const daemon = world.daemon();
    if (turn % 5 === 4 && daemon !== undefined && kill(daemon)) run.count('daemons of another time');
    await run.commit(world.repo);
  }
  await run.push(world.repo);
  return run.finish();
}

/** Home and state folder that cannot be written to: no entry of the log is possible, and each hook says that there is a gap. */
async function readOnlyHome(world: TortureWorld, count: number): Promise<Result> {
  const run = newRun(world, { log: 'none' });
  await withDaemon(world);
  const folders = [world.state, path.join(world.folder, 'home')];
  // A folder that may be written to within one that may not be is as good as any.
  const all = folders.flatMap((folder) => [folder, ...foldersIn(folder)]);
  // Root writes everywhere; a read-only mount stops even root.
  const root = process.getuid?.() === 0;
  const mount = (...words: string[]) => spawnSync('mount', words).status === 0;
  const lock = (folder: string) => mount('--bind', folder, folder) && mount('-o', 'remount,ro,bind', folder);
  try {
    if (root && !folders.every(lock))
      return { counts: {}, wrong: [], skipped: 'skipped: root may write anywhere, and may not mount here' };
    if (!root) for (const folder of all) chmodSync(folder, 0o500);
    for (let turn = 0; turn < count; turn++) await run.commit(world.repo);
    await run.push(world.repo);
  } finally {
    if (root) for (const folder of folders) spawnSync('umount', ['-l', folder]);
    else for (const folder of all) chmodSync(folder, 0o700);
  }
  return run.finish();
}

function foldersIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name));
}

/** Commits until a daemon lives that has answered: what it holds ready must not be in its way later. */
async function withDaemon(world: TortureWorld): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    if (turn > 1 && world.daemon() !== undefined) return;
    writeFileSync(path.join(world.repo, 'first.ts'), `export const turn = ${turn};\n`);
    world.git(world.repo, 'add', '-A');
    world.git(world.repo, 'commit', '-q', '-m', `first ${turn}`);
    await sleep(300);
  }
}

interface Hurting {
  hurt?: (pid: number) => Promise<void>;
  branch?: string;
}

/** What of each verdict the log must hold: an entry, one or the word that it is missing, nothing but that the hook said so. */
type Log = 'whole' | 'gaps' | 'none';

/** Commits and pushes random files, some with a secret, and keeps account of what may and may not happen. */
function newRun(world: TortureWorld, { log = 'whole' }: { log?: Log } = {}) {
  const counts: Record<string, number> = {};
  const wrong: string[] = [];
  const count = (what: string, by = 1) => {
    counts[what] = (counts[what] ?? 0) + by;
  };
  let passed = 0;
  let refused = 0;
  /** Commits at which the person was told that the log has no entry. */
  let told = 0;

  async function outcomeOf(cwd: string, args: string[], hurt?: Hurting['hurt']): Promise<Outcome> {
    const { child, done } = world.start(cwd, args);
    const [outcome] = await Promise.all([done, hurt?.(child.pid as number)]);
    if (outcome.hung) wrong.push(`git ${args[0]} did not end within a minute: ${outcome.output.slice(0, 200)}`);
    return outcome;
  }

  async function commit(cwd: string, { hurt }: Hurting = {}): Promise<void> {
    const dirty = world.next(4) === 0;
    const evade = world.next(12) === 0;
    const name = `src/f${world.next(40)}.ts`;
    const text = dirty ? `const key = '${world.plant()}';\n` : `export const v = ${world.next(1e9)};\n`;
    mkdirSync(path.join(cwd, 'src'), { recursive: true });
    writeFileSync(path.join(cwd, name), text);
    world.git(cwd, 'add', '-A');
    const before = snapshot(cwd);
    const outcome = await outcomeOf(cwd, ['commit', '-q', ...(evade ? ['-n'] : []), '-m', `change ${name}`], hurt);
    count('commits tried');
    if (snapshot(cwd) !== before) wrong.push(`index or files changed by a commit of ${name}`);
    const made = outcome.code === 0;
    const stopped = /^Pregate stopped this commit/m.test(outcome.output);
    const gap = /audit log has (a gap|no room)/.test(outcome.output);
    if (made && !evade) passed++;
    if (stopped) refused++;
    if (gap) told++;
    if (log === 'none' && !gap && (stopped || (made && !evade)))
      wrong.push(`nobody was told that the log has no entry: ${outcome.output.slice(0, 200)}`);
    if (made && dirty && !evade)
      wrong.push(`a planted secret was committed past the hook: ${outcome.output.slice(0, 200)}`);
    if (!made && !dirty && !hurt) wrong.push(`a commit of nothing wrong was not made: ${outcome.output.slice(0, 300)}`);
    if (made) count(evade ? 'made past the hooks' : 'made');
    else {
      count('not made');
      // The change goes, so that the next commit is about its own file.
      rmSync(path.join(world.git(cwd, 'rev-parse', '--absolute-git-dir'), 'index.lock'), { force: true });
      world.git(cwd, 'reset', '-q', '--hard');
    }
  }

  async function push(cwd: string, { hurt, branch = 'main' }: Hurting = {}): Promise<void> {
    const outcome = await outcomeOf(cwd, ['push', '-q', 'origin', branch], hurt);
    count(outcome.code === 0 ? 'pushes accepted' : 'pushes stopped');
    if (outcome.code === 0 || !/^Pregate stopped this push/m.test(outcome.output)) return;
    // What was committed past the hooks is taken back, as a person would.
    const known = world.git(cwd, 'ls-remote', 'origin', `refs/heads/${branch}`).split('\t')[0] || 'main@{upstream}';
    world.git(cwd, 'reset', '-q', '--hard', known);
  }

  /** What lies in the index, and whether the files are what it says. */
  function snapshot(cwd: string): string {
    return `${world.git(cwd, 'ls-files', '-s')}\n${world.git(cwd, 'diff-files', '--name-status')}\n${world.git(cwd, 'ls-files', '-o')}`;
  }

  function finish(): Result {
    const leaked = world.leaked(world.remote);
    for (const secret of leaked) wrong.push(`a planted secret of ${secret.length} characters is in the remote`);
    count('planted secrets in the remote', leaked.length);
    const { cwd, env } = { cwd: world.repo, env: world.env };
    const fsck = spawnSync('git', ['fsck', '--no-dangling'], { cwd, env, encoding: 'utf8', timeout: 60_000 });
    if (fsck.status !== 0) wrong.push(`git fsck: ${fsck.stderr.slice(0, 200)}`);
    if (log !== 'none') readLog();
    const verified = world.pregate('log', 'verify');
    if (verified.code !== 0) wrong.push(`log verify: ${verified.output.slice(0, 300)}`);
    return { counts, wrong };
  }

  /** Every verdict that a person has seen is in the log, or the log says that it had no room for it and the person was told. */
  function readLog(): void {
    const show = () => world.pregate('log', 'show', '--json', '--limit', '1000000');
    // Another process may still be taking in the last entries, which is said beside the list: it is not whole yet.
    let shown = show();
    for (let tries = 0; tries < 30 && shown.output.includes('The audit log is busy'); tries++) shown = show();
    const { entries } = JSON.parse(shown.output) as { entries: LogEntry[] };
    const [whole, gaps] = [entries.map(verdictIn), entries.map(gapIn)];
    const held = (of: (string | undefined)[], verdict: string) => of.filter((one) => one === verdict).length;
    for (const [verdict, seen] of [
      ['pass', passed],
      ['refused', refused],
    ] as const) {
      const [logged, missing] = [held(whole, verdict), held(gaps, verdict)];
      count('verdicts of commits logged', logged);
      if (log === 'gaps') count('said to be missing', missing);
      else if (missing > 0) wrong.push(`${missing} entries are said to be missing, with room for all`);
      if (logged + missing < seen) wrong.push(`${seen} commits: ${verdict}; ${logged + missing} are in the log`);
    }
    const unsaid = gaps.filter(Boolean).length - told;
    if (unsaid > 0) wrong.push(`of ${unsaid} verdicts without an entry nobody was told`);
  }

  return { commit, push, finish, count };
}

interface LogEntry {
  event: string;
  hook?: string;
  verdict?: string;
  why?: string;
}

/** The verdict of `pre-commit` that an entry holds. */
function verdictIn({ hook, verdict }: LogEntry): string | undefined {
  return hook === 'pre-commit' ? verdict : undefined;
}

/** The verdict of `pre-commit` for which an entry says that there was no room. */
function gapIn({ event, why }: LogEntry): string | undefined {
  return event === 'audit-unavailable' ? /^no room for pre-commit-(\w+)$/.exec(why ?? '')?.[1] : undefined;
}
