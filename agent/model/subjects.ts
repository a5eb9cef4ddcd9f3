import type { SubjectKind, Subjects } from '../rules/rule.ts';
import { containerfileOf } from './containerfile.ts';
import { manifestOf } from './npm/manifest.ts';
import { npmProjectsOf } from './npm/project.ts';
import { pipelineOf } from './pipeline/index.ts';
import { requirementsOf } from './python/requirements.ts';
import { scriptsOf } from './script.ts';
import { parseYaml } from './tree/index.ts';
import type { Document, Problem } from './types.ts';

/** Every model of a set of documents, by the kind of rule that reads it. */
export type SubjectSet = { [K in SubjectKind]: Subjects[K][] } & {
  /** What could not be read, by path: a broken file must not look like a clean one. */
  problems: Problem[];
};

/**
 * Builds the models of one side (the scope, or its base).
 * `base` are the same paths on the base side; only models that compare the two sides look at it.
 */
export function subjectsOf(documents: readonly Document[], base: readonly Document[]): SubjectSet {
  const files = documents.filter((document) => document.kind === 'file' && document.encoding !== 'binary');
  const set: SubjectSet = {
    text: [...documents],
    pipeline: [],
    containerfile: [],
    script: [],
    npm: npmProjectsOf(files, base),
    requirements: [],
    problems: [],
  };
  for (const document of files) {
    const pipeline = pipelineOf(document);
    const containerfile = containerfileOf(document);
    const requirements = requirementsOf(document);
    if (pipeline) set.pipeline.push(pipeline);
    if (containerfile) set.containerfile.push(containerfile);
    if (requirements) set.requirements.push(requirements);
    set.script.push(...scriptsOf(document, pipeline, containerfile));
    set.problems.push(...(pipeline?.problems ?? []), ...(containerfile?.problems ?? []), ...unreadable(document));
  }
  return set;
}

/** Manifests that no model was made of because they do not parse. */
function unreadable(document: Document): Problem[] {
  if (/(^|\/)package\.json$/.test(document.path)) {
    const { problem } = manifestOf(document);
    return problem ? [problem] : [];
  }
  const isManifest =
    /\.ya?ml$/i.test(document.path) && /^apiVersion:/m.test(document.text) && /^kind:/m.test(document.text);
  if (!isManifest || /\{\{/.test(document.text)) return [];
  return parseYaml(document).problems.map((problem) => ({ ...problem, path: document.path }));
}
