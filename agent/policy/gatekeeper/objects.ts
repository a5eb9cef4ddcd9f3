import { groupVersion, type KubeObject, kubeObject } from './review.ts';

export interface Judged {
  object: KubeObject;
  /** JSON pointer of the object in the gate input. */
  at: string;
}

/** `kind: List` is a bag of objects. */
export function expand(value: unknown, at: string): Judged[] {
  const object = kubeObject(value);
  if (!object) return [];
  if (object.kind !== 'List' || !Array.isArray(object['items'])) return [{ object, at }];
  return object['items'].flatMap((item, index) => expand(item, `${at}/items/${index}`));
}

/** What tells two objects of a cluster apart; its API may serve one under several versions. */
export function nameOf({ apiVersion, kind, metadata }: KubeObject): string {
  return [groupVersion(apiVersion).group, kind, metadata['namespace'], metadata['name']].join('\0');
}
