import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { Exit, type ExitCode } from '../../gate/types.ts';
import { parseYaml } from '../../policy/bundle/text.ts';
import type { HostBuiltins } from '../../policy/conventions/hosts.ts';
import {
  type Compiled,
  compileModules,
  type Declaration,
  declarationOf,
  fromJs,
  type Module,
  parseJson,
  parseModule,
  type RegoModule,
  RegoObject,
  toJson,
  type Value,
} from '../../rego/index.ts';
import { type Args, type Io, list, text, UsageError } from '../command.ts';
import { builtinsOfHosts } from './beside.ts';
import { schemasOf } from './schemas.ts';
import { milliseconds } from './values.ts';

/** Policy and data as `opa` takes them: files and folders (`--data`), or bundles. */
export interface Sources {
  modules: RegoModule[];
  /** Merged base documents, as JSON text so that numbers stay exact. */
  dataJson: string;
  version: 'v0' | 'v1';
  strict: boolean;
  /** The builtins of `--capabilities`, by name; one that Rego has not is known to the compiler by its declaration. */
  builtins?: Readonly<Record<string, Declaration>>;
  /** Builtins of the program that the policy was written for, where it calls any. */
  host?: HostBuiltins;
  /** The JSON Schemas of `--schema`. */
  schemas?: ReadonlyMap<string, unknown>;
  /** Milliseconds, by the names OPA gives its metrics. */
  timers: Record<string, number>;
}

const FILE_BYTES = 32_000_000;

/**
 * Reads what `--data`, `--bundle` and `paths` name. Data of a file in a folder stands under the folder's path, as in OPA.
 * Throws `UsageError` for what cannot be read or does not fit together.
 */
export async function sourcesOf(
  args: Args,
  io: Io,
  paths: readonly string[] = [],
  { regoOnly = false }: Pick<Limits, 'regoOnly'> = {},
): Promise<Sources> {
  const start = milliseconds();
  // `test` and `check` say of their paths that they are bundles; so do archives of themselves.
  const asBundles = args.flags['bundle'] === true;
  const isBundle = (path: string): boolean => asBundles || /\.t(ar\.)?gz$/.test(path);
  const bundles = [...list(args, 'bundle'), ...paths.filter(isBundle)];
  const named = [...list(args, 'data'), ...paths.filter((path) => !isBundle(path))];
  const ignored = list(args, 'ignore').flatMap((patterns) => patterns.split(','));
  if (ignored.length > 0 && bundles.length > 0)
    throw new UsageError('--ignore leaves files of --data out, not of bundles');
  const version = args.flags['v0-compatible'] ? 'v0' : 'v1';
  const modules: RegoModule[] = [];
  let data = new RegoObject();
  for (const bundle of named.length + bundles.length === 0 ? [undefined] : bundles) {
    const { loadBundle } = await import('../../bundles/load.ts');
    const explicit = bundle === undefined ? {} : { explicit: bundle };
    const loaded = await loadBundle({ cwd: io.cwd, root: io.cwd, env: io.env, policy: {}, ...explicit });
    if (!loaded.bundle) throw new SourceError(loaded.problems.map((problem) => problem.message).join('; '));
    const own = loaded.bundle.regoVersion === 0 ? 'v0' : version;
    modules.push(...loaded.bundle.modules.map((m) => ({ path: m.path, text: m.text, version: own }) as const));
    const json = loaded.bundle.dataJson ?? JSON.stringify(loaded.bundle.data ?? {});
    data = mergeData(data, parseJson(json) as RegoObject, bundle ?? '');
  }
  if (named.length > 0) {
    const more = await readAll(named, io.cwd, { ignored, regoOnly });
    modules.push(...more.modules);
    data = mergeData(data, more.data, '--data');
  }
  const builtins = builtinsOf(text(args, 'capabilities'), io);
  const host = await builtinsOfHosts(
    modules.map((m) => m.text),
    io.cwd,
  );
  const schemas = schemasOf(text(args, 'schema'), io);
  return {
    modules,
    dataJson: toJson(data),
    version,
    strict: args.flags['strict'] === true,
    ...(builtins ? { builtins } : {}),
    ...(host ? { host } : {}),
    ...(schemas ? { schemas } : {}),
    timers: { rego_load_files: milliseconds() - start },
  };
}

/** The builtins in a capabilities.json, with what they take and give. */
function builtinsOf(named: string | undefined, io: Io): Readonly<Record<string, Declaration>> | undefined {
  if (named === undefined) return undefined;
  try {
    const { builtins = [] } = JSON.parse(readFileSync(resolve(io.cwd, named), 'utf8')) as {
      builtins?: { name: string; decl?: unknown }[];
    };
    return Object.fromEntries(
      builtins.map(({ name, decl }) => [name, declarationOf(decl) ?? { args: [], result: 'any' }]),
    );
  } catch {
    throw new UsageError(`--capabilities needs a capabilities.json, which ${JSON.stringify(named)} is not`);
  }
}

/** The policy could not be loaded: exit code 3. */
export class SourceError extends Error {}

/** Prints why a policy could not be loaded. */
export async function orCouldNotCheck(io: Io, work: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    io.err(`pregate: ${error.message}; nothing was evaluated [policy-sources]\n`);
    return Exit.couldNotCheck;
  }
}

/** Parses and compiles, and keeps the times of both among the timers. `parse` makes the syntax trees. */
export function compileSources(sources: Sources, parse: typeof parseAll = parseAll): Compiled {
  const { version, strict, dataJson, builtins, host, schemas, timers } = sources;
  const start = milliseconds();
  const modules = parse(sources.modules, version);
  const parsed = milliseconds();
  const compiled = compileModules(modules, {
    strict,
    dataJson,
    ...host,
    ...(builtins ? { builtins: new Set(Object.keys(builtins)), declared: { ...host?.declared, ...builtins } } : {}),
    ...(schemas ? { schemas } : {}),
  });
  timers['rego_module_parse'] = parsed - start;
  timers['rego_module_compile'] = milliseconds() - parsed;
  return compiled;
}

function parseAll(modules: readonly RegoModule[], version: 'v0' | 'v1'): Module[] {
  return modules.map((m) => parseModule(m.path, m.text, m.version ?? version));
}

interface Limits {
  files?: number;
  bytes?: number;
  /** Patterns of names that are left out. */
  ignored?: readonly string[];
  /** Data is left out: what is only compiled needs none, and need not read it. */
  regoOnly?: boolean;
  /** Everything below a folder. A server gives one that does not hold up its other answers. */
  list?: (folder: string) => Dirent[] | Promise<Dirent[]>;
}

/** The promises of `node:fs` take longer to load than a folder of policy to read, so a command does without them. */
function listNow(folder: string): Dirent[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true });
}

/** Files and folders as modules and merged data. More files or bytes than the limits allow are a `SourceError`. */
export async function readAll(
  named: readonly string[],
  cwd: string,
  {
    files: most = Infinity,
    bytes: room = Infinity,
    ignored = [],
    regoOnly = false,
    list: listOf = listNow,
  }: Limits = {},
): Promise<{ modules: { path: string; text: string }[]; data: RegoObject }> {
  const modules: { path: string; text: string }[] = [];
  const left = ignored.map(namePattern);
  let data = new RegoObject();
  let bytes = 0;
  for (const given of named) {
    const { prefix, name } = prefixOf(given);
    const files = await filesOf(resolve(cwd, name), name, left, listOf);
    if (files.length > most) throw new SourceError(`${name} has more than ${most} files`);
    for (const file of files.filter(({ path }) => !regoOnly || path.endsWith('.rego'))) {
      const shown = relative(cwd, file.path) || basename(file.path);
      const text = textOf(file.path, shown);
      bytes += text.length;
      if (bytes > room) throw new SourceError(`${name} is larger than ${room / 1e6} MB`);
      if (file.path.endsWith('.rego')) modules.push({ path: shown.startsWith('..') ? file.path : shown, text });
      else data = mergeData(data, under([...prefix, ...file.prefix], documentOf(file.path, text, shown)), shown);
    }
  }
  return { modules, data };
}

/** `users.list:file.json` stands under `data.users.list`; `file://` is a path. */
function prefixOf(given: string): { prefix: string[]; name: string } {
  const [, prefix, name = given] = /^(?!file:)([\w.]{2,}):(.+)$/.exec(given) ?? [];
  return { prefix: prefix?.split('.') ?? [], name: name.replace(/^file:(\/\/)?/, '') };
}

/** A pattern of Go's `filepath.Match`, for the name of a file or folder. */
function namePattern(pattern: string): RegExp {
  const parts = pattern.replace(/\\?[.+^$(){}|\\/]|[*?]/g, (one) =>
    one === '*' ? '[^/]*' : one === '?' ? '[^/]' : one.length > 1 ? one : `\\${one}`,
  );
  try {
    return new RegExp(`^${parts}$`, 'u');
  } catch {
    throw new UsageError(`--ignore needs a pattern such as *_test.rego, not ${JSON.stringify(pattern)}`);
  }
}

interface Found {
  path: string;
  /** Folders between the named folder and the file. */
  prefix: string[];
}

async function filesOf(
  path: string,
  shown: string,
  ignored: readonly RegExp[],
  listOf: NonNullable<Limits['list']>,
): Promise<Found[]> {
  let isFolder: boolean;
  try {
    isFolder = statSync(path).isDirectory();
  } catch (error) {
    throw new SourceError(`${shown} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
  if (!isFolder) return [{ path, prefix: [] }];
  const entries = await listOf(path);
  return entries
    .filter((e) => e.isFile() && /\.(rego|json|ya?ml)$/.test(e.name))
    .map((e) => join(e.parentPath, e.name))
    .filter(
      (file) =>
        !relative(path, file)
          .split(sep)
          .some((part) => part.startsWith('.') || part === 'node_modules' || ignored.some((one) => one.test(part))),
    )
    .sort()
    .map((file) => ({
      path: file,
      prefix: relative(path, dirname(file))
        .split(sep)
        .filter((part) => part !== ''),
    }));
}

function textOf(path: string, shown: string): string {
  const bytes = readFileSync(path);
  if (bytes.length > FILE_BYTES) throw new SourceError(`${shown} is larger than ${FILE_BYTES / 1e6} MB`);
  return bytes.toString('utf8');
}

function documentOf(path: string, text: string, shown: string): Value {
  try {
    return path.endsWith('.json') ? parseJson(text) : fromJs(parseYaml(text, { intAsBigInt: true }));
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
    const read = named === '-' ? await readStdin(io) : readFileSync(resolve(io.cwd, named), 'utf8');
    return /\.ya?ml$/.test(named) ? toJson(fromJs(parseYaml(read, { intAsBigInt: true }))) : read;
  } catch (error) {
    throw new UsageError(`the input ${named} cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`);
  }
}

/** Everything on standard input. */
export async function readStdin(io: Io): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
