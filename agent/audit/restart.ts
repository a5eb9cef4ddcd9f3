import { randomBytes } from 'node:crypto';
import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { ensureState, stateFolder, writeStateFile } from '../state.ts';
import { withLock } from './lock.ts';
import { foldSpool, logFolder, originFile, record } from './log.ts';
import { verifyLog } from './verify.ts';

export interface Restarted {
  /** The folder in which the old log lies from now on, whole. */
  kept: string;
  /** Entries of the old log. */
  entries: number;
}

/**
 * Puts the log of a repository aside and begins a new one, which has a name (origin) of its own: others see that it is
 * another log, and do not take it for the old one cut off. Nothing is thrown away, and logs of other repositories stay as they
 * are. Answers undefined when there is no log, or when another process holds it. Throws what the file system throws.
 */
export async function restartLog(
  commonDir: string,
  reason: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Restarted | undefined> {
  await foldSpool(env);
  const folder = logFolder(commonDir, env);
  if (!existsSync(path.join(folder, 'log.jsonl'))) return undefined;
  const { entries, root } = verifyLog(folder, env);
  const kept = `${folder}.before-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
  const moved = await withLock(path.join(stateFolder(env), 'audit', 'lock'), () => {
    renameSync(folder, kept);
    ensureState(env, 'audit', path.basename(folder));
    writeStateFile(path.join(folder, originFile), randomBytes(4).toString('hex'));
    return true;
  });
  if (moved === undefined) return undefined;
  await record(commonDir, { event: 'restart', reason, entries, root }, env);
  return { kept, entries };
}
