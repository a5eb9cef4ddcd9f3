import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Fetched, fetchBundle } from '../../bundles/fetch.ts';
import { configNames } from '../../config/parse.ts';
import { type BundleConfig, bundlesOf } from '../../config.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { todoOf } from '../../policy/closed.ts';
import { type Io, UsageError } from '../command.ts';

/**
 * `pregate policy fetch [URL…]`: asks the bundle services of the configuration, or those that are named, once.
 * The policy of the configuration must be the one this user has met here before: an address that a commit brought is not
 * asked until it is trusted. Exit 3 when something could not be renewed.
 */
export async function fetchPolicy(named: readonly string[], json: boolean, io: Io): Promise<ExitCode> {
  const bundles = await configured(io, named);
  if (!bundles) return Exit.couldNotCheck;
  const results: Fetched[] = [];
  for (const config of bundles) {
    const fetched = await fetchBundle(config, io.env, {
      explicit: named.length > 0,
      beside: named.length === 0 && bundles.length > 1,
    });
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
 * The addresses that are named, signed with the configured key where they are signed; else the bundles of this repository
 * as its checked-out configuration names them. Undefined after saying why not.
 */
async function configured(io: Io, named: readonly string[]): Promise<readonly BundleConfig[] | undefined> {
  const strange = named.find((bundle) => !/^https?:\/\//i.test(bundle));
  if (strange !== undefined) throw new UsageError(`${JSON.stringify(strange)} is no http(s) address`);
  const { collect } = await import('../../gate/collect.ts');
  const options = { cwd: io.cwd, env: io.env };
  const staged = await collect({ kind: 'staged' }, options);
  // A person who has just written `policy` has not staged it yet, and means what lies there.
  const written = configNames.map((name) => join(staged.repo.root, name)).find((file) => existsSync(file));
  const here = written === undefined ? staged : await collect({ kind: 'paths', paths: [written] }, options);
  const { policy } = here.config;
  if (named.length > 0) {
    const { key, scope } = bundlesOf(policy)[0] ?? policy;
    const signed = { ...(key === undefined ? {} : { key }), ...(scope === undefined ? {} : { scope }) };
    return named.map((bundle) => ({ bundle, ...signed }));
  }
  const { checkPin } = await import('../../gate/pins.ts');
  const { commonDir } = staged.repo;
  const changed = commonDir === undefined ? undefined : checkPin(policy, commonDir, io.env);
  const fatal = here.problems.find((problem) => problem.fatal) ?? changed;
  if (!fatal) return bundlesOf(policy);
  io.err(`pregate: ${fatal.message} [${fatal.code}]\n`);
  return undefined;
}
