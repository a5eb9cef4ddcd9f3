import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Fetched, fetchBundle } from '../../bundles/fetch.ts';
import { configNames } from '../../config/parse.ts';
import { type BundleConfig, bundlesOf } from '../../config.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { todoOf } from '../../policy/closed.ts';
import { type Io, UsageError } from '../command.ts';

/** A bundle to fetch, and how (`FetchOptions`). */
interface Asked {
  config: BundleConfig;
  explicit?: boolean;
  beside?: boolean;
}

/**
 * `pregate policy fetch [URL…]`: asks the bundle services of the configuration, or those that are named, once.
 * The policy of the configuration must be the one this user has met here before: an address that a commit brought is not
 * asked until it is trusted. Exit 3 when something could not be renewed.
 */
export async function fetchPolicy(named: readonly string[], json: boolean, io: Io): Promise<ExitCode> {
  const bundles = await asked(io, named);
  if (!bundles) return Exit.couldNotCheck;
  const results: Fetched[] = [];
  for (const { config, ...options } of bundles) {
    const fetched = await fetchBundle(config, io.env, options);
    if (fetched) results.push(fetched);
  }
  if (json) io.out(`${JSON.stringify({ schema: 'pregate.fetch/v1', bundles: results }, null, 2)}\n`);
  else for (const result of results) io.out(`${lines(result).join('\n')}\n`);
  if (results.length === 0 && !json) io.out('The policy of this repository is not fetched from anywhere.\n');
  return results.some(({ state }) => state === 'kept') ? Exit.couldNotCheck : Exit.pass;
}

/** What happened, and of what did not: why, its code, and what to do. */
function lines({ bundle, state, message, code }: Fetched): string[] {
  if (state !== 'kept') return [`✓ ${bundle}: ${message}`];
  const todo = code === undefined ? undefined : todoOf({ code, message: '' });
  const end = code === undefined ? '' : ` [${code}]`;
  return [`✗ ${bundle}: ${message}${end}`, ...(todo === undefined ? [] : [`  ${todo}`])];
}

/**
 * What is to be fetched: the bundles of this repository as its checked-out configuration names them, or of them those
 * that are named. An address that is named and not configured need not be signed; where it is, the first configured key
 * must fit. Undefined after saying why not.
 */
async function asked(io: Io, named: readonly string[]): Promise<readonly Asked[] | undefined> {
  const strange = named.find((bundle) => !/^https?:\/\//i.test(bundle));
  if (strange !== undefined) throw new UsageError(`${JSON.stringify(strange)} is no http(s) address`);
  const { collect } = await import('../../gate/collect.ts');
  const options = { cwd: io.cwd, env: io.env };
  const staged = await collect({ kind: 'staged' }, options);
  // A person who has just written `policy` has not staged it yet, and means what lies there.
  const written = configNames.map((name) => join(staged.repo.root, name)).find((file) => existsSync(file));
  const here = written === undefined ? staged : await collect({ kind: 'paths', paths: [written] }, options);
  const { policy } = here.config;
  const bundles = bundlesOf(policy);
  const beside = bundles.length > 1;
  const { key, scope } = bundles[0] ?? {};
  const signed = { ...(key === undefined ? {} : { key }), ...(scope === undefined ? {} : { scope }) };
  const wanted = named.map((bundle): Asked => {
    const config = bundles.find((one) => hrefOf(one.bundle) === hrefOf(bundle));
    return config ? { config, beside } : { config: { bundle, ...signed }, explicit: true };
  });
  // What no policy names is asked because a person said so, whatever the policy has become.
  if (named.length > 0 && wanted.every(({ explicit }) => explicit)) return wanted;
  const { checkPin } = await import('../../gate/pins.ts');
  const { commonDir } = staged.repo;
  const changed = commonDir === undefined ? undefined : checkPin(policy, commonDir, io.env);
  const fatal = here.problems.find((problem) => problem.fatal) ?? changed;
  if (!fatal) return named.length > 0 ? wanted : bundles.map((config) => ({ config, beside }));
  io.err(`pregate: ${fatal.message} [${fatal.code}]\n`);
  return undefined;
}

/** Copies are kept by this form of an address. */
function hrefOf(bundle: string): string {
  return URL.canParse(bundle) ? new URL(bundle).href.replace(/#.*$/, '') : bundle;
}
