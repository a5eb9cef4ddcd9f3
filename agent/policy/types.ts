import type { Problem, RepoPath, Span } from '../model/types.ts';
import type { BodyExplanation } from '../rego/explain.ts';
import type { InputPath } from '../rego/input-paths.ts';
import type { Reference } from '../rego/references.ts';

export const gates = ['commit', 'push', 'build', 'publish', 'deploy'] as const;
export type Gate = (typeof gates)[number];

export type Answer = 'allow' | 'warn' | 'deny' | 'depends';

/** How far a local answer can be trusted: see ARCHITECTURE.md. */
export type Exactness = 'exact' | 'snapshot' | 'approximate' | 'unknowable';

/** Where a reason points. `line` counts from 1. The path of a whole commit is `commit:<oid>`. */
export interface Place {
  path: RepoPath;
  span?: Span;
  commit?: string;
}

/** One statement of one policy rule about this change. */
export interface Reason {
  gate: Gate;
  /** The policy rule: `push/unsigned-commit`. */
  rule: string;
  effect: 'deny' | 'warn' | 'depends' | 'note';
  /** One line: what, where, why it matters. */
  message: string;
  place?: Place;
  /** One line: the smallest change that would change the answer. */
  remedy?: string;
  /** Fingerprint of the finding it rests on. */
  finding?: string;
  /** JSON pointers into the gate input that are not known here. */
  unknown?: string[];
  exactness: Exactness;
  /** The policy file and line that says so. */
  source?: { file: string; line: number };
  /** ISO date from which a warning becomes a denial. */
  effectiveOn?: string;
  /** The finding's own rule, where it rests on one. */
  about?: string;
  /** Package URL of the component it is about. */
  subject?: string;
  /** How far the rule is rolled out here, where that is not simply "as the policy says". */
  rollout?: {
    level: 'off' | 'shadow' | 'warn' | 'enforce';
    would: 'deny' | 'warn' | 'depends';
    why?: string;
    owner?: string;
  };
  /** The exception that fits it, whether it counts or not. */
  exception?: {
    id: string;
    state: 'counts' | 'expired' | 'invalid' | 'not-permitted';
    would: 'deny' | 'warn';
    approver: string;
    expires: string;
    reason: string;
    problem?: string;
  };
}

export interface GateDecision {
  gate: Gate;
  answer: Answer;
  exactness: Exactness;
  /** One line for the ladder: `1 of 3 commits is not signed: 9c1e2aa`. */
  summary: string;
  reasons: Reason[];
  /** It has no answer: the policy has no rules for it (`unjudged`), or something kept it from being asked (`undecided`). */
  open?: 'unjudged' | 'undecided';
}

export interface Decision {
  gates: GateDecision[];
  /** Which engine answered: `rego (acme/gates)`. */
  engine?: string;
  /** What was asked for with `explain`. */
  explanations?: RuleExplanation[];
  /** With `explain`: the names it could have been given. */
  explainable?: string[];
  /** Why a gate could not be decided at all; any fatal one closes the gate that was asked. */
  problems: GateProblem[];
}

/** A problem of one gate only; without `gate` it concerns all of them. */
export interface GateProblem extends Problem {
  gate?: Gate;
}

export interface PolicySource {
  /** `built-in gates`, or the bundle's name. */
  name: string;
  revision: string;
  /** `remote` is the last good copy of a bundle service; `mixed` is several bundles. */
  kind: 'built-in' | 'directory' | 'archive' | 'git' | 'oci' | 'remote' | 'server' | 'mixed';
  /** `good (ES256, SHA256:…)`, `unsigned`, or why it is not trusted. */
  signature: string;
  /** When the bundle service last confirmed this copy, ISO 8601 UTC. */
  confirmed?: string;
  /** Something a person should know about it, such as a newer version that could not be activated. */
  note?: string;
  /** What answers: `pregate rego`, `wasm`, `opa server`. Absent until a policy was compiled. */
  engine?: string;
  /** The parts where several bundles judge together. */
  parts?: PolicySource[];
  /** SHA-256 over the files, hex: binds a verdict to the policy that made it. */
  digest: string;
}

/** One file of a policy bundle. */
export interface PolicyFile {
  path: string;
  text: string;
}

/** Output of `opa build -t wasm`. */
export interface CompiledPolicy {
  kind: 'wasm';
  bytes: Uint8Array;
  /** As `.manifest` names them: `pregate/push/deny`. */
  entrypoints: string[];
  /** METADATA of each entrypoint, as `.manifest` repeats it. */
  annotations?: Record<string, Record<string, unknown>>;
}

export interface PolicyBundle {
  source: PolicySource;
  modules: PolicyFile[];
  /** Merged `data.json` / `data.yaml` documents. */
  data: unknown;
  /** From `.manifest`; 1 where it says nothing, as in OPA 1.x. */
  regoVersion?: 0 | 1;
  /** Version of single files where `.manifest` has `file_rego_versions`, by module path. */
  fileVersions?: Record<string, 0 | 1>;
  /** `data` as JSON text, where a JavaScript number would lose what a number of it says. */
  dataJson?: string;
  /** From `.manifest`: the part of `data` that belongs to this bundle. */
  roots?: string[];
  /** From `.manifest`, as it stands there; `pregate.feeds` in it says what the decisions are asked about. */
  metadata?: Record<string, unknown>;
  /** Answers instead of the modules. */
  compiled?: CompiledPolicy;
  /** YAML files that hold Gatekeeper's templates and constraints. */
  documents?: readonly PolicyFile[];
  /** YAML and JSON files that are no part of an OPA bundle; conftest reads such as data where it is told to. */
  candidates?: readonly PolicyFile[];
  /** `conftest.toml` at its root: how conftest is told to ask it. */
  conftest?: PolicyFile;
  /** METADATA that was read beforehand, where the modules have none. */
  annotations?: readonly PolicyAnnotation[];
}

/** What answers a gate. The built-in Rego engine, a compiled bundle or a server stand behind the same three calls. */
export interface PolicyEngine {
  name: string;
  /** Evaluates decision paths, for example `data.pregate.push.deny`. Errors are values: nothing is thrown. */
  evaluate(paths: readonly string[], input: unknown, options: EvaluateOptions): Evaluation;
  /** Rule paths that exist below a package, so that "no such rule" differs from "silent". */
  rules(): PolicyRule[];
  /** Why each body of the rules at or below a path holds or not when `query` is asked; absent where no trace is kept. */
  explain?(path: string, input: unknown, nowNs: bigint, query?: string): BodyExplanation[];
  /** What the rules name of the input and of `data`; absent where the engine has no source. */
  references?(): Reference[];
  /** Paths of the input that the rules read, followed through variables and helpers; absent where there is no source. */
  inputPaths?(): InputPath[];
  /** False when the policy surely never looks at this JSON pointer of the input: spares the search for what it read. */
  mayRead?(pointer: string): boolean;
}

/** Why one body of a rule holds or not, in the words of a gate. */
export interface RuleExplanation extends BodyExplanation {
  gate: Gate;
  /** `push/unsigned-commit` */
  rule: string;
  title?: string;
  effect: 'deny' | 'warn' | 'depends' | 'allow';
  /** What it was asked about, where that is not the push as a whole, and of how many such this is the one shown. */
  place?: Place;
  inputs?: number;
  /** It was not asked at all, and why. */
  unasked?: string;
}

export interface EvaluateOptions {
  nowNs: bigint;
  /** Ask which leaves of the input were read: all, or only those on the way to these JSON pointers. */
  reads?: boolean | readonly string[];
}

export interface Evaluation {
  /** One for each path; `undefined` where it has no value. Sets are arrays. */
  values: unknown[];
  problems: Problem[];
  /** Calls of builtins that only the network could answer, such as `http.send`; what rests on them is not known here. */
  offline?: readonly OfflineCall[];
  /** JSON pointers of the input leaves that were read; absent when the engine cannot tell. */
  reads?: string[];
}

/** Where the policy asks the network. */
export interface OfflineCall {
  builtin: string;
  /** The policy's file. */
  path: string;
  line: number;
}

export interface PolicyRule extends PolicyAnnotation {
  /** `data.pregate.push.deny` */
  path: string;
  /** It has arguments, so it answers nothing by itself. */
  function?: true;
}

/** What the METADATA block above a rule says: the id of its statement, and the smallest change that would help. */
export interface PolicyAnnotation {
  file: string;
  line: number;
  id?: string;
  title?: string;
  remedy?: string;
  /** It has Conforma's `short_name`: its collections and severity. */
  conforma?: { collections: string[]; severity?: string };
  /** `custom.rollout` as written: see `rollout.ts`. */
  rollout?: unknown;
}
