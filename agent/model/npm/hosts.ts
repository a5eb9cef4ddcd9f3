import { asText, entriesOf, get, parseToml } from '../tree/index.ts';
import type { Document } from '../types.ts';
import { hostOf } from './address.ts';
import { readLines, valueAt } from './lines.ts';
import { settingsOf } from './npmrc.ts';

// The managers' own defaults, which a lockfile may name without any configuration.
const defaultHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
].map((labels) => labels.join('.'));

/** Host names (with port) of registries that the repository's own settings name, and the managers' defaults. */
export function registryHosts(settings: readonly Document[]): Set<string> {
  const hosts = new Set(defaultHosts);
  for (const document of settings) {
    for (const address of registriesIn(document)) {
      const host = hostOf(address);
      if (host !== undefined) hosts.add(host);
    }
  }
  return hosts;
}

function registriesIn(document: Document): string[] {
  if (document.path.endsWith('.yarnrc.yml')) return berryRegistries(document);
  if (document.path.endsWith('bunfig.toml')) return bunRegistries(document);
  const settings = settingsOf(document).filter(({ key }) => key === 'registry' || /^@[^:]{1,200}:registry$/.test(key));
  return settings.map((setting) => setting.value);
}

function berryRegistries(document: Document): string[] {
  const root = readLines(document.text)[0];
  const scopes = [...(root?.children.get('npmScopes')?.children.values() ?? [])];
  const found = [root, ...scopes].map((node) => valueAt(node, 'npmRegistryServer'));
  return found.filter((address) => address !== undefined);
}

function bunRegistries(document: Document): string[] {
  const install = get(parseToml(document).roots[0], 'install');
  const own = get(install, 'registry');
  const scopes = entriesOf(get(install, 'scopes')).map((entry) => entry.value);
  return [own, ...scopes].map((node) => asText(node) ?? asText(get(node, 'url'))).filter((text) => text !== undefined);
}
