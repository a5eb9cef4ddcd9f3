import { type FeedSetting, readFeeds } from '../../config/feeds.ts';
import type { Document, Problem } from '../../model/types.ts';
import type { FurtherJudge } from '../further.ts';
import { compileTemplates } from '../gatekeeper/compile.ts';
import { gatekeeperJudge } from '../gatekeeper/judge.ts';
import { checkParameters } from '../gatekeeper/parameters.ts';
import { readGatekeeper } from '../gatekeeper/read.ts';
import type { PolicyBundle, PolicyEngine } from '../types.ts';
import { conftestSettings } from './conftest-settings.ts';
import { detectedFeeds, type Feed, isOwn, mappedFeeds } from './feeds.ts';
import { foreignJudge } from './judge.ts';

/** What a bundle has beside gates of `pregate.*`, and what has to be read to judge by it. */
export interface ForeignPlan {
  /** It has gates of its own (`pregate.*`): they replace the built-in ones. */
  own: boolean;
  /** One line for each feed: what is asked about what, and why. */
  told: string[];
  problems: Problem[];
  /** Files of the repository that are needed though the change does not touch them; undefined when none are. */
  wants: ((path: string) => boolean) | undefined;
  /** Makes the judges, from every path of the repository and the files that `wants` named. */
  judges: (related: { paths?: readonly string[]; documents: readonly Document[] }) => FurtherJudge[];
}

/**
 * Finds what a bundle is fed: as `settings` of pregate.yaml say, else as its `.manifest` says, else by its conventions.
 * `supplied` says which data was taken from files that OPA would not read.
 */
export function planForeign(
  bundle: PolicyBundle,
  engine: PolicyEngine,
  settings: readonly FeedSetting[] | undefined,
  supplied: readonly string[] = [],
): ForeignPlan {
  const rules = engine.rules();
  const own = isOwn(rules);
  const problems: Problem[] = [];
  const feeds = feedsOf();
  const kube = bundle.documents?.length ? kubePolicy(bundle) : undefined;
  problems.push(...(kube?.problems ?? []));
  if (!own && feeds.length === 0 && !kube && problems.length === 0) {
    const known = 'deny, violation, warn or allow, in any package';
    problems.push(fatal(`The policy ${bundle.source.name} has no rule that answers (${known}), so nothing was judged`));
  }
  const combined = feeds.filter((feed) => feed.combine);
  const needsManifests = kube !== undefined;
  const wants =
    combined.length === 0 && !needsManifests
      ? undefined
      : (path: string) => combined.some((feed) => feed.wantsPath(path)) || (needsManifests && /\.ya?ml$/i.test(path));
  return {
    own,
    told: [
      ...feeds.map((feed) => feed.why),
      ...(kube ? kubeWords(kube.constraints.length, kube.admission.length) : []),
    ],
    problems,
    wants,
    judges: ({ paths, documents }) => [
      ...(feeds.length > 0
        ? [foreignJudge({ engine, bundle, feeds, supplied, related: documents, ...(paths ? { tree: paths } : {}) })]
        : []),
      ...(kube ? [gatekeeperJudge({ ...kube, related: documents })] : []),
    ],
  };

  function feedsOf(): Feed[] {
    if (settings?.length) return mappedFeeds(settings, 'pregate.yaml');
    const pregate = bundle.metadata?.['pregate'];
    const listed = typeof pregate === 'object' && pregate !== null ? (pregate as { feeds?: unknown }).feeds : undefined;
    if (listed === undefined) {
      if (own || rules.length === 0) return [];
      const { settings: asked, problem } = conftestSettings(bundle.conftest);
      if (problem !== undefined) problems.push(fatal(`${problem}, so nothing was judged`));
      const found = detectedFeeds(engine, asked);
      if (asked && found.length === 0)
        problems.push(fatal(`conftest.toml asks ${asked.namespaces}, where no rule answers, so nothing was judged`));
      return found;
    }
    const { feeds: read, mistakes } = readFeeds(listed);
    for (const mistake of mistakes)
      problems.push(fatal(`.manifest of ${bundle.source.name}: metadata.pregate.${mistake}`));
    return mappedFeeds(read, '.manifest');
  }
}

function kubePolicy(bundle: PolicyBundle) {
  const { templates, constraints, admission, problems } = readGatekeeper(bundle.documents ?? []);
  const { compiled, problems: wrong } = compileTemplates(templates);
  const all = [...problems, ...wrong, ...checkParameters(templates, constraints)];
  if (constraints.length === 0 && admission.length === 0 && all.length === 0) {
    all.push(fatal(`${bundle.source.name} has templates of Gatekeeper but no constraint, so nothing was judged`));
  }
  return { compiled, constraints, admission, problems: all };
}

function kubeWords(constraints: number, admission: number): string[] {
  const count = (number: number, one: string, more: string) => `${number} ${number === 1 ? one : more}`;
  const asked = `${count(constraints, 'constraint', 'constraints')} of Gatekeeper, asked about each Kubernetes manifest`;
  const cel = `${count(admission, 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicies')} in CEL, not evaluated here`;
  return [...(constraints > 0 ? [asked] : []), ...(admission > 0 ? [cel] : [])];
}

function fatal(message: string): Problem {
  return { code: 'policy-feed', message, fatal: true };
}
