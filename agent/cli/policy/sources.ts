import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import { Exit, type ExitCode } from '../../gate/types.ts';
import {
  compile,
  fromJs,
  type Policy,
  parseJson,
  type RegoError,
  RegoObject,
  toJson,
  type Value,
} from '../../rego/index.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';

/** Policy and data as `opa` takes them: files and folders (`--data`), or one bundle. */
export interface Sources {
  modules: { path: string; text: string }[];
  /** Merged base documents, as JSON text so that numbers stay exact. */
  dataJson: string;
  version: 'v0' | 'v1';
  strict: boolean;
}

const FILE_BYTES = 32_000_000;

/**
 * Reads what `--data`, `--bundle` and `paths` name. Data of a file in a folder stands under the folder's path, as in OPA.
 * Throws `UsageError` for what cannot be read or does not fit together.
 */
export async function sourcesOf(args: Args, io: Io, paths: readonly string[] = []): Promise<Sources> {
  const named = [...list(args, 'data'), ...paths];
  const version = args.flags['v0-compatible'] ? 'v0' : 'v1';
  const strict = args.flags['strict'] === true;
  const bundle = list(args, 'bundle')[0];
  if (named.length === 0 || bundle !== undefined) {
    const explicit = bundle === undefined ? {} : { explicit: bundle };
    const { loadBundle } = await import('../../bundles/load.ts');
    const loaded = await loadBundle({ cwd: io.cwd, root: io.cwd, env: io.env, policy: {}, ...explicit });
    if (!loaded.bundle) throw new SourceError(loaded.problems.map((problem) => problem.message).join('; '));
    const { modules, data, regoVersion } = loaded.bundle;
    const own: Sources = {
      modules: modules.map(({ path, text }) => ({ path, text })),
      dataJson: JSON.stringify(data ?? {}),
      version: regoVersion === 0 ? 'v0' : version,
      strict,
    };
    if (named.length === 0) return own;
    const more = await readAll(named, io.cwd);
    const data2 = mergeData(parseJson(own.dataJson) as RegoObject, more.data, '--bundle');
    return { ...own, modules: [...own.modules, ...more.modules], dataJson: toJson(data2) };
  }
  const { modules, data } = await readAll(named, io.cwd);
  return { modules, dataJson: toJson(data), version, strict };
}

/** The policy could not be loaded: exit code 3. */
export class SourceError extends Error {}

/** Prints why a policy could not be loaded. */
export async function orCouldNotCheck(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    io.err(`pregate: ${error.message}; nothing was evaluated\n`);
    return Exit.couldNotCheck;
  }
}

export function compileSources(sources: Sources): { policy?: Policy; errors: RegoError[] } {
  const { version, strict, dataJson } = sources;
  return compile(sources.modules, { version, strict, dataJson });
}

/** Files and folders as modules and merged data. More files or bytes than the limits allow are a `SourceError`. */
export async function readAll(
  named: readonly string[],
  cwd: string,
  limits: { files: number; bytes: number } = { files: Infinity, bytes: Infinity },
): Promise<{ modules: Sources['modules']; data: RegoObject }> {
  const modules: Sources['modules'] = [];
  let data = new RegoObject();
  let bytes = 0;
  for (const name of named) {
    const files = await filesOf(resolve(cwd, name), name);
    if (files.length > limits.files) throw new SourceError(`${name} has more than ${limits.files} files`);
    for (const file of files) {
      const shown = relative(cwd, file.path) || basename(file.path);
      const text = await textOf(file.path, shown);
      bytes += text.length;
      if (bytes > limits.bytes) throw new SourceError(`${name} is larger than ${limits.bytes / 1e6} MB`);
      if (file.path.endsWith('.rego')) modules.push({ path: shown.startsWith('..') ? file.path : shown, text });
      else data = mergeData(data, under(file.prefix, documentOf(file.path, text, shown)), shown);
    }
  }
  return { modules, data };
}

interface Found {
  path: string;
  /** Folders between the named folder and the file. */
  prefix: string[];
}

async function filesOf(path: string, shown: string): Promise<Found[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch (error) {
    throw new SourceError(`${shown} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
  if (!isFolder) return [{ path, prefix: [] }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((e) => e.isFile() && /\.(rego|json|ya?ml)$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
    .filter(
      (file) =>
        !relative(path, file)
          .split(sep)
          .some((part) => part.startsWith('.') || part === 'node_modules'),
    )
    .sort()
    .map((file) => ({
      path: file,
      prefix: relative(path, dirname(file))
        .split(sep)
        .filter((part) => part !== ''),
    }));
}

async function textOf(path: string, shown: string): Promise<string> {
  const bytes = await readFile(path);
  if (bytes.length > FILE_BYTES) throw new SourceError(`${shown} is larger than ${FILE_BYTES / 1e6} MB`);
  return bytes.toString('utf8');
}

function documentOf(path: string, text: string, shown: string): Value {
  try {
    return path.endsWith('.json') ? parseJson(text) : fromJs(parse(text, { intAsBigInt: true }));
  } catch (error) {
    throw new SourceError(`${shown} is no data: ${error instanceof Error ? error.message.split('\n')[0] : ''}`);
  }
}

function under(prefix: readonly string[], document: Value): RegoObject {
  const whole = prefix.reduceRight((inner: Value, part) => new RegoObject().set(part, inner), document);
  if (whole instanceof RegoObject) return whole;
  throw new SourceError('a data file outside of a folder must hold an object');
}

function mergeData(a: RegoObject, b: RegoObject, shown: string): RegoObject {
  const made = new RegoObject();
  for (const [key, value] of a.entries()) made.set(key, value);
  for (const [key, value] of b.entries()) {
    const before = made.get(key);
    if (before === undefined) made.set(key, value);
    else if (before instanceof RegoObject && value instanceof RegoObject)
      made.set(key, mergeData(before, value, shown));
    else throw new SourceError(`${shown} gives data.${String(key)}, which another file gives as well`);
  }
  return made;
}

/** What `--input` names; `--stdin-input` is another word for `--input -`. Both together are a `UsageError`. */
export function inputName(args: Args): string | undefined {
  const named = text(args, 'input');
  if (args.flags['stdin-input'] !== true) return named;
  if (named !== undefined && named !== '-') throw new UsageError('the input is either --input or --stdin-input');
  return '-';
}

/** The text of `--input`; `-` is standard input. */
export async function inputOf(named: string | undefined, io: Io): Promise<string | undefined> {
  if (named === undefined) return undefined;
  try {
    const read = named === '-' ? await readStdin(io) : await readFile(resolve(io.cwd, named), 'utf8');
    return /\.ya?ml$/.test(named) ? toJson(fromJs(parse(read, { intAsBigInt: true }))) : read;
  } catch (error) {
    throw new UsageError(`the input ${named} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
}

async function readStdin(io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
