import { lstat, mkdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { configValue, readGitConfig } from '../../git/config-list.ts';
import { openGit } from '../../git/run.ts';
import { displayPath } from '../../model/path.ts';
import type { Baseline } from '../../suppress/types.ts';
import { parseBaseline } from '../../suppress.ts';
import type { Io } from '../command.ts';

/** A sentence for a person: why the baseline was not read or written. */
export class BaselineError extends Error {}

/** The baseline of a repository as its file is now. `path` is relative to `root`. */
export interface BaselineFile {
  root: string;
  path: string;
  baseline: Baseline | undefined;
}

/** Reads the baseline. A missing one is no error; one that is a link, or cannot be understood, is a `BaselineError`. */
export async function readBaselineFile(root: string, path: string): Promise<BaselineFile> {
  const file = join(root, path);
  const state = await lstat(file).catch(() => undefined);
  if (!state) return { root, path, baseline: undefined };
  if (!state.isFile()) throw new BaselineError(`${displayPath(path)} is not a plain file`);
  const { baseline, problems } = parseBaseline(await readFile(file, 'utf8'), path);
  // Writing it back would throw away what could not be read, for example one side of a merge conflict.
  const [problem] = problems;
  if (problem || !baseline)
    throw new BaselineError(problem?.message ?? `${displayPath(path)} cannot be read as a baseline`);
  return { root, path, baseline };
}

/** Writes the new baseline beside the old one and renames it, so that a crash leaves one of the two whole. */
export async function writeBaselineFile({ root, path }: Pick<BaselineFile, 'root' | 'path'>, text: string) {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  const folder = await realpath(dirname(file));
  const home = await realpath(root);
  if (folder !== home && !folder.startsWith(`${home}${sep}`))
    throw new BaselineError('the baseline leads out of the repository');
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, text, { flag: 'wx' });
  await rename(temporary, file);
}

/** Who answers for an entry: the address git would put on a commit. */
export async function authorOf(root: string, io: Pick<Io, 'env'>): Promise<string> {
  const config = await readGitConfig(openGit(root, io.env)).catch(() => undefined);
  return (config && configValue(config, 'user.email')) ?? 'unknown';
}

/** The line for `.gitattributes` that lets git merge two baselines, unless it is there. */
export async function mergeAdvice(root: string, path: string): Promise<string> {
  const attributes = await readFile(join(root, '.gitattributes'), 'utf8').catch(() => '');
  if (/baseline\.jsonl.*merge=union/.test(attributes)) return '';
  return `To let branches merge it without conflicts, add to .gitattributes:\n  ${path} merge=union\n`;
}
