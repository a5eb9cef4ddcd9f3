import { GitFailure } from '../../git/failure.ts';

/** One row of the doctor. */
export interface Finding {
  name: string;
  state: 'good' | 'wrong' | 'note';
  line: string;
  remedy?: string;
}

export function messageOf(error: unknown, otherwise: string): string {
  return error instanceof GitFailure ? error.problem.message : otherwise;
}
