import { ownText } from '../document.ts';
import type { Document, Problem, Range, RepoPath } from '../types.ts';
import {
  isObject,
  type JsonObject,
  type JsonProperty,
  objectAt,
  propertiesAt,
  propertyAt,
  readJson,
  stringAt,
} from './json-text.ts';
import { parseSpec, type Spec } from './spec.ts';

export type DependencyType = 'dependencies' | 'devDependencies' | 'optionalDependencies' | 'peerDependencies';

export const dependencyTypes: readonly DependencyType[] = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
];

export interface ManifestDependency {
  name: string;
  type: DependencyType;
  /** What the author wrote: `^1.2.3`, `latest`, `github:a/b`. */
  spec: Spec;
}

/** A `package.json`. */
export interface Manifest {
  document: Document;
  /** Folder inside the repository, `''` for the root. */
  folder: RepoPath;
  name: string | undefined;
  version: string | undefined;
  private: boolean;
  /** It is published for others to depend on: ranges are right there, and a lockfile is not shipped. */
  library: boolean;
  packageManager: string | undefined;
  dependencies: ManifestDependency[];
  /** Patterns of workspace folders, relative to `folder`; empty when it is no workspace root. */
  workspaces: string[];
  /** Names whose version `overrides`, `resolutions` or `pnpm.overrides` decide. */
  overridden: Set<string>;
  /** npm's `allowScripts`, pnpm's `onlyBuiltDependencies`: package → may run install scripts. */
  allowScripts: Map<string, boolean>;
  json: JsonObject;
  /** Where the value of a dependency stands, quotes included. */
  rangeOf(dependency: ManifestDependency): Range;
  /** Where a dependency's name stands, quotes included. */
  keyRangeOf(dependency: ManifestDependency): Range;
}

export interface ManifestResult {
  manifest: Manifest | undefined;
  problem: Problem | undefined;
}

const memo = new WeakMap<Document, ManifestResult>();

/**
 * Reads a `package.json`.
 * Source: npm's documentation of package.json; duplicates of an optional dependency in `dependencies` are dropped as
 * npm does when it normalises a manifest.
 */
export function manifestOf(document: Document): ManifestResult {
  let result = memo.get(document);
  if (!result) {
    result = readManifest(document);
    memo.set(document, result);
  }
  return result;
}

function readManifest(document: Document): ManifestResult {
  const read = readJson(ownText(document));
  if (!read.ok || !isObject(read.value)) {
    const detail = read.ok ? 'it is not an object' : read.message;
    const message = `This package.json cannot be read (${detail}); its dependencies were not checked.`;
    return {
      manifest: undefined,
      problem: { code: 'manifest-unreadable', message, path: document.path, fatal: false },
    };
  }
  const json = read.value;
  const dependencies = dependenciesOf(json);
  const locate = locator(read.text);
  return {
    manifest: {
      document,
      folder: folderOf(document.path),
      name: stringAt(json, 'name'),
      version: stringAt(json, 'version'),
      private: json.private === true,
      library: isLibrary(json),
      packageManager: stringAt(json, 'packageManager'),
      dependencies,
      workspaces: workspacesOf(json),
      overridden: overriddenNames(json),
      allowScripts: allowScriptsOf(json),
      json,
      rangeOf: (dependency) => locate(dependency)?.valueRange ?? [0, 0],
      keyRangeOf: (dependency) => locate(dependency)?.keyRange ?? [0, 0],
    },
    problem: undefined,
  };
}

/** Places of all dependencies, looked up together on the first question. */
function locator(text: string): (dependency: ManifestDependency) => JsonProperty | undefined {
  let places: Map<string, JsonProperty> | undefined;
  return ({ type, name }) => {
    if (!places) {
      places = new Map();
      for (const group of dependencyTypes) {
        const start = propertyAt(text, [group])?.valueRange[0];
        if (start === undefined) continue;
        for (const property of propertiesAt(text, start)) places.set(`${group} ${property.key}`, property);
      }
    }
    return places.get(`${type} ${name}`);
  };
}

export function folderOf(path: RepoPath): RepoPath {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

export function joinPath(folder: RepoPath, name: string): RepoPath {
  return folder === '' ? name : `${folder}/${name}`;
}

function dependenciesOf(json: JsonObject): ManifestDependency[] {
  const optional = objectAt(json, 'optionalDependencies');
  const out: ManifestDependency[] = [];
  for (const type of dependencyTypes) {
    for (const [name, value] of Object.entries(objectAt(json, type))) {
      if (typeof value !== 'string') continue;
      if (type === 'dependencies' && Object.hasOwn(optional, name)) continue;
      out.push({ name, type, spec: parseSpec(value) });
    }
  }
  return out;
}

/**
 * A package that says `private` or that an editor loads is an application. Anything else counts as a library only when
 * it has a name, a version and something to import, because many applications forget `private`.
 */
function isLibrary(json: JsonObject): boolean {
  if (json.private === true || Object.hasOwn(objectAt(json, 'engines'), 'vscode')) return false;
  if (typeof json.name !== 'string' || typeof json.version !== 'string') return false;
  const entries = ['main', 'module', 'exports', 'types', 'typings', 'browser', 'files', 'publishConfig'];
  return entries.some((key) => Object.hasOwn(json, key));
}

function workspacesOf(json: JsonObject): string[] {
  const listed = Array.isArray(json.workspaces) ? json.workspaces : objectAt(json, 'workspaces').packages;
  return Array.isArray(listed) ? listed.filter((item): item is string => typeof item === 'string') : [];
}

function overriddenNames(json: JsonObject): Set<string> {
  const names = new Set<string>();
  const sources = [
    objectAt(json, 'overrides'),
    objectAt(json, 'resolutions'),
    objectAt(objectAt(json, 'pnpm'), 'overrides'),
  ];
  for (const source of sources) for (const key of Object.keys(source)) names.add(overrideTarget(key));
  return names;
}

/** `a>b`, `**\/b`, `a/b`, `b@^1` and `b@npm:^1` all decide the version of `b`. */
export function overrideTarget(key: string): string {
  const last = key.slice(key.lastIndexOf('>') + 1).trim();
  const match = /(?:^|\/)((?:@[^/@\s]+\/)?[^/@\s]+)(?:@[^/]*)?$/.exec(last);
  return match?.[1] ?? last;
}

function allowScriptsOf(json: JsonObject): Map<string, boolean> {
  const allowed = new Map<string, boolean>();
  for (const [name, value] of Object.entries(objectAt(json, 'allowScripts'))) allowed.set(name, value === true);
  const pnpm = objectAt(json, 'pnpm');
  const lists: [unknown, boolean][] = [
    [pnpm.onlyBuiltDependencies, true],
    [pnpm.ignoredBuiltDependencies, false],
    [json.trustedDependencies, true],
  ];
  for (const [list, value] of lists) {
    if (Array.isArray(list)) for (const name of list) if (typeof name === 'string') allowed.set(name, value);
  }
  return allowed;
}
