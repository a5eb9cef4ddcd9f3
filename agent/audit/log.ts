import { createHash, generateKeyPairSync } from 'node:crypto';
import { appendFileSync, existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import {
  ensureState,
  installationKey,
  readStateFile,
  repositoryId,
  stateFolder,
  writeOnce,
  writeStateFile,
} from '../state.ts';
import { type Checkpoint, signCheckpoint } from './checkpoint.ts';
import type { AuditEvent, Entry } from './events.ts';
import { lineOf, parseLine } from './events.ts';
import { appendEntries, hashOfLine, keepTorn, readEnd, readLines, readTail, rotate } from './file.ts';
import { withLock } from './lock.ts';
import { addLeaf, leafHash, type Peaks, rootOfPeaks } from './merkle.ts';
import { rememberName } from './names.ts';
import { type NoteKey, noteKeyOf } from './note.ts';
import { readSpool, removeSpooled, spool, spoolFolder, type Waiting } from './spool.ts';

/** Entries after which a checkpoint is signed without anybody asking. */
const checkpointEvery = 100;

export interface Folded {
  /** Entries that were put into logs. */
  entries: number;
  /** One line a person can act on, when entries could not be put into a log; they wait in the spool. */
  problem?: string;
}

/** Puts what waits in the spool into the log of its repository. Safe to call from many processes at once. */
export async function foldSpool(env: NodeJS.ProcessEnv = process.env): Promise<Folded> {
  const state = stateFolder(env);
  if (!existsSync(spoolFolder(state))) return { entries: 0 };
  try {
    ensureState(env, 'audit');
    const folded = await withLock(path.join(state, 'audit', 'lock'), () => foldAll(state, env));
    return (
      folded ?? { entries: 0, problem: 'The audit log is busy; entries wait and none is lost. pregate log verify' }
    );
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    return {
      entries: 0,
      problem: `The audit log could not be written (${why}). Entries that wait in the state folder are kept; there may be no room for those of now. Make some, then: pregate log verify`,
    };
  }
}

/** Said where an event left a name only. */
export const noRoom =
  'There was no room for an entry of the audit log; an entry will say so when there is. pregate doctor';

/** Records one event now: it waits in the spool and is put into the log at once when the log is free. */
export async function record(
  commonDir: string,
  event: AuditEvent,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Folded> {
  const kept = spool(stateFolder(env), commonDir, event);
  if (kept === 'lost') {
    return { entries: 0, problem: 'The state folder cannot be written, so the audit log has a gap. pregate doctor' };
  }
  if (kept === 'gap') return { entries: 0, problem: noRoom };
  return foldSpool(env);
}

function foldAll(state: string, env: NodeJS.ProcessEnv): Folded {
  const { waiting } = readSpool(state);
  const byRepository = new Map<string, Waiting[]>();
  for (const one of waiting) {
    const id = 'repository' in one.where ? one.where.repository : repositoryId(one.where.commonDir);
    byRepository.set(id, [...(byRepository.get(id) ?? []), one]);
  }
  for (const [id, events] of byRepository) {
    append(folderOf(id, env), events, env);
    const where = events[0]?.where;
    if (where && 'commonDir' in where) rememberName(id, where.commonDir, env);
    removeSpooled(state, events);
  }
  return { entries: waiting.length };
}

/** Appends under the lock, mends a torn end first, and never writes an event twice. */
function append(folder: string, events: readonly Waiting[], env: NodeJS.ProcessEnv): void {
  const tail = readTail(folder);
  const known = recentIds(folder);
  const entries: Entry[] = [];
  let { next, prev } = tail;
  const add = (id: string, ts: string, event: AuditEvent) => {
    const entry = { v: 1 as const, seq: next++, ts, id, prev, ...event };
    prev = hashOfLine(lineOf(entry));
    entries.push(entry);
  };
  if (tail.torn) {
    const now = new Date();
    const kept = keepTorn(folder, tail, now);
    add(`recovered-${now.getTime()}-${process.pid}`, now.toISOString(), {
      event: 'recovered',
      bytes: tail.torn.length,
      kept,
    });
  }
  const policies = new Map<string, string | undefined>();
  for (const one of events) {
    if (known.has(one.id)) continue;
    if (one.event.event === 'verdict') {
      const { gate, policy } = one.event;
      const before = policies.has(gate) ? policies.get(gate) : lastPolicy(folder, gate);
      policies.set(gate, policy.digest);
      if (before !== undefined && before !== policy.digest)
        add(`policy-${one.id}`, one.ts, { event: 'policy-change', policy });
    }
    add(one.id, one.ts, one.event);
  }
  appendEntries(folder, entries);
  const before = readPeaks(folder);
  const peaks = before.size === tail.next ? grow(before, entries) : peaksOfAll(folder);
  writeStateFile(path.join(folder, 'tree.json'), JSON.stringify(plain(peaks)));
  const wants = entries.some((entry) => entry.event === 'verdict' && entry.hook === 'pre-push');
  if (wants || Math.floor(before.size / checkpointEvery) !== Math.floor(peaks.size / checkpointEvery)) {
    writeCheckpoint(folder, peaks, env);
  }
  rotate(folder);
}

/** Digest of the policy that judged last at a gate; undefined when that is not near the end of the log. */
function lastPolicy(folder: string, gate: string): string | undefined {
  const end = readEnd(path.join(folder, 'log.jsonl')).end.toString('utf8');
  const at = end.lastIndexOf(`"gate":${JSON.stringify(gate)},`);
  if (at === -1) return undefined;
  const entry = parseLine(end.slice(end.lastIndexOf('\n', at) + 1, end.indexOf('\n', at)));
  return entry?.event === 'verdict' ? entry.policy.digest : undefined;
}

/** Ids near the end of the log: an event that was written just before a crash still waits in the spool. */
function recentIds(folder: string): Set<string> {
  const end = readEnd(path.join(folder, 'log.jsonl')).end.toString('utf8');
  return new Set([...end.matchAll(/"id":"([^"]+)"/g)].map((match) => match[1] as string));
}

function grow(peaks: Peaks, entries: readonly Entry[]): Peaks {
  return entries.reduce((sum, entry) => addLeaf(sum, leafHash(Buffer.from(lineOf(entry)))), peaks);
}

/** The tree of the whole file, for when the remembered one does not fit. */
export function peaksOfAll(folder: string): Peaks {
  return readLines(folder).reduce((sum: Peaks, line) => addLeaf(sum, leafHash(line)), { size: 0, hashes: [] });
}

function readPeaks(folder: string): Peaks {
  try {
    const value = JSON.parse(readStateFile(path.join(folder, 'tree.json')) ?? '') as { size: number; hashes: string[] };
    return { size: value.size, hashes: value.hashes.map((hash) => Buffer.from(hash, 'hex')) };
  } catch {
    return { size: 0, hashes: [] };
  }
}

const plain = (peaks: Peaks) => ({ size: peaks.size, hashes: peaks.hashes.map((hash) => hash.toString('hex')) });

function writeCheckpoint(folder: string, peaks: Peaks, env: NodeJS.ProcessEnv): void {
  const checkpoint: Checkpoint = { origin: originOf(folder, env), size: peaks.size, root: rootOfPeaks(peaks) };
  const note = signCheckpoint(checkpoint, logKey(env));
  const file = path.join(folder, 'checkpoints.jsonl');
  // Behind a line that a crash has torn this one would be lost too.
  const end = readEnd(file).end.at(-1) ?? 10;
  const line = `${JSON.stringify({ size: peaks.size, note })}\n`;
  appendFileSync(file, end === 10 ? line : `\n${line}`, { mode: 0o600 });
}

/** Signs the log as it is now and answers with the note; undefined when the log is empty or busy. */
export async function checkpointNow(
  commonDir: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  await foldSpool(env);
  const folder = logFolder(commonDir, env);
  return withLock(path.join(stateFolder(env), 'audit', 'lock'), () => {
    // What is signed must stay: a torn end is put aside before.
    if (readTail(folder).torn) append(folder, [], env);
    const peaks = peaksOfAll(folder);
    if (peaks.size === 0) return undefined;
    if (checkpointsOf(folder).at(-1)?.size !== peaks.size) writeCheckpoint(folder, peaks, env);
    return checkpointsOf(folder).at(-1)?.note;
  });
}

interface Signed {
  size: number;
  note: string;
}

/** Every checkpoint that was signed, oldest first. */
export function checkpointsOf(folder: string): Signed[] {
  return readCheckpoints(folder).checkpoints;
}

/** The same, with how many lines are none. */
export function readCheckpoints(folder: string): { checkpoints: Signed[]; unreadable: number } {
  const text = readStateFile(path.join(folder, 'checkpoints.jsonl')) ?? '';
  const lines = text.split('\n').filter((line) => line !== '');
  const checkpoints = lines.flatMap((line) => readSigned(line) ?? []);
  return { checkpoints, unreadable: lines.length - checkpoints.length };
}

function readSigned(line: string): Signed | undefined {
  try {
    const value = JSON.parse(line) as Signed;
    return Number.isSafeInteger(value?.size) && typeof value.note === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Behind the name of a log's folder: the one that takes its place, already with its origin. */
export const nextLog = '.next';

/** Folder of a repository's log, made when it is not there; a restart that was cut short is finished first. */
export function logFolder(commonDir: string, env: NodeJS.ProcessEnv = process.env): string {
  return folderOf(repositoryId(commonDir), env);
}

function folderOf(name: string, env: NodeJS.ProcessEnv): string {
  const folder = path.join(stateFolder(env), 'audit', name);
  if (!existsSync(folder) && existsSync(`${folder}${nextLog}`)) {
    try {
      renameSync(`${folder}${nextLog}`, folder);
    } catch (error) {
      // Another process has been faster.
      if (!existsSync(path.join(folder, originFile))) throw error;
    }
  }
  return ensureState(env, 'audit', name);
}

/** Ids of the repositories that have a log. */
export function loggedRepositories(env: NodeJS.ProcessEnv = process.env): string[] {
  const folder = path.join(stateFolder(env), 'audit');
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{32}$/.test(name)) : [];
}

/** Beside a log that was begun anew: what tells its origin from that of the one before. */
export const originFile = 'origin';

/**
 * The name of a log: of this installation and this repository, and of nothing that a person could be known by. A log that
 * was begun anew has another one, since it cannot contain what was seen of the one before.
 */
export function originOf(folder: string, env: NodeJS.ProcessEnv = process.env): string {
  const again = readStateFile(path.join(folder, originFile)) ?? '';
  // One that was put aside has the time behind its name.
  const [name] = path.basename(folder).split('.');
  return `${logKey(env).name}/${name}${/^[0-9a-f]{8}$/.test(again) ? `/${again}` : ''}`;
}

/** The names of all logs of a repository that are here: the one that is written, and those that were put aside. */
export function originsHere(folder: string, env: NodeJS.ProcessEnv = process.env): Set<string> {
  const [parent, name] = [path.dirname(folder), path.basename(folder)];
  const names = existsSync(parent) ? readdirSync(parent) : [];
  const logs = names.filter((one) => one === name || one.startsWith(`${name}.before-`));
  return new Set(logs.map((one) => originOf(path.join(parent, one), env)));
}

/** The key that signs this installation's checkpoints, made at first use. Its name is a hash and says nothing. */
export function logKey(env: NodeJS.ProcessEnv = process.env): ReturnType<typeof noteKeyOf> {
  const file = path.join(ensureState(env), 'audit-key');
  const name = `pregate-audit-${createHash('sha256').update('audit').update(installationKey(env)).digest('hex').slice(0, 12)}`;
  const known = readStateFile(file);
  if (known) return noteKeyOf(name, known);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
  try {
    writeOnce(file, pem);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return noteKeyOf(name, readStateFile(file) ?? pem);
}

export type { NoteKey };
