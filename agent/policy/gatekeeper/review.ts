/** A Kubernetes object as far as admission looks at it. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: Record<string, unknown>;
  [field: string]: unknown;
}

/** `group/version` taken apart; the core group is the empty text. */
export function groupVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/');
  return slash === -1
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** The value as an object that a cluster would be sent; undefined for kustomizations and whatever has no kind. */
export function kubeObject(value: unknown): KubeObject | undefined {
  if (!isRecord(value) || typeof value['apiVersion'] !== 'string' || typeof value['kind'] !== 'string')
    return undefined;
  if (
    /^(kustomize\.config\.k8s\.io|templates\.gatekeeper\.sh|constraints\.gatekeeper\.sh)\//.test(value['apiVersion'])
  ) {
    return undefined;
  }
  return { ...value, metadata: isRecord(value['metadata']) ? value['metadata'] : {} } as KubeObject;
}

/** What a cluster would be told beside the object and is not known here. */
const unknownFields = ['userInfo', 'uid', 'dryRun', 'options'];

/**
 * The AdmissionReview an API server would send on creation of an object (admission.k8s.io/v1), beside it the same as
 * `review`, as Gatekeeper's rules call it. Undefined when the value is no Kubernetes object.
 */
export function admissionReview(value: unknown): { input: object; unknown: string[] } | undefined {
  const object = kubeObject(value);
  if (!object) return undefined;
  const request = {
    ...reviewOf(object),
    operation: 'CREATE',
    ...Object.fromEntries(unknownFields.map((name) => [name, null])),
  };
  const input = {
    apiVersion: 'admission.k8s.io/v1',
    kind: 'AdmissionReview',
    request,
    review: request,
    parameters: {},
  };
  return { input, unknown: unknownFields.flatMap((name) => [`/request/${name}`, `/review/${name}`]) };
}

/** `input.review` of a Gatekeeper template, with what a manifest alone can tell. */
export function reviewOf(object: KubeObject): Record<string, unknown> {
  const { metadata } = object;
  const namespace = typeof metadata['namespace'] === 'string' ? metadata['namespace'] : '';
  return {
    kind: { ...groupVersion(object.apiVersion), kind: object.kind },
    name: typeof metadata['name'] === 'string' ? metadata['name'] : '',
    ...(namespace === '' ? {} : { namespace }),
    object,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
