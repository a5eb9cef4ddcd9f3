import { scalarsOf } from '../tree/index.ts';
import { lineHas } from './lines.ts';
import { expressionsIn } from './spans.ts';
import { sourcesOf } from './taint.ts';
import { privilegedEvents } from './trust.ts';
import type { Job, Pipeline, Step } from './types.ts';

/** A step that brings an outsider's files into the job. */
export interface ForeignContent {
  step: Step;
  /** `checkout`: the head of a pull request. `artifact`: what another run has left. */
  kind: 'checkout' | 'artifact';
  /** For messages: "the pull request's head". */
  what: string;
}

const headPattern =
  /github\.head_ref|\bhead[._](?:ref|sha)\b|head\.(?:ref|sha|label)|refs\/(?:remotes\/)?pull\/|workflow_run\.head_(?:sha|branch)|workflow_run\.pull_requests|pull_request\.merge_commit_sha|merge_commit_sha/;

/** The steps of a job that bring in foreign content, in order. */
export function foreignContentOf(pipeline: Pipeline, job: Job): ForeignContent[] {
  const found: ForeignContent[] = [];
  for (const step of job.steps) {
    const source = step.uses?.source.toLowerCase() ?? '';
    if (source === 'actions/checkout' && checksOutHead(pipeline, job, step)) {
      found.push({ step, kind: 'checkout', what: "a pull request's head" });
    } else if (step.run && fetchesHead(step)) {
      found.push({ step, kind: 'checkout', what: "a pull request's head" });
    } else if (isForeignArtifact(step, source)) found.push({ step, kind: 'artifact', what: "another run's artifact" });
  }
  return found;
}

function checksOutHead(pipeline: Pipeline, job: Job, step: Step): boolean {
  for (const { key, value } of step.with?.entries ?? []) {
    if (key.text !== 'ref' && key.text !== 'repository') continue;
    for (const scalar of scalarsOf(value)) {
      if (headPattern.test(scalar.text) || /head\.repo|head_repository/.test(scalar.text)) return true;
      for (const { expression } of expressionsIn(scalar)) {
        const sources = expression ? sourcesOf(expression, { pipeline, job, step }) : [];
        if (sources.some((each) => each.trust === 'outsider') || (key.text === 'ref' && sources.some(isHeadOutput)))
          return true;
      }
    }
  }
  return false;
}

/** Outputs of steps called by what they are: `steps.pr.outputs.head_sha`. */
function isHeadOutput({ name }: { name: string }): boolean {
  return /\.outputs\.(?:pr_|pull_request_)?head[_-]?(?:ref|sha|branch)?$/.test(name);
}

function fetchesHead(step: Step): boolean {
  const script = step.run?.node.text ?? '';
  if (/\b(?:gh|hub)\s{1,20}pr\s{1,20}checkout\b/.test(script)) return true;
  const verbs = /\b(?:fetch|checkout|pull|switch|clone)\b/;
  return lineHas(script, /\bgit\b/, verbs, /\bpull\/|head_ref|head\.(?:ref|sha|repo)|head_(?:sha|branch)/i);
}

function isForeignArtifact(step: Step, source: string): boolean {
  if (source === 'dawidd6/action-download-artifact') return true;
  if (source === 'actions/download-artifact')
    return step.with?.entries.some(({ key }) => key.text === 'run-id') === true;
  if (/\bgh\s{1,20}run\s{1,20}download\b/.test(step.run?.node.text ?? '')) return true;
  const script = source === 'actions/github-script' ? [...scalarsOf(step.with)].map(({ text }) => text).join('\n') : '';
  return /listWorkflowRunArtifacts|downloadArtifact/.test(script);
}

/** The events under which foreign content meets secrets. */
export function privilegedAmong(events: ReadonlySet<string>): string[] {
  return [...events].filter((event) => privilegedEvents.has(event));
}
