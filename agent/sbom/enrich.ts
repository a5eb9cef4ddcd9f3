import { hashesOf } from '../model/npm/integrity.ts';
import { isObject, type JsonObject } from '../model/npm/json-text.ts';
import type { Lock, LockEntry } from '../model/npm/lock.ts';
import type { Manifest } from '../model/npm/manifest.ts';
import { flatten, propertyOf } from '../model/sbom/from-cyclonedx.ts';

/**
 * Adds to a CycloneDX document what the lockfile knows and the generator does not write: hashes (it attaches them to
 * `resolved` only, which many locks leave out), install scripts, deprecations, and which components are members of the
 * repository itself, whose purl would otherwise match a stranger's public package. Changes `bom` in place.
 */
export function enrich(bom: JsonObject, lock: Lock, members: readonly Manifest[]): void {
  const entries = new Map(lock.entries.map((entry) => [entry.path, entry]));
  const closed = new Set(members.filter((member) => member.private).map((member) => member.folder));
  for (const component of flatten(bom.components)) {
    const path = propertyOf(component, 'cdx:npm:package:path');
    const found = path === undefined ? undefined : entries.get(path);
    // npm names a member by its link in node_modules.
    const entry = found?.source === 'link' ? entries.get(found.resolved ?? '') : found;
    if (entry) enrichComponent(component, entry, closed.has(entry.path));
  }
  // From here on "not written" means "not so": a reader need not guess whether anybody has looked.
  const metadata = isObject(bom.metadata) ? bom.metadata : {};
  addProperty(metadata, 'pregate:npm:enriched', 'true');
  bom.metadata = metadata;
}

function enrichComponent(component: JsonObject, entry: LockEntry, closed: boolean): void {
  if (!hasHash(component)) {
    const hashes = hashesOf(entry).filter((hash) => Object.hasOwn(names, hash.algorithm));
    if (hashes.length > 0) {
      component.hashes = hashes.map(({ algorithm, hex }) => ({ alg: names[algorithm], content: hex }));
    }
  }
  if (entry.hasInstallScript) addProperty(component, 'pregate:npm:hasInstallScript', 'true');
  if (entry.deprecated !== undefined) addProperty(component, 'pregate:npm:deprecated', entry.deprecated.slice(0, 1000));
  if (entry.source !== 'workspace') return;
  addProperty(component, 'pregate:npm:firstParty', 'true');
  if (closed && propertyOf(component, 'cdx:npm:package:private') === undefined) {
    addProperty(component, 'cdx:npm:package:private', 'true');
  }
}

const names: Record<string, string> = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
};

function hasHash(component: JsonObject): boolean {
  if (Array.isArray(component.hashes) && component.hashes.length > 0) return true;
  const references = Array.isArray(component.externalReferences) ? component.externalReferences : [];
  return references.some((item) => isObject(item) && Array.isArray(item.hashes) && item.hashes.length > 0);
}

/** Properties stay in the order of their names, as the reproducible output has them. */
function addProperty(component: JsonObject, name: string, value: string): void {
  const properties = Array.isArray(component.properties) ? component.properties : [];
  component.properties = [...properties, { name, value }].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

function nameOf(property: unknown): string {
  return isObject(property) ? String(property.name) : '';
}
