import type { Document, Draft, Finding, Problem } from '../model/types.ts';

/** A finding with what makes it the same finding again; for a secret that is its value, dropped when this stage is done. */
export interface Candidate {
  finding: Finding;
  identity: string;
}

export interface SuppressInput {
  candidates: readonly Candidate[];
  /** Every document in which a finding may stand. */
  documents: readonly Document[];
  /** Those whose directives are judged to be unused or expired: rules did not look at the others. All unless told. */
  targets?: ReadonlySet<Document>;
  /** Base versions, to tell whether a suppression is part of the change. */
  base: readonly Document[];
  /** There is a base side, even when it holds none of these paths. `base.length > 0` unless told. */
  hasBase?: boolean;
  baseline: Baseline | undefined;
  /** Where the baseline lies, relative to the repository's root. */
  baselinePath: string;
  /** The whole repository was looked at, so that an entry for a file that is gone is unused. */
  complete?: boolean;
  /** The instant of this run, ISO 8601. A date counts to the end of its day, UTC. */
  now: string;
  /** What comments may hide; everything that is not set is as in a repository without configuration. */
  rights?: { foreign: boolean; proven: boolean };
  /** Ids of the rules that ran. */
  ran: readonly string[];
  /** Every id there is, to tell a spelling mistake from a rule that did not run. */
  known?: readonly string[];
}

export interface SuppressResult {
  kept: Finding[];
  /** The same objects, with `suppressed` set. */
  suppressed: Finding[];
  /** Suppressions that suppress nothing any more, or never did. Each has `rule` set. */
  stale: (Draft & { rule: string })[];
  problems: Problem[];
}

/** One line of `.pregate/baseline.jsonl`. */
export interface BaselineEntry {
  /** `s:` and a slow hash of a secret's value, or `h:` and an HMAC of rule and identity. */
  key: string;
  rule: string;
  /** Glob of the paths for which it counts. */
  path: string;
  reason: string;
  author: string;
  /** ISO date, counted to its end. */
  expires?: string;
  /** What a person found out who looked at it alone; absent while it was only taken over with all others. */
  verdict?: Verdict;
}

export const verdicts = ['not-a-secret', 'revoked'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Baseline {
  path: string;
  /** Base64 of at least 16 random bytes, made once for a repository. */
  salt: string;
  /** With the line, from 1, on which each stands. */
  entries: readonly (BaselineEntry & { line: number })[];
}
