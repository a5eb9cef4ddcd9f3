import { statSync } from 'node:fs';
import path from 'node:path';
import type { Standing } from '../gate/collect/run.ts';
import type { GitConfig } from '../git/config-list.ts';
import type { ObjectReader } from '../git/objects.ts';
import type { Place } from '../git/place.ts';
import type { Git } from '../git/run.ts';
import { configFiles } from './config-files.ts';
import { readHead } from './head.ts';
import { looseFirst } from './loose.ts';
import { remoteFilesFirst, type Seen } from './remote-files.ts';

/**
 * Functions of the hook bundle: a part of it must not bring a second copy of them, because a failure is recognised by
 * its class.
 */
export interface GitTools {
  findPlace: (git: Git) => Promise<Place>;
  readGitConfig: (git: Git) => Promise<GitConfig>;
  gitOutput: (git: Git, args: readonly string[]) => Promise<Buffer>;
  openObjects: (git: Git) => ObjectReader;
}

export interface Standings {
  /** What one run is given: place and configuration are looked at once in it. */
  forRun: () => Required<Pick<Standing, 'place' | 'config' | 'objects'>>;
  /** Ends readers that nobody has used for a while; all of them with 0. */
  closeIdle: (milliseconds: number) => void;
}

interface Known {
  place: Place;
  config: GitConfig;
  /** Whether a file that the two were read from is still what it was. */
  signature: string;
  files: readonly string[];
}

/** Repositories whose configuration and reader are kept; the one that was not used longest goes first. */
const most = 8;

/**
 * Keeps, for each repository, what git said about its place and configuration, as long as the files it came from are the
 * same (inode, size, both times), and one `cat-file --batch`. HEAD is read anew each time.
 */
export function keepStanding(tools: GitTools): Standings {
  const known = new Map<string, Known>();
  const readers = new Map<string, { reader: ObjectReader; used: number; seen: Seen }>();

  async function lookUp(git: Git): Promise<Pick<Known, 'place' | 'config'>> {
    const key = keyOf(git);
    const kept = known.get(key);
    if (kept && signatureOf(kept.files) === kept.signature) {
      const head = readHead(kept.place.gitDir, kept.place.commonDir);
      if (head) {
        const { oid, branchRef } = head;
        const shallow = (statSync(path.join(kept.place.commonDir, 'shallow'), quiet)?.size ?? 0) > 0;
        return { config: kept.config, place: { ...kept.place, head: oid, branchRef, shallow } };
      }
    }
    known.delete(key);
    const [place, config] = await Promise.all([tools.findPlace(git), tools.readGitConfig(git)]);
    const files = await configFiles(git, place, tools.gitOutput);
    // A file that was written this very moment could be written again without looking different.
    if (files && !files.some(isFresh)) {
      known.set(key, { place, config, files, signature: signatureOf(files) });
      if (known.size > most) known.delete(known.keys().next().value as string);
    }
    return { place, config };
  }

  function objects(git: Git): ObjectReader {
    const key = keyOf(git);
    const entry = readers.get(key) ?? { reader: tools.openObjects(git), used: 0, seen: new Map() };
    readers.set(key, entry);
    if (readers.size > most) close(readers.keys().next().value as string);
    entry.used = Date.now();
    const place = known.get(key)?.place;
    if (!place) return entry.reader;
    const named = git.env['GIT_OBJECT_DIRECTORY'];
    const folder = named ? path.resolve(git.cwd, named) : path.join(place.commonDir, 'objects');
    return remoteFilesFirst(looseFirst(entry.reader, folder), place.commonDir, entry.seen);
  }

  return {
    forRun() {
      const seen = new Map<string, ReturnType<typeof lookUp>>();
      const lookOnce = (git: Git) => {
        const key = keyOf(git);
        const answer = seen.get(key) ?? lookUp(git);
        seen.set(key, answer);
        return answer;
      };
      return {
        place: async (git) => (await lookOnce(git)).place,
        config: async (git) => (await lookOnce(git)).config,
        objects,
      };
    },
    closeIdle(milliseconds) {
      for (const [key, entry] of readers) if (Date.now() - entry.used >= milliseconds) close(key);
    },
  };

  function close(key: string): void {
    readers.get(key)?.reader.close();
    readers.delete(key);
  }
}

const quiet = { throwIfNoEntry: false } as const;

/** Everything that decides which repository and which configuration git means. */
function keyOf(git: Git): string {
  const known = keys.get(git);
  if (known !== undefined) return known;
  const key = keyFrom(git);
  keys.set(git, key);
  return key;
}

/** Each is asked for several times. */
const keys = new WeakMap<Git, string>();

function keyFrom({ executable, cwd, env }: Git): string {
  const names = Object.keys(env)
    .filter((name) => /^(GIT_|HOME$|XDG_CONFIG_HOME$)/.test(name) && !irrelevant.test(name))
    .sort();
  return JSON.stringify([executable, cwd, ...names.map((name) => [name, env[name]])]);
}

const irrelevant = /^GIT_(INDEX_FILE|EDITOR|PREFIX|AUTHOR_\w+|COMMITTER_\w+)$/;

function signatureOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
      if (!stat) return '-';
      // A folder changes with every commit; that it is the same one is enough.
      if (stat.isDirectory()) return `${stat.dev}:${stat.ino}`;
      return `${stat.dev}:${stat.ino}:${stat.size}:${stat.mtimeNs}:${stat.ctimeNs}`;
    })
    .join(' ');
}

function isFresh(file: string): boolean {
  const stat = statSync(file, quiet);
  return stat?.isFile() === true && Date.now() - stat.ctimeMs < 1000;
}
