import { createHash } from 'node:crypto';
import { parse as parseYamlText } from 'yaml';
import { globMatcher } from '../config/glob.ts';
import type { Problem } from '../model/types.ts';
import type { PolicyBundle, PolicyFile, PolicySource } from './types.ts';

/** One file as it lies in a folder or archive; the path has `/` between its parts and no leading one. */
export interface BundleFile {
  path: string;
  bytes: Uint8Array;
}

export interface BundleOptions {
  name: string;
  kind: PolicySource['kind'];
  /** Fingerprint of the key the bundle must be signed with. */
  key?: string;
}

export interface LoadedBundle {
  /** Undefined when a problem is fatal: a policy that was read in part is no policy. */
  bundle?: PolicyBundle;
  problems: Problem[];
}

/**
 * Makes a bundle from its files, as OPA does (openpolicyagent.org/docs/management-bundles): `.manifest` with `roots`,
 * `revision`, `rego_version` and `file_rego_versions`; `*.rego`; `data.json` and `data.yaml` mounted where they lie.
 * Anything that OPA would evaluate and this build cannot is a fatal problem, never left out in silence.
 */
export function bundleFrom(files: readonly BundleFile[], options: BundleOptions): LoadedBundle {
  const problems: Problem[] = [];
  const complain = (code: string, message: string, path?: string) => {
    problems.push({ code, message, fatal: true, ...(path === undefined ? {} : { path }) });
  };
  const reader: Reader = { name: options.name, complain };
  refuseUnsupported(files, reader);
  const signature = checkSignature(files, options, reader);
  const manifest = readManifest(files, reader);
  const modules: PolicyFile[] = [];
  for (const file of files) {
    if (!file.path.endsWith('.rego')) continue;
    const text = textOf(file, reader);
    if (text !== undefined) modules.push({ path: file.path, text });
  }
  modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  if (modules.length === 0) complain('bundle-empty', `The policy ${options.name} has no .rego file`);
  const data = readData(files, reader);
  checkRoots(manifest.roots, modules, data, reader);
  if (problems.length > 0) return { problems };
  const source: PolicySource = {
    name: options.name,
    revision: manifest.revision,
    kind: options.kind,
    signature,
    digest: digestOf(files),
  };
  const fileVersions = versionsOf(manifest.fileVersions, modules);
  return { bundle: { source, modules, data, regoVersion: manifest.regoVersion, fileVersions }, problems };
}

/** Files that belong to a bundle; all others in a folder are none of ours. */
export function isBundleFile(path: string): boolean {
  if (path === '.manifest' || path === '.signatures.json' || path === 'patch.json') return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.rego') || /^(data\.(json|ya?ml)|policy\.wasm|plan\.json)$/.test(name);
}

interface Reader {
  name: string;
  complain: (code: string, message: string, path?: string) => void;
}

interface Manifest {
  revision: string;
  roots: string[];
  regoVersion: 0 | 1;
  fileVersions: Record<string, 0 | 1>;
}

/** SHA-256 over path and content of each file in order of path, so that a folder and its archive have one digest. */
function digestOf(files: readonly BundleFile[]): string {
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${file.path}\0${file.bytes.length}\0`).update(file.bytes);
  }
  return hash.digest('hex');
}

function refuseUnsupported(files: readonly BundleFile[], { name, complain }: Reader): void {
  for (const { path } of files) {
    if (/(^|\/)(policy\.wasm|plan\.json)$/.test(path)) {
      complain(
        'bundle-compiled',
        `${name} holds compiled policy (${path}); this build evaluates Rego source only`,
        path,
      );
    }
    if (path === 'patch.json') complain('bundle-delta', `${name} is a delta bundle, which is not supported`, path);
  }
}

function checkSignature(files: readonly BundleFile[], options: BundleOptions, { name, complain }: Reader): string {
  const signed = files.some((file) => file.path === '.signatures.json');
  if (options.key === undefined && !signed) return 'unsigned';
  if (options.key === undefined) {
    complain('bundle-signed', `${name} is signed, but no key is configured to verify it with (policy.key)`);
  } else if (!signed) {
    complain('bundle-unsigned', `${name} is not signed, and policy.key asks for a signature`);
  } else {
    complain('bundle-unverified', `${name} is signed; verifying bundle signatures is not built yet, so it is not used`);
  }
  return 'not verified';
}

function readManifest(files: readonly BundleFile[], reader: Reader): Manifest {
  const manifest: Manifest = { revision: '', roots: [''], regoVersion: 1, fileVersions: {} };
  const file = files.find((one) => one.path === '.manifest');
  const text = file && textOf(file, reader);
  if (text === undefined) return manifest;
  const fields = parseJsonText(text);
  const bad = (what: string) => reader.complain('bundle-manifest', `.manifest of ${reader.name}: ${what}`, '.manifest');
  if (!isRecord(fields)) {
    bad('is not a JSON object');
    return manifest;
  }
  if (typeof fields.revision === 'string') manifest.revision = fields.revision;
  if (Array.isArray(fields.roots) && fields.roots.every((root) => typeof root === 'string')) {
    manifest.roots = fields.roots.map((root: string) => root.replace(/^\/+|\/+$/g, ''));
  } else if (fields.roots !== undefined) bad('roots must be a list of texts');
  if (fields.rego_version === 0 || fields.rego_version === 1) manifest.regoVersion = fields.rego_version;
  else if (fields.rego_version !== undefined) bad('rego_version must be 0 or 1');
  if (isRecord(fields.file_rego_versions)) {
    for (const [glob, version] of Object.entries(fields.file_rego_versions)) {
      if (version === 0 || version === 1) manifest.fileVersions[glob] = version;
      else bad(`file_rego_versions of ${glob} must be 0 or 1`);
    }
  }
  if (Array.isArray(fields.wasm) && fields.wasm.length > 0) bad('names compiled entry points, which this build lacks');
  return manifest;
}

function versionsOf(globs: Record<string, 0 | 1>, modules: readonly PolicyFile[]): Record<string, 0 | 1> {
  const versions: Record<string, 0 | 1> = {};
  for (const [glob, version] of Object.entries(globs)) {
    const matches = globMatcher([glob.replace(/^\/+/, '')]);
    for (const module of modules) if (matches(module.path)) versions[module.path] = version;
  }
  return versions;
}

function readData(files: readonly BundleFile[], reader: Reader): unknown {
  let data: unknown = {};
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!/(^|\/)data\.(json|ya?ml)$/.test(file.path)) continue;
    const text = textOf(file, reader);
    if (text === undefined) continue;
    const value = file.path.endsWith('.json') ? parseJsonText(text) : parseYaml(text);
    const folders = file.path.split('/').slice(0, -1);
    if (value === undefined || (folders.length === 0 && !isRecord(value))) {
      reader.complain('bundle-data', `${file.path} is not a readable object`, file.path);
      continue;
    }
    const merged = merge(
      data,
      folders.reduceRight<unknown>((inner, folder) => ({ [folder]: inner }), value),
    );
    if (merged === undefined)
      reader.complain('bundle-data', `${file.path} gives a key that another file gives too`, file.path);
    else data = merged;
  }
  return data;
}

/** Deep union of two objects; undefined when both give one leaf. */
function merge(a: unknown, b: unknown): unknown {
  if (!isRecord(a) || !isRecord(b)) return undefined;
  const out: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const both = Object.hasOwn(out, key) ? merge(out[key], value) : value;
    if (both === undefined) return undefined;
    Object.defineProperty(out, key, { value: both, enumerable: true, writable: true, configurable: true });
  }
  return out;
}

function checkRoots(roots: readonly string[], modules: readonly PolicyFile[], data: unknown, reader: Reader): void {
  if (roots.includes('')) return;
  const inside = (path: string) => roots.some((root) => path === root || path.startsWith(`${root}/`));
  for (const module of modules) {
    const path = packagePath(module.text);
    if (path !== undefined && !inside(path)) {
      reader.complain(
        'bundle-roots',
        `${module.path}: package ${path} lies outside the roots of .manifest`,
        module.path,
      );
    }
  }
  const stray = strayData(data, '', inside, roots);
  if (stray !== undefined) reader.complain('bundle-roots', `data ${stray} lies outside the roots of .manifest`);
}

function strayData(
  data: unknown,
  path: string,
  inside: (path: string) => boolean,
  roots: readonly string[],
): string | undefined {
  if (path !== '' && inside(path)) return undefined;
  if (!isRecord(data) || (path !== '' && !roots.some((root) => root.startsWith(`${path}/`)))) return path;
  for (const [key, value] of Object.entries(data)) {
    const stray = strayData(value, path === '' ? key : `${path}/${key}`, inside, roots);
    if (stray !== undefined) return stray;
  }
  return undefined;
}

/** `package a.b["c"]` as `a/b/c`; undefined when there is none, which the compiler reports. */
function packagePath(text: string): string | undefined {
  const name = /^[ \t]*package[ \t]+([^\s#;]+)/m.exec(text)?.[1];
  return name
    ?.replace(/\["([^"]*)"\]/g, '.$1')
    .split('.')
    .join('/');
}

function textOf(file: BundleFile, { complain }: Reader): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    complain('bundle-encoding', `${file.path} is not UTF-8 text`, file.path);
    return undefined;
  }
}

function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseYaml(text: string): unknown {
  try {
    return parseYamlText(text, { maxAliasCount: 100, logLevel: 'silent' });
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
