import { privilegedEvents } from '../model/pipeline/trust.ts';
import type { Pin, Pipeline, Reference } from '../model/pipeline/types.ts';
import { asText, get } from '../model/tree/access.ts';
import type { PipelineInput } from './gate-input.ts';
import { type Places, pointer } from './places.ts';

const completedElsewhere = new Set<Reference['kind']>(['reusable-workflow', 'include', 'component', 'template']);
const notBuilding = new Set<Pipeline['dialect']>(['compose', 'kubernetes']);

/** Definitions that a CI system reads; compose files and Kubernetes objects are models of the same room, but run nothing here. */
export function buildsOf(pipelines: readonly Pipeline[]): Pipeline[] {
  return pipelines.filter((pipeline) => !notBuilding.has(pipeline.dialect));
}

/** The summary of the pipelines for the gate input; `builds` comes from `buildsOf`. */
export function pipelineInputs(builds: readonly Pipeline[], places: Places): PipelineInput[] {
  const privileged = privilegedPaths(builds);
  return builds.map((pipeline, index) => {
    const here = pointer('pipelines', index);
    places.set(here, { path: pipeline.document.path });
    const triggers = pipeline.workflow?.triggers ?? [];
    triggers.forEach(({ node }, at) => {
      places.setRange(`${here}${pointer('triggers', at)}`, pipeline.document, node.range);
    });
    const includes = pipeline.references.filter((reference) => completedElsewhere.has(reference.kind));
    includes.forEach((reference, at) => {
      const where = `${here}${pointer('unresolved_includes', at)}`;
      places.setRange(where, pipeline.document, reference.node.range);
    });
    return {
      provider: pipeline.dialect,
      path: pipeline.document.path,
      source: 'local',
      triggers: triggers.map((trigger) => trigger.name),
      privileged: privileged.has(pipeline.document.path),
      unresolved_includes: includes.map((reference) => reference.text),
      jobs: jobInputs(pipeline, here, places),
    };
  });
}

function jobInputs(pipeline: Pipeline, here: string, places: Places): PipelineInput['jobs'] {
  const { workflow } = pipeline;
  const placed = (references: readonly Reference[], job: number) =>
    references.map((reference, at) => {
      places.setRange(`${here}${pointer('jobs', job, 'uses', at)}`, pipeline.document, reference.node.range);
      return useOf(reference);
    });
  if (!workflow) return [{ id: '', environment: null, uses: placed(pipeline.references, 0) }];
  return workflow.jobs.map((job, index) => {
    places.setRange(`${here}${pointer('jobs', index)}`, pipeline.document, job.key.range);
    const references = pipeline.references.filter((reference) => reference.job === job);
    const environment = asText(job.environment) ?? asText(get(job.environment, 'name')) ?? null;
    return { id: job.id, environment, uses: placed(references, index) };
  });
}

function useOf(reference: Reference): { ref: string; kind: string; pinned: string } {
  return { ref: reference.text, kind: reference.kind, pinned: pinned[reference.pin] };
}

const pinned: Record<Pin, string> = {
  hash: 'digest',
  version: 'tag',
  tag: 'tag',
  branch: 'branch',
  none: 'none',
  unknown: 'unknown',
};

/** Workflows that strangers start, and what these call inside the repository, however deep. */
function privilegedPaths(pipelines: readonly Pipeline[]): Set<string> {
  const byPath = new Map(pipelines.map((pipeline) => [pipeline.document.path, pipeline]));
  const started = pipelines.filter((pipeline) =>
    pipeline.workflow?.triggers.some((trigger) => privilegedEvents.has(trigger.name)),
  );
  const paths = new Set(started.map((pipeline) => pipeline.document.path));
  // A Set visits what is added while it is walked, so calls are followed without a second list.
  for (const path of paths) {
    for (const reference of byPath.get(path)?.references ?? []) {
      if (reference.kind !== 'local') continue;
      for (const callee of localTargets(reference.text)) if (byPath.has(callee)) paths.add(callee);
    }
  }
  return paths;
}

function localTargets(text: string): string[] {
  const path = text.replace(/^\.\//, '').replace(/\/+$/, '');
  return [path, `${path}/action.yml`, `${path}/action.yaml`];
}
