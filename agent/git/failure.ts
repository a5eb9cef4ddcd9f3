import type { Problem } from '../model/types.ts';

/** Carries one problem up to the door that turns it into `problems`. It never leaves `collect`, `init` or a hook. */
export class GitFailure extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'GitFailure';
    this.problem = problem;
  }
}

/** A problem that closes a gate, from anything that was thrown. The text of unknown errors is kept out: it may quote input. */
export function problemOf(error: unknown, doing: string): Problem {
  if (error instanceof GitFailure) return error.problem;
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const kind = typeof code === 'string' ? code : error instanceof Error ? error.name : 'error';
  return { code: 'could-not-read', message: `Could not ${doing} (${kind}). Nothing was checked.`, fatal: true };
}
