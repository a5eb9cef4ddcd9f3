import { closeSync, fstatSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { recordIn } from '../model/json-line.ts';
import { ensureState, stateFolder } from '../state.ts';

/** Bytes after which a file is closed for good, and closed files that are kept. */
const limits = { fileBytes: 10_000_000, files: 5 } as const;

const current = 'decisions.jsonl';

/**
 * Appends events to the log of this user, one line each, with a single write: processes that append at the same time do
 * not cut each other's lines (O_APPEND). Mode 0600. Throws when the state folder cannot be used.
 */
export function appendEvents(lines: readonly string[], env: NodeJS.ProcessEnv): void {
  if (lines.length === 0) return;
  const folder = ensureState(env, 'decisions');
  const file = path.join(folder, current);
  const fd = openSync(file, 'a', 0o600);
  let size: number;
  try {
    writeSync(fd, Buffer.from(`${lines.join('\n')}\n`));
    size = fstatSync(fd).size;
  } finally {
    closeSync(fd);
  }
  if (size > limits.fileBytes) {
    closeFile(env);
    removeOld(folder);
  }
}

/**
 * Gives the file that is written to a name of its own, so that it does not change any more. The name is new each time:
 * two processes that do this at once must not replace each other's file. Answers false when there was none.
 */
export function closeFile(env: NodeJS.ProcessEnv): boolean {
  const folder = path.join(stateFolder(env), 'decisions');
  const name = `decisions-${String(Date.now()).padStart(15, '0')}-${process.pid}.jsonl`;
  try {
    renameSync(path.join(folder, current), path.join(folder, name));
    return true;
  } catch {
    return false;
  }
}

export interface LogFile {
  name: string;
  /** It was sent to a decision-log service. */
  sent: boolean;
  events: Record<string, unknown>[];
  /** Lines that are no event, such as one that was cut when a disk was full. */
  damaged: number;
}

/** All files of the log, oldest first. */
export function readLog(env: NodeJS.ProcessEnv): LogFile[] {
  const folder = path.join(stateFolder(env), 'decisions');
  return names(folder).map((name) => {
    const lines = readFileSync(path.join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line !== '');
    const events = lines.flatMap((line): Record<string, unknown>[] => {
      const event = recordIn(line);
      return event ? [event] : [];
    });
    return { name, sent: name.endsWith('.sent.jsonl'), events, damaged: lines.length - events.length };
  });
}

/** Remembers that a closed file was sent. */
export function markSent(name: string, env: NodeJS.ProcessEnv): void {
  const folder = path.join(stateFolder(env), 'decisions');
  renameSync(path.join(folder, name), path.join(folder, name.replace(/\.jsonl$/, '.sent.jsonl')));
}

function removeOld(folder: string): void {
  const closed = names(folder).filter((name) => name !== current);
  for (const name of closed.slice(0, Math.max(0, closed.length - limits.files)))
    rmSync(path.join(folder, name), { force: true });
}

/** Closed files carry their time in the name; the one that is written to comes last. */
function names(folder: string): string[] {
  let all: string[];
  try {
    all = readdirSync(folder);
  } catch {
    return [];
  }
  const closed = all.filter((name) => /^decisions-\d+-\d+(\.sent)?\.jsonl$/.test(name)).sort();
  return all.includes(current) ? [...closed, current] : closed;
}
