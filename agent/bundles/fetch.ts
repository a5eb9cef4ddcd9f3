import type { BundleConfig } from '../config.ts';
import type { Problem } from '../model/types.ts';
import { bundleFrom, type LoadedBundle } from '../policy/bundle.ts';
import { engineFor } from '../policy/engines.ts';
import { ask, type HttpAnswer, serviceOf } from './http.ts';
import { verificationOf } from './keys.ts';
import { BundleError, limits } from './limits.ts';
import { readPacked } from './read.ts';
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
  copy?: Copy;
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
  options: { timeout?: number; now?: Date } = {},
): Promise<Fetched | undefined> {
  const now = (options.now ?? new Date()).toISOString();
  let known: Copy | undefined;
  try {
    const source = parseSource(config.bundle);
    if (source.kind !== 'http') return undefined;
    known = knownCopy(source.url.href, env);
    const answer = await ask(
      source.url,
      readUserConfig(env),
      {
        headers: {
          accept: 'application/gzip, application/vnd.openpolicyagent.bundles',
          'user-agent': 'pregate',
          prefer: 'modes=snapshot',
          ...(known?.etag === undefined ? {} : { 'if-none-match': known.etag }),
        },
        maxBytes: limits.totalBytes,
        timeout: options.timeout ?? defaultTimeout,
      },
      env,
    );
    return await keep(config, source.url, answer, known, now, env);
  } catch (error) {
    return notNewer(config, known, reasonOf(error), now, env);
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
): Promise<Fetched> {
  if (answer.status === 304 && known) {
    const { note: _, ...rest } = known;
    const copy = { ...rest, confirmed: now };
    writeRecord(copy, env);
    return { bundle: config.bundle, state: 'current', message: `unchanged${revisionText(copy)}`, copy };
  }
  if (answer.status !== 200) throw new BundleError(`${url.host} answers ${answer.status}`, 'bundle-fetch');
  const loaded = bundleFrom(await readPacked(answer.body), {
    name: config.bundle,
    kind: 'remote',
    ...verificationPart(config, env),
  });
  const problems = activationProblems(loaded);
  const fatal = problems.find((problem) => problem.fatal);
  if (fatal || !loaded.bundle) throw new BundleError(fatal?.message ?? 'it could not be read', fatal?.code);
  const { etag } = answer.headers;
  const { revision } = loaded.bundle.source;
  const copy = { url: url.href, fetched: now, confirmed: now, revision, ...(typeof etag === 'string' ? { etag } : {}) };
  writeCopy(copy, answer.body, env);
  const size = `${(answer.body.length / 1000).toFixed(1)} KB`;
  const message = `fetched${revisionText(copy)}, ${size}, signature ${loaded.bundle.source.signature}`;
  return { bundle: config.bundle, state: 'new', message };
}

/** A bundle that does not compile is no policy, however well it is signed. */
function activationProblems(loaded: LoadedBundle): Problem[] {
  return [...loaded.problems, ...(loaded.bundle ? engineFor(loaded.bundle).problems : [])];
}

function notNewer(
  config: BundleConfig,
  known: Copy | undefined,
  why: string,
  now: string,
  env: NodeJS.ProcessEnv,
): Fetched {
  if (!known) return { bundle: config.bundle, state: 'kept', message: `not fetched: ${why}` };
  const copy = { ...known, note: `not renewed ${now.slice(0, 16).replace('T', ' ')} UTC: ${why}` };
  try {
    writeRecord(copy, env);
  } catch {
    // The copy is as good as before; only the note is lost, and this answer says the same.
  }
  const message = `not renewed: ${why}. The copy${revisionText(known)} of ${known.confirmed} stays in use`;
  return { bundle: config.bundle, state: 'kept', message, copy };
}

function revisionText({ revision }: { revision: string }): string {
  return revision === '' ? '' : ` (revision ${revision})`;
}

function verificationPart(
  config: BundleConfig,
  env: NodeJS.ProcessEnv,
): { verification?: NonNullable<ReturnType<typeof verificationOf>> } {
  const verification = verificationOf(config, env);
  return verification ? { verification } : {};
}

/** Fetches what the user wants to be asked for by itself, and is older than they said. */
export async function refreshDue(bundles: readonly BundleConfig[], env: NodeJS.ProcessEnv): Promise<void> {
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
      if (age >= refreshSeconds * 1000) await fetchBundle(config, env, { timeout: 5000 });
    }),
  );
}
