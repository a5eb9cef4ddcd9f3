import { asText, entriesOf, get, itemsOf } from '../model/tree/index.ts';
import type { MapNode, Node } from '../model/types.ts';
import type { ImageInput } from './gate-input.ts';

const containerLists = new Set(['containers', 'initContainers', 'ephemeralContainers']);
const maximumNodes = 50_000;

/**
 * Images that an object would run: of every pod specification at any depth, so that custom resources with pods inside
 * are seen as well, and of a kustomization's `images`. The node is the one that names the image.
 */
export function imagesOf(map: MapNode, path: string): { image: ImageInput; node: Node }[] {
  const production = isProduction(path) || isProductionName(asText(get(get(map, 'metadata'), 'namespace')));
  const found: { ref: string; node: Node; digest: string | null }[] = kustomizeImages(map);
  walk(map, { left: maximumNodes }, (container) => {
    const node = get(container, 'image');
    const ref = asText(node);
    if (node && ref) found.push({ ref, node, digest: digestOf(ref) });
  });
  return found.map(({ ref, node, digest }) => ({
    image: { ref, digest, production, resolved: !/[${]/.test(ref), signatures: 'unknown', path },
    node,
  }));
}

function kustomizeImages(map: MapNode): { ref: string; node: Node; digest: string | null }[] {
  const kind = asText(get(map, 'kind')) ?? 'Kustomization';
  if (kind !== 'Kustomization' && kind !== 'Component') return [];
  return itemsOf(get(map, 'images')).flatMap((item) => {
    const name = asText(get(item, 'newName')) ?? asText(get(item, 'name'));
    const tag = asText(get(item, 'newTag'));
    const digest = asText(get(item, 'digest')) ?? null;
    if (name === undefined || (tag === undefined && digest === null)) return [];
    const ref = `${name}${tag === undefined ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
    return [{ ref, node: get(item, 'newTag') ?? item, digest }];
  });
}

function digestOf(ref: string): string | null {
  return /@(sha256:[0-9a-f]{64})$/.exec(ref)?.[1] ?? null;
}

function walk(node: Node, budget: { left: number }, visit: (container: Node) => void, depth = 0): void {
  if (--budget.left < 0 || depth > 100) return;
  if (node.kind === 'seq') for (const item of node.items) walk(item, budget, visit, depth + 1);
  for (const entry of entriesOf(node)) {
    if (!entry.value) continue;
    if (containerLists.has(entry.key.text)) itemsOf(entry.value).forEach(visit);
    else walk(entry.value, budget, visit, depth + 1);
  }
}

/** The folder or file name says that it is the production overlay. */
export function isProduction(path: string): boolean {
  return path.split(/[/_.-]/).some(isProductionName);
}

function isProductionName(name: string | undefined): boolean {
  return name !== undefined && /^(prod|prd|production|live)$/i.test(name);
}
