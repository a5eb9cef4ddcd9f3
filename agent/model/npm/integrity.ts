import type { LockEntry } from './lock.ts';

export interface Hash {
  algorithm: string;
  /** Lower-case hexadecimal. */
  hex: string;
}

const strength = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];

/**
 * The hashes of an SRI text (`sha512-<base64>`, several parted by spaces), strongest first.
 * Source: W3C Subresource Integrity.
 */
export function parseIntegrity(text: string | undefined): Hash[] {
  const hashes: Hash[] = [];
  for (const part of (text ?? '').split(/\s+/)) {
    const match = /^(md5|sha\d{1,3})-([A-Za-z0-9+/]+={0,2})(?:\?.*)?$/.exec(part);
    if (match) hashes.push({ algorithm: match[1]!, hex: Buffer.from(match[2]!, 'base64').toString('hex') });
  }
  return hashes.sort((a, b) => strength.indexOf(b.algorithm) - strength.indexOf(a.algorithm));
}

/**
 * The hashes of a lock entry. Yarn berry's checksum is of its own archive, not of the tarball, and depends on the
 * cache key before `/`: it is told apart as an algorithm of its own, so that it is compared with its like only.
 */
export function hashesOf(entry: LockEntry): Hash[] {
  const hashes = parseIntegrity(entry.integrity);
  const checksum = /^(?:([\w.]{1,20})\/)?([0-9a-f]{64,128})$/.exec(entry.checksum ?? '');
  if (checksum) hashes.push({ algorithm: `yarn-${checksum[1] ?? ''}`, hex: checksum[2]! });
  return hashes;
}

export function isWeak(hash: Hash): boolean {
  return hash.algorithm === 'md5' || hash.algorithm === 'sha1';
}

/** True when both sides hold a hash of the same kind and no such pair is equal: the content is another one. */
export function contentDiffers(before: readonly Hash[], after: readonly Hash[]): boolean {
  let compared = false;
  for (const old of before) {
    for (const now of after) {
      if (old.algorithm !== now.algorithm) continue;
      if (old.hex === now.hex) return false;
      compared = true;
    }
  }
  return compared;
}
