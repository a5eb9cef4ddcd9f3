import { realpath } from 'node:fs/promises';
import { isAbsolute, posix, resolve, sep } from 'node:path';
import { type BundleConfig, bundlesOf, type PolicyConfig } from '../config.ts';
import type { Problem } from '../model/types.ts';
import { combineBundles } from '../policy/bundle/combine.ts';
import { type BundleFile, bundleFrom, type LoadedBundle } from '../policy/bundle.ts';
import { defaultBundle } from '../policy/default.ts';
import type { PolicySource } from '../policy/types.ts';
import { verificationOf } from './keys.ts';
import { BundleError } from './limits.ts';
import { type ReadFiles, readFiles, readPacked } from './read.ts';
import { reasonOf } from './reason.ts';
import { parseSource, type Source } from './source.ts';

export interface LoadOptions {
  /** `--bundle`: what a person named, relative to `cwd`. */
  explicit?: string;
  /** `policy` of `pregate.yaml`; its paths are relative to the repository's root. */
  policy: PolicyConfig;
  cwd: string;
  root: string;
  env?: NodeJS.ProcessEnv;
  /**
   * The commit whose version of a configured bundle judges: the merge-base of a push, HEAD for a commit. Where it has no
   * such bundle, or this is left out, the working tree's is read.
   */
  base?: { commit: string; env?: NodeJS.ProcessEnv };
}

/**
 * Loads the policy that judges: what was named, what is configured, or the built-in gates. Nothing is fetched.
 * A bundle that cannot be read whole is not used at all: the problem is fatal, and the gate that was asked closes.
 */
export async function loadBundle(options: LoadOptions): Promise<LoadedBundle> {
  const { explicit, policy } = options;
  const configured = bundlesOf(policy);
  if (explicit !== undefined) {
    // A person's choice of this moment need not be signed; where it is, the configured key must fit.
    const { key, scope } = configured[0] ?? policy;
    const wanted = {
      bundle: explicit,
      ...(key === undefined ? {} : { key }),
      ...(scope === undefined ? {} : { scope }),
    };
    return loadOne(wanted, options);
  }
  if (configured.length === 0) {
    if (policy.key === undefined) return { bundle: defaultBundle(), problems: [] };
    return failed('policy.key is set, but no policy.bundle: there is nothing to verify');
  }
  const beside = configured.length > 1;
  return combineBundles(await Promise.all(configured.map((config) => loadOne(config, options, beside))));
}

/** Reads a bundle from a folder or an archive that a person named. `name` is what people call it. */
export async function readBundle(path: string, name: string): Promise<LoadedBundle> {
  try {
    const { kind, files } = await readFiles(path);
    return bundleFrom(files, { name, kind });
  } catch (error) {
    return failed(`The policy ${name} could not be read: ${reasonOf(error)}`);
  }
}

interface Found extends Omit<ReadFiles, 'kind'> {
  kind: PolicySource['kind'];
  confirmed?: string;
  note?: string;
}

async function loadOne(config: BundleConfig, options: LoadOptions, beside = false): Promise<LoadedBundle> {
  const name = config.bundle;
  try {
    const source = parseSource(name);
    const found = await find(source, config, options);
    const signed = found.files.some((file) => file.path === '.signatures.json');
    const verification =
      options.explicit !== undefined && !signed ? undefined : verificationOf(config, options.env ?? process.env);
    const { files, kind } = found;
    const loaded = bundleFrom(files, { name, kind, beside, ...(verification ? { verification } : {}) });
    if (loaded.bundle) {
      if (found.confirmed !== undefined) loaded.bundle.source.confirmed = found.confirmed;
      if (found.note !== undefined) loaded.bundle.source.note = found.note;
    }
    return loaded;
  } catch (error) {
    const code = error instanceof BundleError ? error.code : 'bundle-unreadable';
    return failed(`The policy ${shown(name)} is not used: ${reasonOf(error)}`, code);
  }
}

/** An address may hold what nobody should read over a shoulder. */
function shown(name: string): string {
  return name.replace(/^([a-z]+:\/\/)[^/@]*@/i, '$1');
}

async function find(source: Source, config: BundleConfig, options: LoadOptions): Promise<Found> {
  switch (source.kind) {
    case 'http': {
      const { persistedCopy } = await import('./persisted.ts');
      const again = options.explicit === undefined ? '' : ` ${shown(config.bundle)}`;
      return persistedCopy(source.url, config, options.env ?? process.env, `pregate policy fetch${again}`);
    }
    case 'oci': {
      const { readOci } = await import('./from-oci.ts');
      return { kind: 'oci', files: await readOci(await pathOf(source.layout, true, options), source.reference) };
    }
    case 'git': {
      const { readRef } = await import('./from-git.ts');
      const own = source.repository === undefined;
      if (source.repository !== undefined) await outsideOf(options.root, source.repository);
      const files = await readRef(source, source.repository ?? options.root, own, options.env);
      return { kind: 'git', files };
    }
    case 'path':
      return ((await committed(source.path, options)) ??
        readFiles(await pathOf(source.path, source.anywhere === true, options))) as Promise<Found>;
  }
}

/** A configured path is data of the repository: unless it says `file:`, it may not lead out of it, not even through a link. */
async function pathOf(named: string, anywhere: boolean, { explicit, cwd, root }: LoadOptions): Promise<string> {
  if (explicit !== undefined) return resolve(cwd, named);
  const outside = new BundleError(
    'it does not lie inside the repository; name a folder elsewhere with file:',
    'bundle-source',
  );
  if (isAbsolute(named)) {
    if (anywhere) return named;
    throw outside;
  }
  const path = resolve(root, named);
  let real: [string, string];
  try {
    real = await Promise.all([realpath(path), realpath(root)]);
  } catch {
    // It does not exist: reading it gives the clearer message, and the text alone shows whether it would lie inside.
    if (path.startsWith(resolve(root) + sep)) return path;
    throw outside;
  }
  if (real[0] === real[1] || real[0].startsWith(real[1] + sep)) return real[0];
  throw outside;
}

/** A repository that lies in the judged one could have come with it, and its configuration too. */
async function outsideOf(root: string, repository: string): Promise<void> {
  const [inner, outer] = await Promise.all([repository, root].map((path) => realpath(path).catch(() => path)));
  if (inner === outer || inner?.startsWith(`${outer}${sep}`))
    throw new BundleError('git: with a path names another repository, and this one lies in it', 'bundle-source');
}

/** A configured bundle of the repository itself, as its base has it. */
async function committed(named: string, { explicit, base, root }: LoadOptions): Promise<ReadFiles | undefined> {
  const path = posix.normalize(named).replace(/\/+$/, '');
  if (explicit !== undefined || !base || isAbsolute(named) || path.startsWith('..')) return undefined;
  const [{ readCommitted }, { openGit }] = await Promise.all([import('./from-git.ts'), import('../git/run.ts')]);
  try {
    const found = await readCommitted(openGit(root, base.env), base.commit, path === '.' ? '' : path);
    if (!found || found.kind === 'directory') return found;
    return { kind: 'archive', files: await readPacked((found.files[0] as BundleFile).bytes) };
  } catch (error) {
    throw new BundleError(`in ${base.commit.slice(0, 7)}, ${reasonOf(error)}`);
  }
}

function failed(message: string, code = 'bundle-unreadable'): { problems: Problem[] } {
  return { problems: [{ code, message, fatal: true }] };
}
