import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { GitFailure } from './git/failure.ts';
import { stateFolder as folderOf } from './state-folder.ts';

/**
 * The user's state folder: runtime path, pins, installation key, hook bundles, caches and logs. Where it lies is decided in
 * `state-folder.ts`; when the environment names no home, the operating system's record of the user does.
 */
export function stateFolder(env: NodeJS.ProcessEnv = process.env): string {
  const folder =
    folderOf(env, process.platform) ?? folderOf({ HOME: homedir(), LOCALAPPDATA: homedir() }, process.platform);
  return path.normalize(folder as string);
}

/**
 * Makes the state folder, or a folder in it, with mode 0700 and returns its path.
 * A folder that is a link, or belongs to somebody else, is refused: what lies in it is executed and trusted.
 */
export function ensureState(env: NodeJS.ProcessEnv = process.env, ...below: string[]): string {
  const folder = stateFolder(env);
  makePrivate(folder);
  let inner = folder;
  for (const part of below) {
    inner = path.join(inner, part);
    makePrivate(inner);
  }
  return inner;
}

function makePrivate(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stat = lstatSync(folder);
    if (!stat.isDirectory()) throw refused(folder, 'it is not a folder');
    if (process.platform === 'win32') return;
    if (process.getuid && stat.uid !== process.getuid()) throw refused(folder, 'it belongs to another user');
    if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  } catch (error) {
    if (error instanceof GitFailure) throw error;
    throw refused(folder, (error as NodeJS.ErrnoException).code ?? 'unknown error');
  }
}

function refused(folder: string, why: string): GitFailure {
  return new GitFailure({
    code: 'state-unusable',
    message: `The state folder ${folder} cannot be used: ${why}. Nothing was written there.`,
    fatal: true,
  });
}

/** Writes a file in the state folder so that a reader sees the old or the new one, never half of it. Mode 0600. */
export function writeStateFile(file: string, content: string | Uint8Array, mode = 0o600): void {
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(temporary, content, { mode, flag: 'wx' });
    chmodSync(temporary, mode);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw refused(path.dirname(file), (error as NodeJS.ErrnoException).code ?? 'unknown error');
  }
}

/** Text of a file in the state folder, or undefined when it is not there. */
export function readStateFile(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw refused(path.dirname(file), code);
  }
}

/** 32 random bytes of this installation, made at first use: the HMAC key of fingerprints in reports and logs. */
export function installationKey(env: NodeJS.ProcessEnv = process.env): Uint8Array {
  const file = path.join(ensureState(env), 'installation-key');
  const existing = readKey(file);
  if (existing) return existing;
  const key = randomBytes(32);
  try {
    writeOnce(file, key.toString('hex'));
    return key;
  } catch (error) {
    const winner = readKey(file);
    if (winner) return winner;
    throw refused(path.dirname(file), (error as NodeJS.ErrnoException).code ?? 'unknown error');
  }
}

/**
 * Writes a file that must not change any more, whole or not at all: a full disk must not leave a key without content. Two
 * processes may start at once: the first to give the file its name wins, the other throws `EEXIST` and reads what is there.
 */
export function writeOnce(file: string, text: string): void {
  const temporary = `${file}.${process.pid}-${process.hrtime.bigint()}`;
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' });
    // Left by a full disk, and an earlier build.
    if (statSync(file, { throwIfNoEntry: false })?.size === 0) rmSync(file, { force: true });
    linkSync(temporary, file);
  } catch (error) {
    // A file system without links.
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes((error as NodeJS.ErrnoException).code ?? ''))
      throw error;
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } finally {
    rmSync(temporary, { force: true });
  }
}

function readKey(file: string): Uint8Array | undefined {
  const text = readStateFile(file)?.trim();
  return text !== undefined && /^[0-9a-f]{64}$/.test(text) ? Buffer.from(text, 'hex') : undefined;
}

/** A program that can run the hook bundle: Node itself, or VS Code's Electron. */
export interface Runtime {
  executable: string;
  electron: boolean;
}

/**
 * Remembers the program that runs hooks. The file is two lines so that `hooks/dispatch` reads it with `read`:
 * the path, then `electron` or `node`.
 */
export function writeRuntime(runtime: Runtime, env: NodeJS.ProcessEnv = process.env): void {
  if (!path.isAbsolute(runtime.executable) || /[\r\n]/.test(runtime.executable)) return;
  const executable = runtime.executable.replaceAll('\\', '/');
  writeStateFile(path.join(ensureState(env), 'runtime'), `${executable}\n${runtime.electron ? 'electron' : 'node'}\n`);
}

/** The remembered program, or undefined. */
export function readRuntime(env: NodeJS.ProcessEnv = process.env): Runtime | undefined {
  const [executable, kind] = (readStateFile(path.join(stateFolder(env), 'runtime')) ?? '').split('\n');
  return executable ? { executable, electron: kind === 'electron' } : undefined;
}

/** A short name for a repository that is the same for all its worktrees: hash of its common git folder. */
export function repositoryId(commonDir: string): string {
  let real = commonDir;
  try {
    real = realpathSync(commonDir);
  } catch {
    // A repository that vanished meanwhile still has a name.
  }
  return createHash('sha256').update(real).digest('hex').slice(0, 32);
}

/** A policy bundle's address or folder, and what it had to be signed with, as first used. */
export interface PinnedBundle {
  bundle: string;
  key?: string;
  scope?: string;
}

export type PinnedPolicy = PinnedBundle & { others?: PinnedBundle[] };

/** What this user has trusted for one repository: kept outside of it, so that no push can change it. */
export interface Pins {
  policy?: PinnedPolicy;
  /** What counted before `policy` was trusted; absent for the built-in gates. */
  before?: PinnedPolicy;
}

/** The pins of a repository; empty when none were made, and a `GitFailure` when the file cannot be understood. */
export function readPins(commonDir: string, env: NodeJS.ProcessEnv = process.env): Pins {
  const text = readStateFile(pinsFile(commonDir, stateFolder(env)));
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Pins;
  } catch {
    // Falls through: a damaged pin must not be read as "nothing was pinned".
  }
  throw new GitFailure({
    code: 'pins-damaged',
    message: `The pins of this repository cannot be read (${pinsFile(commonDir, stateFolder(env))}). Nothing was checked. Delete the file to pin again.`,
    fatal: true,
  });
}

/** Replaces the pins of a repository. */
export function writePins(commonDir: string, pins: Pins, env: NodeJS.ProcessEnv = process.env): void {
  ensureState(env, 'repositories', repositoryId(commonDir));
  writeStateFile(pinsFile(commonDir, stateFolder(env)), `${JSON.stringify(pins, null, 2)}\n`);
}

function pinsFile(commonDir: string, folder: string): string {
  return path.join(folder, 'repositories', repositoryId(commonDir), 'pins.json');
}

/** The last push that a hook stopped, for the editor: no content, only the headline. Shape of `BlockData` in `protocol.ts`. */
export interface LastBlock {
  /** ISO 8601 UTC. */
  at: string;
  hook: string;
  headline: string;
  remote: string;
}

export function writeLastBlock(commonDir: string, block: LastBlock, env: NodeJS.ProcessEnv = process.env): void {
  const folder = ensureState(env, 'repositories', repositoryId(commonDir));
  writeStateFile(path.join(folder, 'last-block.json'), `${JSON.stringify(block)}\n`);
}

/** The last stopped push of a repository, or null. */
export function readLastBlock(commonDir: string, env: NodeJS.ProcessEnv = process.env): LastBlock | null {
  const text = readStateFile(path.join(stateFolder(env), 'repositories', repositoryId(commonDir), 'last-block.json'));
  if (text === undefined) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as LastBlock) : null;
  } catch {
    return null;
  }
}
