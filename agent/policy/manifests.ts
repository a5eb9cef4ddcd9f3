import { asMap, asText, at, entriesOf, get, itemsOf, parseYaml } from '../model/tree/index.ts';
import type { Document, Finding, MapNode, Node, Range, ScalarNode } from '../model/types.ts';
import { goScalar } from './conventions/go-yaml.ts';
import type { ImageInput, ManifestInput } from './gate-input.ts';
import { imagesOf } from './images.ts';
import { type Places, pointer } from './places.ts';

export interface Manifests {
  manifests: ManifestInput[];
  images: ImageInput[];
  /** Files that deploy something but could not be read as objects, with the reason. */
  unread: { path: string; reason: string }[];
}

/** More nodes than this in one object are not read: with aliases a small file can unfold to any size. */
const maximumNodes = 50_000;
const maximumDepth = 100;
const redacted = '(redacted)';

/**
 * Kubernetes objects and kustomizations among `documents` (YAML, one object per YAML document).
 * Values of secrets are replaced: those of `kind: Secret`, of kustomize's secret generators, and whatever a finding of
 * the class `secret` covers. Source of the shapes: kubernetes.io/docs/reference/kubernetes-api.
 */
export function manifestsOf(documents: readonly Document[], findings: readonly Finding[], places: Places): Manifests {
  const out: Manifests = { manifests: [], images: [], unread: [] };
  for (const document of documents) {
    if (!maybeManifest(document)) continue;
    if (isTemplate(document)) {
      out.unread.push({
        path: document.path,
        reason: 'it is a template; what it deploys is known once it is rendered',
      });
      places.set(pointer('unread_manifests', out.unread.length - 1), { path: document.path });
      continue;
    }
    const hidden = findings.filter((one) => one.category === 'secret' && one.path === document.path);
    readDocument(
      document,
      hidden.map((one) => one.range),
      places,
      out,
    );
  }
  return out;
}

function readDocument(document: Document, hidden: readonly Range[], places: Places, out: Manifests): void {
  const tree = parseYaml(document);
  const unread = (reason: string) => {
    places.set(pointer('unread_manifests', out.unread.length), { path: document.path });
    out.unread.push({ path: document.path, reason });
  };
  // A broken file may have lost the very object that would be refused, so what is left of it is not judged alone.
  if (tree.problems.length > 0) {
    unread('it is not readable as YAML');
    return;
  }
  tree.roots.forEach((root, index) => {
    const map = asMap(root);
    if (!map || !isObject(map, document.path)) return;
    const secrets = plainSecretsOf(map);
    const budget = { left: maximumNodes };
    const object = toValue(map, 0, budget, (node) => isHidden(node, secrets, hidden));
    if (budget.left < 0) {
      unread('it unfolds to more than can be read');
      return;
    }
    const here = out.manifests.length;
    places.setNode(pointer('manifests', here, 'object'), document, map);
    places.setNode(pointer('manifests', here), document, get(map, 'kind') ?? map);
    const plain = secrets.filter((secret) => isPlain(secret.node, secret.key));
    plain.forEach((secret, at) => {
      places.setRange(pointer('manifests', here, 'plain_secrets', at), document, secret.node.range);
    });
    out.manifests.push({
      object,
      name: nameOf(map),
      from: { path: document.path, index, rendered_by: 'raw' },
      plain_secrets: plain.map((secret, at) => ({ path: secret.path, index: at })),
    });
    for (const { image, node } of imagesOf(map, document.path)) {
      places.setRange(pointer('images', out.images.length), document, node.range);
      out.images.push(image);
    }
  });
}

function maybeManifest(document: Document): boolean {
  if (document.kind !== 'file' || !/\.ya?ml$/i.test(document.path)) return false;
  if (isKustomization(document.path)) return true;
  return document.text.includes('apiVersion') && document.text.includes('kind');
}

function isKustomization(path: string): boolean {
  return /(^|\/)kustomization\.ya?ml$/i.test(path);
}

/** Helm renders what lies below `templates/`; such a file is Go template text that happens to look like YAML. */
function isTemplate(document: Document): boolean {
  return /(^|\/)templates\//.test(document.path) && document.text.includes('{{');
}

function isObject(map: MapNode, path: string): boolean {
  if (isKustomization(path)) return true;
  return asText(get(map, 'apiVersion')) !== undefined && asText(get(map, 'kind')) !== undefined;
}

function nameOf(map: MapNode): string {
  const kind = asText(get(map, 'kind')) ?? 'Kustomization';
  return `${kind} ${asText(at(map, 'metadata', 'name')) ?? '(unnamed)'}`;
}

interface SecretField {
  path: string;
  key: string;
  node: ScalarNode;
}

function plainSecretsOf(map: MapNode): SecretField[] {
  // SOPS leaves its key list in the object and encrypts every value.
  if (get(map, 'sops')) return [];
  const kind = asText(get(map, 'kind'));
  if (kind === 'Secret') return ['data', 'stringData'].flatMap((field) => fieldsOf(map, field));
  if (kind === undefined || kind === 'Kustomization') return itemsOf(get(map, 'secretGenerator')).flatMap(literalsOf);
  return [];
}

function fieldsOf(map: MapNode, field: string): SecretField[] {
  const fields: SecretField[] = [];
  for (const entry of entriesOf(get(map, field))) {
    if (entry.value?.kind === 'scalar') {
      fields.push({ path: `${field}.${entry.key.text}`, key: entry.key.text, node: entry.value });
    }
  }
  return fields;
}

function literalsOf(generator: Node): SecretField[] {
  const fields: SecretField[] = [];
  for (const literal of itemsOf(get(generator, 'literals'))) {
    if (literal.kind !== 'scalar') continue;
    const key = literal.text.split('=', 1)[0] as string;
    fields.push({ path: `secretGenerator literal ${key}`, key, node: literal });
  }
  return fields;
}

/** A certificate is public, and a variable or an encrypted value stands for a secret without being one. */
function isPlain(node: ScalarNode, key: string): boolean {
  const text = node.text.trim();
  const value = text.startsWith(`${key}=`) ? text.slice(key.length + 1) : text;
  if (value === '' || node.value === null) return false;
  return !key.endsWith('.crt') && !/^(\$\{|\$\(|\$[A-Za-z_]|ENC\[|<path:)/.test(value);
}

function isHidden(node: ScalarNode, secrets: readonly SecretField[], ranges: readonly Range[]): boolean {
  if (secrets.some((secret) => secret.node === node)) return true;
  // kubectl keeps a copy of the whole object, secrets included, in this annotation.
  if (node.text.includes('"kind":"Secret"')) return true;
  return ranges.some((range) => range[0] < node.range[1] && node.range[0] < range[1]);
}

function toValue(node: Node, depth: number, budget: { left: number }, hidden: (node: ScalarNode) => boolean): unknown {
  budget.left--;
  if (depth > maximumDepth) budget.left = -1;
  if (budget.left < 0) return null;
  if (node.kind === 'scalar') return hidden(node) ? redacted : scalarValue(node);
  if (node.kind === 'seq') return node.items.map((item) => toValue(item, depth + 1, budget, hidden));
  const entries: [string, unknown][] = [];
  for (const entry of node.entries) {
    entries.push([entry.key.text, entry.value ? toValue(entry.value, depth + 1, budget, hidden) : null]);
    if (budget.left < 0) break;
  }
  return Object.fromEntries(entries);
}

/** As kubectl reads it: YAML 1.1, so that `yes` is true. What has no JSON stays text. */
function scalarValue(node: ScalarNode): string | number | boolean | null {
  try {
    return goScalar(node);
  } catch {
    return node.text;
  }
}
