import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RepoPath } from '../model/types.ts';
import { ensureState, repositoryId } from '../state.ts';

/** An object in which something was found. */
export interface Suspect {
  oid: string;
  path: RepoPath;
}

/**
 * Which objects of a repository have been looked at already, by these rules: a history does not change, so that it is
 * looked at once. It holds ids and paths, nothing of their content. A run that is stopped goes on where it was.
 */
export interface Memory {
  /** Whether an earlier run has looked at it and found nothing. */
  isClean(oid: string): boolean;
  suspects: Map<string, Suspect>;
  clean(oid: string): void;
  suspect(one: Suspect): void;
  /** Writes down what is new. */
  flush(): void;
  /** Objects known from earlier runs. */
  known: number;
}

/** Opens the memory of a repository; `fresh` forgets it first. `variant` keeps different questions apart. */
export function openMemory(
  commonDir: string,
  options: { env: NodeJS.ProcessEnv; fresh: boolean; variant: string },
): Memory {
  const folder = ensureState(options.env, 'repositories', repositoryId(commonDir), 'history');
  const digest = createHash('sha256').update(rulesDigest()).update(options.variant).digest('hex').slice(0, 32);
  const file = path.join(folder, `${digest}.oids`);
  const list = path.join(folder, `${digest}.jsonl`);
  for (const name of readdirSync(folder)) {
    // What other rules have seen says nothing any more.
    if (options.fresh || !name.startsWith(digest)) rmSync(path.join(folder, name), { force: true });
  }
  const seen = readOids(file);
  const suspects = readSuspects(list);
  let fresh: string[] = [];
  let freshSuspects: Suspect[] = [];
  return {
    known: seen.size + suspects.size,
    suspects,
    isClean: (oid) => seen.size > 0 && seen.has(packed(oid)),
    clean: (oid) => void fresh.push(packed(oid)),
    suspect: (one) => {
      suspects.set(one.oid, one);
      freshSuspects.push(one);
    },
    flush: () => {
      // Suspects first: an object must not be called clean because its own line was lost.
      if (freshSuspects.length > 0)
        appendFileSync(list, freshSuspects.map((one) => `${JSON.stringify(one)}\n`).join(''), { mode: 0o600 });
      if (fresh.length > 0) appendFileSync(file, records(fresh), { mode: 0o600 });
      fresh = [];
      freshSuspects = [];
    },
  };
}

function packed(oid: string): string {
  return Buffer.from(oid, 'hex').toString('latin1');
}

/** One length byte before each id, so that SHA-1 and SHA-256 repositories share a format. */
function records(oids: readonly string[]): Buffer {
  return Buffer.from(oids.map((bytes) => String.fromCharCode(bytes.length) + bytes).join(''), 'latin1');
}

function readOids(file: string): Set<string> {
  const out = new Set<string>();
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return out;
  }
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] as number;
    // A run that was killed while it wrote leaves half a record: what follows was not written by this one.
    if ((length !== 20 && length !== 32) || at + 1 + length > bytes.length) break;
    out.add(bytes.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return out;
}

function readSuspects(file: string): Map<string, Suspect> {
  const out = new Map<string, Suspect>();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return out;
  }
  for (const line of text.split('\n')) {
    try {
      const one = JSON.parse(line) as Suspect;
      if (typeof one.oid === 'string' && typeof one.path === 'string') out.set(one.oid, one);
    } catch {
      // The last line of a run that was killed; its object is simply looked at again.
    }
  }
  return out;
}

let digest: string | undefined;

/** A name for everything that decides what is found: the program's bundle, or the sources when it runs from them. */
function rulesDigest(): string {
  if (digest !== undefined) return digest;
  const hash = createHash('sha256');
  if (typeof __filename === 'string') hash.update(readFileSync(__filename));
  else {
    const folder = fileURLToPath(new URL('../model', import.meta.url));
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    for (const name of names.sort()) hash.update(name).update(readFileSync(path.join(folder, name)));
  }
  digest = hash.digest('hex');
  return digest;
}
