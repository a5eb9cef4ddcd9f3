import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { GitFailure } from '../agent/git/failure.ts';
import { ensureState, readStateFile, stateFolder, writeStateFile } from '../agent/state.ts';
import { moveFile } from './files.ts';

/** The built files that a hook runs: `pregate.cjs` starts `hook.cjs`, which loads its parts when it needs them. */
const bundleFile = /^(?:(?:pregate|hook(?:-[a-z]+)?)\.cjs|hook-words\.bin)$/;
const required = ['pregate.cjs', 'hook.cjs', 'dispatch'];

/** The folder of the build that is running: the one of the program that Node was started with. */
export function runningBundle(program: string | undefined = process.argv[1]): string {
  const folder = program === undefined ? undefined : path.dirname(realpathSync(program));
  if (folder !== undefined && required.every((name) => existsSync(path.join(folder, name)))) return folder;
  throw new GitFailure({
    code: 'no-bundle',
    message:
      'The built hook bundle was not found beside this program, so no hook was installed. Build it: npm run build',
    fatal: true,
  });
}

/**
 * Copies the build into the user's state folder, under the hash of its content, and makes it the one that hooks run.
 * Hooks of every repository of this user use it: nothing that is executed lies in a repository.
 */
export function installBundle(folder: string, env: NodeJS.ProcessEnv): { dispatch: string; hash: string } {
  const names = namesOf(folder);
  const hash = hashOf(folder);
  const hooks = ensureState(env, 'hooks');
  const place = path.join(hooks, hash);
  if (!existsSync(place)) {
    const temporary = ensureState(env, 'hooks', `.new-${process.pid}-${hash.slice(0, 8)}`);
    for (const name of names) copyFileSync(path.join(folder, name), path.join(temporary, name));
    try {
      moveFile(temporary, place);
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true });
      // Another process may have installed the same build meanwhile.
      if (!existsSync(place)) throw error;
    }
  }
  const dispatch = path.join(hooks, 'dispatch');
  writeStateFile(dispatch, readFileSync(path.join(folder, 'dispatch')), 0o700);
  const previous = currentBundle(env);
  writeStateFile(path.join(hooks, 'current'), `${hash}\n`);
  dropOld(hooks, [hash, previous]);
  return { dispatch, hash };
}

/** Hash of the bundle that hooks run now, or undefined. */
export function currentBundle(env: NodeJS.ProcessEnv): string | undefined {
  const text = readStateFile(path.join(stateFolder(env), 'hooks', 'current'))?.trim();
  return text !== undefined && /^[0-9a-f]{32}$/.test(text) ? text : undefined;
}

/** The one before the current stays, because a hook may be running it; older ones go. */
function dropOld(hooks: string, keep: readonly (string | undefined)[]): void {
  for (const name of readdirSync(hooks)) {
    if (!/^[0-9a-f]{32}$/.test(name) || keep.includes(name)) continue;
    if (Date.now() - statSync(path.join(hooks, name)).mtimeMs < 3_600_000) continue;
    rmSync(path.join(hooks, name), { recursive: true, force: true });
  }
}

function namesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => bundleFile.test(name))
    .sort();
}

/** What an installed build of this folder is called: the hash of everything that hooks run. Throws when it cannot be read. */
export function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of [...namesOf(folder), 'dispatch']) {
    const bytes = readFileSync(path.join(folder, name));
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}
