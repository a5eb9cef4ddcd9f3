import { type Fetched, fetchBundle } from '../../bundles/fetch.ts';
import { type BundleConfig, bundlesOf } from '../../config.ts';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { type Io, UsageError } from '../command.ts';

/**
 * `pregate policy fetch [URL…]`: asks the bundle services of the configuration, or those that are named, once.
 * The policy of the configuration must be the one this user has met here before: an address that a commit brought is not
 * asked until it is trusted. Exit 3 when something could not be renewed.
 */
export async function fetchPolicy(named: readonly string[], json: boolean, io: Io): Promise<ExitCode> {
  const bundles = named.length > 0 ? addresses(named) : await configured(io);
  if (!bundles) return Exit.couldNotCheck;
  const results: Fetched[] = [];
  for (const config of bundles) {
    const fetched = await fetchBundle(config, io.env);
    if (fetched) results.push(fetched);
  }
  if (json) io.out(`${JSON.stringify({ schema: 'pregate.fetch/v1', bundles: results }, null, 2)}\n`);
  else
    for (const { bundle, state, message } of results) io.out(`${state === 'kept' ? '✗' : '✓'} ${bundle}: ${message}\n`);
  if (results.length === 0 && !json) io.out('The policy of this repository is not fetched from anywhere.\n');
  return results.some(({ state }) => state === 'kept') ? Exit.couldNotCheck : Exit.pass;
}

function addresses(named: readonly string[]): BundleConfig[] {
  return named.map((bundle) => {
    if (!/^https?:\/\//i.test(bundle)) throw new UsageError(`${JSON.stringify(bundle)} is no http(s) address`);
    return { bundle };
  });
}

/** The bundles of this repository, as its checked-out configuration names them; undefined after saying why not. */
async function configured(io: Io): Promise<readonly BundleConfig[] | undefined> {
  const { collect } = await import('../../gate/collect.ts');
  const { checkPin } = await import('../../gate/pins.ts');
  const { config, repo, problems } = await collect({ kind: 'staged' }, { cwd: io.cwd, env: io.env });
  const changed = repo.commonDir === undefined ? undefined : checkPin(config.policy, repo.commonDir, io.env);
  const fatal = problems.find((problem) => problem.fatal) ?? changed;
  if (!fatal) return bundlesOf(config.policy);
  io.err(`pregate: ${fatal.message} [${fatal.code}]\n`);
  return undefined;
}
