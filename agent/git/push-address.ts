import path from 'node:path';
import { configValue, type GitConfig } from './config-list.ts';
import { parseRemote } from './remote-url.ts';

/**
 * True when a push to `address` (as git hands it to `pre-push`) reaches the repository that this remote is fetched from: only
 * then do its tracking refs tell what is there. `remote.<name>.pushurl`, a second `url` and `url.<base>.pushInsteadOf` name
 * another one. At a known forge the way (SSH, HTTPS) may differ, the host and path may not. Relative paths begin at `root`.
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

/**
 * What stays the same of a repository's address by whatever way a known forge is asked. Of any other server it is not known
 * what a port, a user, a query or a part of the path stands for, so there only the same address without its password is the
 * same repository: taking one for another hides outgoing objects, and the other mistake means that more is checked.
 */
function nameOf(address: string, root: string): string {
  const { host, owner, repository, provider, url } = parseRemote(address);
  // Git decodes the percent signs of a URL, and not those of a path.
  if (host === '' && !/^file:.*%/is.test(address)) return path.resolve(root, address.replace(/^file:\/\//i, ''));
  const known = provider !== 'unknown' || otherHost.test(host);
  if (!known || owner === '' || !usualPort.test(url) || /[?#]/.test(address)) {
    return address.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/@:]*):[^/@]*@/i, '$1@');
  }
  const parts = [...owner.split('/'), repository].filter((part, at) => !isWay(part, at, host, provider));
  return `${host.replace(/^(?:alt)?ssh\./, '')}/${parts.join('/')}`.toLowerCase();
}

/** Where forges take SSH on port 443; the web is not there, so that these hosts have no provider. */
const otherHost = /^(?:ssh\.github\.com|altssh\.gitlab\.com|altssh\.bitbucket\.org)$/;

/** On another port of the same host there may be another server. */
const usualPort =
  /^(?:https:\/\/[^/:]+(?::443)?\/|http:\/\/[^/:]+(?::80)?\/|ssh:\/\/(?:[^/:]+(?::22)?|(?:alt)?ssh\.[^/:]+:443)\/|[^/:]+:(?!\/\/))/i;

/** Parts of a path that belong to the way and not to the repository: Azure's `v3` and `_git`, Bitbucket Server's `scm`. */
function isWay(part: string, at: number, host: string, provider: string): boolean {
  if (provider === 'azure') return part === '_git' || (at === 0 && part === 'v3' && host.startsWith('ssh.'));
  return provider === 'bitbucket' && at === 0 && part === 'scm';
}
