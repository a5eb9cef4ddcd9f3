import type { Document, RepoPath } from '../types.ts';
import { type Lock, lockNames, lockOf } from './lock.ts';
import { folderOf, joinPath, type Manifest, manifestOf, overrideTarget } from './manifest.ts';
import { pnpmWorkspaceOf, workspaceMember } from './workspace.ts';

/** One package.json with its lockfile, its base version and its workspace. */
export interface NpmProject {
  /** Manifest, locks and settings it was made of: any of them in the scope puts the project in the scope. */
  documents: readonly Document[];
  /** Folder inside the repository, `''` for the root. */
  folder: RepoPath;
  /** The document is known even when it cannot be read. */
  manifestDocument: Document | undefined;
  manifest: Manifest | undefined;
  /** Lockfiles in this very folder, the one the manager reads first at the front. Lock rules look at these. */
  locks: readonly Lock[];
  /** The lock that decides versions here: of this folder, or of the workspace root this manifest belongs to. */
  lock: Lock | undefined;
  /** This manifest's key in `lock.importers`: `''` for the root, `packages/a` for a member. */
  importer: string;
  /** The workspace root's manifest when this is a member. */
  root: Manifest | undefined;
  /** Members of this workspace when this is its root. */
  members: readonly Manifest[];
  /** Names of all packages of the workspace it belongs to: such a dependency needs no registry. */
  memberNames: ReadonlySet<string>;
  /** `.npmrc`, `.yarnrc.yml`, `.yarnrc` and `bunfig.toml` that apply here. */
  settings: readonly Document[];
  /** Names whose version `overrides` or `resolutions` decide, in the manifest, its root or `pnpm-workspace.yaml`. */
  overridden: ReadonlySet<string>;
  /** Package → may run install scripts, as manifest, root or `pnpm-workspace.yaml` say. */
  allowScripts: ReadonlyMap<string, boolean>;
  /** The same files at the base (merge-base or HEAD). Undefined parts did not exist or are not known. */
  base: { manifest: Manifest | undefined; locks: readonly Lock[] };
}

const settingNames = ['.npmrc', '.yarnrc.yml', '.yarnrc', 'bunfig.toml'];

/**
 * All npm, yarn, pnpm and bun projects among `documents`; `base` are the same paths before the change.
 * Manifests inside `node_modules` are somebody else's and make no project.
 */
export function npmProjectsOf(documents: readonly Document[], base: readonly Document[]): NpmProject[] {
  const byPath = indexOf(documents);
  const baseByPath = indexOf(base);
  const folders = new Set([...byPath.keys()].filter(isProjectFile).map(folderOf));
  const workspaces = workspacesOf(folders, byPath);
  return [...folders].sort().map((folder) => projectAt(folder, byPath, baseByPath, workspaces));
}

interface WorkspaceRoot {
  manifest: Manifest;
  members: Manifest[];
  names: ReadonlySet<string>;
}

interface Workspaces {
  byRoot: ReadonlyMap<RepoPath, WorkspaceRoot>;
  byMember: ReadonlyMap<Manifest, WorkspaceRoot>;
}

function projectAt(
  folder: RepoPath,
  byPath: ReadonlyMap<RepoPath, Document>,
  baseByPath: ReadonlyMap<RepoPath, Document>,
  workspaces: Workspaces,
): NpmProject {
  const manifestDocument = byPath.get(joinPath(folder, 'package.json'));
  const manifest = manifestDocument && manifestOf(manifestDocument).manifest;
  const locks = locksAt(folder, byPath, manifest);
  const own = workspaces.byRoot.get(folder);
  const above = manifest && workspaces.byMember.get(manifest);
  const workspace = own ?? above;
  const inherited = above && locks.length === 0 ? locksAt(above.manifest.folder, byPath, above.manifest)[0] : undefined;
  const settings = settingsAt(folder, above?.manifest.folder, byPath);
  const parts = [manifestDocument, ...locks.map((lock) => lock.document), inherited?.document, ...settings];
  const memberDocuments = own ? own.members.map((member) => member.document) : [];
  const baseManifest = baseByPath.get(joinPath(folder, 'package.json'));
  const lockFolder = inherited ? above!.manifest.folder : folder;
  return {
    documents: [...parts.filter((part) => part !== undefined), ...memberDocuments],
    folder,
    manifestDocument,
    manifest,
    locks,
    lock: locks[0] ?? inherited,
    importer: inherited ? relative(above!.manifest.folder, folder) : '',
    root: above?.manifest,
    members: own?.members ?? [],
    memberNames: workspace?.names ?? new Set(),
    settings,
    ...decisionsOf(manifest, above?.manifest, byPath.get(joinPath(lockFolder, 'pnpm-workspace.yaml'))),
    base: {
      manifest: baseManifest && manifestOf(baseManifest).manifest,
      locks: locksAt(lockFolder, baseByPath, undefined),
    },
  };
}

function decisionsOf(manifest: Manifest | undefined, root: Manifest | undefined, pnpm: Document | undefined) {
  const workspace = pnpm && pnpmWorkspaceOf(pnpm);
  const overridden = [manifest?.overridden, root?.overridden, workspace?.overrides.map(overrideTarget)];
  const allowScripts = [workspace?.allowScripts, root?.allowScripts, manifest?.allowScripts];
  return {
    overridden: new Set(overridden.flatMap((names) => [...(names ?? [])])),
    allowScripts: new Map(allowScripts.flatMap((names) => [...(names ?? [])])),
  };
}

function indexOf(documents: readonly Document[]): Map<RepoPath, Document> {
  const files = documents.filter((document) => document.kind === 'file' && !isVendored(document.path));
  return new Map(files.map((document) => [document.path, document]));
}

function isVendored(path: RepoPath): boolean {
  return path.startsWith('node_modules/') || path.includes('/node_modules/');
}

function isProjectFile(path: RepoPath): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name === 'package.json' || lockNames.has(name);
}

function locksAt(
  folder: RepoPath,
  byPath: ReadonlyMap<RepoPath, Document>,
  manifest: Manifest | undefined,
): readonly Lock[] {
  const locks: Lock[] = [];
  for (const name of lockNames.keys()) {
    const document = byPath.get(joinPath(folder, name));
    const lock = document && lockOf(document);
    if (lock) locks.push(lock);
  }
  const wanted = manifest?.packageManager?.split('@', 1)[0];
  return wanted ? locks.sort((a, b) => Number(!a.kind.startsWith(wanted)) - Number(!b.kind.startsWith(wanted))) : locks;
}

function settingsAt(
  folder: RepoPath,
  rootFolder: RepoPath | undefined,
  byPath: ReadonlyMap<RepoPath, Document>,
): Document[] {
  const folders = rootFolder === undefined || rootFolder === folder ? [folder] : [folder, rootFolder];
  const paths = folders.flatMap((place) => settingNames.map((name) => joinPath(place, name)));
  return paths.map((path) => byPath.get(path)).filter((document) => document !== undefined);
}

function workspacesOf(folders: ReadonlySet<RepoPath>, byPath: ReadonlyMap<RepoPath, Document>): Workspaces {
  const manifests: Manifest[] = [];
  for (const folder of folders) {
    const document = byPath.get(joinPath(folder, 'package.json'));
    const manifest = document && manifestOf(document).manifest;
    if (manifest) manifests.push(manifest);
  }
  const byRoot = new Map<RepoPath, WorkspaceRoot>();
  const byMember = new Map<Manifest, WorkspaceRoot>();
  for (const manifest of manifests) {
    const isMember = workspaceMember(manifest, byPath);
    if (!isMember) continue;
    const inside = manifests.filter((other) => other !== manifest && isInside(manifest.folder, other.folder));
    const members = inside.filter((other) => isMember(relative(manifest.folder, other.folder)));
    const names = new Set([manifest, ...members].map((each) => each.name ?? ''));
    const root = { manifest, members, names };
    byRoot.set(manifest.folder, root);
    for (const member of members) if (!byMember.has(member)) byMember.set(member, root);
  }
  return { byRoot, byMember };
}

function isInside(folder: RepoPath, other: RepoPath): boolean {
  return folder === '' || other.startsWith(`${folder}/`);
}

function relative(folder: RepoPath, other: RepoPath): string {
  return folder === '' ? other : other.slice(folder.length + 1);
}
