import { createHmac, randomBytes, scryptSync } from 'node:crypto';

/**
 * Cost of the hash of a secret: 8 MB and about 20 ms, so that a short password cannot be found from a public baseline
 * by trying words at the speed of SHA-256, and two hundred entries still fit into a hook's time. It is fixed: a number
 * taken from the file could stall every hook.
 */
const cost = { N: 8192, r: 8, p: 1, maxmem: 32 * 1024 * 1024 } as const;

const cacheKey = randomBytes(32);
const cache = new Map<string, string>();
const cacheSize = 4096;

/**
 * The name of a finding in a baseline. `secret`: scrypt (RFC 7914) of the value under the repository's salt, so that
 * the same value is known again under any rule; `other`: HMAC-SHA-256 of rule and identity under the salt.
 */
export function baselineHash(identity: string, salt: string, kind: 'secret' | 'other', rule = ''): string {
  if (kind === 'other') {
    return `h:${createHmac('sha256', Buffer.from(salt, 'base64')).update(`${rule}\0${identity}`).digest('base64url').slice(0, 32)}`;
  }
  // The cache must not keep values: its key is a hash under a key that lives as long as the process.
  const name = createHmac('sha256', cacheKey).update(`${salt}\0${identity}`).digest('base64');
  let hash = cache.get(name);
  if (hash === undefined) {
    hash = `s:${scryptSync(identity, Buffer.from(salt, 'base64'), 24, cost).toString('base64url')}`;
    if (cache.size >= cacheSize) cache.clear();
    cache.set(name, hash);
  }
  return hash;
}

/** A salt for a repository that has no baseline yet. */
export function newSalt(): string {
  return randomBytes(16).toString('base64');
}
