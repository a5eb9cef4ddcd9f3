import type { ShellDialect } from '../script/types.ts';
import { asScalar, asText, at, entriesOf, get, itemsOf } from '../tree/index.ts';
import type { MapNode, Node, ScalarNode } from '../types.ts';
import { imageOf } from './github.ts';
import { pinOf } from './reference.ts';
import type { Pipeline } from './types.ts';

/** Azure Pipelines: https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/ */
export function readAzure(pipeline: Pipeline, root: MapNode): void {
  for (const repository of itemsOf(at(root, 'resources', 'repositories'))) addRepository(pipeline, repository);
  for (const container of itemsOf(at(root, 'resources', 'containers'))) addImage(pipeline, get(container, 'image'));
  walk(pipeline, root, 0);
}

/** Stages, jobs and steps nest under templates' conditions, so every map is looked at. */
function walk(pipeline: Pipeline, node: Node | undefined, depth: number): void {
  if (!node || depth > 30) return;
  if (node.kind === 'seq') for (const item of node.items) walk(pipeline, item, depth + 1);
  if (node.kind !== 'map') return;
  readContainer(pipeline, get(node, 'container'));
  for (const [key, shell, dialect] of scriptKeys) {
    const script = asScalar(get(node, key));
    if (script && script.value !== null)
      pipeline.scripts.push({ node: script, shell, dialect, certain: key !== 'script' });
  }
  const task = asText(get(node, 'task'));
  if (task) addTask(pipeline, task, get(node, 'inputs'));
  for (const { key, value } of node.entries) {
    // A task's inputs are read with the task: a `script` among them is not a step.
    if (key.text !== 'resources' && !(task && key.text === 'inputs')) walk(pipeline, value, depth + 1);
  }
}

const scriptKeys: [string, string, ShellDialect][] = [
  ['bash', 'bash', 'bash'],
  ['script', 'sh', 'sh'],
  ['pwsh', 'pwsh', 'pwsh'],
  ['powershell', 'powershell', 'pwsh'],
];

function readContainer(pipeline: Pipeline, node: Node | undefined): void {
  const text = asText(node);
  // A plain word names a container of `resources`.
  if (node?.kind === 'scalar' && text && /[:/]/.test(text)) addImage(pipeline, node);
  if (node?.kind === 'map') addImage(pipeline, get(node, 'image'));
}

function addImage(pipeline: Pipeline, node: Node | undefined): void {
  const image = asScalar(node);
  if (image && image.text !== '') pipeline.images.push(imageOf(pipeline.document, image, 'image'));
}

function addTask(pipeline: Pipeline, task: string, inputs: Node | undefined): void {
  const name = task.split('@', 1)[0]?.toLowerCase();
  const script = asScalar(get(inputs, 'script')) ?? asScalar(get(inputs, 'inlineScript'));
  if (!script) return;
  if (name === 'bash') addScript(pipeline, script, 'bash', 'bash');
  else if (name === 'powershell') addScript(pipeline, script, 'powershell', 'pwsh');
  else if (name === 'cmdline') addScript(pipeline, script, 'sh', 'sh');
}

function addScript(pipeline: Pipeline, node: ScalarNode, shell: string, dialect: ShellDialect): void {
  pipeline.scripts.push({ node, shell, dialect, certain: shell !== 'sh' });
}

function addRepository(pipeline: Pipeline, node: Node): void {
  const name = asScalar(get(node, 'name'));
  // Without `type`, and with `type: git`, the repository lies in the same organisation.
  if (!name || asText(get(node, 'type')) === 'git' || !entriesOf(node).some(({ key }) => key.text === 'type')) return;
  const ref = asScalar(get(node, 'ref'));
  pipeline.references.push({
    text: name.text,
    node: name,
    kind: 'template',
    source: name.text,
    ...(ref ? { ref: ref.text, refRange: ref.range } : {}),
    pin: ref ? pinOf(ref.text) : 'none',
  });
}
