import type { SubjectSet } from './subjects.ts';
import type { Document } from './types.ts';

/** Only what `text` rules need; in a file of its own so that a small commit does not load the parsers of all models. */
export function textSubjects(documents: readonly Document[]): SubjectSet {
  return { text: [...documents], pipeline: [], containerfile: [], script: [], npm: [], requirements: [], problems: [] };
}
