import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Measurement {
  /** Null: a later issue brings this row. */
  figure: number | null;
  unit: string;
  /** Peers measured in the same run, spread, or what stands behind the figure. */
  note?: string;
  /** The budget, where it is a peer's figure of the same run. */
  budget?: number;
}

export interface Row {
  name: string;
  budgetText: string;
  budget?: number;
  /** The figure must be at least the budget; otherwise at most. */
  atLeast?: boolean;
  measure(): Promise<Measurement>;
}

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const dist = join(root, 'dist');

/** Middle value; the mean of the two middle ones for an even count. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value below which `share` of all values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
}

/** Milliseconds of each of `count` calls, after `warm` calls that do not count. */
export async function times(count: number, run: (index: number) => unknown, warm = 0): Promise<number[]> {
  for (let index = 0; index < warm; index++) await run(-1 - index);
  const out: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    await run(index);
    out.push(performance.now() - start);
  }
  return out;
}

/** A folder with a home of its own, removed when the process ends. */
export function scratch(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = mkdtempSync(join(tmpdir(), 'pregate-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'home'));
  writeFileSync(
    join(folder, 'gitconfig'),
    '[user]\n\tname = Bench\n\temail = bench@example.com\n[init]\n\tdefaultBranch = main\n',
  );
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    HOME: join(folder, 'home'),
    XDG_STATE_HOME: join(folder, 'state'),
    GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'),
    GIT_CONFIG_NOSYSTEM: '1',
    // Rows that measure the daemon switch it on.
    PREGATE_DAEMON: 'off',
  };
  return { folder, env };
}

export function git(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): string {
  return execFileSync('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 })
    .toString()
    .trim();
}

/** The program's path when it is on the PATH, else undefined: a peer is measured only where it is installed. */
export function peer(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' });
  return found.status === 0 ? found.stdout.trim() : undefined;
}

/** A seeded generator of whole numbers below a bound (Park and Miller), so that every run measures the same work. */
export function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state * 48271) % 2147483647;
    return state % bound;
  };
}
