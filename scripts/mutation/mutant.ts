/** One guard of docs/hooks.md or docs/hostile.md, and how to take it out. */
export interface Mutant {
  /** The point of docs/hooks.md; of a threat, its number in docs/hostile.md. */
  point: number;
  /** The guard is one against a threat. */
  threat?: true;
  /** What is missing from the copy. */
  removed: string;
  edits: { file: string; text: string; instead: string }[];
  /** The test file whose tests `point N: …` or `threat N: …` must fail. */
  test: string;
  /** The test runs the bundles, so they are built from the copy. */
  built?: boolean;
}

/** Puts `instead` in the place of a text that stands once in a file. */
export function edit(file: string, text: string, instead: string): Mutant['edits'][number] {
  return { file, text, instead };
}
