import path from 'node:path';
import { configValue, type GitConfig } from './config-list.ts';
import { parseRemote } from './remote-url.ts';

/**
 * True when a push to `address` (as git hands it to `pre-push`) reaches the repository that this remote is fetched from: only
 * then do its tracking refs tell what is there. `remote.<name>.pushurl`, a second `url` and `url.<base>.pushInsteadOf` name
 * another one. The way (SSH, HTTPS) may differ, the host and path may not. `root` is what relative paths begin at.
 */
export function isFetchedFrom(config: GitConfig, remote: string, address: string, root: string): boolean {
  const fetched = config.get(`remote.${remote}.url`)?.[0];
  // Without an address to fetch from there are no tracking refs of another repository.
  if (fetched === undefined) return true;
  return sameRepository(rewritten(config, fetched, 'insteadof') ?? fetched, address, root);
}

/** The address that a push goes to: `pushurl`, or `url` as git rewrites it for pushes (git-config, `url.<base>`). */
export function pushAddress(config: GitConfig, remote: string): string | undefined {
  const own = configValue(config, `remote.${remote}.pushurl`);
  if (own !== undefined) return rewritten(config, own, 'insteadof') ?? own;
  const url = configValue(config, `remote.${remote}.url`);
  if (url === undefined) return undefined;
  return rewritten(config, url, 'pushinsteadof') ?? rewritten(config, url, 'insteadof') ?? url;
}

/** The longest match wins; undefined when none does. */
function rewritten(config: GitConfig, address: string, key: 'insteadof' | 'pushinsteadof'): string | undefined {
  let best: { from: string; to: string } | undefined;
  for (const [name, values] of config) {
    if (!name.startsWith('url.') || !name.endsWith(`.${key}`)) continue;
    const to = name.slice(4, -key.length - 1);
    for (const from of values)
      if (address.startsWith(from) && from.length > (best?.from.length ?? -1)) best = { from, to };
  }
  return best && `${best.to}${address.slice(best.from.length)}`;
}

function sameRepository(one: string, other: string, root: string): boolean {
  return one === other || nameOf(one, root) === nameOf(other, root);
}

/** What stays the same of a repository's address, by whatever way it is reached. */
function nameOf(address: string, root: string): string {
  const { host, owner, repository, provider } = parseRemote(address);
  if (host === '') return path.resolve(root, address.replace(/^file:\/\//i, ''));
  const parts = `${owner}/${repository}`.split('/').filter((part, at) => part !== '' && !isWay(part, at));
  const name = `${host.replace(/^(?:alt)?ssh\./, '')}/${parts.join('/')}`;
  return provider === 'unknown' ? name : name.toLowerCase();
}

/** Parts of a path that belong to the way and not to the repository: Azure's `v3` and `_git`, Bitbucket Server's `scm`. */
function isWay(part: string, at: number): boolean {
  return part === '_git' || (at === 0 && (part === 'v3' || part === 'scm'));
}
