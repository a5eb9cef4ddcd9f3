import { asScalar, asText, entriesOf, get } from '../tree/index.ts';
import type { MapNode, Node } from '../types.ts';
import { imageOf } from './github.ts';
import type { Pipeline } from './types.ts';

/** Compose: https://docs.docker.com/reference/compose-file/services/ */
export function readCompose(pipeline: Pipeline, root: MapNode): void {
  const services = entriesOf(get(root, 'services')).map(({ value }) => value);
  // With `build`, the image is this project's own: its name is what the build will be called.
  const built = new Set(
    services.filter((service) => get(service, 'build')).map((service) => asText(get(service, 'image'))),
  );
  for (const service of services) {
    const image = asScalar(get(service, 'image'));
    if (image && image.text !== '' && !built.has(image.text)) {
      pipeline.images.push(imageOf(pipeline.document, image, 'service'));
    }
  }
}

/** Kubernetes: containers wherever a pod template stands. https://kubernetes.io/docs/concepts/containers/images/ */
export function readKubernetes(pipeline: Pipeline, root: MapNode): void {
  if (get(root, 'kind')?.kind === 'scalar') walk(pipeline, root, 0);
}

function walk(pipeline: Pipeline, node: Node | undefined, depth: number): void {
  if (!node || depth > 30) return;
  if (node.kind === 'seq') for (const item of node.items) walk(pipeline, item, depth + 1);
  if (node.kind !== 'map') return;
  for (const { key, value } of node.entries) {
    if (/^(?:containers|initContainers|ephemeralContainers)$/.test(key.text) && value?.kind === 'seq') {
      for (const container of value.items) {
        const image = asScalar(get(container, 'image'));
        if (image && image.text !== '') pipeline.images.push(imageOf(pipeline.document, image, 'image'));
      }
    }
    walk(pipeline, value, depth + 1);
  }
}
