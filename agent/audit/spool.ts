import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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

/** One that waits, in a file of the spool; of what there was no room for, the repository's id (`state.ts`) is known only. */
export interface Waiting extends Pick<Spooled, 'id' | 'ts' | 'event'> {
  file: string;
  where: { commonDir: string } | { repository: string };
}

/** `gap`: there was no room for the event, only for a name that says so. `lost`: not even for that. */
export type Kept = 'whole' | 'gap' | 'lost';

let counter = 0;

/** Leaves one event. The verdict stands whatever comes of it. */
export function spool(state: string, commonDir: string, event: AuditEvent, now = new Date()): Kept {
  const folder = spoolFolder(state);
  const moment = `${now.getTime()}`.padStart(15, '0');
  // Whole and of one length: a remainder, or a number without its zeros, would sort a later event of this millisecond first.
  const within = `${process.hrtime.bigint()}`.padStart(20, '0');
  const id = `${moment}-${within}-${process.pid}-${counter++}`;
  const path = join(folder, `${id}.json`);
  const text = JSON.stringify({ id, ts: now.toISOString(), commonDir, event } satisfies Spooled);
  if (writeReady(folder, `${id}.json`, text)) return 'whole';
  try {
    write(folder, `${path}.part`, text);
    renameSync(`${path}.part`, path);
    return 'whole';
  } catch {
    return leaveGap(folder, id, commonDir, event);
  }
}

function write(folder: string, file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
  }
}

/**
 * A full disk has no room for content, but as a rule for a name: that says when, where and what, and the log gets an entry for
 * it once there is space. The file that was begun is used, which needs no room at all.
 */
function leaveGap(folder: string, id: string, commonDir: string, event: AuditEvent): Kept {
  const what = event.event === 'verdict' ? `${event.hook}-${event.verdict}` : event.event;
  const begun = join(folder, `${id}.json.part`);
  try {
    const gap = join(folder, `${id}.${repositoryOf(commonDir)}.${what}.gap`);
    try {
      renameSync(begun, gap);
    } catch {
      closeSync(openSync(gap, 'wx', 0o600));
    }
    return 'gap';
  } catch {
    return 'lost';
  }
}

/** `repositoryId` of `state.ts`; what hashes is loaded here only. */
function repositoryOf(commonDir: string): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  let real = commonDir;
  try {
    real = realpathSync(commonDir);
  } catch {
    // See there.
  }
  return createHash('sha256').update(real).digest('hex').slice(0, 32);
}

/** All that waits, oldest first. Files that are no events are left where they are and named in `strange`. */
export function readSpool(state: string): { waiting: Waiting[]; strange: string[] } {
  const waiting: Waiting[] = [];
  const strange: string[] = [];
  for (const name of listed(spoolFolder(state))) {
    if (!/\.(json|gap)$/.test(name)) continue;
    const one = gapOf(name) ?? readOne(spoolFolder(state), name);
    if (one) waiting.push(one);
    else strange.push(name);
  }
  return { waiting, strange };
}

/** Takes away what the log holds now. */
export function removeSpooled(state: string, waiting: readonly Waiting[]): void {
  for (const { file } of waiting) rmSync(join(spoolFolder(state), file), { force: true });
}

export function spoolFolder(state: string): string {
  return join(state, 'audit', 'spool');
}

function readOne(folder: string, file: string): Waiting | undefined {
  try {
    const value = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Spooled;
    if (typeof value?.id !== 'string' || typeof value.commonDir !== 'string' || !value.event) return undefined;
    const { id, ts, commonDir, event } = value;
    return { id, ts, event, file, where: { commonDir } };
  } catch {
    return undefined;
  }
}

function gapOf(file: string): Waiting | undefined {
  const [, id, moment, repository, what] = /^((\d{15})-\d+-\d+-\d+)\.([0-9a-f]{32})\.([a-z-]+)\.gap$/.exec(file) ?? [];
  if (id === undefined || moment === undefined || repository === undefined) return undefined;
  const event = { event: 'audit-unavailable', why: `no room for ${what}` } as const;
  return { id, ts: new Date(Number(moment)).toISOString(), event, file, where: { repository } };
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
