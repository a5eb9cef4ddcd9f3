import path from 'node:path';
import { ensureState, readStateFile, stateFolder, writeStateFile } from '../state.ts';

/**
 * What people call the repository of a log: the name of its folder. A log itself holds no name, because it leaves this machine
 * in proofs and exports; this file of the state folder does not.
 */
const file = 'name';

/** Notes the name of a repository's folder, where it is another one than before. Costs one small read otherwise. */
export function rememberName(id: string, commonDir: string, env: NodeJS.ProcessEnv): void {
  const folder = path.basename(commonDir) === '.git' ? path.dirname(commonDir) : commonDir;
  const name = path.basename(folder).slice(0, 100);
  if (name === '' || nameOf(id, env) === name) return;
  writeStateFile(path.join(ensureState(env, 'repositories', id), file), name);
}

/** The name as it was noted; undefined for a log of which nothing was entered since. */
export function nameOf(id: string, env: NodeJS.ProcessEnv): string | undefined {
  return readStateFile(path.join(stateFolder(env), 'repositories', id, file)) || undefined;
}

/** A name for each of these logs that no other one has: of two folders with one name the ids tell. */
export function namesOf(ids: readonly string[], env: NodeJS.ProcessEnv): Map<string, string> {
  const named = ids.map((id) => [id, nameOf(id, env)] as const);
  const often = (name: string) => named.filter(([, other]) => other === name).length > 1;
  return new Map(
    named.map(([id, name]) => {
      const short = id.slice(0, 6);
      if (name === undefined) return [id, short];
      return [id, often(name) ? `${name} ${short}` : name];
    }),
  );
}
