import { asScalar, asText, entriesOf, get, itemsOf, rangeIn } from '../tree/index.ts';
import type { MapNode, Node, ScalarNode } from '../types.ts';
import { imageOf } from './github.ts';
import { pinOf } from './reference.ts';
import type { Pipeline, Reference } from './types.ts';

/** Keys at the top of a GitLab file that are no jobs. */
const globals = new Set(['include', 'stages', 'variables', 'workflow', 'spec', 'cache', 'pages:deploy']);

/** GitLab CI/CD: https://docs.gitlab.com/ci/yaml/ */
export function readGitLab(pipeline: Pipeline, root: MapNode): void {
  for (const include of itemsOf(get(root, 'include'))) addInclude(pipeline, include);
  readJobKeys(pipeline, root);
  for (const { key, value } of root.entries) {
    if (value?.kind !== 'map' || globals.has(key.text)) continue;
    if (key.text !== 'image') readJobKeys(pipeline, value);
    for (const include of itemsOf(get(get(value, 'trigger'), 'include'))) addInclude(pipeline, include);
  }
}

function readJobKeys(pipeline: Pipeline, holder: MapNode): void {
  if (!onVirtualMachine(holder)) addImage(pipeline, get(holder, 'image'), 'image');
  for (const service of itemsOf(get(holder, 'services'))) addImage(pipeline, service, 'service');
  for (const key of ['before_script', 'script', 'after_script']) {
    for (const line of scriptLines(get(holder, key), 0)) {
      pipeline.scripts.push({ node: line, shell: 'sh', dialect: 'sh', certain: false });
    }
  }
}

/** On GitLab's macOS runners `image` names a virtual machine. https://docs.gitlab.com/ci/runners/hosted_runners/macos/ */
function onVirtualMachine(job: MapNode): boolean {
  return itemsOf(get(job, 'tags')).some((tag) => asScalar(tag)?.text.startsWith('saas-macos-'));
}

function addImage(pipeline: Pipeline, node: Node | undefined, site: 'image' | 'service'): void {
  const name = node?.kind === 'map' ? asScalar(get(node, 'name')) : asScalar(node);
  if (name && name.text !== '') pipeline.images.push(imageOf(pipeline.document, name, site));
}

/** Scripts are strings, lists, and lists in lists (through `!reference` and anchors). */
function* scriptLines(node: Node | undefined, depth: number): Generator<ScalarNode> {
  if (node?.kind === 'scalar' && node.value !== null) yield node;
  if (node?.kind === 'seq' && depth < 10) for (const item of node.items) yield* scriptLines(item, depth + 1);
}

function addInclude(pipeline: Pipeline, node: Node): void {
  const reference = node.kind === 'scalar' ? plainInclude(node) : node.kind === 'map' ? mapInclude(node) : undefined;
  if (reference) pipeline.references.push(reference);
}

function plainInclude(node: ScalarNode): Reference {
  if (/^https?:/.test(node.text)) return remote(node);
  return { text: node.text, node, kind: 'local', source: node.text, pin: 'unknown' };
}

function mapInclude(map: MapNode): Reference | undefined {
  const remoteNode = asScalar(get(map, 'remote'));
  if (remoteNode) return { ...remote(remoteNode), ...(asText(get(map, 'integrity')) ? { pin: 'hash' as const } : {}) };
  const component = asScalar(get(map, 'component'));
  if (component) return componentReference(component);
  const project = asScalar(get(map, 'project'));
  if (!project) return undefined;
  const ref = asScalar(get(map, 'ref'));
  const file = entriesOf(map).find(({ key }) => key.text === 'file');
  return {
    text: project.text,
    node: project,
    kind: 'include',
    source: project.text,
    ...(asText(file?.value) ? { path: asText(file?.value) as string } : {}),
    ...(ref ? { ref: ref.text, refRange: ref.range } : {}),
    pin: ref ? pinOf(ref.text) : 'none',
  };
}

function componentReference(node: ScalarNode): Reference {
  const at = node.text.lastIndexOf('@');
  const ref = at === -1 ? '' : node.text.slice(at + 1);
  return {
    text: node.text,
    node,
    kind: 'component',
    source: at === -1 ? node.text : node.text.slice(0, at),
    ...(at === -1 ? {} : { ref, refRange: rangeIn(node, at + 1, node.text.length) }),
    pin: ref === '~latest' ? 'branch' : pinOf(ref),
  };
}

/** A URL with a full commit id in its path names one content. */
function remote(node: ScalarNode): Reference {
  const pinned = /\/[0-9a-f]{40}\//.test(node.text);
  const pin = pinned ? 'hash' : node.text.includes('$') ? 'unknown' : 'none';
  return { text: node.text, node, kind: 'include', source: node.text, pin };
}
