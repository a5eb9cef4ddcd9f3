import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeReady } from '../system/ready-file.ts';
import type { AuditEvent } from './events.ts';

/**
 * Where a hook leaves an event for the log. Chaining needs a lock and a hash, which would cost a passing hook some
 * milliseconds; a file of its own costs a tenth of one, cannot be torn (it gets its name when it is whole) and is put
 * into the log by whoever has time: the daemon, the next push, or `pregate log`. It imports nothing that hashes.
 */
export interface Spooled {
  /** Name of the file, which sorts by time and names the event once. */
  id: string;
  ts: string;
  /** Absolute path of the repository's common git folder. */
  commonDir: string;
  event: AuditEvent;
}

let counter = 0;

/** Leaves one event. Answers false when it could not be written: the verdict stands all the same. */
export function spool(state: string, commonDir: string, event: AuditEvent, now = new Date()): boolean {
  const folder = spoolFolder(state);
  const moment = `${now.getTime()}`.padStart(15, '0');
  const id = `${moment}-${process.hrtime.bigint() % 1_000_000_000n}-${process.pid}-${counter++}`;
  const path = join(folder, `${id}.json`);
  const text = JSON.stringify({ id, ts: now.toISOString(), commonDir, event } satisfies Spooled);
  if (writeReady(folder, `${id}.json`, text)) return true;
  try {
    writeFileSync(`${path}.part`, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return false;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.part`, text, { mode: 0o600, flag: 'wx' });
    } catch {
      return false;
    }
  }
  try {
    renameSync(`${path}.part`, path);
    return true;
  } catch {
    return false;
  }
}

/** All that waits, oldest first. Files that are no events are left where they are and named in `strange`. */
export function readSpool(state: string): { waiting: Spooled[]; strange: string[] } {
  const waiting: Spooled[] = [];
  const strange: string[] = [];
  for (const name of listed(spoolFolder(state))) {
    if (!name.endsWith('.json')) continue;
    const one = readOne(join(spoolFolder(state), name));
    if (one) waiting.push(one);
    else strange.push(name);
  }
  return { waiting, strange };
}

/** Takes away what the log holds now. */
export function removeSpooled(state: string, ids: readonly string[]): void {
  for (const id of ids) rmSync(join(spoolFolder(state), `${id}.json`), { force: true });
}

export function spoolFolder(state: string): string {
  return join(state, 'audit', 'spool');
}

function readOne(path: string): Spooled | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Spooled;
    return typeof value?.id === 'string' && typeof value.commonDir === 'string' && value.event ? value : undefined;
  } catch {
    return undefined;
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
