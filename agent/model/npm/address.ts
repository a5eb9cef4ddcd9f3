/** Lower-case host and port of an address, or undefined when it has none (or it is a variable). */
export function hostOf(address: string): string | undefined {
  const match = /^(?:[a-z][a-z0-9+.-]{0,30}:)?\/\/(?:[^/?#@]{0,500}@)?([^/?#@]{1,260})/i.exec(address);
  const host = match?.[1]?.toLowerCase();
  return host === undefined || host.includes('$') ? undefined : host.replace(/:(?:443|80)$/, '');
}

/** Plain HTTP inside one machine harms nobody. */
export function isLocalHost(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0)(?::\d{1,5})?$/.test(host);
}
