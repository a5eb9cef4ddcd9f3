import { asScalar, entriesOf, get, itemsOf, rangeIn } from '../tree/index.ts';
import type { MapNode, Node, ScalarNode } from '../types.ts';
import { imageOf } from './github.ts';
import { shellDialect } from './shell.ts';
import type { Pin, Pipeline } from './types.ts';

/** CircleCI: https://circleci.com/docs/reference/configuration-reference/ */
export function readCircle(pipeline: Pipeline, root: MapNode): void {
  for (const { value } of entriesOf(get(root, 'orbs'))) {
    if (value?.kind === 'scalar') addOrb(pipeline, value);
    else if (value?.kind === 'map') readCircle(pipeline, value);
  }
  for (const section of ['jobs', 'executors', 'commands']) {
    for (const { value } of entriesOf(get(root, section))) {
      for (const image of itemsOf(get(value, 'docker'))) addImage(pipeline, get(image, 'image'));
      readSteps(pipeline, get(value, 'steps'), 0);
    }
  }
}

function addImage(pipeline: Pipeline, node: Node | undefined): void {
  const image = asScalar(node);
  if (image && image.text !== '') pipeline.images.push(imageOf(pipeline.document, image, 'image'));
}

function addOrb(pipeline: Pipeline, node: ScalarNode): void {
  const at = node.text.lastIndexOf('@');
  const ref = at === -1 ? '' : node.text.slice(at + 1);
  pipeline.references.push({
    text: node.text,
    node,
    kind: 'orb',
    source: at === -1 ? node.text : node.text.slice(0, at),
    ...(at === -1 ? {} : { ref, refRange: rangeIn(node, at + 1, node.text.length) }),
    pin: orbPin(ref),
  });
}

/** A published orb version never changes; `volatile`, `dev:…` and partial versions do. */
function orbPin(ref: string): Pin {
  if (ref === '') return 'none';
  if (/^\d+\.\d+\.\d+$/.test(ref)) return 'hash';
  if (/^\d+(?:\.\d+)?$/.test(ref)) return 'tag';
  return /[<{]/.test(ref) ? 'unknown' : 'branch';
}

function readSteps(pipeline: Pipeline, node: Node | undefined, depth: number): void {
  if (node?.kind !== 'seq' || depth > 5) return;
  for (const step of node.items) {
    const run = get(step, 'run');
    const script = run?.kind === 'map' ? asScalar(get(run, 'command')) : asScalar(run);
    if (script && script.value !== null) {
      const shell = asScalar(get(run, 'shell'))?.text ?? 'bash';
      pipeline.scripts.push({ node: script, shell, dialect: shellDialect(shell), certain: shell !== 'bash' });
    }
    for (const key of ['when', 'unless']) readSteps(pipeline, get(get(step, key), 'steps'), depth + 1);
  }
}
