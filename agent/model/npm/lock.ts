import { ownText } from '../document.ts';
import type { Document, Problem, Range } from '../types.ts';
import { readBunLock } from './lock-bun.ts';
import { readNpmLock } from './lock-npm.ts';
import { readPnpmLock } from './lock-pnpm.ts';
import { readYarnLock } from './lock-yarn.ts';

export type LockKind = 'npm' | 'yarn-classic' | 'yarn-berry' | 'pnpm' | 'bun';

/** Where a package comes from, as the lockfile says. `workspace` is a member of this repository. */
export type LockSource = 'registry' | 'git' | 'url' | 'file' | 'link' | 'workspace';

export interface LockEntry {
  /** The entry's own key: `node_modules/a/node_modules/b` (npm), `a@1.0.0(b@2.0.0)` (pnpm), `a@^1.0.0` (yarn). */
  path: string;
  /** The package's real name, also under an alias. */
  name: string;
  version: string | undefined;
  source: LockSource;
  /** Address of the tarball or repository; often absent (`omit-lockfile-registry-resolved`, pnpm, bun). */
  resolved: string | undefined;
  /** SRI text; several hashes are parted by spaces. Yarn berry's checksum stands in `checksum`. */
  integrity: string | undefined;
  checksum: string | undefined;
  dev: boolean;
  optional: boolean;
  peer: boolean;
  /** Shipped inside another package's tarball, which has the hash. */
  bundled: boolean;
  /** Limited to some operating systems or processors: such an entry may be without a checksum in yarn berry. */
  conditional: boolean;
  hasInstallScript: boolean;
  licence: string | undefined;
  deprecated: string | undefined;
  /** What it asks for: name in the tree → spec. */
  dependencies: ReadonlyMap<string, string>;
}

/** What the lockfile recorded of one manifest: for the root (`''`) and each workspace folder. */
export interface Importer {
  folder: string;
  /** Name → spec as recorded, all types together except peers. */
  specs: Map<string, string>;
  /** Name → `dependencies`, `devDependencies` or `optionalDependencies`, where the manager compares that too (pnpm). */
  groups?: Map<string, string>;
  /** Entry of each direct dependency, where the format says it. */
  entries: Map<string, LockEntry>;
}

export interface Lock {
  document: Document;
  kind: LockKind;
  /** `lockfileVersion`, as text. */
  version: string | undefined;
  entries: LockEntry[];
  /** Undefined in formats that do not record manifests (npm v1, yarn classic). */
  importers: Map<string, Importer> | undefined;
  /** Yarn classic and berry: descriptor `name@range` → entry. */
  descriptors: Map<string, LockEntry> | undefined;
  /** Set when the text could not be read; `entries` is then empty. */
  problem: Problem | undefined;
  /** The first merge conflict marker. */
  conflict: Range | undefined;
  /** The entry that `name` means inside a package; the root's own dependencies when `from` is undefined (npm, bun). */
  resolve(from: LockEntry | undefined, name: string): LockEntry | undefined;
  /** Where an entry's key stands. Looked up on the first question. */
  rangeOf(entry: LockEntry): Range;
  /** Where a field of an entry stands (value, quotes included); the entry's key when there is none. */
  fieldRangeOf(entry: LockEntry, field: 'resolved' | 'integrity' | 'version'): Range;
}

/** What one format's reader gives; `lockOf` adds what is common to all. */
export type LockBody = Omit<Lock, 'document' | 'problem' | 'conflict'>;

const memo = new WeakMap<Document, Lock>();

export const lockNames: ReadonlyMap<string, LockKind> = new Map([
  // Order is precedence: npm reads the shrinkwrap first.
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn-classic'],
  ['bun.lock', 'bun'],
]);

/** Reads a lockfile by its name. The result is kept as long as the document. Never throws. */
export function lockOf(document: Document): Lock | undefined {
  const kind = lockNames.get(document.path.slice(document.path.lastIndexOf('/') + 1));
  if (!kind) return undefined;
  let lock = memo.get(document);
  if (!lock) {
    lock = readLock(document, kind);
    memo.set(document, lock);
  }
  return lock;
}

function readLock(document: Document, kind: LockKind): Lock {
  if (document.partial) return unreadable(document, kind, 'it is too large and was read only in part', undefined);
  const conflict = conflictMarker(ownText(document));
  if (conflict) return unreadable(document, kind, 'it holds merge conflict markers', conflict);
  try {
    const body = bodyOf(document, kind);
    if (typeof body === 'string') return unreadable(document, kind, body, undefined);
    return { ...body, document, problem: undefined, conflict: undefined };
  } catch (error) {
    // A shape no reader foresaw must close the gate, not the program.
    return unreadable(document, kind, error instanceof Error ? error.message : 'unknown shape', undefined);
  }
}

function bodyOf(document: Document, kind: LockKind): LockBody | string {
  if (kind === 'npm') return readNpmLock(ownText(document));
  if (kind === 'pnpm') return readPnpmLock(ownText(document));
  if (kind === 'bun') return readBunLock(ownText(document));
  return readYarnLock(ownText(document));
}

function unreadable(document: Document, kind: LockKind, why: string, conflict: Range | undefined): Lock {
  return {
    document,
    kind,
    version: undefined,
    entries: [],
    importers: undefined,
    descriptors: undefined,
    problem: {
      code: 'lock-unreadable',
      message: `This lockfile cannot be read (${why}); its packages were not checked. Restore it or write it anew.`,
      path: document.path,
      fatal: true,
    },
    conflict,
    resolve: () => undefined,
    rangeOf: () => conflict ?? [0, 0],
    fieldRangeOf: () => conflict ?? [0, 0],
  };
}

/** Git's opening marker alone is not enough: the other two must follow it. */
function conflictMarker(text: string): Range | undefined {
  const start = text.startsWith('<<<<<<< ') ? 0 : text.indexOf('\n<<<<<<< ') + 1;
  if (start === 0 && !text.startsWith('<<<<<<< ')) return undefined;
  const middle = text.indexOf('\n=======', start);
  if (middle === -1 || text.indexOf('\n>>>>>>> ', middle) === -1) return undefined;
  const end = text.indexOf('\n', start);
  return [start, end === -1 ? text.length : end];
}
