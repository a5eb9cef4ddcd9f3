import { globMatcher } from '../../config/glob.ts';
import type { BundleFile } from '../bundle.ts';
import type { PolicyFile } from '../types.ts';
import { isRecord, parseJsonText, type Reader, textOf } from './text.ts';

export interface Manifest {
  revision: string;
  /** Paths with `/` between their parts; `''` is everything, also where `.manifest` names none. */
  roots: string[];
  regoVersion: 0 | 1;
  /** Globs of file paths. */
  fileVersions: Record<string, 0 | 1>;
  metadata: Record<string, unknown>;
  /** Entrypoints of compiled policy, such as `pregate/push/deny`, and the file that holds each. */
  wasm: { entrypoint: string; module: string; annotations: Record<string, unknown> }[];
}

/** Reads `.manifest` (openpolicyagent.org/docs/management-bundles, "Bundle File Format"); defaults where it is missing. */
export function readManifest(files: readonly BundleFile[], reader: Reader): Manifest {
  const manifest: Manifest = {
    revision: '',
    roots: [''],
    regoVersion: 1,
    fileVersions: {},
    metadata: {},
    wasm: [],
  };
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
  if (isRecord(fields.metadata)) manifest.metadata = fields.metadata;
  else if (fields.metadata !== undefined) bad('metadata must be an object');
  manifest.wasm = wasmOf(fields.wasm, bad);
  return manifest;
}

function wasmOf(list: unknown, bad: (what: string) => void): Manifest['wasm'] {
  if (list === undefined) return [];
  const out: Manifest['wasm'] = [];
  for (const entry of Array.isArray(list) ? (list as unknown[]) : [undefined]) {
    if (isRecord(entry) && typeof entry['entrypoint'] === 'string' && typeof entry['module'] === 'string') {
      out.push({
        entrypoint: entry['entrypoint'],
        module: entry['module'].replace(/^\/+/, ''),
        annotations: firstRecord(entry['annotations']),
      });
    } else bad('wasm must be a list of entrypoints and modules');
  }
  return out;
}

/** Of several METADATA blocks the first that says something of its own. */
function firstRecord(list: unknown): Record<string, unknown> {
  const records = (Array.isArray(list) ? list : []).filter(isRecord);
  return records.find((one) => one.custom !== undefined || one.title !== undefined) ?? records[0] ?? {};
}

/** The language version of every module that a glob of `file_rego_versions` names. */
export function versionsOf(globs: Record<string, 0 | 1>, modules: readonly PolicyFile[]): Record<string, 0 | 1> {
  const versions: Record<string, 0 | 1> = {};
  for (const [glob, version] of Object.entries(globs)) {
    const matches = globMatcher([glob.replace(/^\/+/, '')]);
    for (const module of modules) if (matches(module.path)) versions[module.path] = version;
  }
  return versions;
}
