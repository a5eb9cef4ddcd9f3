import { displayText } from '../path.ts';
import type { Document, RepoPath } from '../types.ts';
import type { LockEntry, LockKind } from './lock.ts';
import { joinPath } from './manifest.ts';
import type { NpmProject } from './project.ts';

/** Text from a repository as it may stand in a message: control characters escaped, never longer than a line. */
export function shown(text: string): string {
  const safe = displayText(text);
  return safe.length > 120 ? `${safe.slice(0, 119)}…` : safe;
}

export function labelOf(entry: LockEntry): string {
  return shown(entry.version === undefined ? entry.name : `${entry.name}@${entry.version}`);
}

/** `a, b, c and 4 more`. */
export function listed(names: readonly string[], limit = 3): string {
  const unique = [...new Set(names)];
  const head = unique.slice(0, limit).map(shown).join(', ');
  return unique.length > limit ? `${head} and ${unique.length - limit} more` : head;
}

/** The manager's command that writes the lockfile anew and installs nothing. */
export function lockCommand(project: NpmProject): string {
  return refresh[project.lock?.kind ?? managerOf(project)];
}

/** What the frozen install of a manager is called. */
export const frozenInstall: Record<LockKind, string> = {
  npm: 'npm ci',
  pnpm: 'pnpm install --frozen-lockfile',
  'yarn-classic': 'yarn install --frozen-lockfile',
  'yarn-berry': 'yarn install --immutable',
  bun: 'bun install --frozen-lockfile',
};

/** Test material is not installed by anyone who uses the repository. */
export function isTestMaterial(folder: string): boolean {
  return /(?:^|\/)(?:fixtures?|__fixtures__|testdata|test-data|__mocks__)(?:\/|$)/.test(folder);
}

/**
 * A lock lies there that is not read here: Bun's former binary form, Deno's, or Rush's, which keeps one for all in a
 * folder of its own. Whoever has one of these has not forgotten the lockfile.
 */
export function hasForeignLock(folder: RepoPath, document: (path: RepoPath) => Document | undefined): boolean {
  const beside = ['bun.lockb', 'deno.lock', 'vlt-lock.json'].map((name) => joinPath(folder, name));
  return [...beside, 'bun.lockb', 'rush.json'].some((path) => document(path) !== undefined);
}

const refresh: Record<LockKind, string> = {
  npm: 'npm install --package-lock-only',
  pnpm: 'pnpm install --lockfile-only',
  'yarn-classic': 'yarn install',
  'yarn-berry': 'yarn install --mode=update-lockfile',
  bun: 'bun install --lockfile-only',
};

function managerOf(project: NpmProject): LockKind {
  const [name, version = ''] = (project.root ?? project.manifest)?.packageManager?.split('@') ?? [];
  if (name === 'yarn') return version.startsWith('1.') ? 'yarn-classic' : 'yarn-berry';
  return name === 'pnpm' || name === 'bun' ? name : 'npm';
}
