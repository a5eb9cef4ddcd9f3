import { type BundleConfig, bundlesOf, type Config, type Enforcement } from '../config.ts';
import type { Collected } from '../gate/types.ts';
import type { Document } from '../model/types.ts';
import type { WeakenedInput } from './gate-input.ts';
import { keyRange } from './key-range.ts';
import { type Places, pointer } from './places.ts';

/**
 * What the change would take from the gate that judges it: settings turned down, baselines and allowed signers that
 * grow, a bundle inside the repository that changes. Where the base has no configuration yet, there is nothing to
 * weaken: otherwise nobody could set a repository up. Removing the configuration is reported for the same reason.
 */
export function weakeningOf(collected: Collected, places: Places): WeakenedInput[] {
  const path = collected.proposedConfig?.path ?? collected.config.path ?? 'pregate.yaml';
  const document = collected.targets.find((one) => one.path === path);
  const out: WeakenedInput[] = [];
  const add = (entry: WeakenedInput, keys: string[] = [], where: Document | undefined = document) => {
    const here = pointer('weakened', out.length);
    const range = where && keyRange(where, keys.at(-1));
    if (where && range) places.setRange(here, where, range);
    else places.set(here, { path: entry.path });
    out.push(entry);
  };
  if (collected.proposedConfig && collected.config.path !== undefined) {
    if (collected.proposedConfig.path === undefined) add({ setting: 'version', msg: `${path} is removed`, path });
    for (const change of configChanges(collected.config, collected.proposedConfig)) {
      add({ setting: change.keys.join('.'), msg: `${path} ${change.msg}`, path }, change.keys);
    }
  }
  for (const entry of grownFiles(collected)) add(entry);
  return out;
}

interface ConfigChange {
  keys: string[];
  msg: string;
}

// A rule without a setting counts as the policy says: more than `warn`, less than `enforce`.
const ranks: Record<Enforcement | 'unset', number> = { off: 0, shadow: 1, warn: 2, unset: 3, enforce: 4 };

function configChanges(from: Config, to: Config): ConfigChange[] {
  const changes: ConfigChange[] = [];
  for (const rule of new Set([...Object.keys(from.rules), ...Object.keys(to.rules)])) {
    const [before, after] = [from.rules[rule] ?? 'unset', to.rules[rule] ?? 'unset'] as const;
    if (ranks[after] >= ranks[before]) continue;
    changes.push({ keys: ['rules', rule], msg: `turns the rule ${rule} down from ${say(before)} to ${say(after)}` });
  }
  for (const pattern of from.secrets.patterns) {
    const same = to.secrets.patterns.some((one) => JSON.stringify(one) === JSON.stringify(pattern));
    if (!same) changes.push({ keys: ['secrets', 'patterns'], msg: `removes or changes the pattern ${pattern.id}` });
  }
  for (const glob of to.exclude) {
    if (!from.exclude.includes(glob)) changes.push({ keys: ['exclude'], msg: `excludes ${glob} from the checks` });
  }
  if (from.signing.required && !to.signing.required) {
    changes.push({ keys: ['signing', 'required'], msg: 'no longer requires signatures' });
  }
  changes.push(...bundleChanges(bundlesOf(from.policy), bundlesOf(to.policy)));
  const fed = (config: Config) => JSON.stringify(config.policy.feeds ?? null);
  if (from.policy.feeds && fed(from) !== fed(to)) {
    changes.push({ keys: ['policy', 'feeds'], msg: 'changes what the policy is asked about' });
  }
  if (from.policy.forge !== undefined && from.policy.forge !== to.policy.forge) {
    changes.push({ keys: ['policy', 'forge'], msg: "replaces the snapshot of the forge's rules" });
  }
  if ((to.policy.forgeMaxAgeSeconds ?? Infinity) > (from.policy.forgeMaxAgeSeconds ?? Infinity)) {
    changes.push({ keys: ['policy', 'forge-max-age'], msg: "lets the snapshot of the forge's rules grow older" });
  }
  if (to.suppressions.foreign && !from.suppressions.foreign)
    changes.push({ keys: ['suppressions', 'other-tools'], msg: 'lets comments of other tools count' });
  if (to.suppressions.proven && !from.suppressions.proven)
    changes.push({
      keys: ['suppressions', 'valid-tokens'],
      msg: 'lets a comment hide a token whose checksum is valid',
    });
  if (from.baseline !== to.baseline) changes.push({ keys: ['baseline'], msg: 'points to another baseline' });
  return changes;
}

function bundleChanges(from: readonly BundleConfig[], to: readonly BundleConfig[]): ConfigChange[] {
  const changes: ConfigChange[] = [];
  const add = (key: string, msg: string) => changes.push({ keys: ['policy', key], msg });
  const several = from.length > 1 || to.length > 1;
  for (const before of from) {
    const after: Partial<BundleConfig> | undefined =
      to.find((one) => one.bundle === before.bundle) ?? (several ? undefined : (to[0] ?? {}));
    const what = several ? `of ${before.bundle} ` : '';
    if (after?.bundle !== before.bundle) {
      add(
        several ? 'bundles' : 'bundle',
        several ? `no longer asks the bundle ${before.bundle}` : 'replaces the policy bundle',
      );
    }
    if (!after) continue;
    if (before.key !== undefined && after.key !== before.key)
      add('key', `replaces the key that the policy ${what}is signed with`);
    if (before.scope !== undefined && after.scope !== before.scope)
      add('scope', `replaces the scope ${what}that the policy is signed for`);
    if (before.maxAgeSeconds !== undefined && (after.maxAgeSeconds ?? Infinity) > before.maxAgeSeconds) {
      add('max-age', `lets the policy ${what}grow older`);
    }
  }
  return changes;
}

function say(setting: Enforcement | 'unset'): string {
  return setting === 'unset' ? 'what the policy says' : setting;
}

/** Baselines and lists of signers that gain lines, and changed files of a policy that lies in the repository itself. */
function grownFiles(collected: Collected): WeakenedInput[] {
  if (collected.base.length === 0 && collected.repo.mergeBase === null) return [];
  const base = new Map(collected.base.map((document) => [document.path, document]));
  const grown = collected.targets.flatMap((document) => grownList(document, base.get(document.path), collected) ?? []);
  return [...grown, ...ownPolicies(collected)];
}

function grownList(document: Document, before: Document | undefined, { config }: Collected): WeakenedInput | undefined {
  if (document.kind !== 'file') return undefined;
  const isBaseline = document.path === config.baseline;
  if (!isBaseline && !/(^|\/)\.?allowed[_-]signers$/.test(document.path)) return undefined;
  // The first baseline and the first signers belong to setting up, unless the base already asks for them.
  if (!before && (isBaseline ? config.path === undefined : !config.signing.required)) return undefined;
  const known = new Set((before?.text ?? '').split('\n'));
  const added = document.text.split('\n').filter((line) => line.trim() !== '' && !known.has(line)).length;
  if (added === 0) return undefined;
  const what = isBaseline ? 'accepted finding' : 'allowed signer';
  const msg = `${document.path} gains ${added} ${what}${added === 1 ? '' : 's'}`;
  return { setting: isBaseline ? 'baseline' : 'allowed-signers', msg, path: document.path };
}

function ownPolicies({ config, changes }: Collected): WeakenedInput[] {
  return bundlesOf(config.policy).flatMap(({ bundle }) => {
    const folder = localBundle(bundle);
    const changed = folder === undefined ? undefined : changes.find((change) => isInside(change.path, folder));
    if (!changed) return [];
    return [{ setting: 'policy', msg: `${changed.path} belongs to the policy that judges it`, path: changed.path }];
  });
}

function localBundle(bundle: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(bundle) || bundle.startsWith('/')) return undefined;
  return bundle.replace(/^\.\//, '').replace(/\/+$/, '');
}

function isInside(path: string, folder: string): boolean {
  return folder === '' || folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
