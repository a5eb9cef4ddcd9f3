import type { Category, Confidence, Severity } from '../model/types.ts';
import type { Places } from './places.ts';

/**
 * The document every policy sees as `input`: `gate.input/v1`, described in `docs/gates.md`.
 * Every key is always there. `null` means "there is none", or, where its pointer is listed in `unknown`, "not known".
 * It never holds a secret's value.
 */
export interface GateInput {
  schema: 'gate.input/v1';
  stage: string;
  time: { now: string; now_ns: string };
  repo: RepoInput;
  /** Whose push it is; account, roles and keys are known to the forge only. */
  actor: { name: string | null; email: string | null; login: null; roles: null; signing_keys: null };
  push: { remote: string; refs: RefInput[] } | null;
  commits: CommitInput[];
  signing: { required: boolean; configured: boolean; will_sign: boolean | null; problem: string | null };
  changes: ChangeInput[];
  findings: FindingInput[];
  weakened: WeakenedInput[];
  /** `edges[i]`: indices of the components that component `i` asks for. */
  sbom: {
    format: 'lock';
    components: readonly ComponentInput[] | null;
    edges: readonly (readonly number[])[] | null;
  };
  sbom_diff: { [K in keyof SbomDiffInput]: SbomDiffInput[K] | null };
  pipelines: PipelineInput[];
  publish: ReleaseInput[];
  manifests: ManifestInput[];
  /** Files that deploy something but could not be read as objects. */
  unread_manifests: { path: string; reason: string }[];
  images: ImageInput[];
  /** What only the registry, the forge and the cluster know. */
  attestations: null;
  checks: null;
  /** Snapshots of the forge's rules, where there is one: `{"github": {"fetched_at", "source", "answers"}}`. */
  settings: Record<string, unknown> | null;
  reviews: { state: string };
  codeowners: { pattern: string; owners: string[] }[];
  exceptions: ExceptionInput[];
  bundles: { name: string; revision: string; digest: string; verified: string; fetched_at: string | null }[];
  unknown: string[];
}

/** A signed exception on the protected base: see docs/rollout.md. */
export interface ExceptionInput {
  id: string;
  rule: string;
  scope: Record<string, string>;
  reason: string;
  approved_by: string;
  created: string;
  expires: string;
  key: string | null;
}

export interface RepoInput {
  branch: string | null;
  head: string | null;
  /** The merge-base with the protected branch; null when there is nothing to compare with. */
  base: string | null;
  default_branch: string | null;
  shallow: boolean;
  remotes: { name: string; url: string; provider: string; host: string; owner: string; name_on_host: string }[];
}

export interface RefInput {
  src: string;
  dst: string;
  kind: string;
  old: string | null;
  new: string | null;
  create: boolean;
  delete: boolean;
  force: boolean | null;
  protected: boolean;
  commits: string[];
}

export interface PersonInput {
  name: string;
  email: string;
  date: string;
}

export interface CommitInput {
  sha: string;
  parents: string[];
  author: PersonInput;
  committer: PersonInput;
  subject: string;
  body: string;
  trailers: Record<string, string[]>;
  merge: boolean;
  signature: {
    present: boolean;
    format: string | null;
    status: string;
    key: string | null;
    signer: string | null;
    /** Whether the forge shows it as verified: its own answer, so unknown here. */
    host_verified: string;
  };
  new: boolean;
  paths: string[];
}

export interface ChangeInput {
  path: string;
  /** Of an added file: the removed one it was made of. */
  old_path: string | null;
  status: string;
  size: number | null;
  mode: string;
  binary: boolean;
  lfs: boolean;
  submodule: boolean;
  /** Lines of the new text that its base has not, as `[first, last]`; `null` where there is no text to compare. */
  lines: [number, number][] | null;
}

export interface FindingInput {
  /** The fingerprint, numbered where several have it: unique in one input, the same from run to run. */
  id: string;
  rule: string;
  class: Category;
  severity: Severity;
  confidence: Confidence;
  message: string;
  path: string;
  range: { line: number; column: number; end_line: number; end_column: number };
  commit: string | null;
  /** `null`: there is no base to compare with. */
  introduced: boolean | null;
  /** A commit, `worktree`, or `base`; `null` as above. */
  introduced_by: string | null;
  fingerprint: string;
  suppressed: { by: string; reason: string; expires: string | null; introduced: boolean } | null;
}

/** One way in which the change makes the gate itself weaker. */
export interface WeakenedInput {
  setting: string;
  msg: string;
  path: string;
}

export interface SbomInput {
  components: readonly ComponentInput[];
  edges: readonly (readonly number[])[];
  diff: SbomDiffInput;
  /** Where each of these stands in its lock. */
  setPlaces(places: Places): void;
}

export interface SbomDiffInput {
  /** Most dangerous first, as `agent/model/sbom/diff.ts` orders them. */
  changes: readonly SbomChangeInput[];
  /** The same, by kind: packages that are new, that are gone, whose version, content, source, script or scope is another. */
  added: readonly SbomChangeInput[];
  removed: readonly SbomChangeInput[];
  changed: readonly SbomChangeInput[];
  license_changed: readonly SbomChangeInput[];
}

export interface ComponentInput {
  name: string;
  version: string | null;
  purl: string;
  licence: string | null;
  scope: string;
  direct: boolean;
  first_party: boolean;
  /** The lock holds a hash of its content. */
  hash: boolean;
  /** `null`: the lock does not say. */
  install_script: boolean | null;
  lock: string;
}

export interface SbomChangeInput {
  /** `hash-changed`, `install-script-added`, `direct-added` … */
  class: string;
  name: string;
  /** Without version. */
  purl: string;
  before: string | null;
  after: string | null;
  direct: boolean;
  scope: string;
  /** From the direct dependency down to the one above this. */
  via: string[];
  step: string | null;
  from: string | null;
  to: string | null;
  lock: string;
}

export interface PipelineInput {
  provider: string;
  path: string;
  source: 'local';
  triggers: string[];
  /** Strangers can cause a run of it that holds secrets or a token that may write. */
  privileged: boolean;
  unresolved_includes: string[];
  jobs: JobInput[];
}

export interface JobInput {
  id: string;
  environment: string | null;
  uses: { ref: string; kind: string; pinned: string }[];
}

/** A step that releases something. */
export interface ReleaseInput {
  kind: string;
  /** What is released, for people: `npm package (npm publish)`. */
  what: string;
  path: string;
  job: string;
  tags: { ref: string; mutable: boolean | null }[];
  provenance: boolean;
  sbom: boolean;
  /** False when another repository's pipeline does it. */
  resolved: boolean;
}

export interface ManifestInput {
  /** The Kubernetes object, with the values of secrets replaced. */
  object: unknown;
  name: string;
  from: { path: string; index: number; rendered_by: 'raw' };
  plain_secrets: { path: string; index: number }[];
}

export interface ImageInput {
  ref: string;
  digest: string | null;
  production: boolean;
  /** False when a variable stands in the reference. */
  resolved: boolean;
  /** What is known of its signatures; only the registry knows, so `unknown` here. */
  signatures: 'unknown';
  path: string;
}
