import type { BundleConfig } from '../config.ts';
import type { BundleFile } from '../policy/bundle.ts';
import { BundleError } from './limits.ts';
import { readPacked } from './read.ts';
import { readCopy } from './store.ts';

/** How far a clock may run behind the one that confirmed the copy. */
const tolerance = 300_000;

/**
 * The last good copy of a bundle service's answer, when it is not older than `policy.max-age`. Nothing is asked.
 * The age is counted from when the service last confirmed it, by the clock of this machine, not by `--at`.
 */
export async function persistedCopy(
  url: URL,
  config: BundleConfig,
  env: NodeJS.ProcessEnv,
  /** The command that renews it. */
  again: string,
): Promise<{ kind: 'remote'; files: BundleFile[]; confirmed: string; note?: string }> {
  const found = readCopy(url.href, env);
  if (!found) throw new BundleError(`it has not been fetched yet: ${again}`, 'bundle-not-fetched');
  const { confirmed, note } = found.copy;
  const age = Date.now() - Date.parse(confirmed);
  if (config.maxAgeSeconds !== undefined && (age > config.maxAgeSeconds * 1000 || age < -tolerance)) {
    const when = age < 0 ? `its copy is of ${confirmed}, which is still to come` : `its copy is ${ageText(age)} old`;
    const why = note === undefined ? '' : ` (${note})`;
    const limit = ageText(config.maxAgeSeconds * 1000);
    throw new BundleError(`${when}, and policy.max-age allows ${limit}${why}: ${again}`, 'bundle-stale');
  }
  const files = await readPacked(found.bytes);
  return { kind: 'remote', files, confirmed, ...(note === undefined ? {} : { note }) };
}

/** `3 days`, `5 h`, `2 min`. */
export function ageText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return `${Math.max(0, Math.floor(milliseconds / 1000))} s`;
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} days`;
}
