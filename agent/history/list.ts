import { spawn } from 'node:child_process';
import { type Git, gitWords, runGit } from '../git/run.ts';
import { decodePath } from '../model/path.ts';
import type { RepoPath } from '../model/types.ts';

/** An object that is to be looked at. The path is the one git lists it under, and empty for commits and tags. */
export interface Listed {
  oid: string;
  path: RepoPath;
}

export interface HistoryRange {
  /** Commit ids (`^` in front: not what it reaches). Empty: every ref there is. */
  revisions: readonly string[];
  /** Everything the reflogs name too, such as branches that were deleted. */
  reflog: boolean;
  /** HEAD has no commit yet (a new repository, an orphan branch), so that git would fail on its name. */
  unborn?: boolean;
}

/** Arguments of `rev-list` for a range. What `pregate scrub` has put aside is known and wanted by nobody. */
export function revisionsOf({ revisions, reflog, unborn }: HistoryRange): string[] {
  const some = revisions.some((revision) => !revision.startsWith('^'));
  const all = some ? [] : ['--exclude=refs/pregate/*', '--all', ...(unborn ? [] : ['HEAD'])];
  return [...(reflog ? ['--reflog'] : []), ...all, ...revisions];
}

/**
 * Every commit and tag, then every blob, each once, newest first: `rev-list --objects` without its trees.
 * Streams, as many at once as git has printed: memory does not grow with the history, and no turn of the event loop is spent on
 * each. Git before 2.32 lists trees too; who reads them must tell them apart.
 */
export async function* listObjects(git: Git, range: HistoryRange): AsyncGenerator<Listed[]> {
  const revisions = revisionsOf(range);
  for await (const lines of piecesOf(git, ['rev-list', ...revisions, '--'])) yield lines.map(withoutPath);
  const seen = new Set<string>();
  for await (const oids of range.revisions.length === 0 ? tags(git) : []) {
    for (const oid of oids) seen.add(oid);
    yield oids.map(withoutPath);
  }
  const filter = (await canFilter(git)) ? ['--filter=object:type=blob'] : [];
  for await (const lines of piecesOf(git, ['rev-list', '--objects', ...filter, ...revisions, '--'])) {
    const found: Listed[] = [];
    for (const line of lines) {
      const space = line.indexOf(' ');
      // Commits stand alone on their line, and were listed above like the tags.
      if (space > 0 && !seen.has(line.slice(0, space)))
        found.push({ oid: line.slice(0, space), path: decodePath(Buffer.from(line.slice(space + 1), 'latin1')) });
    }
    yield found;
  }
}

function withoutPath(oid: string): Listed {
  return { oid, path: '' };
}

async function* tags(git: Git): AsyncGenerator<string[]> {
  for await (const lines of piecesOf(git, ['for-each-ref', '--format=%(objecttype) %(objectname)']))
    yield lines.filter((line) => line.startsWith('tag ')).map((line) => line.slice('tag '.length));
}

async function canFilter(git: Git): Promise<boolean> {
  const { stdout } = await runGit(git, ['version']);
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(stdout.toString('latin1')) ?? [];
  return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 32);
}

export interface OutputOptions {
  /** Lines for its standard input, some at a time. */
  input?: AsyncIterable<readonly string[]>;
  /** What ends a record: a line end unless told. */
  separator?: '\n' | '\0';
}

/** Lines of a git command, as Latin-1. Throws when git says that it failed, so that half a list is never taken for all. */
export async function* linesOf(git: Git, args: readonly string[], options: OutputOptions = {}): AsyncGenerator<string> {
  for await (const lines of piecesOf(git, args, options)) yield* lines;
}

/** The same, as many at once as git has printed. */
export async function* piecesOf(
  git: Git,
  args: readonly string[],
  options: OutputOptions = {},
): AsyncGenerator<string[]> {
  const { input, separator = '\n' } = options;
  const child = spawn(git.executable, gitWords(git, args), {
    cwd: git.cwd,
    env: git.env,
    stdio: [input ? 'pipe' : 'ignore', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const ended = new Promise<number>((resolve) => {
    child.on('error', () => resolve(-1));
    child.on('close', (code) => resolve(code ?? -1));
  });
  child.stdin?.on('error', () => {});
  const fed = input && child.stdin ? feed(child.stdin, input) : Promise.resolve();
  // What it was to be fed with has failed: the half it has is no answer, and it would wait for the rest.
  fed.catch(() => child.kill('SIGKILL'));
  const output = child.stdout as NodeJS.ReadableStream;
  output.setEncoding('latin1');
  try {
    let rest = '';
    for await (const chunk of output) {
      const parts = (rest + chunk).split(separator);
      rest = parts.pop() as string;
      yield parts;
    }
    if (rest !== '') yield [rest];
    const code = await ended;
    await fed;
    if (code !== 0) throw new ListFailure(args[0] ?? 'git', code);
  } finally {
    child.kill('SIGKILL');
  }
}

/** A list that git did not finish. */
export class ListFailure extends Error {
  constructor(command: string, code: number) {
    super(`git ${command} ended with ${code}`);
  }
}

async function feed(stream: NodeJS.WritableStream, pieces: AsyncIterable<readonly string[]>): Promise<void> {
  for await (const lines of pieces) {
    if (lines.length === 0 || stream.write(`${lines.join('\n')}\n`)) continue;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stream.off('drain', done).off('close', done);
        resolve();
      };
      stream.on('drain', done).on('close', done);
    });
  }
  stream.end();
}
