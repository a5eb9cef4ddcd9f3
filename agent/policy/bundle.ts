import { createHash } from 'node:crypto';
import type { Problem } from '../model/types.ts';
import { exactData, readData } from './bundle/data.ts';
import { type Manifest, readManifest, versionsOf } from './bundle/manifest.ts';
import { checkRoots } from './bundle/roots.ts';
import { SignatureError, type Verification, verifySignatures } from './bundle/signature.ts';
import { type Reader, textOf } from './bundle/text.ts';
import { isGatekeeperFile } from './gatekeeper/files.ts';
import type { CompiledPolicy, PolicyBundle, PolicyFile, PolicySource } from './types.ts';

/** One file as it lies in a folder or archive; the path has `/` between its parts and no leading one. */
export interface BundleFile {
  path: string;
  bytes: Uint8Array;
}

export interface BundleOptions {
  name: string;
  kind: PolicySource['kind'];
  /** With it the bundle must be signed; without it, it must not be. */
  verification?: Verification;
  /** Other bundles judge with it: it may hold data alone. */
  beside?: boolean;
}

export interface LoadedBundle {
  /** Undefined when a problem is fatal: a policy that was read in part is no policy. */
  bundle?: PolicyBundle;
  problems: Problem[];
}

/**
 * Makes a bundle from its files, as OPA does (openpolicyagent.org/docs/management-bundles): the signature first, then
 * `.manifest`, `*.rego`, `data.json` and `data.yaml` mounted where they lie, `policy.wasm` or `plan.json`.
 * `files` are all files of the archive or folder where it is signed: one that the signature does not name refuses it.
 * Anything that OPA would evaluate and this build cannot is a fatal problem, never left out in silence.
 */
export function bundleFrom(files: readonly BundleFile[], options: BundleOptions): LoadedBundle {
  const problems: Problem[] = [];
  const complain = (code: string, message: string, path?: string) => {
    problems.push({ code, message, fatal: true, ...(path === undefined ? {} : { path }) });
  };
  const reader: Reader = { name: options.name, complain };
  // Before anything of the bundle is looked at: an unverified byte decides nothing.
  const signature = checkSignature(files, options, reader);
  if (problems.length > 0) return { problems };
  const manifest = readManifest(files, reader);
  const compiled = compiledOf(files, manifest, reader);
  const modules: PolicyFile[] = [];
  for (const file of files) {
    if (!file.path.endsWith('.rego')) continue;
    const text = textOf(file, reader);
    if (text !== undefined) modules.push({ path: file.path, text });
  }
  modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  const documents = files
    .filter((file) => !isRegoFile(file.path) && isGatekeeperFile(file))
    .map((file) => ({ path: file.path, text: textOf(file, reader) ?? '' }));
  const candidates = candidatesOf(files);
  const settings = files.find((file) => file.path === conftestFile);
  const conftest = settings && { path: settings.path, text: textOf(settings, reader) ?? '' };
  const data = readData(files, reader);
  const onlyData = options.beside === true && Object.keys(data as object).length > 0;
  if (modules.length + documents.length === 0 && !compiled && !onlyData) {
    complain('bundle-empty', `${options.name} has no .rego file and no ConstraintTemplate`);
  }
  checkRoots(manifest.roots, modules, data, reader);
  if (problems.length > 0) return { problems };
  const dataJson = exactData(files, reader);
  const source: PolicySource = {
    name: options.name,
    revision: manifest.revision,
    kind: options.kind,
    signature,
    digest: digestOf(files, [...documents, ...candidates, ...(conftest ? [conftest] : [])]),
  };
  const fileVersions = versionsOf(manifest.fileVersions, modules);
  return {
    bundle: {
      source,
      modules,
      data,
      regoVersion: manifest.regoVersion,
      fileVersions,
      roots: manifest.roots,
      metadata: manifest.metadata,
      ...(documents.length > 0 ? { documents } : {}),
      ...(candidates.length > 0 ? { candidates } : {}),
      ...(conftest ? { conftest } : {}),
      ...(dataJson === undefined ? {} : { dataJson }),
      ...(compiled ? { compiled } : {}),
    },
    problems,
  };
}

/** Files that may belong to a bundle; all others in a folder are none of ours. YAML may hold Gatekeeper's objects. */
export function isBundleFile(path: string): boolean {
  return isRegoFile(path) || path === conftestFile || /\.(ya?ml|json)$/i.test(path);
}

/** Conftest reads it where it is started; at the root of a bundle it says how its rules are meant to be asked. */
const conftestFile = 'conftest.toml';

/** Files that are read where that is easy, and left out where not: large ones, links. Nothing of OPA's or Gatekeeper's. */
export function isOptionalFile(path: string): boolean {
  return /\.json$/i.test(path) && !isRegoFile(path);
}

/** Larger files are no data that people write for rules. */
export const maximumOptionalBytes = 1_000_000;

/** A bundle that says itself what belongs to it has no others; of a folder without `.manifest` they may be data. */
function candidatesOf(files: readonly BundleFile[]): PolicyFile[] {
  if (files.some(({ path }) => path === '.manifest' || path === '.signatures.json')) return [];
  return files
    .filter((file) => /\.(ya?ml|json)$/i.test(file.path) && !isRegoFile(file.path) && !isGatekeeperFile(file))
    .filter((file) => file.bytes.length <= maximumOptionalBytes)
    .map(({ path, bytes }) => ({ path, text: new TextDecoder().decode(bytes) }));
}

function isRegoFile(path: string): boolean {
  if (path === '.manifest' || path === '.signatures.json' || path === 'patch.json') return true;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.endsWith('.rego') || /^(data\.(json|ya?ml)|policy\.wasm|plan\.json)$/.test(name);
}

/** SHA-256 over path and content of each file that decides something (`further`: beside Rego's) in order of path, so that a folder and its archive have one digest. */
function digestOf(files: readonly BundleFile[], further: readonly PolicyFile[]): string {
  const hash = createHash('sha256');
  const read = new Set(further.map((file) => file.path));
  const counted = files.filter((file) => isRegoFile(file.path) || read.has(file.path));
  for (const file of counted.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`${file.path}\0${file.bytes.length}\0`).update(file.bytes);
  }
  return hash.digest('hex');
}

/** Compiled policy of the bundle: it answers instead of the Rego beside it, which `opa build` has emptied. */
function compiledOf(files: readonly BundleFile[], manifest: Manifest, reader: Reader): CompiledPolicy | undefined {
  const { name, complain } = reader;
  if (files.some((file) => file.path === 'patch.json')) {
    complain('bundle-delta', `${name} is a delta bundle, which is not supported`, 'patch.json');
  }
  const parts = files.filter(({ path }) => /(^|\/)(policy\.wasm|plan\.json)$/.test(path));
  const [part] = parts;
  if (!part) {
    const [named] = manifest.wasm;
    if (named) complain('bundle-compiled', `.manifest of ${name} names ${named.module}, which is missing`);
    return undefined;
  }
  const strange = manifest.wasm.find((entry) => entry.module !== part.path);
  if (parts.length > 1 || strange) {
    complain('bundle-compiled', `${name} holds several compiled policies; one is supported`, part.path);
    return undefined;
  }
  if (part.path.endsWith('plan.json')) {
    complain(
      'bundle-compiled',
      `${name} holds an evaluation plan (${part.path}), which this build does not run`,
      part.path,
    );
    return undefined;
  }
  const annotations = Object.fromEntries(manifest.wasm.map((entry) => [entry.entrypoint, entry.annotations]));
  return { kind: 'wasm', bytes: part.bytes, entrypoints: Object.keys(annotations), annotations };
}

function checkSignature(
  files: readonly BundleFile[],
  { verification }: BundleOptions,
  { name, complain }: Reader,
): string {
  const signed = files.some((file) => file.path === '.signatures.json');
  if (!verification) {
    if (signed) complain('bundle-signed', `${name} is signed, but no key is configured to verify it with (policy.key)`);
    return 'unsigned';
  }
  if (!signed) {
    complain('bundle-unsigned', `${name} is not signed, and policy.key asks for a signature`);
    return 'unsigned';
  }
  try {
    return verifySignatures(files, verification);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    complain('bundle-unverified', `${name} is not used: ${error.message}`);
    return 'not verified';
  }
}
