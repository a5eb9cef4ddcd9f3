import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type BundleConfig, bundlesOf, type Config } from '../config.ts';
import { GitFailure } from '../git/failure.ts';
import { withoutCredentials } from '../git/remote-url.ts';
import type { Problem } from '../model/types.ts';
import { type PinnedBundle, type Pins, readPins, stateFolder, writePins } from '../state.ts';

/**
 * Holds the policy of a repository to the one this user has first met there. The pin lies outside the repository, so that
 * no commit can replace the judge; a change closes the gate until a person says that it is meant. A push is judged by its
 * base: where it brings the policy that is pinned, the one that counted before judges it, or nobody could introduce one.
 */
export function checkPin(
  policy: Config['policy'],
  commonDir: string,
  env: NodeJS.ProcessEnv,
  proposed?: Config['policy'],
): Problem | undefined {
  try {
    const pins = nothingPinned(env) ? {} : readPins(commonDir, env);
    const named = pinOf(policy);
    if (same(pins.policy, named)) return undefined;
    if (pins.policy === undefined) {
      trustPolicy(policy, commonDir, env);
      return undefined;
    }
    if (proposed && same(pins.policy, pinOf(proposed)) && same(pins.before, named)) return undefined;
    return {
      code: 'policy-changed',
      message: `The policy here was ${describe(pins.policy)} and would now be ${describe(named)}, so nothing was judged. If that is meant: pregate policy trust`,
      fatal: true,
    };
  } catch (error) {
    if (error instanceof GitFailure) return error.problem;
    throw error;
  }
}

/**
 * True when this user has pinned no policy in any repository. Finding the pin of one repository takes a hash, for which
 * Node loads all of its cryptography: 4 ms that a hook is spared where only the built-in gates are used.
 */
function nothingPinned(env: NodeJS.ProcessEnv): boolean {
  const folder = path.join(stateFolder(env), 'repositories');
  try {
    const pinsOf = (name: string) => statSync(path.join(folder, name, 'pins.json'), { throwIfNoEntry: false });
    return readdirSync(folder).every((name) => pinsOf(name) === undefined);
  } catch (error) {
    // What is there and cannot be looked at is read after all: that says why, and closes the gate.
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/** Makes the policy that is configured now the one that counts here. */
export function trustPolicy(policy: Config['policy'], commonDir: string, env: NodeJS.ProcessEnv): void {
  const { policy: pinned, before: earlier, ...rest } = readPins(commonDir, env);
  const named = pinOf(policy);
  const before = same(pinned, named) ? earlier : pinned;
  writePins(commonDir, { ...rest, ...(named ? { policy: named } : {}), ...(before ? { before } : {}) }, env);
}

function pinOf(policy: Config['policy']): Pins['policy'] {
  const [first, ...others] = bundlesOf(policy).map(pinOfBundle);
  return first && { ...first, ...(others.length === 0 ? {} : { others }) };
}

function pinOfBundle({ bundle, key, scope }: BundleConfig): PinnedBundle {
  // Whose credentials fetch the bundle is no part of which bundle it is, and a pin must not keep them.
  const named = /^https?:/i.test(bundle) ? withoutCredentials(bundle) : bundle;
  return { bundle: named, ...(key === undefined ? {} : { key }), ...(scope === undefined ? {} : { scope }) };
}

function same(a: Pins['policy'], b: Pins['policy']): boolean {
  const fields = (pin: Pins['policy']) =>
    pin ? [pin, ...(pin.others ?? [])].map((one) => [one.bundle, one.key ?? null, one.scope ?? null]) : [];
  return JSON.stringify(fields(a)) === JSON.stringify(fields(b));
}

function describe(pin: Pins['policy']): string {
  if (pin === undefined) return 'the built-in gates';
  return [pin, ...(pin.others ?? [])].map(describeBundle).join(' and ');
}

function describeBundle({ bundle, key, scope }: PinnedBundle): string {
  const named = key?.startsWith('-----') ? 'of its own' : key;
  return `${bundle}${named === undefined ? '' : ` with key ${named}`}${scope === undefined ? '' : ` for ${scope}`}`;
}
