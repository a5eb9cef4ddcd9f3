import { configValue, readGitConfig } from '../git/config-list.ts';
import { type ObjectReader, openObjects } from '../git/objects.ts';
import { findPlace } from '../git/place.ts';
import { parsePaths } from '../git/raw.ts';
import { type Git, gitOutput, openGit, runGit } from '../git/run.ts';
import { isForeignPath } from '../model/path.ts';
import { type Unread, unreadEcosystems } from '../model/sbom/ecosystems.ts';
import type { Snapshot } from './types.ts';

/** The three sides of a project that a preview talks about. */
export interface Sides {
  root: string;
  /** Folder of the project, relative to the root; empty for the root itself. */
  folder: string;
  staged: Snapshot | undefined;
  head: Snapshot | undefined;
  /** The merge-base with the remote's default branch, or HEAD's own state where there is no remote. */
  base: Snapshot | undefined;
  /** Time of the commit at HEAD, ISO 8601: the time an exported document carries. */
  headTime: string | undefined;
  /** Ecosystems in the index besides npm: what an SBOM from here leaves out. */
  unread: Unread[];
  /** Folders in the index that have a package.json, other than the root. */
  projects: string[];
}

const lockNames = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'] as const;

/** A manifest or lock beyond this is not read; npm's own would not be either. */
const limits = { full: 64_000_000, edge: 0 };

/**
 * Reads a project as staged, as at HEAD and as at the merge-base, from git's objects: no file of the working tree is
 * looked at, so what is described is what would be committed. Throws `GitFailure` outside a repository.
 */
export async function readSides(cwd: string, env: NodeJS.ProcessEnv, folder = ''): Promise<Sides> {
  const git = openGit(cwd, env);
  const place = await findPlace(git);
  const here: Git = { ...git, cwd: place.root };
  const objects = openObjects(here);
  try {
    const fork = await mergeBaseOf(here, place.head);
    const paths = parsePaths(await gitOutput(here, ['ls-files', '-z', '--cached'])).filter(
      (path) => !isForeignPath(path),
    );
    const side = (revision: string, label: string) => readSide(here, objects, { revision, folder, label });
    return {
      root: place.root,
      folder,
      staged: await side('', 'staged'),
      head: place.head ? await side(place.head, 'HEAD') : undefined,
      base: fork ? await side(fork.oid, fork.label) : undefined,
      headTime: place.head ? await timeOf(here, place.head) : undefined,
      unread: unreadEcosystems(paths),
      projects: paths.flatMap((path) => /^(?!.*node_modules\/)(.+)\/package\.json$/.exec(path)?.[1] ?? []),
    };
  } finally {
    objects.close();
  }
}

interface SideRequest {
  /** A commit, or nothing for the index. */
  revision: string;
  folder: string;
  label: string;
}

async function readSide(git: Git, objects: ObjectReader, request: SideRequest): Promise<Snapshot | undefined> {
  const prefix = request.folder === '' ? '' : `${request.folder}/`;
  const read = async (path: string): Promise<Buffer | undefined> => {
    const object = await objects.read(`${request.revision}:${prefix}${path}`, limits);
    return object?.type === 'blob' ? object.bytes : undefined;
  };
  const manifest = await read('package.json');
  if (!manifest) return undefined;
  const locks = await Promise.all(lockNames.map(async (name) => ({ name, bytes: await read(name) })));
  const lock = locks.find((one) => one.bytes !== undefined);
  const members = await memberPaths(git, request.revision, prefix);
  const workspaceManifests: { path: string; bytes: Buffer }[] = [];
  for (const path of members) {
    const bytes = await read(path);
    if (bytes) workspaceManifests.push({ path, bytes });
  }
  return {
    manifest,
    ...(lock?.bytes ? { lock: lock.bytes, lockName: lock.name } : {}),
    workspaceManifests,
    label: request.label,
  };
}

/** Manifests below the project, relative to it; which of them are workspaces the manifest's own patterns decide. */
async function memberPaths(git: Git, revision: string, prefix: string): Promise<string[]> {
  const words =
    revision === ''
      ? ['ls-files', '-z', '--cached', '--', `${prefix}*package.json`]
      : ['ls-tree', '-r', '-z', '--name-only', '--full-tree', revision];
  const paths = parsePaths(await gitOutput(git, words));
  return paths
    .filter((path) => path.startsWith(prefix) && path.endsWith('/package.json') && !isForeignPath(path))
    .filter((path) => !/(^|\/)node_modules\//.test(path) && path !== `${prefix}package.json`)
    .map((path) => path.slice(prefix.length))
    .slice(0, 2000);
}

async function mergeBaseOf(git: Git, head: string | null): Promise<{ oid: string; label: string } | undefined> {
  if (head === null) return undefined;
  const remote = configValue(await readGitConfig(git), 'remote.pushdefault') ?? 'origin';
  for (const name of [`refs/remotes/${remote}/HEAD`, `refs/remotes/${remote}/main`, `refs/remotes/${remote}/master`]) {
    const result = await runGit(git, ['merge-base', head, name]);
    const oid = result.stdout.toString().trim();
    if (result.code === 0 && oid !== '') return { oid, label: await shortName(git, name) };
  }
  return { oid: head, label: 'HEAD' };
}

async function shortName(git: Git, ref: string): Promise<string> {
  const result = await runGit(git, ['rev-parse', '--abbrev-ref', ref]);
  return result.stdout.toString().trim() || ref;
}

async function timeOf(git: Git, oid: string): Promise<string | undefined> {
  const seconds = Number((await gitOutput(git, ['log', '-1', '--format=%ct', oid])).toString().trim());
  return Number.isFinite(seconds) ? new Date(seconds * 1000).toISOString() : undefined;
}
