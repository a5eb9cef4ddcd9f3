import type { GitConfig } from './config-list.ts';
import { parseGitConfig, readGitConfig } from './config-list.ts';
import { findPlace, type Place, placeFrom } from './place.ts';
import { type Git, type GitResult, runGit } from './run.ts';

/** What `hooks/dispatch` has asked git about while Node was starting, or git itself where it has not. */
export interface Ahead {
  place: (git: Git) => Promise<Place>;
  config: (git: Git) => Promise<GitConfig>;
  /** How the index differs from HEAD; `args` are what git is asked when nobody has. */
  diff: (git: Git, args: readonly string[]) => Promise<GitResult>;
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
}

/** Bytes of the index's end that the shell prints. */
export const sealBytes = 20;

/**
 * Reads what the shell's git has said from standard input. It counts for the same git program and the same folder only, and
 * where git was content: what went wrong is asked again, so that its message is met. Never throws.
 */
export function readAhead(stream: NodeJS.ReadableStream, executable: string, cwd: string): Ahead {
  const answers = readAll(stream).then(parseAnswers, () => undefined);
  const from = async (git: Git, name: 'diff' | 'place' | 'config') => {
    const known = git.executable === executable && git.cwd === cwd ? (await answers)?.[name] : undefined;
    return known?.code === '0' ? known.bytes : undefined;
  };
  return {
    async place(git) {
      const said = await from(git, 'place');
      return (said && placeFrom(git, said)) ?? findPlace(git);
    },
    async config(git) {
      const said = await from(git, 'config');
      return said ? parseGitConfig(said) : readGitConfig(git);
    },
    async diff(git, args) {
      const stdout = await from(git, 'diff');
      return stdout ? { code: 0, stdout, stderr: '' } : runGit(git, args);
    },
    seal: async () => (await answers)?.seal,
  };
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Parses the end of the index and three answers of git (`diff-index -z`, `rev-parse`, `config -z`), each followed by NUL, its
 * exit code and NUL. What `-z` prints has no empty record, so an empty one ends it; `rev-parse` prints no NUL. With
 * `commit-msg` there is no seal, and the first code is `none`. Undefined when anything is cut off or too much, and when a hash
 * of zeros (`index.skipHash`) tells nothing.
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
  const [diff, place, config] = [records(), withCode(upToNul()), records()];
  return diff && place && config && at === bytes.length ? { seal, diff, place, config } : undefined;
}
