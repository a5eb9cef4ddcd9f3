/** What git's hooks run: `hook.cjs` with what every hook needs, and its parts, which hold what only some hooks need. */
import { buildInParts, type Layout, type PartsBuild } from './bundle-parts.ts';

/** The parts of a hook; the first pattern that fits a module's path, or a package's name, decides. */
const parts: Layout['parts'] = [
  ['hook-text.cjs', /^agent\/(rules\/generated\/text|threads\/)/],
  ['hook-providers.cjs', /^agent\/model\/secrets\/providers\/table\/index/],
  ['hook-models.cjs', /^agent\/(rules|model|config)\/|^agent\/policy\/sbom/],
  ['hook-policy.cjs', /^agent\/policy\/(built-in|decide)/],
  ['hook-archives.cjs', /^agent\/gate\/collect\/archives/],
  ['hook-bundles.cjs', /^agent\/(policy|bundles|gate)\//],
  ['hook-secretlint.cjs', /^@secretlint\//],
  ['hook-yaml.cjs', /^yaml$/],
  ['hook-xml.cjs', /^saxes$/],
  ['hook-known.cjs', /^agent\/known\//],
  // What comes after a verdict: statements, the audit log, a second look at a commit.
  ['hook-after.cjs', /^agent\/(attest|audit|cli)\//],
  ['hook-daemon.cjs', /^agent\/daemon\//],
  ['hook-rest.cjs', /^agent\//],
];

/**
 * What is imported at the top of files which every hook runs, and used by few hooks: it is loaded at its first use.
 * Packages and modules of Node; of our own only modules whose imports nobody else has, since a part would hold a second copy.
 */
const deferred =
  /^(@secretlint\/(core|profiler|secretlint-rule-preset-recommend)|yaml|saxes|node:(child_process|crypto|fs\/promises|worker_threads)|agent\/suppress\/hash\.ts|agent\/model\/secrets\/providers\/table\/index\.ts)$/;

/** Writes the files and answers with their names. */
export function buildHook(build: PartsBuild): Promise<string[]> {
  return buildInParts({ main: 'hook.cjs', entry: 'agent/start-hook.ts', parts, deferred }, build);
}
