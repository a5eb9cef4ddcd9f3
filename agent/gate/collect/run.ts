import path from 'node:path';
import type { CommitWords } from '../../git/commit-words.ts';
import { type GitConfig, readGitConfig } from '../../git/config-list.ts';
import { type ObjectReader, openObjects } from '../../git/objects.ts';
import { findPlace, type Place } from '../../git/place.ts';
import type { RawChange } from '../../git/raw.ts';
import { type Git, type GitResult, openGit } from '../../git/run.ts';
import type { Document, Problem, RepoPath } from '../../model/types.ts';
import type { Scanner } from '../../threads/scanner.ts';
import type { Collected, ListedExceptions, RepoInfo, Scope, SignatureInfo, SigningState, Skipped } from '../types.ts';

export interface CollectLimits {
  /** Objects and files up to this many bytes are read whole. */
  fullBytes: number;
  /** The same for lockfiles, manifests, pipelines and configuration, which mean nothing in part. */
  modelledBytes: number;
  /** The same for content that is not text; of a larger one the strings in its middle are read too. */
  binaryBytes: number;
  /** Bytes read from the head and from the tail of a larger one. */
  edgeBytes: number;
  /** Documents in one scope. */
  files: number;
  /** Bytes of all documents together. */
  totalBytes: number;
}

export interface Progress {
  done: number;
  total: number;
  label: string;
  /** What is counted, where the label does not say it. */
  unit?: string;
}

/**
 * What is known already when a run starts: a daemon keeps it between runs, and the shell of a hook asks git while Node is
 * still starting. What is left out is asked of git. It must say what git would say now.
 */
export interface Standing {
  /** The tree that the index of this run would become, and how it differs from HEAD's, as `diff-index` would say it. */
  staged?: { tree: string; changes: RawChange[] };
  place?: (git: Git) => Promise<Place>;
  config?: (git: Git) => Promise<GitConfig>;
  /** What `git diff-index` with these words says of the index and HEAD. */
  diff?: (git: Git, args: readonly string[]) => Promise<GitResult>;
  /** Answers before a reader of this run what is known of objects and of the index. */
  before?: (git: Git, reader: ObjectReader) => ObjectReader;
  /** A reader that outlives the run. It must not be asked about the index: it may have read that of another commit. */
  objects?: (git: Git) => ObjectReader;
}

export interface CollectOptions {
  cwd: string;
  /** Environment of the caller; inside a hook it names the index being committed. Default: of this process. */
  env?: NodeJS.ProcessEnv;
  /** The instant of this run, ISO 8601 UTC. Default: now. */
  now?: string;
  onProgress?: (progress: Progress) => void;
  limits?: Partial<CollectLimits>;
  /** Verifies signatures of commits. Without it they are reported as `no-key`. `allowedSigners` is the base's version, `config` git's. */
  verify?: (
    repo: RepoInfo,
    oids: readonly string[],
    allowedSigners: Document | undefined,
    config: GitConfig,
  ) => Promise<Map<string, SignatureInfo>>;
  /** Says whether the commit being made would be signed. Without it git's configuration answers. */
  signing?: (repo: RepoInfo, config: GitConfig) => Promise<SigningState>;
  /**
   * What was typed behind `git commit`, where it is known. With `--amend` the commit being made replaces HEAD: what HEAD
   * brought is committed again and looked at again.
   */
  typed?: CommitWords;
  /** Documents of the whole repository that models need, or only those related to what changed (default by scope). */
  context?: 'related' | 'whole';
  /** Receives history in batches instead of keeping it in `Collected.history`, so that a first push stays small in memory. */
  onHistory?: (documents: Document[]) => void | Promise<void>;
  fingerprintKey?: Uint8Array;
  /** What an archive holds, as documents. Injected where somebody asked for it, so that hooks need not carry it. */
  archives?: (run: Run, document: Document) => Document[];
  /** Looks at documents in further threads while others are still being read. Injected for the same reason. */
  scanner?: Scanner;
  /** Nobody will ask for a file's text but to look for findings: what is silent may be forgotten while the rest is read. */
  forget?: boolean;
  /** Reads the scope `history`; injected for the same reason. */
  wholeHistory?: (scope: Extract<Scope, { kind: 'history' }>, run: Run) => Promise<Omit<Collected, 'fingerprintKey'>>;
  /**
   * Whether rules on secrets have looked at a blob at this path before and had nothing to say. Such a blob of the outgoing
   * history is not read again. Never given where a team's gate is judged.
   */
  isKnown?: (place: { oid: string; path: RepoPath; kind: 'file' | 'symlink' }) => boolean;
  standing?: Standing;
  /** Told where an index is judged that becomes a commit on one parent or none, which is no merge: with all that it changes. */
  onIndex?: (place: Place, commit: { parent: string | null; changes: readonly RawChange[] }) => void;
}

export const defaultLimits: CollectLimits = {
  fullBytes: 32_000_000,
  modelledBytes: 32_000_000,
  binaryBytes: 1_000_000,
  edgeBytes: 512 * 1024,
  files: 200_000,
  totalBytes: 512 * 1024 * 1024,
};

/** What one run of `collect` shares: limits, problems, and the processes it has started. */
export interface Run {
  cwd: string;
  env: NodeJS.ProcessEnv;
  now: string;
  limits: CollectLimits;
  options: CollectOptions;
  skipped: Skipped[];
  problems: Problem[];
  progress: (done: number, total: number, label: string, unit?: string) => void;
  /** Opens git here; `otherRepository` forgets which repository a hook belongs to. */
  git: (options?: { otherRepository?: boolean; cwd?: string }) => Git;
  place: (git: Git) => Promise<Place>;
  config: (git: Git) => Promise<GitConfig>;
  /** The one object reader of this run. */
  objects: (git: Git) => ObjectReader;
  /** Bytes kept so far, against `limits.totalBytes`. */
  keptBytes: number;
  /** Exceptions of the protected base, where a scope has asked for them beside what it reads itself. */
  exceptions?: Promise<ListedExceptions | undefined>;
  close: () => void;
}

export function startRun(options: CollectOptions): Run {
  const env = options.env ?? process.env;
  const cwd = path.resolve(options.cwd);
  let reader: ObjectReader | undefined;
  let own: Git | undefined;
  return {
    cwd,
    env,
    now: options.now ?? new Date().toISOString(),
    limits: { ...defaultLimits, ...options.limits },
    options,
    skipped: [],
    problems: [],
    progress: (done, total, label, unit) => options.onProgress?.({ done, total, label, ...(unit ? { unit } : {}) }),
    git(where) {
      if (where) return openGit(where.cwd ?? cwd, env, where);
      own ??= openGit(cwd, env);
      return own;
    },
    place: options.standing?.place ?? findPlace,
    config: options.standing?.config ?? readGitConfig,
    objects(git) {
      if (options.standing?.objects) return options.standing.objects(git);
      if (!reader) {
        const asked = openObjects(git);
        reader = options.standing?.before?.(git, asked) ?? asked;
      }
      return reader;
    },
    keptBytes: 0,
    close: () => reader?.close(),
  };
}

/** A repository as far as a run has opened it. */
export interface Repository {
  git: Git;
  place: Place;
  config: GitConfig;
  objects: ObjectReader;
}

/** What a scope that reads no history leaves empty, and what every one takes from its run at its end. */
export function withoutHistory({ skipped, problems, now }: Run) {
  return { context: [], base: [], history: [], changes: [], commits: [], push: null, skipped, problems, now };
}
