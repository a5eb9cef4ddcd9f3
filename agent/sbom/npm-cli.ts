import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, isAbsolute, join, relative, sep } from 'node:path';

export interface NpmLookup {
  env: NodeJS.ProcessEnv;
  /** The Node binary that is running. */
  node: string;
  /** Nothing below this folder is taken: the repository is data. */
  root?: string;
}

export interface NpmCli {
  path: string;
  version: string;
}

/**
 * The real `npm-cli.js` of this machine: what started us if that is npm, else the `npm` on PATH behind its links and
 * shims, else the one beside the Node binary. pnpm and yarn set `npm_execpath` to themselves, which CycloneDX would
 * then run with npm's arguments; so a candidate counts only when its own package says that it is npm.
 */
export function findNpm(lookup: NpmLookup): NpmCli | undefined {
  for (const candidate of candidates(lookup)) {
    const found = checked(candidate, lookup.root);
    if (found) return found;
  }
  return undefined;
}

function* candidates({ env, node }: NpmLookup): Generator<string> {
  const started = env['npm_execpath'];
  if (started && isAbsolute(started)) yield started.replace(/npx-cli\.js$/, 'npm-cli.js');
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    // A relative entry means "whatever lies in the current folder": never followed.
    if (!isAbsolute(folder)) continue;
    // A version manager's npm is often a program of its own; its Node is not, and npm lies beside that.
    for (const name of ['npm', 'npm.cmd', 'node', 'node.exe']) {
      const shim = real(join(folder, name));
      if (!shim) continue;
      yield shim;
      yield* beside(dirname(shim));
      yield* beside(folder);
    }
  }
  const binary = real(node);
  if (binary) yield* beside(dirname(binary));
}

function* beside(folder: string): Generator<string> {
  yield join(folder, 'node_modules/npm/bin/npm-cli.js');
  yield join(folder, '../lib/node_modules/npm/bin/npm-cli.js');
}

function checked(candidate: string, root: string | undefined): NpmCli | undefined {
  const path = real(candidate);
  if (!path || basename(path) !== 'npm-cli.js' || (root !== undefined && isBelow(path, real(root) ?? root))) {
    return undefined;
  }
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dirname(path), '../package.json'), 'utf8'));
    const { name, version } = manifest as { name?: unknown; version?: unknown };
    return name === 'npm' && typeof version === 'string' && statSync(path).isFile() ? { path, version } : undefined;
  } catch {
    return undefined;
  }
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function real(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}
