import type { Config } from '../config.ts';
import type { Document, Finding, Problem, RepoPath } from '../model/types.ts';
import type { Decision, PolicySource, Reason } from '../policy/types.ts';

/** What is to be judged. The three doors differ only in this. */
export type Scope =
  | { kind: 'text'; path: RepoPath; text: string; root?: string }
  /** Files and folders of the working tree, or of any folder when there is no repository. */
  | { kind: 'paths'; paths: string[] }
  /** The index that git is about to commit. `message` is given by `commit-msg`. */
  | { kind: 'staged'; message?: Uint8Array }
  /**
   * Everything a push would send. `refs` are the lines git gives to `pre-push`; without them the current branch.
   * `server` is set by the repository that receives the push: what it has are its own refs.
   */
  | { kind: 'outgoing'; remote?: string; url?: string; refs?: PushRef[]; server?: boolean }
  | { kind: 'range'; from: string; to: string }
  | { kind: 'all' }
  /**
   * Every object that any ref reaches, or what `since` does not reach; `fresh` forgets what earlier runs have
   * seen; `revisions` are ids, with `^` in front for what is left out.
   */
  | { kind: 'history'; since?: string; reflog?: boolean; fresh?: boolean; revisions?: string[] };

export interface PushRef {
  localRef: string;
  localOid: string;
  remoteRef: string;
  remoteOid: string;
}

export type RefKind = 'branch' | 'tag' | 'notes' | 'other';

/** One ref of a push, as far as it can be known here. */
export interface PushedRef {
  src: string;
  dst: string;
  kind: RefKind;
  old: string | null;
  new: string | null;
  create: boolean;
  delete: boolean;
  /** The remote's old value is not an ancestor of the new one; `null` when the old object is not here. */
  force: boolean | null;
  /** Outgoing commits of this ref, newest first. */
  commits: string[];
  /** The ref is the remote's default branch, as far as `refs/remotes/<remote>/HEAD` tells. */
  protected: boolean;
}

export type SignatureFormat = 'openpgp' | 'ssh' | 'x509';

/**
 * `good`: verified, known signer whose principal matches the committer. `untrusted`: cryptographically right, but the
 * key is not in the allowed signers. `wrong-principal`: right key of somebody else. `no-key`: cannot be verified here.
 */
export type SignatureStatus =
  | 'none'
  | 'good'
  | 'bad'
  | 'untrusted'
  | 'wrong-principal'
  | 'expired'
  | 'revoked'
  | 'no-key';

export interface SignatureInfo {
  present: boolean;
  format?: SignatureFormat;
  status: SignatureStatus;
  /** `SHA256:…` for SSH, the key id for OpenPGP. */
  key?: string;
  signer?: string;
  /** One line for a person when the status is not `good`. */
  detail?: string;
}

export interface Person {
  name: string;
  email: string;
  /** ISO 8601 with offset. */
  date: string;
}

export interface CommitInfo {
  oid: string;
  tree: string;
  parents: string[];
  author: Person;
  committer: Person;
  subject: string;
  body: string;
  signature: SignatureInfo;
  /** Paths it changes against its first parent. */
  paths: RepoPath[];
}

export interface Change {
  path: RepoPath;
  status: 'A' | 'M' | 'D' | 'T';
  mode: string;
  oid: string | null;
  size: number | null;
  binary: boolean;
  lfs: boolean;
  submodule: boolean;
}

/** Something in the scope that was not looked at, or only in part. Shown always, counted always. */
export interface Skipped {
  path: RepoPath;
  /** Kebab-case: `too-large`, `lfs-content`, `submodule`, `binary`, `excluded`, `unreadable`. */
  reason: string;
  detail: string;
  partial: boolean;
}

export interface SigningState {
  /** The policy or the configuration of the repository asks for signatures. */
  required: boolean;
  /** This repository is set to sign commits (`commit.gpgsign`). */
  configured: boolean;
  /** The commit being made would be signed. `null` when there is no commit being made. */
  willSign: boolean | null;
  /** One line when something is wrong. */
  problem?: string;
}

export interface RepoInfo {
  /** Absolute path of the working tree (or of the folder when there is no repository). */
  root: string;
  git: boolean;
  branch: string | null;
  head: string | null;
  /** For example `refs/remotes/origin/main`; null without a remote. */
  upstreamBase: string | null;
  mergeBase: string | null;
  remote: { name: string; url: string; provider: string; host: string; owner: string; repository: string } | null;
  defaultBranch: string | null;
  shallow: boolean;
  /** Folder that all worktrees of the repository share; absent outside a repository. */
  commonDir?: string;
}

/** All that was read for a scope. `judge` needs nothing else: same `Collected`, same report. */
export interface Collected {
  scope: Scope['kind'];
  /** For people: `index`, `3 commits to origin/main`, `working tree`. */
  label: string;
  repo: RepoInfo;
  /** What is judged. */
  targets: Document[];
  /** Unchanged documents that models need: manifests, locks, pipelines, configuration. */
  context: Document[];
  /** Base versions (merge-base, or HEAD for a commit) of targets and context. */
  base: Document[];
  /** Blobs that outgoing commits introduce but the tip no longer has. Only secrets are looked for in them. */
  history: Document[];
  changes: Change[];
  commits: CommitInfo[];
  push: { remote: string; url: string; refs: PushedRef[] } | null;
  signing: SigningState;
  /** Configuration that judges: the base's where a base exists and a push is judged. */
  config: Config;
  /** Configuration as proposed by the change, when it differs. */
  proposedConfig: Config | null;
  /** Of the scope `history`: objects that HEAD still has. */
  present?: ReadonlySet<string>;
  skipped: Skipped[];
  problems: Problem[];
  /** Exceptions as the protected base has them, signatures checked; absent where there is no base or no file. */
  exceptions?: ListedExceptions;
  /** The one instant of this run, ISO 8601 UTC. */
  now: string;
  /** HMAC key for fingerprints: of the installation for logs, of the repository for baselines. */
  fingerprintKey: Uint8Array;
}

/** What an exception excuses; every field that is there must fit. */
export interface ExceptionScope {
  /** Glob of a path in the repository, or a ref's full name. */
  path?: string;
  commit?: string;
  /** Package URL, without version where the reason has none. */
  component?: string;
  /** Glob of a branch's short name. */
  branch?: string;
  /** `host/owner/name` */
  repository?: string;
}

/** A person's signed word that a rule may be broken in one place until one day. */
export interface PolicyException {
  v: 1;
  id: string;
  /** The policy rule (`push/unsigned-commit`) or the rule of a finding. */
  rule: string;
  scope: ExceptionScope;
  reason: string;
  /** Address of the signer. */
  approver: string;
  /** Days, UTC. It counts on the last one. */
  created: string;
  expires: string;
}

export interface CheckedException extends PolicyException {
  signature: 'good' | 'unsigned' | 'bad' | 'unknown-signer' | 'wrong-signer' | 'key-expired';
  /** One line for a person when the signature is not `good`. */
  detail?: string;
  /** `SHA256:…` */
  key?: string;
  /** Day on which the signer's key ends. */
  keyExpires?: string;
  /** Where it was found, for people: `refs/remotes/origin/main:.pregate/exceptions.jsonl:3`. */
  from: string;
}

export interface ListedExceptions {
  entries: CheckedException[];
  /** Lines that could not be read, and why: they do not count, and that is said. */
  broken: { from: string; problem: string }[];
}

export interface Report {
  scope: Scope['kind'];
  label: string;
  repo: RepoInfo;
  findings: Finding[];
  /** Kept and counted, never dropped. */
  suppressed: Finding[];
  problems: Problem[];
  skipped: Skipped[];
  decision: Decision;
  policy: PolicySource;
  commits: CommitInfo[];
  push: Collected['push'];
  changes: Change[];
  counts: { documents: number; bytes: number; rules: number; history: number };
  now: string;
}

/** Exit codes of every command and hook. */
export const Exit = { pass: 0, violation: 1, usage: 2, couldNotCheck: 3 } as const;
export type ExitCode = (typeof Exit)[keyof typeof Exit];

export type { Reason };
