import type { BundleConfig } from '../config.ts';
import type { Problem } from '../model/types.ts';
import { type BundleFile, bundleFrom, type LoadedBundle } from '../policy/bundle.ts';
import { engineFor } from '../policy/engines.ts';
import type { PolicyBundle } from '../policy/types.ts';
import { ask, type HttpAnswer, serviceOf } from './http.ts';
import { verificationOf } from './keys.ts';
import { BundleError, limits } from './limits.ts';
import { gunzipped, readPacked } from './read.ts';
import { reasonOf } from './reason.ts';
import { parseSource } from './source.ts';
import { type Copy, readCopy, writeCopy, writeRecord } from './store.ts';
import { readUserConfig, type UserConfig } from './user-config.ts';

export interface Fetched {
  bundle: string;
  /** `kept`: nothing newer could be used, and the copy before it, if any, stays. */
  state: 'new' | 'current' | 'kept';
  /** One line for a person. */
  message: string;
  /** Why nothing newer could be used: what `pregate explain` knows. */
  code?: string;
  copy?: Copy;
}

interface FetchOptions {
  timeout?: number;
  now?: Date;
  /** A person names an address that no policy configures: it need not be signed, and where it is, `config.key` must fit. */
  explicit?: boolean;
  /** Other bundles judge with it: it may hold data alone, and call functions that they bring. */
  beside?: boolean;
}

/** Milliseconds a bundle service may take for its whole answer. */
const defaultTimeout = 30_000;

/**
 * Asks the bundle service once and keeps what it sends when it verifies and compiles. A version that does not is not
 * used: the copy before it stays, says why, and grows old. Never throws; undefined when the bundle is not fetched.
 */
export async function fetchBundle(
  config: BundleConfig,
  env: NodeJS.ProcessEnv,
  options: FetchOptions = {},
): Promise<Fetched | undefined> {
  const now = (options.now ?? new Date()).toISOString();
  let known: Copy | undefined;
  let good = false;
  try {
    const source = parseSource(config.bundle);
    if (source.kind !== 'http') return undefined;
    known = knownCopy(source.url.href, env);
    // A copy that today's key or this build does not accept is asked for whole: 304 would confirm what nobody can use.
    good = known !== undefined && (await usable(source.url.href, config, env, options));
    const tag = good ? known?.etag : undefined;
    const answer = await ask(
      source.url,
      readUserConfig(env),
      {
        headers: {
          accept: 'application/gzip, application/vnd.openpolicyagent.bundles',
          'user-agent': 'pregate',
          prefer: 'modes=snapshot',
          ...(tag === undefined ? {} : { 'if-none-match': tag }),
        },
        maxBytes: limits.totalBytes,
        timeout: options.timeout ?? defaultTimeout,
      },
      env,
    );
    return await keep(config, source.url, answer, tag === undefined ? undefined : known, now, env, options);
  } catch (error) {
    return notNewer(config, known && { ...known, good }, error, now, env);
  }
}

/** A copy that is damaged is as good as none: it is fetched whole. */
function knownCopy(url: string, env: NodeJS.ProcessEnv): Copy | undefined {
  try {
    return readCopy(url, env)?.copy;
  } catch (error) {
    if (error instanceof BundleError) return undefined;
    throw error;
  }
}

async function keep(
  config: BundleConfig,
  url: URL,
  answer: HttpAnswer,
  known: Copy | undefined,
  now: string,
  env: NodeJS.ProcessEnv,
  options: FetchOptions,
): Promise<Fetched> {
  if (answer.status === 304 && known) {
    const { note: _, ...rest } = known;
    const copy = { ...rest, confirmed: now };
    writeRecord(copy, env);
    return { bundle: config.bundle, state: 'current', message: `unchanged${revisionText(copy)}`, copy };
  }
  if (answer.status !== 200) throw new BundleError(`${url.host} ${statusText(answer.status)}`, 'bundle-fetch');
  const body = await decoded(answer, url);
  const { source } = await activated(await readPacked(body), config, env, options);
  const { etag } = answer.headers;
  const { revision } = source;
  const copy = { url: url.href, fetched: now, confirmed: now, revision, ...(typeof etag === 'string' ? { etag } : {}) };
  writeCopy(copy, body, env);
  const size = `${(body.length / 1000).toFixed(1)} KB`;
  const signature = source.signature.startsWith('good') ? `signature ${source.signature}` : source.signature;
  const message = `fetched${revisionText(copy)}, ${size}, ${signature}`;
  return { bundle: config.bundle, state: 'new', message };
}

/** A bundle that does not compile is no policy, however well it is signed. */
function activationProblems(loaded: LoadedBundle): Problem[] {
  const { bundle, problems } = loaded;
  const rules = bundle && (bundle.compiled || bundle.modules.length > 0);
  return [...problems, ...(rules ? engineFor(bundle).problems : [])];
}

function notNewer(
  config: BundleConfig,
  known: (Copy & { good: boolean }) | undefined,
  error: unknown,
  now: string,
  env: NodeJS.ProcessEnv,
): Fetched {
  const why = reasonOf(error);
  const code = error instanceof BundleError ? error.code : 'bundle-unreadable';
  if (!known) return { bundle: config.bundle, state: 'kept', message: `not fetched: ${why}`, code };
  const { good, ...record } = known;
  const copy = { ...record, note: `not renewed ${now.slice(0, 16).replace('T', ' ')} UTC: ${why}` };
  try {
    writeRecord(copy, env);
  } catch {
    // The copy is as good as before; only the note is lost, and this answer says the same.
  }
  const of = `${known.confirmed.slice(0, 16).replace('T', ' ')} UTC`;
  const message = `not renewed: ${why}. The copy${revisionText(known)} of ${of} ${useText(config, known)}`;
  return { bundle: config.bundle, state: 'kept', message, code, copy };
}

function useText({ maxAgeSeconds }: BundleConfig, { confirmed, good }: Copy & { good: boolean }): string {
  if (!good) return 'cannot be used either';
  const old = maxAgeSeconds !== undefined && Date.now() - Date.parse(confirmed) > maxAgeSeconds * 1000;
  return old ? 'is older than policy.max-age allows, so the gate is closed' : 'stays in use';
}

function revisionText({ revision }: { revision: string }): string {
  return revision === '' ? '' : ` (revision ${revision})`;
}

/** The bundle of these files, verified and compiled. Throws `BundleError`. */
async function activated(
  files: readonly BundleFile[],
  config: BundleConfig,
  env: NodeJS.ProcessEnv,
  { explicit = false, beside = false }: FetchOptions,
): Promise<PolicyBundle> {
  const signed = files.some(({ path }) => path === '.signatures.json');
  const verification = explicit && !signed ? undefined : verificationOf(config, env);
  const options = { name: 'the bundle', kind: 'remote' as const, beside };
  const loaded = bundleFrom(files, { ...options, ...(verification ? { verification } : {}) });
  const elsewhere = ({ code, message }: Problem) =>
    beside && code === 'policy-compile' && /undefined function data\./.test(message);
  const fatal = activationProblems(loaded).find((problem) => problem.fatal && !elsewhere(problem));
  if (fatal || !loaded.bundle) throw new BundleError(fatal?.message ?? 'it could not be read', fatal?.code);
  return loaded.bundle;
}

/** Whether the copy that is here could judge now. */
async function usable(
  url: string,
  config: BundleConfig,
  env: NodeJS.ProcessEnv,
  options: FetchOptions,
): Promise<boolean> {
  try {
    const found = readCopy(url, env);
    return found !== undefined && (await activated(await readPacked(found.bytes), config, env, options)) !== undefined;
  } catch {
    // What keeps it from being used is said of the bundle that is asked for next.
    return false;
  }
}

/** A server may pack what it sends, though nobody asked it to; what was signed and is kept is the bundle itself. */
async function decoded({ headers, body }: HttpAnswer, url: URL): Promise<Uint8Array> {
  const coding = String(headers['content-encoding'] ?? 'identity')
    .trim()
    .toLowerCase();
  if (coding === 'identity' || coding === '') return body;
  if (coding !== 'gzip' && coding !== 'x-gzip')
    throw new BundleError(
      `${url.host} sends it packed as ${JSON.stringify(coding)}, which was not asked for`,
      'bundle-fetch',
    );
  return gunzipped(body);
}

function statusText(status: number): string {
  if (status === 401 || status === 403) return `answers ${status}: it wants other credentials than it was sent`;
  return `answers ${status}`;
}

/** Fetches what the user wants to be asked for by itself, and is older than they said. */
export async function refreshDue(bundles: readonly BundleConfig[], env: NodeJS.ProcessEnv): Promise<void> {
  const beside = bundles.length > 1;
  if (!bundles.some(({ bundle }) => /^https?:/i.test(bundle))) return;
  let user: UserConfig;
  try {
    user = readUserConfig(env);
  } catch {
    // Whoever loads the bundle needs the same file, and reports what is wrong with it.
    return;
  }
  await Promise.all(
    bundles.map(async (config) => {
      if (!/^https?:/i.test(config.bundle) || !URL.canParse(config.bundle)) return;
      const { refreshSeconds } = serviceOf(new URL(config.bundle), user) ?? {};
      if (refreshSeconds === undefined) return;
      const known = knownCopy(new URL(config.bundle).href, env);
      const age = known ? Date.now() - Date.parse(known.confirmed) : Infinity;
      if (age >= refreshSeconds * 1000) await fetchBundle(config, env, { timeout: 5000, beside });
    }),
  );
}
