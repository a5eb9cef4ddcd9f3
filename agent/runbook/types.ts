import type { Place } from '../git/place.ts';
import type { Git } from '../git/run.ts';

/** One step of a runbook: why, and the commands for this repository. Nothing is run; a person decides. */
export interface Step {
  title: string;
  /** A sentence or two. */
  why: string;
  /** Commands as they can be pasted here. Names from the repository are quoted for a POSIX shell. */
  commands?: string[];
  /** What was found: places, commits, refs. Never a value. */
  facts?: string[];
}

export interface Runbook {
  case: string;
  /** One line: what happened, as far as it can be seen here. */
  headline: string;
  steps: Step[];
  /** Files for the postmortem, by name: what `--evidence` writes. */
  evidence: Record<string, unknown>;
}

export interface RunbookCall {
  git: Git;
  place: Place;
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** The word after the case: a commit, a key's fingerprint. */
  operand?: string;
  now: Date;
}
