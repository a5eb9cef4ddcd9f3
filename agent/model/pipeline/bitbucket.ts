import { asScalar, get, itemsOf, rangeIn } from '../tree/index.ts';
import type { MapNode, Node } from '../types.ts';
import { imageOf } from './github.ts';
import { pinOf } from './reference.ts';
import type { Pipeline } from './types.ts';

/** Bitbucket Pipelines: https://support.atlassian.com/bitbucket-cloud/docs/bitbucket-pipelines-configuration-reference/ */
export function readBitbucket(pipeline: Pipeline, root: MapNode): void {
  walk(pipeline, root, 0);
}

/** Steps stand under branches, tags, pull requests, parallel groups and stages: every map is looked at. */
function walk(pipeline: Pipeline, node: Node | undefined, depth: number): void {
  if (!node || depth > 20) return;
  if (node.kind === 'seq') for (const item of node.items) walk(pipeline, item, depth + 1);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    if (key.text === 'image') {
      const image = value?.kind === 'map' ? asScalar(get(value, 'name')) : asScalar(value);
      if (image && image.text !== '') pipeline.images.push(imageOf(pipeline.document, image, 'image'));
    } else if (key.text === 'script' || key.text === 'after-script') readScript(pipeline, value);
    else walk(pipeline, value, depth + 1);
  }
}

function readScript(pipeline: Pipeline, node: Node | undefined): void {
  for (const line of itemsOf(node)) {
    const pipe = asScalar(get(line, 'pipe'));
    if (pipe) addPipe(pipeline, pipe);
    else if (line.kind === 'scalar' && line.value !== null) {
      pipeline.scripts.push({ node: line, shell: 'sh', dialect: 'sh', certain: false });
    }
  }
}

function addPipe(pipeline: Pipeline, node: Extract<Node, { kind: 'scalar' }>): void {
  if (node.text.startsWith('docker://')) {
    pipeline.images.push(imageOf(pipeline.document, node, 'docker-action', 9));
    return;
  }
  const colon = node.text.lastIndexOf(':');
  const ref = colon === -1 ? '' : node.text.slice(colon + 1);
  pipeline.references.push({
    text: node.text,
    node,
    kind: 'pipe',
    source: colon === -1 ? node.text : node.text.slice(0, colon),
    ...(colon === -1 ? {} : { ref, refRange: rangeIn(node, colon + 1, node.text.length) }),
    pin: pinOf(ref),
  });
}
