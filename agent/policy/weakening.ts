import type { Config, Enforcement } from '../config.ts';
import type { Collected } from '../gate/types.ts';
import { at, parseYaml } from '../model/tree/index.ts';
import type { Document } from '../model/types.ts';
import type { WeakenedInput } from './gate-input.ts';
import { type Places, pointer } from './places.ts';

/**
 * What the change would take from the gate that judges it: settings turned down, baselines and allowed signers that
 * grow, a bundle inside the repository that changes. Without a base to compare with there is nothing to weaken.
 */
export function weakeningOf(collected: Collected, places: Places): WeakenedInput[] {
  const path = collected.proposedConfig?.path ?? collected.config.path ?? 'pregate.yaml';
  const document = collected.targets.find((one) => one.path === path);
  const out: WeakenedInput[] = [];
  const add = (entry: WeakenedInput, keys: string[] = [], where: Document | undefined = document) => {
    const node = where && keys.length > 0 ? at(parseYaml(where).roots[0], ...keys) : undefined;
    const here = pointer('weakened', out.length);
    if (where && node) places.setRange(here, where, node.range);
    else places.set(here, { path: entry.path });
    out.push(entry);
  };
  if (collected.proposedConfig) {
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
  for (const glob of to.exclude) {
    if (!from.exclude.includes(glob)) changes.push({ keys: ['exclude'], msg: `excludes ${glob} from the checks` });
  }
  if (from.signing.required && !to.signing.required) {
    changes.push({ keys: ['signing', 'required'], msg: 'no longer requires signatures' });
  }
  if (from.policy.bundle !== to.policy.bundle && from.policy.bundle !== undefined) {
    changes.push({ keys: ['policy', 'bundle'], msg: 'replaces the policy bundle' });
  }
  if (from.policy.key !== to.policy.key && from.policy.key !== undefined) {
    changes.push({ keys: ['policy', 'key'], msg: 'replaces the key that the policy is signed with' });
  }
  if (from.policy.maxAgeSeconds !== undefined && (to.policy.maxAgeSeconds ?? Infinity) > from.policy.maxAgeSeconds) {
    changes.push({ keys: ['policy', 'max-age'], msg: 'lets the policy grow older' });
  }
  if (from.baseline !== to.baseline) changes.push({ keys: ['baseline'], msg: 'points to another baseline' });
  return changes;
}

function say(setting: Enforcement | 'unset'): string {
  return setting === 'unset' ? 'what the policy says' : setting;
}

function grownFiles(collected: Collected): WeakenedInput[] {
  if (collected.base.length === 0 && collected.repo.mergeBase === null) return [];
  const base = new Map(collected.base.map((document) => [document.path, document]));
  const out: WeakenedInput[] = [];
  for (const document of collected.targets) {
    if (document.kind !== 'file') continue;
    const isBaseline = document.path === collected.config.baseline;
    if (!isBaseline && !/(^|\/)\.?allowed[_-]signers$/.test(document.path)) continue;
    const known = new Set((base.get(document.path)?.text ?? '').split('\n'));
    const added = document.text.split('\n').filter((line) => line.trim() !== '' && !known.has(line)).length;
    if (added === 0) continue;
    const what = isBaseline ? 'accepted finding' : 'allowed signer';
    const msg = `${document.path} gains ${added} ${what}${added === 1 ? '' : 's'}`;
    out.push({ setting: isBaseline ? 'baseline' : 'allowed-signers', msg, path: document.path });
  }
  const folder = localBundle(collected.config);
  const changed = folder === undefined ? undefined : collected.changes.find((change) => isInside(change.path, folder));
  if (changed) {
    out.push({ setting: 'policy', msg: `${changed.path} belongs to the policy that judges it`, path: changed.path });
  }
  return out;
}

function localBundle(config: Config): string | undefined {
  const bundle = config.policy.bundle;
  if (bundle === undefined || /^[a-z][a-z0-9+.-]*:/i.test(bundle) || bundle.startsWith('/')) return undefined;
  return bundle.replace(/^\.\//, '').replace(/\/+$/, '');
}

function isInside(path: string, folder: string): boolean {
  return folder === '' || folder === '.' || path === folder || path.startsWith(`${folder}/`);
}
