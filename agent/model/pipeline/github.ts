import { parseImage } from '../containerfile/image.ts';
import type { ImageUse } from '../containerfile/types.ts';
import { asMap, asScalar, asText, at, entriesOf, entryOf, get, itemsOf } from '../tree/index.ts';
import type { Document, MapNode, Node, ScalarNode } from '../types.ts';
import { parseUses } from './reference.ts';
import { shellOf } from './shell.ts';
import type {
  Access,
  Action,
  Condition,
  Job,
  JobContainer,
  Permissions,
  Pipeline,
  Step,
  Trigger,
  Workflow,
} from './types.ts';

/** GitHub workflow: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax */
export function readWorkflow(pipeline: Pipeline, root: MapNode): void {
  const workflow: Workflow = { root, triggers: triggersOf(root), jobs: [] };
  define(workflow, 'name', asScalar(get(root, 'name')));
  define(workflow, 'permissions', permissionsOf(root));
  define(workflow, 'env', asMap(get(root, 'env')));
  define(workflow, 'defaultShell', asScalar(at(root, 'defaults', 'run', 'shell')));
  pipeline.workflow = workflow;
  for (const { key, value } of entriesOf(get(root, 'jobs'))) {
    if (value?.kind === 'map') workflow.jobs.push(readJob(pipeline, workflow, key, value));
  }
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax */
export function readAction(pipeline: Pipeline, root: MapNode): void {
  const action: Action = { root, inputs: [], steps: [] };
  const using = asText(at(root, 'runs', 'using'))?.toLowerCase();
  if (using) action.using = using;
  for (const entry of entriesOf(get(root, 'inputs'))) action.inputs.push({ name: entry.key.text, entry });
  pipeline.action = action;
  readSteps(pipeline, get(get(root, 'runs'), 'steps'), action.steps, undefined);
  const image = asScalar(at(root, 'runs', 'image'));
  if (image?.text.startsWith('docker://')) pipeline.images.push(imageOf(pipeline.document, image, 'docker-action', 9));
}

/** An image named by a scalar; `skip` characters stand before the reference (`docker://`). */
export function imageOf(document: Document, node: ScalarNode, site: ImageUse['site'], skip = 0): ImageUse {
  const text = node.text.slice(skip);
  return {
    document,
    text,
    range: node.range,
    reference: parseImage(text),
    site,
    referenceRange: [node.offsetAt(skip), node.offsetAt(node.text.length)],
  };
}

function triggersOf(root: MapNode): Trigger[] {
  const on = get(root, 'on');
  if (!on) return [];
  if (on.kind === 'map') {
    return on.entries.map(({ key, value }) => ({ name: key.text, node: key, ...(value ? { value } : {}) }));
  }
  return itemsOf(on)
    .filter((item): item is ScalarNode => item.kind === 'scalar')
    .map((node) => ({ name: node.text, node }));
}

function permissionsOf(holder: MapNode): Permissions | undefined {
  const entry = entryOf(holder, 'permissions');
  if (!entry) return undefined;
  const node = entry.value;
  if (!node) return undefined;
  const permissions: Permissions = { node, key: entry.key, scopes: [] };
  const text = asText(node);
  if (text === 'write-all') permissions.all = 'write';
  if (text === 'read-all') permissions.all = 'read';
  for (const scope of entriesOf(node)) {
    const access = asText(scope.value);
    const known = access === 'read' || access === 'write' || access === 'none' ? (access as Access) : undefined;
    permissions.scopes.push({ name: scope.key.text, access: known, entry: scope });
  }
  return permissions;
}

function readJob(pipeline: Pipeline, workflow: Workflow, key: ScalarNode, node: MapNode): Job {
  const runsOnNode = get(node, 'runs-on');
  const labels = runsOnNode?.kind === 'map' ? get(runsOnNode, 'labels') : runsOnNode;
  const job: Job = {
    id: key.text,
    key,
    node,
    workflow,
    needs: itemsOf(get(node, 'needs')).filter((item): item is ScalarNode => item.kind === 'scalar'),
    runsOn: itemsOf(labels).filter((item): item is ScalarNode => item.kind === 'scalar'),
    services: [],
    steps: [],
  };
  define(job, 'runsOnNode', runsOnNode);
  define(job, 'condition', conditionOf(node));
  define(job, 'permissions', permissionsOf(node));
  define(job, 'environment', get(node, 'environment'));
  define(job, 'env', asMap(get(node, 'env')));
  define(job, 'defaultShell', asScalar(at(node, 'defaults', 'run', 'shell')));
  define(job, 'with', asMap(get(node, 'with')));
  define(job, 'secrets', get(node, 'secrets'));
  const container = get(node, 'container');
  if (container) job.container = readContainer(pipeline, 'container', container);
  for (const { key: name, value } of entriesOf(get(node, 'services'))) {
    if (value) job.services.push(readContainer(pipeline, name.text, value));
  }
  const uses = asScalar(get(node, 'uses'));
  if (uses) {
    job.uses = parseUses(uses);
    job.uses.job = job;
    pipeline.references.push(job.uses);
  }
  readSteps(pipeline, get(node, 'steps'), job.steps, job);
  return job;
}

function readContainer(pipeline: Pipeline, name: string, node: Node): JobContainer {
  const container: JobContainer = { name, node };
  const image = node.kind === 'scalar' ? node : asScalar(get(node, 'image'));
  if (image && image.text !== '') {
    const site = name === 'container' ? 'container' : 'service';
    container.image = imageOf(pipeline.document, image, site, image.text.startsWith('docker://') ? 9 : 0);
    pipeline.images.push(container.image);
  }
  define(container, 'credentials', asMap(get(node, 'credentials')));
  define(container, 'env', asMap(get(node, 'env')));
  return container;
}

function readSteps(pipeline: Pipeline, node: Node | undefined, into: Step[], job: Job | undefined, depth = 0): void {
  if (node?.kind !== 'seq') return;
  for (const item of node.items) {
    if (item.kind !== 'map') continue;
    into.push(readStep(pipeline, item, into.length, job));
    // `parallel:` holds steps of its own.
    if (depth < 4) readSteps(pipeline, get(item, 'parallel'), into, job, depth + 1);
  }
}

function readStep(pipeline: Pipeline, node: MapNode, index: number, job: Job | undefined): Step {
  const step: Step = { index, node };
  define(step, 'job', job);
  define(step, 'id', asText(get(node, 'id')));
  define(step, 'name', asScalar(get(node, 'name')));
  define(step, 'condition', conditionOf(node));
  define(step, 'with', asMap(get(node, 'with')));
  define(step, 'env', asMap(get(node, 'env')));
  const uses = asScalar(get(node, 'uses'));
  if (uses) {
    const reference = parseUses(uses);
    step.uses = reference;
    reference.step = step;
    if (job) reference.job = job;
    pipeline.references.push(reference);
    if (reference.kind === 'docker') pipeline.images.push(imageOf(pipeline.document, uses, 'docker-action', 9));
  }
  const run = asScalar(get(node, 'run'));
  if (run) {
    step.run = { node: run, ...shellOf(step, job), step, ...(job ? { job } : {}) };
    pipeline.scripts.push(step.run);
  }
  return step;
}

function conditionOf(node: MapNode): Condition | undefined {
  const entry = entryOf(node, 'if');
  return entry?.value?.kind === 'scalar' ? { key: entry.key, node: entry.value } : undefined;
}

/** Sets a property only when there is something to set, as exact optional types want it. */
function define<T extends object, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value !== undefined) target[key] = value;
}
