import { defaultConfig } from '../config.ts';
import { GitFailure, problemOf } from '../git/failure.ts';
import type { Document } from '../model/types.ts';
import { installationKey } from '../state.ts';
import { collectAll } from './collect/all.ts';
import { readExceptions } from './collect/exceptions.ts';
import { collectOutgoing } from './collect/outgoing.ts';
import { collectPaths } from './collect/paths.ts';
import { collectRange } from './collect/range.ts';
import { plainFolder } from './collect/repository.ts';
import { type CollectOptions, type Run, startRun, withoutHistory } from './collect/run.ts';
import { collectStaged } from './collect/staged.ts';
import { collectText } from './collect/text.ts';
import type { Collected, Scope } from './types.ts';

export type { CollectLimits, CollectOptions, Standing } from './collect/run.ts';

/**
 * Reads everything a scope needs, and is the only place where the engine reads anything.
 * It does not throw: what could not be read is in `problems` (a fatal one closes every gate) or in `skipped`.
 * Nothing of the repository is run or followed, nothing is fetched, nothing is written except the installation's key.
 */
export async function collect(scope: Scope, options: CollectOptions): Promise<Collected> {
  const run = startRun(options);
  try {
    const collected = await collectScope(scope, run);
    const { archives } = options;
    if (archives && scope.kind !== 'history')
      collected.targets = collected.targets.flatMap((one) => [one, ...archives(run, one)]);
    else if (judged.has(scope.kind)) await openArchives(run, collected);
    const exceptions = await (run.exceptions ?? readExceptions(run, collected));
    return { ...collected, ...(exceptions ? { exceptions } : {}), fingerprintKey: keyOf(run, options) };
  } catch (error) {
    run.problems.push(problemOf(error, describe(scope)));
    return { ...nothing(scope, run), fingerprintKey: keyOf(run, options) };
  } finally {
    run.close();
  }
}

/** What leaves with a commit or a push: a small archive in it is opened without being asked. */
const judged = new Set<Scope['kind']>(['staged', 'outgoing', 'range']);

type Sides = Pick<Collected, 'targets' | 'history' | 'base'>;

/**
 * Looks into zip, tar and gzip that were read whole (1 MB), on both sides, so that what an archive held before is not new.
 * Who has none pays for a look at two bytes.
 */
async function openArchives(run: Run, collected: Sides): Promise<void> {
  if (![...collected.targets, ...collected.history].some(isPacked)) return;
  const { archiveDocuments } = await import('./collect/archives.ts');
  const open = (one: Document) => (isPacked(one) ? [one, ...archiveDocuments(run, one)] : [one]);
  collected.targets = collected.targets.flatMap(open);
  collected.history = collected.history.flatMap(open);
  collected.base = collected.base.flatMap(open);
}

function isPacked({ kind, encoding, partial, bytes }: Document): boolean {
  if (kind !== 'file' || encoding !== 'binary' || partial) return false;
  const [a, b] = bytes;
  return (a === 0x50 && b === 0x4b) || (a === 0x1f && b === 0x8b) || bytes[257] === 0x75;
}

function collectScope(scope: Scope, run: Run): Promise<Omit<Collected, 'fingerprintKey'>> {
  switch (scope.kind) {
    case 'text':
      return collectText(scope, run);
    case 'paths':
      return collectPaths(scope.paths, run);
    case 'staged':
      return collectStaged(scope.message, run);
    case 'outgoing':
      return collectOutgoing(scope, run);
    case 'range':
      return collectRange(scope.from, scope.to, run);
    case 'all':
      return collectAll(run);
    case 'history':
      if (run.options.wholeHistory) return run.options.wholeHistory(scope, run);
      throw new Error('the whole history is looked at by the command line only');
  }
}

/**
 * The key of fingerprints. Without a usable state folder a key for this run alone takes its place: fingerprints then
 * mean nothing beyond it, which is said.
 */
function keyOf(run: Run, options: CollectOptions): Uint8Array {
  try {
    return options.fingerprintKey ?? installationKey(run.env);
  } catch (error) {
    const problem = error instanceof GitFailure ? error.problem : problemOf(error, 'read the installation key');
    run.problems.push({
      ...problem,
      message: `${problem.message} Fingerprints of this run cannot be compared with others.`,
      fatal: false,
    });
    return crypto.getRandomValues(new Uint8Array(32));
  }
}

function describe(scope: Scope): string {
  const words = {
    text: 'read the text',
    paths: 'read the files',
    staged: 'read the index',
    outgoing: 'read the outgoing commits',
    range: 'read the range',
    all: 'read the tracked files',
    history: 'read the history',
  };
  return words[scope.kind];
}

function nothing(scope: Scope, run: Run): Omit<Collected, 'fingerprintKey'> {
  return {
    ...withoutHistory(run),
    scope: scope.kind,
    label: 'nothing',
    repo: plainFolder(run.cwd),
    targets: [],
    signing: { required: false, configured: false, willSign: null },
    config: defaultConfig,
    proposedConfig: null,
  };
}
