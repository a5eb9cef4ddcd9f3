import { createHmac, hash } from 'node:crypto';
import { appendFileSync, lstatSync, readdirSync, readFileSync, rmSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import type { Document, DocumentKind } from '../model/types.ts';
import { ensureState, installationKey, stateFolder, writeStateFile } from '../state.ts';
import { blockOf, readBlocks, recordMaker, recordSize } from './records.ts';

/** A blob at a path. Rules on secrets look at nothing else, so that what they say about it once they always say. */
export interface Place {
  oid: string;
  path: string;
  kind: DocumentKind;
}

/**
 * Blobs in which no rule on secrets found anything and no comment speaks of a suppression, so that a push need not look
 * at them again. Only that is remembered: nothing of what was found, and no path or id in the clear.
 */
export interface Known {
  has(place: Place): boolean;
  /** Takes in what other processes have written meanwhile. */
  refresh(): void;
  /** Remembers a document when its bytes are what its id says. */
  add(document: Document): void;
  /** Writes down what is new. A disk that takes nothing costs the next push some time. */
  flush(): void;
  /** Records in memory, and places of the file that were not ours. */
  counts(): { records: number; damaged: number };
}

/** Records that are kept. A file that has grown beyond is written anew with the newer half. */
const usual = 65_536;
/** Files of other builds are kept for so long: an older one may still be in use. */
const week = 7 * 86_400_000;

declare const PREGATE_RULES: string | undefined;

/** Names everything that decides what is found: a digest of all sources and packages, put in by the build. */
const built = typeof PREGATE_RULES === 'string' ? PREGATE_RULES : undefined;

const opened = new Map<string, Known>();

/**
 * The known blobs of this user and these rules. One for each process: a daemon keeps it from hook to hook and sees what
 * others have written meanwhile. Undefined where there are no built rules to name, or no state folder that may be trusted.
 */
export function openKnown(env: NodeJS.ProcessEnv, rules: string | undefined = built): Known | undefined {
  if (rules === undefined) return undefined;
  const file = path.join(stateFolder(env), 'known', rules.slice(0, 32));
  try {
    let known = opened.get(file);
    if (!known) {
      ensureState(env, 'known');
      known = keepKnown(file, createHmac('sha256', installationKey(env)).update('known objects 1').digest(), rules);
      opened.set(file, known);
    }
    return known;
  } catch {
    // Everything is looked at then.
    return undefined;
  }
}

/** The known blobs of one file. What is in it that was not written with this key and for these rules is never believed. */
export function keepKnown(file: string, key: Uint8Array, rules: string, most = usual): Known {
  const seen = new Set<string>();
  let fresh: string[] = [];
  let damaged = 0;
  /** What the file was when it was read. */
  let version = '';

  const make = recordMaker(key);
  const record = ({ oid, path: where, kind }: Place) => make(['record', rules, kind, oid, where]);

  return {
    has: (place) => seen.has(record(place)),
    refresh() {
      try {
        const stat = ownFile(file);
        if (!stat || versionOf(stat) === version) return;
        const blocks = readBlocks(key, readFileSync(file));
        version = versionOf(stat);
        damaged = blocks.damaged;
        for (const one of blocks.records.slice(-most)) seen.add(one);
      } catch {
        // As if there were none.
      }
    },
    add(document) {
      const { oid, path: where, kind } = document;
      if (oid === undefined || !isItself(document, oid)) return;
      const one = record({ oid, path: where, kind });
      if (seen.has(one)) return;
      seen.add(one);
      fresh.push(one);
      // The oldest go first; what a push still asks for is looked at again.
      if (seen.size > most) for (const old of [...seen].slice(0, most / 2)) seen.delete(old);
    },
    flush() {
      if (fresh.length === 0) return;
      const block = blockOf(key, fresh.slice(-most / 2));
      fresh = [];
      try {
        const stat = ownFile(file);
        if (stat && damaged === 0 && stat.size + block.length < most * recordSize * 1.5) {
          const before = versionOf(stat);
          appendFileSync(file, block, { mode: 0o600 });
          // What is in it now is in memory already.
          if (before === version) version = versionOf(statSync(file));
          return;
        }
        dropOthers(file);
        const old = stat ? readBlocks(key, readFileSync(file)).records.slice(-most / 2) : [];
        writeStateFile(file, Buffer.concat([...(old.length > 0 ? [blockOf(key, old)] : []), block]));
        damaged = 0;
      } catch {
        // See above.
      }
    },
    counts: () => ({ records: seen.size, damaged }),
  };
}

function versionOf({ ino, size, mtimeMs }: Stats): string {
  return `${ino}:${size}:${mtimeMs}`;
}

/** The file when it is one, is this user's, and nobody else may read or write it. */
function ownFile(file: string): Stats | undefined {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) return undefined;
  return process.getuid === undefined || (stat.uid === process.getuid() && (stat.mode & 0o077) === 0)
    ? stat
    : undefined;
}

function dropOthers(file: string): void {
  const folder = path.dirname(file);
  for (const name of readdirSync(folder)) {
    const other = path.join(folder, name);
    if (other !== file && Date.now() - (statSync(other, { throwIfNoEntry: false })?.mtimeMs ?? 0) > week)
      rmSync(other, { force: true, recursive: true });
  }
}

/** A repository can hold an object under another object's id. What was looked at there says nothing about the real one. */
function isItself({ bytes, partial }: Document, oid: string): boolean {
  if (partial) return false;
  const whole = Buffer.concat([Buffer.from(`blob ${bytes.length}\0`), bytes]);
  return hash(oid.length === 64 ? 'sha256' : 'sha1', whole) === oid;
}
