import path from 'node:path';
import { configValue } from '../../git/config-list.ts';
import { runGit } from '../../git/run.ts';
import { endOf, whileOpen } from '../../system/while-open.ts';
import type { Repository } from './run.ts';

/** What the reflog says about who wrote a tracking ref. */
export interface RefLog {
  /** False for a ref that was set by hand, as far as git's own records tell. */
  writtenByGit: (ref: string, oid: string) => boolean;
}

/**
 * Reads the reflogs of a remote's tracking refs. Fetch, clone and push leave their name in it, `git update-ref` an empty
 * message. A ref without any log is normal after `git clone`; it counts unless it names a commit that was made here, which
 * only a push could have brought to the remote, and a push leaves its name. `files` logs are read as files, `reftable` ones
 * by git, in one process (gitrepository-layout, "logs"; git-reflog).
 */
export async function readRefLog(repository: Repository, remote: string): Promise<RefLog> {
  const { config, place } = repository;
  const files = (configValue(config, 'extensions.refstorage') ?? 'files') === 'files';
  const messages = files ? undefined : await reftableMessages(repository, remote);
  let made: Set<string> | undefined;
  const madeHere = () => {
    made ??= files ? madeIn([place.gitDir, place.commonDir]) : messages?.made;
    return made ?? new Set<string>();
  };
  return {
    writtenByGit(ref, oid) {
      const message = files ? lastMessage(path.join(place.commonDir, 'logs', ref)) : messages?.last.get(ref);
      return message === undefined ? !madeHere().has(oid) : message !== '';
    },
  };
}

/** The message of the last entry; undefined without a log, or with an empty one. */
function lastMessage(file: string): string | undefined {
  const line = tail(file, 4096)?.trimEnd().split('\n').at(-1);
  return line ? (line.split('\t')[1] ?? '') : undefined;
}

/** Commits that this clone has made, newest last: what `HEAD`'s log says was committed, merged, picked or rebased. */
function madeIn(folders: readonly string[]): Set<string> {
  const oids = new Set<string>();
  for (const folder of new Set(folders)) {
    for (const line of (tail(path.join(folder, 'logs/HEAD'), 1_000_000) ?? '').split('\n')) {
      const match = /^[0-9a-f]+ ([0-9a-f]+) [^\t]*\t(.*)$/.exec(line);
      if (match && isMaking(match[2] as string)) oids.add(match[1] as string);
    }
  }
  return oids;
}

/** A merge that only moved forward, a checkout, a pull or a reset bring what was there already. */
function isMaking(message: string): boolean {
  return /^(commit|cherry-pick|revert|am|rebase)\b(?!.*\b(start|finish|checkout|returning)\b)/.test(message);
}

async function reftableMessages({ git }: Repository, remote: string) {
  const last = new Map<string, string>();
  const made = new Set<string>();
  const ask = async (format: string, ...refs: string[]) =>
    (await runGit(git, ['log', '-g', `--format=${format}`, '-n', '20000', ...refs])).stdout
      .toString('utf8')
      .split('\n');
  for (const line of await ask('%gD%x00%gs', `--remotes=${remote}`)) {
    const [entry = '', message = ''] = line.split('\0');
    const ref = /^(.+)@\{0\}$/s.exec(entry)?.[1];
    if (ref !== undefined && !last.has(ref)) last.set(ref, message);
  }
  for (const line of await ask('%H%x00%gs', 'HEAD')) {
    const [oid = '', message = ''] = line.split('\0');
    if (isMaking(message)) made.add(oid);
  }
  return { last, made };
}

/** The end of a file, or undefined when it is not there. */
function tail(file: string, most: number): string | undefined {
  return whileOpen(file, (handle, size) => endOf(handle, size, most).toString('utf8'));
}
