import { hostOf } from '../npm/address.ts';
import type { Hash } from '../npm/integrity.ts';
import { isObject, type JsonObject, stringAt } from '../npm/json-text.ts';
import type { LockSource } from '../npm/lock.ts';
import type { Component, DependencySet, Scope, Source } from './component.ts';
import { npmKey, purlKey, qualifiersOf } from './purl.ts';

/**
 * The components of a CycloneDX JSON document (1.2 to 1.7), nested ones included.
 * Source: CycloneDX specification; property names from its npm taxonomy.
 */
export function componentsOfCycloneDx(bom: unknown): DependencySet {
  const root =
    isObject(bom) && isObject(bom.metadata) && isObject(bom.metadata.component) ? bom.metadata.component : {};
  const enriched = propertyOf(isObject(bom) ? bom.metadata : undefined, 'pregate:npm:enriched') === 'true';
  const raw = flatten(isObject(bom) ? bom.components : undefined);
  const references = new Map<string, number>();
  for (const [index, component] of raw.entries()) references.set(stringAt(component, 'bom-ref') ?? '', index);
  const graph = graphOf(bom, references);
  const starts = new Set(graph.get(stringAt(root, 'bom-ref') ?? '') ?? []);
  // What a workspace member asks for is direct too.
  for (const index of [...starts]) {
    if (!isFirstParty(raw[index]!)) continue;
    for (const next of graph.get(stringAt(raw[index], 'bom-ref') ?? '') ?? []) starts.add(next);
  }
  const components = raw.map((component, index) => componentOf(component, starts.has(index), enriched));
  const edges = raw.map((component) => graph.get(stringAt(component, 'bom-ref') ?? '') ?? []);
  return { components, edges: () => edges };
}

/** The value of a property such as `cdx:npm:package:path`. */
export function propertyOf(component: unknown, name: string): string | undefined {
  const list = isObject(component) ? component.properties : undefined;
  if (!Array.isArray(list)) return undefined;
  return stringAt(
    list.find((item) => isObject(item) && item.name === name),
    'value',
  );
}

/** All components in document order, whatever their depth. */
export function flatten(list: unknown): JsonObject[] {
  const out: JsonObject[] = [];
  const open: unknown[] = Array.isArray(list) ? [...list].reverse() : [];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next)) continue;
    out.push(next);
    if (Array.isArray(next.components)) open.push(...[...next.components].reverse());
  }
  return out;
}

export function fullName(component: JsonObject): string {
  const group = stringAt(component, 'group');
  const name = stringAt(component, 'name') ?? '';
  return group ? `${group}/${name}` : name;
}

function graphOf(bom: unknown, references: ReadonlyMap<string, number>): Map<string, number[]> {
  const graph = new Map<string, number[]>();
  const list = isObject(bom) && Array.isArray(bom.dependencies) ? bom.dependencies : [];
  for (const item of list) {
    const ref = stringAt(item, 'ref');
    if (ref === undefined || !isObject(item) || !Array.isArray(item.dependsOn)) continue;
    const targets = item.dependsOn.map((target) => references.get(String(target)));
    graph.set(
      ref,
      targets.filter((target) => target !== undefined),
    );
  }
  return graph;
}

function isFirstParty(component: JsonObject): boolean {
  return (
    propertyOf(component, 'cdx:npm:package:private') === 'true' ||
    propertyOf(component, 'pregate:npm:firstParty') === 'true'
  );
}

function componentOf(component: JsonObject, direct: boolean, enriched: boolean): Component {
  const name = fullName(component);
  const version = stringAt(component, 'version') ?? '';
  const purl = stringAt(component, 'purl') ?? '';
  const script =
    propertyOf(component, 'pregate:npm:hasInstallScript') ?? propertyOf(component, 'cdx:npm:hasInstallScript');
  return {
    key: purl === '' ? npmKey(name) : purlKey(purl),
    name,
    version,
    purl,
    path: propertyOf(component, 'cdx:npm:package:path') ?? '',
    hashes: hashesIn(component),
    source: sourceIn(component, purl),
    licence: licenceIn(component),
    scope: scopeIn(component),
    direct,
    installScript: script === undefined && !enriched ? undefined : script === 'true',
    deprecated: propertyOf(component, 'pregate:npm:deprecated'),
    firstParty: isFirstParty(component),
  };
}

function scopeIn(component: JsonObject): Scope {
  if (propertyOf(component, 'cdx:npm:package:development') === 'true') return 'development';
  const scope = stringAt(component, 'scope');
  return scope === 'optional' ? 'optional' : scope === 'excluded' ? 'development' : 'production';
}

function distributions(component: JsonObject): JsonObject[] {
  const list = Array.isArray(component.externalReferences) ? component.externalReferences : [];
  return list.filter((item): item is JsonObject => isObject(item) && item.type === 'distribution');
}

function hashesIn(component: JsonObject): Hash[] {
  const lists = [component.hashes, ...distributions(component).map((reference) => reference.hashes)];
  const hashes: Hash[] = [];
  for (const item of lists.flatMap((list) => (Array.isArray(list) ? list : []))) {
    const algorithm = stringAt(item, 'alg')?.toLowerCase().replace('-', '');
    const hex = stringAt(item, 'content')?.toLowerCase();
    if (algorithm && hex && !hashes.some((hash) => hash.hex === hex)) hashes.push({ algorithm, hex });
  }
  return hashes;
}

function sourceIn(component: JsonObject, purl: string): Source {
  const qualifiers = qualifiersOf(purl);
  const vcs = qualifiers.get('vcs_url');
  const address = vcs ?? qualifiers.get('download_url') ?? stringAt(distributions(component)[0], 'url');
  const kind: LockSource =
    vcs || /^git/.test(address ?? '') ? 'git' : address?.startsWith('file:') ? 'file' : 'registry';
  const commit = kind === 'git' ? /[0-9a-f]{40}(?![0-9a-f])/.exec(address ?? '')?.[0] : undefined;
  return { kind, host: address === undefined ? undefined : hostOf(address), commit };
}

function licenceIn(component: JsonObject): string | undefined {
  const list = Array.isArray(component.licenses) ? component.licenses : [];
  const texts = list.map((item) => {
    const licence = isObject(item) ? item.license : undefined;
    return stringAt(item, 'expression') ?? stringAt(licence, 'id') ?? stringAt(licence, 'name');
  });
  const known = texts.filter((text) => text !== undefined);
  return known.length === 0 ? undefined : known.join(' AND ');
}
