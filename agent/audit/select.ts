import path from 'node:path';
import { stateFolder } from '../state.ts';
import type { Entry } from './events.ts';
import { loggedRepositories } from './log.ts';
import { readEntries } from './verify.ts';

export interface Selection {
  /** Id of one repository; all of this user when it is absent. */
  repository?: string;
  /** Milliseconds since the epoch. */
  since?: number;
  until?: number;
}

export interface Selected {
  repository: string;
  entries: Entry[];
}

/** The entries that a person asks for, by repository, oldest first. */
export function select(selection: Selection, env: NodeJS.ProcessEnv = process.env): Selected[] {
  const repositories = selection.repository === undefined ? loggedRepositories(env) : [selection.repository];
  const from = selection.since ?? Number.NEGATIVE_INFINITY;
  const to = selection.until ?? Number.POSITIVE_INFINITY;
  return repositories.map((repository) => ({
    repository,
    entries: readEntries(path.join(stateFolder(env), 'audit', repository)).filter((entry) => {
      const at = Date.parse(entry.ts);
      return at >= from && at <= to;
    }),
  }));
}

/** `7d`, `12h`, `30m`, or a date of ISO 8601: milliseconds since the epoch. Undefined when it is neither. */
export function momentOf(text: string, now: number): number | undefined {
  const ago = /^(\d{1,5})([dhm])$/.exec(text);
  if (ago) return now - Number(ago[1]) * { d: 86_400_000, h: 3_600_000, m: 60_000 }[ago[2] as 'd' | 'h' | 'm'];
  const at = /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}
