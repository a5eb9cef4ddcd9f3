import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { repositoryId, stateFolder } from '../state.ts';
import { verifyLog } from './verify.ts';

export interface LogDamage {
  entries: number;
  /** Places that do not fit: the log itself, and what was signed of it. */
  count: number;
  /** The first of them in one sentence; empty when there is none. */
  first: string;
}

interface Known {
  stamp: string;
  damage: LogDamage;
  /** When it was looked at, and how many milliseconds that took. */
  at: number;
  took: number;
}

const known = new Map<string, Known>();

/** Of an editor's time this takes at most one part in so many: a long log is looked at more seldom. */
const share = 200;

/** How much of a repository's audit log does not fit. Reads all of it; `seldom` answers with what was so a while ago. */
export function logDamage(commonDir: string, env: NodeJS.ProcessEnv, options: { seldom?: boolean } = {}): LogDamage {
  const folder = path.join(stateFolder(env), 'audit', repositoryId(commonDir));
  if (!existsSync(folder)) return { entries: 0, count: 0, first: '' };
  const stamp = ['log.jsonl', 'checkpoints.jsonl', 'tree.json']
    .map((name) => stampOf(path.join(folder, name)))
    .join(' ');
  const before = known.get(folder);
  if (options.seldom && before && (before.stamp === stamp || Date.now() - before.at < before.took * share)) {
    return before.damage;
  }
  const at = Date.now();
  const { entries, problems } = verifyLog(folder, env);
  const damage = { entries, count: problems.length, first: problems[0] ?? '' };
  known.set(folder, { stamp, damage, at, took: Date.now() - at });
  return damage;
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat ? `${stat.ino}-${stat.size}-${stat.mtimeMs}` : '-';
}
