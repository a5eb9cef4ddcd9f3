import { groupVersion, isRecord, type KubeObject } from './review.ts';

/** Whether a constraint is about an object; `unknown` says what would have to be known. */
export type Match =
  | {
      matches: boolean;
      /** The manifest does not say enough, so a cluster may see it otherwise. */
      approximate?: boolean;
      /** Where it does not match: the first field that does not fit. */
      field?: string;
    }
  | { unknown: string };

/**
 * `spec.match` of a Gatekeeper constraint: every field must agree. `namespaceOf` gives a Namespace object of the
 * repository. Source: open-policy-agent.github.io/gatekeeper, "Constraint match".
 */
export function matchObject(
  match: Record<string, unknown>,
  object: KubeObject,
  namespaceOf: (name: string) => KubeObject | undefined,
): Match {
  const facts = factsOf(object);
  const fits: Record<string, () => boolean> = {
    kinds: () => kindsMatch(match['kinds'], object),
    scope: () => scopeMatch(match['scope'], facts),
    namespaces: () => namesMatch(match['namespaces'], facts, true),
    excludedNamespaces: () => namesMatch(match['excludedNamespaces'], facts, false),
    labelSelector: () => selectorMatch(match['labelSelector'], labelsOf(object)),
    name: () => nameMatch(match['name'], object),
    source: () => match['source'] !== 'Generated',
  };
  const field = Object.keys(fits).find((name) => !fits[name]?.());
  if (field !== undefined) return { matches: false, field };
  const selector = match['namespaceSelector'];
  const usesNamespace = ['namespaces', 'excludedNamespaces', 'namespaceSelector'].some((key) => !isEmpty(match[key]));
  // `kubectl -n` or a kustomization may put it into a namespace that the manifest does not name.
  const approximate = usesNamespace && facts.namespace === '' && !clusterKinds.has(object.kind) && !facts.isNamespace;
  const sure = (matches: boolean): Match => ({
    matches,
    ...(approximate ? { approximate } : {}),
    ...(matches ? {} : { field: 'namespaceSelector' }),
  });
  if (isEmpty(selector)) return sure(true);
  if (facts.isNamespace) return sure(selectorMatch(selector, namespaceLabels(object)));
  if (facts.namespace === '') return sure(true);
  const namespace = namespaceOf(facts.namespace);
  if (!namespace) return { unknown: `the labels of the namespace ${facts.namespace}` };
  return sure(selectorMatch(selector, namespaceLabels(namespace)));
}

interface Facts {
  isNamespace: boolean;
  namespace: string;
  /** What namespace lists are compared with: a Namespace is in itself. */
  space: string;
}

function factsOf(object: KubeObject): Facts {
  const isNamespace = object.kind === 'Namespace' && groupVersion(object.apiVersion).group === '';
  const namespace = textOf(object.metadata['namespace']);
  return { isNamespace, namespace, space: isNamespace ? textOf(object.metadata['name']) : namespace };
}

/** Kinds of Kubernetes itself that live in no namespace. */
const clusterKinds = new Set(
  (
    'APIService CertificateSigningRequest ClusterRole ClusterRoleBinding ComponentStatus CSIDriver CSINode ' +
    'CustomResourceDefinition FlowSchema IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume ' +
    'PriorityClass PriorityLevelConfiguration RuntimeClass StorageClass ValidatingAdmissionPolicy ' +
    'ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration VolumeAttachment'
  ).split(' '),
);

function kindsMatch(kinds: unknown, object: KubeObject): boolean {
  if (isEmpty(kinds)) return true;
  const { group } = groupVersion(object.apiVersion);
  const has = (list: unknown, value: string) =>
    isEmpty(list) || listOf(list).some((one) => one === '*' || one === value);
  return listOf(kinds).some((one) => isRecord(one) && has(one['apiGroups'], group) && has(one['kinds'], object.kind));
}

function scopeMatch(scope: unknown, { isNamespace, namespace }: Facts): boolean {
  if (scope === 'Cluster') return isNamespace || namespace === '';
  if (scope === 'Namespaced') return !isNamespace && namespace !== '';
  return true;
}

/** An object without any namespace is not disqualified by a list of them. */
function namesMatch(patterns: unknown, { space }: Facts, wanted: boolean): boolean {
  if (isEmpty(patterns) || space === '') return true;
  return listOf(patterns).some((pattern) => typeof pattern === 'string' && wildcard(pattern, space)) === wanted;
}

function nameMatch(pattern: unknown, object: KubeObject): boolean {
  if (typeof pattern !== 'string' || pattern === '') return true;
  const name = textOf(object.metadata['name']);
  if (name !== '') return wildcard(pattern, name);
  const prefix = textOf(object.metadata['generateName']);
  return prefix !== '' && wildcard(pattern, prefix);
}

/** `*` at either end only. */
export function wildcard(pattern: string, text: string): boolean {
  const starts = pattern.startsWith('*');
  const ends = pattern.endsWith('*') && pattern.length > 1;
  const inner = pattern.slice(starts ? 1 : 0, ends ? -1 : undefined);
  if (starts && ends) return text.includes(inner);
  if (starts) return text.endsWith(inner);
  return ends ? text.startsWith(inner) : text === pattern;
}

/** A label selector (meta/v1); one that nobody can read selects nothing. */
export function selectorMatch(selector: unknown, labels: Record<string, unknown>): boolean {
  if (isEmpty(selector)) return true;
  if (!isRecord(selector)) return false;
  const equal = isRecord(selector['matchLabels']) ? Object.entries(selector['matchLabels']) : [];
  if (!equal.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)) return false;
  return listOf(selector['matchExpressions']).every((one) => isRecord(one) && expressionMatch(one, labels));
}

function expressionMatch(one: Record<string, unknown>, labels: Record<string, unknown>): boolean {
  const key = textOf(one['key']);
  const has = Object.hasOwn(labels, key);
  const listed = has && listOf(one['values']).includes(labels[key]);
  switch (one['operator']) {
    case 'In':
      return listed;
    case 'NotIn':
      return !listed;
    case 'Exists':
      return has;
    case 'DoesNotExist':
      return !has;
    default:
      return false;
  }
}

function labelsOf(object: KubeObject): Record<string, unknown> {
  return isRecord(object.metadata['labels']) ? object.metadata['labels'] : {};
}

/** The API server gives every namespace this label (kubernetes.io/docs, "Automatic labelling"). */
function namespaceLabels(namespace: KubeObject): Record<string, unknown> {
  return { 'kubernetes.io/metadata.name': textOf(namespace.metadata['name']), ...labelsOf(namespace) };
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
