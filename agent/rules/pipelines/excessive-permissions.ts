import { insertEntry, setEntry } from '../../model/patch.ts';
import { eventsOf, forkEvents, privilegedEvents } from '../../model/pipeline/trust.ts';
import type { Job, Permissions, Pipeline, Workflow } from '../../model/pipeline/types.ts';
import { entryOf } from '../../model/tree/index.ts';
import type { Draft, Fix, MapNode, Severity } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'excessive-permissions',
    title: 'Token with more permissions than the jobs need',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'high',
    why: 'Every step, and every action it calls, can use the token. Whatever takes over one of them gets all that the token may do.\nWithout a permissions block the organisation’s default counts, which in older ones is write access to everything.',
    fix: 'Say permissions: contents: read (or {}) for the workflow and give each job the writes it needs.',
    sources: [
      'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions',
      'https://docs.github.com/en/actions/tutorials/authenticate-with-github_token',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const workflow = pipeline.workflow;
    if (!workflow || workflow.jobs.length === 0) return;
    if (workflow.permissions) yield* judgeBlock(pipeline, workflow, workflow.permissions, undefined);
    else if (entryOf(workflow.root, 'permissions') === undefined) yield* judgeMissing(pipeline, workflow);
    for (const job of workflow.jobs) {
      if (job.permissions) yield* judgeBlock(pipeline, workflow, job.permissions, job);
    }
  },
});

function* judgeBlock(
  pipeline: Pipeline,
  workflow: Workflow,
  permissions: Permissions,
  job: Job | undefined,
): Generator<Draft> {
  const { path } = pipeline.document;
  const where = job ? `job:${job.id}` : 'workflow';
  if (permissions.all === 'write') {
    const message = job
      ? 'write-all lets every step of this job change everything in the repository'
      : 'write-all lets every step of every job change everything in the repository';
    const range = permissions.node.range;
    const fixes = () => readFix(pipeline, job?.node ?? workflow.root);
    yield { path, range, message, severity: 'high', identity: `${where}:write-all`, fixes };
    return;
  }
  if (permissions.all === 'read') {
    const message = `read-all opens every scope for reading, ${job ? 'this job' : 'every job'} needs a few of them`;
    yield { path, range: permissions.node.range, message, severity: 'info', identity: `${where}:read-all` };
    return;
  }
  // A workflow with one job has no one else to hand the permission to.
  if (job || workflow.jobs.length === 1) return;
  const jobs = workflow.jobs.filter((each) => !each.permissions);
  if (jobs.length < 2) return;
  for (const scope of permissions.scopes) {
    if (scope.access !== 'write') continue;
    const severity = scopeSeverity[scope.name] ?? 'low';
    const message = `${scope.name}: write is given to ${jobs.length} jobs at once; give it to the job that needs it`;
    const range = [scope.entry.key.range[0], scope.entry.value?.range[1] ?? scope.entry.key.range[1]] as const;
    yield { path, range, message, severity, identity: `workflow:${scope.name}` };
  }
}

/** What a thief can do with the scope. */
const scopeSeverity: Record<string, Severity> = {
  actions: 'medium',
  attestations: 'medium',
  contents: 'medium',
  deployments: 'medium',
  'id-token': 'medium',
  packages: 'medium',
  pages: 'medium',
  'pull-requests': 'medium',
  'security-events': 'low',
  statuses: 'low',
};

function* judgeMissing(pipeline: Pipeline, workflow: Workflow): Generator<Draft> {
  const open = workflow.jobs.filter((job) => !job.permissions);
  if (open.length === 0) return;
  const events = eventsOf(workflow);
  // The caller's token is what a reusable workflow gets; it can only be made smaller here.
  const onlyCalled = events.size === 1 && events.has('workflow_call');
  const privileged = [...events].find((event) => privilegedEvents.has(event));
  const onlyForks = events.size > 0 && [...events].every((event) => forkEvents.has(event));
  const severity: Severity = privileged ? 'high' : onlyCalled || onlyForks ? 'low' : 'medium';
  const message = privileged
    ? `No permissions block: the default token, often with write access, is at work on ${privileged}`
    : onlyCalled
      ? 'No permissions block: the token is whatever the caller gives'
      : onlyForks
        ? 'No permissions block: pull requests from branches of this repository get the default token, often with write access'
        : 'No permissions block: the token gets the default of the organisation, often write access to everything';
  const first = open[0] as Job;
  const range = open.length === workflow.jobs.length ? jobsKey(workflow, first) : first.key.range;
  yield {
    path: pipeline.document.path,
    range,
    message,
    severity,
    confidence: onlyCalled ? 'medium' : 'high',
    identity: 'missing',
    fixes: () => missingFix(pipeline, workflow),
  };
}

function jobsKey(workflow: Workflow, job: Job): readonly [number, number] {
  return entryOf(workflow.root, 'jobs')?.key.range ?? job.key.range;
}

function readFix(pipeline: Pipeline, holder: MapNode): Fix[] {
  if (holder.flow) return [];
  const edits = setEntry(pipeline.document, holder, 'permissions', { contents: 'read' });
  return edits.length > 0 ? [{ title: 'Write permissions: contents: read', edits, safe: false }] : [];
}

/** Jobs that only read need no more; one that writes fails loudly and says which permission it wants. */
function missingFix(pipeline: Pipeline, workflow: Workflow): Fix[] {
  const after = entryOf(workflow.root, 'on');
  if (!after || workflow.root.flow) return [];
  const checksOut = workflow.jobs.some((job) => job.uses || job.steps.some((step) => step.uses || step.run));
  const title = checksOut ? 'Add permissions: contents: read' : 'Add permissions: {}';
  const value = checksOut ? { contents: 'read' } : {};
  return [
    { title, edits: insertEntry(pipeline.document, workflow.root, 'permissions', value, { after }), safe: false },
  ];
}
