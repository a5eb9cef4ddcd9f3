/**
 * What the audit log holds. No event has room for a secret, a snippet, a message or a person's address: rules, counts,
 * object ids and the fingerprint of a key are all there is.
 */
export type AuditEvent =
  | Verdict
  /** A commit that no verdict covers: hooks were skipped (`git commit -n`), or the index changed behind the check. */
  | { event: 'bypass'; how: 'no-verify' | 'skipped' | 'index-changed' | 'unchecked'; tree?: string; commit?: string }
  /** A finding was accepted, or a check skipped on purpose. */
  | { event: 'skip'; rule: string; reason: string }
  /** Another policy judges at a gate than the last time; found when the verdict is entered. */
  | { event: 'policy-change'; policy: PolicyName }
  | { event: 'hooks'; what: 'installed' | 'removed' | 'renewed'; manager: string }
  | { event: 'key-change'; key: string }
  | { event: 'statement'; commit: string; statement: string; sbom: boolean }
  /** The log itself was damaged and mended; `kept` is the file that holds what was found. */
  | { event: 'recovered'; bytes: number; kept: string }
  /** A new log was begun after one that did not fit any more; how long that was, and its root (hex). */
  | { event: 'restart'; reason: string; entries: number; root: string }
  /** Entries that could not be written when they happened. */
  | { event: 'audit-unavailable'; why: string };

export interface Verdict {
  event: 'verdict';
  hook: string;
  gate: string;
  /** `not-judged`: the policy has no rules for this gate, so nothing was stopped and nothing passed. */
  verdict: 'pass' | 'refused' | 'could-not-check' | 'not-judged';
  /** Rules or problem codes that closed the gate; empty when it passed. */
  rules: string[];
  policy: PolicyName;
  /** Tree of the commit that was checked. */
  tree?: string;
  /** Tip of each ref that was pushed: `refs/heads/x` to object id. */
  refs?: Record<string, string>;
  /** Commits that were looked at, newest first; at most 1,000. */
  commits?: string[];
  counts: {
    documents: number;
    findings: number;
    secrets: number;
    /** Findings about credentials that live longer than a run: tokens where OIDC would do, secrets in files. */
    longLived: number;
    suppressed: number;
    commits: number;
    signed: number;
    skipped: number;
  };
  /** Milliseconds from the hook's first line to its verdict. */
  ms: number;
  /** Milliseconds between the oldest commit with a secret and this verdict; only where there is one. */
  detectedAfterMs?: number;
  /** Who answered: `cold`, `daemon`, `ci`. */
  by: string;
}

export interface PolicyName {
  name: string;
  revision: string;
  digest: string;
}

/** An event as it is kept: numbered, dated and bound to the line before it. */
export type Entry = {
  v: 1;
  /** 0 for the first line of a log. */
  seq: number;
  /** ISO 8601 UTC, of the moment it happened. */
  ts: string;
  /** Names the event once, so that one that was written twice after a crash counts once. */
  id: string;
  /** SHA-256 of the line before, hex; of nothing for the first. */
  prev: string;
} & AuditEvent;

/** The line of an entry, without its line feed: the leaf of the tree. Keys stand in the order they were made in. */
export function lineOf(entry: Entry): string {
  return JSON.stringify(entry);
}

/** Reads a line; undefined when it is not an entry. */
export function parseLine(line: string): Entry | undefined {
  try {
    const value = JSON.parse(line) as Partial<Entry> | null;
    const whole =
      typeof value === 'object' &&
      value !== null &&
      value.v === 1 &&
      Number.isSafeInteger(value.seq) &&
      typeof value.ts === 'string' &&
      typeof value.prev === 'string' &&
      typeof value.event === 'string';
    return whole ? (value as Entry) : undefined;
  } catch {
    return undefined;
  }
}
