import type { GitConfig } from './config-list.ts';
import { parseGitConfig, readGitConfig } from './config-list.ts';
import { type Objects, parseObjects } from './known-objects.ts';
import type { ObjectReader } from './objects.ts';
import { findPlace, type Place, placeFrom } from './place.ts';
import { zeroEnded } from './raw.ts';
import { type Git, type GitResult, runGit } from './run.ts';

/** What `hooks/dispatch` has asked git about while Node was starting, or git itself where it has not. */
export interface Ahead {
  place: (git: Git) => Promise<Place>;
  config: (git: Git) => Promise<GitConfig>;
  /** How the index differs from HEAD; `args` are what git is asked when nobody has. */
  diff: (git: Git, args: readonly string[]) => Promise<GitResult>;
  /** Answers with objects that the shell has read, and asks `reader` for the others. */
  before: (git: Git, reader: ObjectReader) => ObjectReader;
  /** The end of the index, which is its hash, from before git looked at it. Undefined when the shell has not asked. */
  seal: () => Promise<Buffer | undefined>;
}

interface Answer {
  code: string;
  bytes: Buffer;
}

export interface Answers {
  seal: Buffer | undefined;
  diff: Answer;
  place: Answer;
  config: Answer;
  objects: Objects;
}

/** Bytes of the index's end that the shell prints. */
export const sealBytes = 20;

/**
 * Takes what the shell's git has said, from standard input. It counts for the same git program and the same folder only, and
 * where git was content: what went wrong is asked again, so that its message is met. Never throws.
 */
export function readAhead(said: Promise<Buffer>, executable: string, cwd: string): Ahead {
  const answers = said.then(parseAnswers, () => undefined);
  const known = (git: Git) => git.executable === executable && git.cwd === cwd;
  const from = async (git: Git, name: 'diff' | 'place' | 'config') => {
    const answer = known(git) ? (await answers)?.[name] : undefined;
    return answer?.code === '0' ? answer.bytes : undefined;
  };
  return {
    async place(git) {
      const printed = await from(git, 'place');
      return (printed && placeFrom(git, printed)) ?? findPlace(git);
    },
    async config(git) {
      const printed = await from(git, 'config');
      return printed ? parseGitConfig(printed) : readGitConfig(git);
    },
    async diff(git, args) {
      const printed = await from(git, 'diff');
      const stdout = printed && zeroEnded(printed);
      return stdout ? { code: 0, stdout, stderr: '' } : runGit(git, args);
    },
    before: (git, reader) => ({
      async read(name, limits) {
        const object = known(git) ? (await answers)?.objects.get(name) : undefined;
        if (object === undefined || (object && limits && object.size > limits.full)) return reader.read(name, limits);
        return object ?? undefined;
      },
      close: () => reader.close(),
    }),
    seal: async () => (await answers)?.seal,
  };
}

/**
 * Parses the end of the index and three answers of git (`diff-index`, `rev-parse`, `config -z`), each followed by NUL, its
 * exit code and NUL, then objects. What `-z` prints has no empty record, so an empty one ends it; the others print no NUL.
 * With `commit-msg` there is no seal, and the first code is `none`. Undefined when anything before the objects is cut off, and
 * when a hash of zeros (`index.skipHash`) tells nothing.
 */
export function parseAnswers(bytes: Buffer): Answers | undefined {
  const staged = bytes.toString('latin1', 0, 6) !== '\0none\0';
  const seal = staged ? bytes.subarray(0, sealBytes) : undefined;
  if (seal?.every((byte) => byte === 0)) return undefined;
  let at = seal?.length ?? 0;
  const upToNul = (): Buffer | undefined => {
    const end = bytes.indexOf(0, at);
    if (end === -1) return undefined;
    const part = bytes.subarray(at, end);
    at = end + 1;
    return part;
  };
  const withCode = (answer: Buffer | undefined): Answer | undefined => {
    const code = upToNul()?.toString('latin1');
    return answer && code !== undefined && /^(\d+|none)$/.test(code) ? { code, bytes: answer } : undefined;
  };
  const records = (): Answer | undefined => {
    const start = at;
    for (let record = upToNul(); record; record = upToNul())
      if (record.length === 0) return withCode(bytes.subarray(start, at - 1));
    return undefined;
  };
  const [diff, place, config] = [withCode(upToNul()), withCode(upToNul()), records()];
  return diff && place && config ? { seal, diff, place, config, objects: parseObjects(bytes, at) } : undefined;
}
