export interface RemoteAddress {
  /** The address without user, password and token. */
  url: string;
  /** `github`, `gitlab`, `bitbucket`, `azure`, `gitea`, or `unknown`. */
  provider: string;
  host: string;
  owner: string;
  repository: string;
}

/**
 * Takes a remote's address apart: `https://host/owner/repo.git`, `ssh://git@host:22/owner/repo`, `git@host:owner/repo`,
 * or a path. What comes back never holds credentials, because reports and gate input are made of it.
 */
export function parseRemote(address: string): RemoteAddress {
  const full = /^([a-z][a-z0-9+.-]{0,20}):\/\/(?:[^/@]*@)?(\[[^\]/]*\]|[^/:?#]*)(:\d+)?(?:[/?#](.*))?$/is.exec(address);
  if (full) {
    const [, scheme = '', host = '', port = '', rest = ''] = full;
    const path = (rest.split(/[?#]/)[0] ?? '').replace(/^\/+/, '');
    return made(`${scheme.toLowerCase()}://${host}${port}/${path}`, host, path);
  }
  const short = /^(?:[^@/:\s]*@)?([A-Za-z0-9.-]{2,}|\[[^\]/]*\]):(?!\/\/)(.*)$/s.exec(address);
  if (short) return made(`${short[1]}:${short[2]}`, short[1] as string, short[2] as string);
  return { url: address, provider: 'unknown', host: '', owner: '', repository: lastPart(address) };
}

/** Addresses seen by people and files: the same without credentials. */
export function withoutCredentials(address: string): string {
  return parseRemote(address).url;
}

function made(url: string, host: string, path: string): RemoteAddress {
  const parts = path
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter((part) => part !== '');
  const name = host.toLowerCase();
  return {
    url,
    provider: providerOf(name),
    host: name,
    owner: parts.slice(0, -1).join('/'),
    repository: parts.at(-1) ?? '',
  };
}

function providerOf(host: string): string {
  if (host === 'github.com' || host.startsWith('github.') || host.endsWith('.ghe.com')) return 'github';
  if (host === 'gitlab.com' || host.startsWith('gitlab.')) return 'gitlab';
  if (host === 'bitbucket.org' || host.startsWith('bitbucket.')) return 'bitbucket';
  if (host === 'dev.azure.com' || host === 'ssh.dev.azure.com' || host.endsWith('.visualstudio.com')) return 'azure';
  if (host === 'codeberg.org' || /^(gitea|forgejo)\./.test(host)) return 'gitea';
  return 'unknown';
}

function lastPart(address: string): string {
  return (
    address
      .replace(/[\\/]+$/, '')
      .split(/[\\/]/)
      .pop() ?? ''
  ).replace(/\.git$/, '');
}
