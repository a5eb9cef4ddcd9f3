import { decodeBase64 } from '../checks.ts';
import { isPlaceholder } from '../generic/negatives.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';

/** How far behind `auths` its entries are read. */
const reach = 8000;

/**
 * The logins below `auths`, which is what Docker's configuration and Kubernetes' pull secrets call them, in a file of any name:
 * JSON, JSON inside of a text, YAML. `auth` is base64 of `user:password`
 * (https://docs.docker.com/reference/cli/docker/login/). `at` is the offset behind the keyword.
 */
export function findRegistryLogins(scan: Scan, at: number): void {
  if (at < (scan.seen.get('auths') ?? 0)) return;
  const here = scan.text.slice(at, at + reach);
  scan.seen.set('auths', at + reach);
  const entry = /\bauth(?:\\{0,3}["'])?\s{0,4}:\s{0,4}(?:\\{0,3}["'])?([A-Za-z0-9+/]{8,2000}={0,2})/g;
  for (const match of here.matchAll(entry)) {
    const value = match[1] as string;
    const pair = decodeBase64(value);
    const password = pair === undefined || !/^[\x20-\x7e]{4,1500}$/.test(pair) ? '' : pair.slice(pair.indexOf(':') + 1);
    const start = at + match.index + match[0].length - value.length;
    if (password.length < 4 || password === pair || isPlaceholder(password)) {
      scan.rejected.push([start, start + value.length]);
      continue;
    }
    scan.hits.push({
      rule: 'credentials-file',
      range: [start, start + value.length],
      message: describe('Registry login in Docker’s configuration', value.length),
      severity: 'high',
      confidence: 'high',
      identity: value,
      by: 'structure',
    });
  }
}
