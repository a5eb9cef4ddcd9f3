import type { Containerfile } from '../model/containerfile.ts';
import type { NpmProject } from '../model/npm/project.ts';
import type { Pipeline } from '../model/pipeline/types.ts';
import type { Requirements } from '../model/python/requirements.ts';
import type { Script } from '../model/script.ts';
import type { Category, Confidence, Document, Draft, Problem, Severity } from '../model/types.ts';

/**
 * What a rule can read. A rule is written at the level it thinks in: `text` rules see every document that is text,
 * the others see one model each.
 */
export interface Subjects {
  /** Any document: files, commit messages, names of paths, the targets of links. */
  text: Document;
  /** A CI definition of any dialect. */
  pipeline: Pipeline;
  /** A Dockerfile, Containerfile or compose file's build recipe. */
  containerfile: Containerfile;
  /** A shell script: a file, a `run:` block, a `RUN` line. */
  script: Script;
  /** One package.json with its lockfile, its base version and its workspace. */
  npm: NpmProject;
  /** A pip requirements file. */
  requirements: Requirements;
}

export type SubjectKind = keyof Subjects;

export interface RuleMeta {
  /** Kebab-case; zizmor's id where one exists, else CodeQL's term, else the commonest. Equals the file's name. */
  id: string;
  /** What is wrong, as a noun phrase: "Action by a reference that can move". */
  title: string;
  category: Category;
  severity: Severity;
  confidence: Confidence;
  /** Why it matters, two lines at most: shown in hovers and by `pregate explain`. */
  why: string;
  /** What to do about it, one or two lines. */
  fix: string;
  /** The specification, vendor page or published attack that grounds the rule. */
  sources: string[];
  /** Off unless the configuration asks for it. */
  optional?: boolean;
  /** The page that explains it together with others, from the root of the repository; its own page unless told. */
  page?: string;
}

/** What every rule may ask besides its subject. It holds no clock, no file system and no configuration that runs. */
export interface RuleContext {
  /** The same path on the base side (merge-base), when there is one. */
  base(path: string): Document | undefined;
  /** Any other document the scope has collected, for cross-file questions. */
  document(path: string): Document | undefined;
  /** All subjects of a kind in this scope, for whole-repository questions such as "is it pinned elsewhere?". */
  all<K extends SubjectKind>(kind: K): readonly Subjects[K][];
  /** Reports that the rule could not look at something. Never silent, never an exception. */
  problem(problem: Problem): void;
}

export interface Rule<K extends SubjectKind = SubjectKind> {
  meta: RuleMeta;
  reads: K;
  /** Further ids this file reports with `Draft.rule`, when many ids share one mechanism (providers of secrets). */
  ids?: readonly RuleMeta[];
  /** The names of `ids`, where those are made only when somebody wants to read one. */
  names?: () => Iterable<string>;
  /** May be asynchronous only because secretlint's engine is; it does no I/O either way. */
  check(subject: Subjects[K], context: RuleContext): Iterable<Draft> | Promise<Iterable<Draft>>;
}

/** Declares a rule. It exists for the type inference: `reads` decides what `check` receives. */
export function defineRule<K extends SubjectKind>(rule: Rule<K>): Rule<K> {
  return rule;
}

/** Every id that a rule file can report. */
export function idsOf(rule: Rule): string[] {
  if (rule.names) return [rule.meta.id, ...rule.names()];
  return [rule.meta.id, ...(rule.ids ?? []).map((meta) => meta.id)];
}
