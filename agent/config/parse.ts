import { type BundleConfig, type Config, type ConfigResult, defaultConfig, type Enforcement } from '../config.ts';
import { documentFromBytes, positionAt } from '../model/document.ts';
import { parseYaml } from '../model/tree/index.ts';
import type { Document, Entry, MapNode, Node, Problem } from '../model/types.ts';
import { closest } from './closest.ts';
import { readFeeds } from './feeds.ts';
import { readPatterns } from './patterns.ts';

/** File names that are looked for in the root of a repository, in this order. */
export const configNames = ['pregate.yaml', 'pregate.yml'] as const;

/**
 * Reads `pregate.yaml` (UTF-8 YAML 1.2, at most 1 MB; schema in `media/pregate.schema.json`).
 * Missing bytes give the defaults. A broken file gives the defaults *and* a fatal problem, so that a gate closes rather
 * than being judged by rules nobody wrote. Nothing in the file can name a program, and unknown keys are errors.
 */
export function parseConfig(bytes: Uint8Array | undefined, path = 'pregate.yaml'): ConfigResult {
  if (bytes === undefined) return { config: defaultConfig, problems: [] };
  const document = documentFromBytes(path, bytes);
  const reader: Reader = { document, problems: [] };
  if (bytes.length > 1_000_000) {
    complain(reader, undefined, `${path} is larger than 1 MB and was not read`);
    return { config: { ...defaultConfig, path }, problems: reader.problems };
  }
  const tree = parseYaml(document);
  for (const problem of tree.problems) complain(reader, problem.range, problem.message);
  const root = tree.roots[0];
  if (!root) return { config: { ...defaultConfig, path }, problems: reader.problems };
  const config = root.kind === 'map' ? readRoot(reader, root) : defaultConfig;
  if (root.kind !== 'map') complain(reader, root.range, 'expected `version: 1` and keys below it');
  return { config: { ...config, path }, problems: reader.problems };
}

interface Reader {
  document: Document;
  problems: Problem[];
}

const enforcements: readonly Enforcement[] = ['off', 'shadow', 'warn', 'enforce'];

const rootKeys = ['version', 'policy', 'signing', 'secrets', 'rules', 'exclude', 'suppressions', 'baseline'];

function readRoot(reader: Reader, root: MapNode): Config {
  const fields = entriesOf(reader, root, rootKeys, '');
  const version = fields.get('version');
  if (!version) complain(reader, root.range, 'add `version: 1` as the first line');
  else if (version.value?.kind !== 'scalar' || version.value.value !== 1) {
    complain(reader, version.key.range, 'version must be 1');
  }
  const baseline = textOf(reader, fields.get('baseline'), 'baseline');
  if (baseline !== undefined && !isInside(baseline)) {
    complain(reader, fields.get('baseline')?.value?.range, 'baseline must be a path inside the repository');
  }
  return {
    version: 1,
    policy: readPolicy(reader, fields.get('policy')),
    signing: readSigning(reader, fields.get('signing')),
    secrets: readSecrets(reader, fields.get('secrets')),
    rules: readRules(reader, fields.get('rules')),
    exclude: readList(reader, fields.get('exclude'), 'exclude'),
    suppressions: readSuppressions(reader, fields.get('suppressions')),
    baseline: baseline !== undefined && isInside(baseline) ? baseline : defaultConfig.baseline,
  };
}

const bundleKeys = ['bundle', 'key', 'scope', 'max-age'];

function readPolicy(reader: Reader, entry: Entry | undefined): Config['policy'] {
  const map = mapOf(reader, entry, 'policy');
  if (!map) return {};
  const fields = entriesOf(reader, map, [...bundleKeys, 'bundles', 'feeds', 'forge', 'forge-max-age'], 'policy.');
  const list = fields.get('bundles');
  const feeds = { ...feedsOf(reader, fields.get('feeds')), ...forgeOf(reader, fields) };
  if (!list) return { ...readBundle(reader, fields, 'policy'), ...feeds };
  if (bundleKeys.some((key) => fields.has(key)))
    complain(reader, list.key.range, 'policy.bundles stands alone; give key and scope for each bundle');
  if (list.value?.kind !== 'seq' || list.value.items.length === 0) {
    complain(reader, list.value?.range ?? list.key.range, 'policy.bundles must be a list of bundles');
    return {};
  }
  const bundles: BundleConfig[] = [];
  for (const item of list.value.items) {
    const one =
      item.kind === 'map'
        ? readBundle(reader, entriesOf(reader, item, bundleKeys, 'policy.bundles.'), 'policy.bundles')
        : {};
    if (one.bundle === undefined) complain(reader, item.range, 'each of policy.bundles needs the key `bundle`');
    else bundles.push({ ...one, bundle: one.bundle });
  }
  return { bundles, ...feeds };
}

function readBundle(reader: Reader, fields: Map<string, Entry>, name: string): Partial<BundleConfig> {
  const bundle = textOf(reader, fields.get('bundle'), `${name}.bundle`);
  const key = textOf(reader, fields.get('key'), `${name}.key`);
  const scope = textOf(reader, fields.get('scope'), `${name}.scope`);
  const maxAge = textOf(reader, fields.get('max-age'), `${name}.max-age`);
  const seconds = maxAge === undefined ? undefined : durationSeconds(maxAge);
  if (maxAge !== undefined && seconds === undefined) {
    complain(
      reader,
      fields.get('max-age')?.value?.range,
      `${name}.max-age must be a number and a unit: 30m, 12h or 7d`,
    );
  }
  if (scope !== undefined && key === undefined)
    complain(reader, fields.get('scope')?.key.range, `${name}.scope needs ${name}.key`);
  return {
    ...(bundle === undefined ? {} : { bundle }),
    ...(key === undefined ? {} : { key }),
    ...(scope === undefined ? {} : { scope }),
    ...(seconds === undefined ? {} : { maxAgeSeconds: seconds }),
  };
}

function forgeOf(reader: Reader, fields: Map<string, Entry>): Pick<Config['policy'], 'forge' | 'forgeMaxAgeSeconds'> {
  const forge = textOf(reader, fields.get('forge'), 'policy.forge');
  const age = textOf(reader, fields.get('forge-max-age'), 'policy.forge-max-age');
  const seconds = age === undefined ? undefined : durationSeconds(age);
  const wrong = (key: string, what: string) => complain(reader, fields.get(key)?.value?.range, `policy.${key} ${what}`);
  if (forge !== undefined && !isInside(forge)) wrong('forge', 'must be a path inside the repository');
  if (age !== undefined && seconds === undefined) wrong('forge-max-age', 'must be a number and a unit: 12h or 7d');
  return {
    ...(forge !== undefined && isInside(forge) ? { forge } : {}),
    ...(seconds === undefined ? {} : { forgeMaxAgeSeconds: seconds }),
  };
}

function feedsOf(reader: Reader, entry: Entry | undefined): Pick<Config['policy'], 'feeds'> {
  if (!entry?.value) return {};
  const { feeds, mistakes } = readFeeds(plainValue(entry.value));
  for (const mistake of mistakes) complain(reader, entry.value.range, `policy.${mistake}`);
  return { feeds };
}

/** A node as plain data; deeper than any list of feeds is, nothing is read. */
function plainValue(node: Node, depth = 0): unknown {
  if (depth > 4) return null;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map((item) => plainValue(item, depth + 1));
  return Object.fromEntries(
    node.entries.map((entry) => [entry.key.text, entry.value ? plainValue(entry.value, depth + 1) : null]),
  );
}

function readSigning(reader: Reader, entry: Entry | undefined): Config['signing'] {
  const map = mapOf(reader, entry, 'signing');
  if (!map) return {};
  const required = flagOf(reader, entriesOf(reader, map, ['required'], 'signing.').get('required'), 'signing.required');
  return required === undefined ? {} : { required };
}

function readSecrets(reader: Reader, entry: Entry | undefined): Config['secrets'] {
  const map = mapOf(reader, entry, 'secrets');
  const list = map && entriesOf(reader, map, ['patterns'], 'secrets.').get('patterns')?.value;
  if (!list) return defaultConfig.secrets;
  const { patterns, mistakes } = readPatterns(plainValue(list));
  for (const mistake of mistakes) complain(reader, list.range, `secrets.${mistake}`);
  return { patterns };
}

function readSuppressions(reader: Reader, entry: Entry | undefined): Config['suppressions'] {
  const map = mapOf(reader, entry, 'suppressions');
  if (!map) return defaultConfig.suppressions;
  const fields = entriesOf(reader, map, ['other-tools', 'valid-tokens'], 'suppressions.');
  const { foreign, proven } = defaultConfig.suppressions;
  return {
    foreign: flagOf(reader, fields.get('other-tools'), 'suppressions.other-tools') ?? foreign,
    proven: flagOf(reader, fields.get('valid-tokens'), 'suppressions.valid-tokens') ?? proven,
  };
}

function flagOf(reader: Reader, entry: Entry | undefined, name: string): boolean | undefined {
  if (!entry) return undefined;
  if (entry.value?.kind === 'scalar' && typeof entry.value.value === 'boolean') return entry.value.value;
  complain(reader, entry.key.range, `${name} must be true or false`);
  return undefined;
}

function readRules(reader: Reader, entry: Entry | undefined): Config['rules'] {
  const map = mapOf(reader, entry, 'rules');
  const rules: Record<string, Enforcement> = Object.create(null) as Record<string, Enforcement>;
  for (const rule of map?.entries ?? []) {
    const value = textOf(reader, rule, `rules.${rule.key.text}`) as Enforcement | undefined;
    if (value === undefined) continue;
    if (!enforcements.includes(value)) {
      complain(reader, rule.value?.range, `rules.${rule.key.text} must be one of ${enforcements.join(', ')}`);
    } else rules[rule.key.text] = value;
  }
  return rules;
}

function readList(reader: Reader, entry: Entry | undefined, name: string): string[] {
  if (!entry?.value) return [];
  if (entry.value.kind !== 'seq') {
    complain(reader, entry.value.range, `${name} must be a list`);
    return [];
  }
  const out: string[] = [];
  for (const item of entry.value.items) {
    if (item.kind === 'scalar' && typeof item.value === 'string') out.push(item.value);
    else complain(reader, item.range, `${name} holds patterns written as text`);
  }
  return out;
}

/** The map's entries by name. An unknown or repeated key is an error with the nearest known one as a suggestion, or all of them. */
function entriesOf(reader: Reader, map: MapNode, known: readonly string[], prefix: string): Map<string, Entry> {
  const out = new Map<string, Entry>();
  for (const entry of map.entries) {
    const name = entry.key.text;
    if (!known.includes(name)) {
      const near = closest(name, known);
      const hint = near ? `did you mean ${prefix}${near}` : `known are ${known.map((key) => prefix + key).join(', ')}`;
      complain(reader, entry.key.range, `unknown key ${prefix}${name}; ${hint}`);
    } else if (out.has(name)) complain(reader, entry.key.range, `${prefix}${name} is set twice`);
    else out.set(name, entry);
  }
  return out;
}

function mapOf(reader: Reader, entry: Entry | undefined, name: string): MapNode | undefined {
  if (!entry?.value) return undefined;
  if (entry.value.kind === 'map') return entry.value;
  complain(reader, entry.value.range, `${name} must hold keys, not a single value`);
  return undefined;
}

function textOf(reader: Reader, entry: Entry | undefined, name: string): string | undefined {
  const value: Node | undefined = entry?.value;
  if (!entry || value === undefined) return undefined;
  if (value.kind === 'scalar' && value.value !== null) return value.text;
  complain(reader, value.range, `${name} must be text`);
  return undefined;
}

function durationSeconds(text: string): number | undefined {
  const match = /^(\d{1,6})\s*([smhd])$/.exec(text);
  if (!match) return undefined;
  const unit = { s: 1, m: 60, h: 3600, d: 86_400 }[match[2] as 's' | 'm' | 'h' | 'd'];
  return Number(match[1]) * unit;
}

function isInside(path: string): boolean {
  return path !== '' && !/^([/\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes('..');
}

function complain(reader: Reader, range: readonly [number, number] | undefined, message: string): void {
  const at = range ? positionAt(reader.document, range[0]) : undefined;
  reader.problems.push({
    code: 'config-invalid',
    message: `${reader.document.path}${at ? `:${at.line}:${at.column}` : ''}: ${message}. None of its settings were used.`,
    path: reader.document.path,
    ...(range ? { range } : {}),
    fatal: true,
  });
}
