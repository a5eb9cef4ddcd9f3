import type { KubeObject } from './review.ts';

export interface World {
  /** `data.inventory`: `cluster[apiVersion][kind][name]`, `namespace[namespace][apiVersion][kind][name]`. */
  inventory: { cluster: Record<string, unknown>; namespace: Record<string, unknown> };
  /** The Namespace object of a name, when the repository has it. */
  namespace: (name: string) => KubeObject | undefined;
}

/** What a cluster would hold if it held the repository's manifests and nothing else; the first of a name counts. */
export function inventoryOf(objects: readonly KubeObject[]): World {
  const inventory: World['inventory'] = { cluster: {}, namespace: {} };
  const namespaces = new Map<string, KubeObject>();
  for (const object of objects) {
    const { name, namespace } = object.metadata;
    if (typeof name !== 'string') continue;
    const above = typeof namespace === 'string' && namespace !== '' ? ['namespace', namespace] : ['cluster'];
    insert(inventory, [...above, object.apiVersion, object.kind, name], object);
    if (object.apiVersion === 'v1' && object.kind === 'Namespace' && !namespaces.has(name))
      namespaces.set(name, object);
  }
  return { inventory, namespace: (name) => namespaces.get(name) };
}

function insert(root: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let at = root;
  path.forEach((key, index) => {
    const last = index === path.length - 1;
    if (!Object.hasOwn(at, key)) {
      Object.defineProperty(at, key, {
        value: last ? value : {},
        enumerable: true,
        writable: true,
        configurable: true,
      });
    }
    at = at[key] as Record<string, unknown>;
  });
}
