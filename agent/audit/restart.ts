import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { ensureState, stateFolder, writeStateFile } from '../state.ts';
import { withLock } from './lock.ts';
import { foldSpool, logFolder, nextLog, originFile, record } from './log.ts';
import { verifyLog } from './verify.ts';

export interface Restarted {
  /** The folder in which the old log lies from now on, whole. */
  kept: string;
  /** Entries of the old log. */
  entries: number;
  /** Why the new log does not yet say that it was begun, when it could not be written. */
  problem?: string;
}

/**
 * Puts the log of a repository aside and begins a new one, which has a name (origin) of its own: others see that it is
 * another log, and do not take it for the old one cut off. Nothing is thrown away, and logs of other repositories stay as they
 * are. The new folder has its name before the old one goes, so that a crash never leaves a new log under the old name.
 * Answers undefined when there is no log, or when another process holds it. Throws what the file system throws.
 */
export async function restartLog(
  commonDir: string,
  reason: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Restarted | undefined> {
  await foldSpool(env);
  const folder = logFolder(commonDir, env);
  const kept = unusedName(`${folder}.before-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`);
  const moved = await withLock(path.join(stateFolder(env), 'audit', 'lock'), () => {
    if (!existsSync(path.join(folder, 'log.jsonl'))) return undefined;
    const { entries, root } = verifyLog(folder, env);
    const next = ensureState(env, 'audit', `${path.basename(folder)}${nextLog}`);
    writeStateFile(path.join(next, originFile), randomBytes(4).toString('hex'));
    renameSync(folder, kept);
    logFolder(commonDir, env);
    return { entries, root };
  });
  if (moved === undefined) return undefined;
  const { problem } = await record(commonDir, { event: 'restart', reason, ...moved }, env);
  return { kept, entries: moved.entries, ...(problem === undefined ? {} : { problem }) };
}

/** A log that is begun anew twice within a second leaves two old ones. */
function unusedName(stem: string): string {
  let name = stem;
  for (let turn = 2; existsSync(name); turn++) name = `${stem}-${turn}`;
  return name;
}
