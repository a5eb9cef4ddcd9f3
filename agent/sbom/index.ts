import type { Lock } from '../model/npm/lock.ts';
import { componentsOfCycloneDx } from '../model/sbom/from-cyclonedx.ts';
import { componentsOfLock } from '../model/sbom/from-lock.ts';
import type { Problem } from '../model/types.ts';
import { cacheKey, readCache, writeCache } from './cache.ts';
import { componentCount, generate } from './cyclonedx.ts';
import { enrich } from './enrich.ts';
import { findNpm } from './npm-cli.ts';
import { type ProjectState, stateOf } from './state.ts';
import type { SbomOptions, SbomResult, Snapshot } from './types.ts';

export { type ExportOptions, exportSbom } from './export.ts';
export { previewOf, type SbomPreview, summarise } from './preview.ts';
export type { SbomOptions, SbomResult, Snapshot, SpecVersion } from './types.ts';

/**
 * The software bill of materials of one state of an npm project, as a CycloneDX document made by CycloneDX's own
 * generator, enriched from the lockfile. Where that cannot be (no npm, another package manager, a failure) the result
 * is our own inventory of the lockfile and says so. Never throws.
 */
export async function sbomOf(snapshot: Snapshot, options: SbomOptions): Promise<SbomResult> {
  const state = stateOf(snapshot);
  const { lock } = state;
  if (!lock) return inventory(snapshot, state, []);
  if (lock.kind !== 'npm') return inventory(snapshot, state, [otherManager(lock)]);
  if ((snapshot.lock?.length ?? 0) > generatorLimit) return inventory(snapshot, state, [tooLarge]);
  const node = options.node ?? process.execPath;
  const npm = findNpm({ env: options.env ?? process.env, node, ...(options.root ? { root: options.root } : {}) });
  if (!npm) return inventory(snapshot, state, [npmNotFound]);
  const key = options.stateFolder === undefined ? undefined : keyOf(snapshot, options, npm);
  const cached = key === undefined ? undefined : readCache(options.stateFolder!, key);
  if (cached) return documentResult(snapshot, state, cached.bom, cached.problems, true);
  const { bom, problems } = await generate(snapshot, options, npm);
  if (!bom) return inventory(snapshot, state, problems);
  const doubts = [...problems, ...crossCheck(bom, lock)];
  if (doubts.some((problem) => problem.fatal)) return inventory(snapshot, state, doubts);
  enrich(bom, lock, state.members);
  if (key !== undefined) writeCache(options.stateFolder!, key, { bom, problems: doubts });
  return documentResult(snapshot, state, bom, doubts, false);
}

/** npm itself takes minutes for more than this; our own reading of the lock takes a second. */
const generatorLimit = 32_000_000;

const tooLarge: Problem = {
  code: 'sbom-too-large',
  message:
    "CycloneDX document not made: the lockfile is larger than 32 MB. What is shown is Pregate's own reading of it.",
  fatal: false,
};

const npmNotFound: Problem = {
  code: 'npm-not-found',
  message:
    "CycloneDX document not made: npm not found. What is shown is Pregate's own reading of the lockfile. Install npm, or put it on PATH.",
  fatal: false,
};

function otherManager(lock: Lock): Problem {
  const message = `CycloneDX document not made: its generator reads npm's lockfiles only, this is ${lock.kind}. What is shown is Pregate's own reading of the lockfile.`;
  return { code: 'sbom-other-manager', message, fatal: false };
}

function keyOf(...parts: Parameters<typeof cacheKey>): string | undefined {
  try {
    return cacheKey(...parts);
  } catch {
    // Without the generator's file there is nothing to name; the run itself will say so.
    return undefined;
  }
}

/** An SBOM that lacks packages looks just like one that does not; counting is the only way to know. */
function crossCheck(bom: NonNullable<SbomResult['bom']>, lock: Lock): Problem[] {
  const expected = lock.entries.filter((entry) => entry.source !== 'link').length;
  const found = componentCount(bom);
  if (found === expected) return [];
  if (found === 0) {
    const message = `The generator gave an empty SBOM for a lockfile of ${expected} packages; it was thrown away.`;
    return [{ code: 'sbom-empty', message, fatal: true }];
  }
  const message = `The SBOM holds ${found} components, the lockfile ${expected} packages: it is incomplete.`;
  return [{ code: 'sbom-count', message, fatal: false }];
}

function documentResult(
  { label }: Snapshot,
  state: ProjectState,
  bom: NonNullable<SbomResult['bom']>,
  problems: readonly Problem[],
  fromCache: boolean,
): SbomResult {
  const all = [...state.problems, ...problems];
  const set = componentsOfCycloneDx(bom);
  return { label, kind: 'cyclonedx', bom, set, complete: all.length === 0, problems: all, fromCache };
}

function inventory({ label }: Snapshot, state: ProjectState, problems: readonly Problem[]): SbomResult {
  const { lock, manifest, members } = state;
  const manifests = manifest ? [manifest, ...members] : members;
  const set = lock ? componentsOfLock(lock, manifests) : { components: [], edges: () => [] };
  const all = [...state.problems, ...problems];
  return { label, kind: 'inventory', bom: undefined, set, complete: false, problems: all, fromCache: false };
}
