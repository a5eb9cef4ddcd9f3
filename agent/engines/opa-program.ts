import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Problem } from '../model/types.ts';
import type { EvaluateOptions, Evaluation, PolicyBundle, PolicyEngine } from '../policy/types.ts';

/** An `opa` program on the PATH that answers beside our own engine. */
export interface CrossCheck {
  engine?: PolicyEngine;
  problems: Problem[];
  /** Removes what was written for `opa` to read. */
  close(): void;
}

const defaultTimeout = 30_000;

/**
 * Asks every question a second time of the `opa` program: same modules, data, input and instant, the network closed.
 * A different answer is a fatal problem, so that the gate says so instead of guessing which of the two is right.
 * `root` is the judged repository: a program in it is not run.
 */
export function crossCheckWithOpa(
  own: PolicyEngine,
  bundle: PolicyBundle,
  { root, env, timeout = defaultTimeout }: { root: string; env: NodeJS.ProcessEnv; timeout?: number },
): CrossCheck {
  const nothing = (message: string): CrossCheck => ({
    problems: [{ code: 'cross-check-missing', message: `${message}. Nothing was judged`, fatal: true }],
    close: () => {},
  });
  if (bundle.compiled) return nothing('--verify-with opa needs Rego source, and the policy is compiled');
  const program = findProgram('opa', root, env);
  if (program === undefined) return nothing('--verify-with opa finds no opa program on the PATH');
  const run = (args: string[], input?: string) =>
    spawnSync(program, args, { input: input ?? '', encoding: 'utf8', timeout, maxBuffer: 1 << 28, env: quiet(env) });
  const version = /^Version: (\S+)/m.exec(run(['version']).stdout ?? '')?.[1];
  const capabilities = offline(run(['capabilities', '--current']).stdout ?? '');
  if (version === undefined) return nothing(`${program} does not answer as opa does`);
  if (capabilities === undefined)
    return nothing(
      `${program} is opa ${version}, which does not print its capabilities and is too old to compare with`,
    );
  const folder = mkdtempSync(path.join(tmpdir(), 'pregate-opa-'));
  writeBundle(path.join(folder, 'bundle'), bundle);
  writeFileSync(path.join(folder, 'capabilities.json'), capabilities);
  let late: Theirs | undefined;
  const ask = (paths: readonly string[], input: unknown, nowNs: bigint): Theirs => {
    // Who did not answer in time once is not waited for at every further question.
    if (late) return late;
    const query = `[${paths.map((one) => `[x | x := ${one} with time.now_ns as ${nowNs}]`).join(', ')}]`;
    const where = ['--bundle', path.join(folder, 'bundle'), '--capabilities', path.join(folder, 'capabilities.json')];
    const stdin = input === undefined ? [] : ['--stdin-input'];
    const ran = run(['eval', '--format', 'json', ...where, ...stdin, query], JSON.stringify(input));
    if ((ran.error as NodeJS.ErrnoException | undefined)?.code !== 'ETIMEDOUT') return answerOf(ran);
    late = { error: `it did not answer within ${timeout / 1000} s` };
    return late;
  };
  const evaluate = (paths: readonly string[], input: unknown, options: EvaluateOptions): Evaluation => {
    const mine = own.evaluate(paths, input, options);
    const theirs = ask(paths, input, options.nowNs);
    return { ...mine, problems: [...mine.problems, ...differences(paths, mine, theirs)] };
  };
  return {
    engine: { ...own, name: `${own.name}, checked with opa ${version}`, evaluate },
    problems: [],
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

interface Theirs {
  values?: unknown[][];
  error?: string;
}

function answerOf({ stdout, status, error }: { stdout: string | null; status: number | null; error?: Error }): Theirs {
  try {
    const { result, errors } = JSON.parse(stdout ?? '') as {
      result?: { expressions: { value: unknown[][] }[] }[];
      errors?: { message: string }[];
    };
    const values = result?.[0]?.expressions[0]?.value;
    if (values && status === 0) return { values };
    return { error: errors?.[0]?.message.split('\n')[0] ?? 'it has no answer' };
  } catch {
    return { error: error?.message ?? `it ended with status ${status}` };
  }
}

/** One problem for each decision that the two do not share. That both give up is no difference. */
function differences(paths: readonly string[], mine: Evaluation, theirs: Theirs): Problem[] {
  const differs = (message: string): Problem => ({ code: 'engine-difference', message, fatal: true });
  if (theirs.error !== undefined) {
    return mine.problems.length > 0
      ? []
      : [differs(`opa gives up where our engine answers: ${theirs.error.slice(0, 200)}`)];
  }
  if (mine.problems.length > 0) return [];
  return paths.flatMap((one, index) => {
    const [a, b] = [mine.values[index], theirs.values?.[index]?.[0]];
    return isDeepStrictEqual(plain(a), plain(b))
      ? []
      : [differs(`opa answers ${one} differently: ${sketch(b)}, ours ${sketch(a)}`)];
  });
}

/** Through JSON, so that prototypes and `undefined` make no difference. */
function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** How much there is, never what it says: a message of policy may quote the input. */
function sketch(value: unknown): string {
  if (value === undefined) return 'undefined';
  if (Array.isArray(value)) return `${value.length} elements`;
  return typeof value === 'object' && value !== null ? `${Object.keys(value).length} keys` : typeof value;
}

function writeBundle(folder: string, bundle: PolicyBundle): void {
  const write = (name: string, text: string) => {
    const file = path.join(folder, ...name.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  for (const { path: name, text } of bundle.modules) write(name, text);
  write('data.json', bundle.dataJson ?? JSON.stringify(bundle.data ?? {}));
  const versions = Object.entries(bundle.fileVersions ?? {}).map(([name, version]) => [`/${name}`, version]);
  const manifest = { rego_version: bundle.regoVersion ?? 1, file_rego_versions: Object.fromEntries(versions) };
  write('.manifest', JSON.stringify(manifest));
}

/** The program's own capabilities with every host forbidden: a cross-check asks no network either. */
function offline(text: string): string | undefined {
  try {
    return JSON.stringify({ ...(JSON.parse(text) as object), allow_net: [] });
  } catch {
    return undefined;
  }
}

/** The first such program on the PATH that lies neither in the repository nor in a folder named relative to it. */
function findProgram(name: string, root: string, env: NodeJS.ProcessEnv): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe'] : [''];
  const inside = real(root) ?? root;
  for (const folder of (env['PATH'] ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    for (const suffix of suffixes) {
      const file = real(path.join(folder, name + suffix));
      if (file !== undefined && !`${file}${path.sep}`.startsWith(`${inside}${path.sep}`) && runs(file)) return file;
    }
  }
  return undefined;
}

function real(file: string): string | undefined {
  try {
    return realpathSync(file);
  } catch {
    return undefined;
  }
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Without what would make `opa` read other configuration. */
function quiet(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('OPA_')));
}
