import { OPAClient } from '@open-policy-agent/opa';
import { HTTPClient } from '@open-policy-agent/opa/lib/http.js';
import { ask, type HttpAnswer } from '../bundles/http.ts';
import { BundleError, limits } from '../bundles/limits.ts';
import { reasonOf } from '../bundles/reason.ts';
import type { UserConfig } from '../bundles/user-config.ts';
import type { Problem } from '../model/types.ts';
import { hostBuiltins } from '../policy/conventions/hosts.ts';
import { type Gate, gates, type PolicyEngine, type PolicyRule } from '../policy/types.ts';
import { compile } from '../rego/index.ts';

/**
 * An engine whose answers come from elsewhere. What was not asked yet is undefined and counts as pending; after
 * `settle` the same question has its answer. Since judging is pure, it is simply done again until nothing is pending.
 */
export interface RemoteEngine {
  engine?: PolicyEngine;
  problems: Problem[];
  pending(): boolean;
  settle(): Promise<void>;
}

const timeout = 10_000;

/**
 * A running OPA as engine, through its Data API (openpolicyagent.org/docs/rest-api). What it has for the gates is read
 * from its policies, or, where it does not show them, from the packages `pregate.<gate>` for an empty input.
 * Credentials and limits are those of the user's configuration. Never throws.
 */
export async function opaServer(url: string, user: UserConfig, env: NodeJS.ProcessEnv): Promise<RemoteEngine> {
  const base = new URL(url.endsWith('/') ? url : `${url}/`);
  const send = (at: URL, method: 'GET' | 'POST', body?: Uint8Array) =>
    ask(
      at,
      user,
      {
        method,
        headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body } : {}),
        maxBytes: limits.fileBytes,
        timeout,
      },
      env,
    );
  const fetcher = async (input: Request | string | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const body = new Uint8Array(await request.arrayBuffer());
    const answer = await send(
      new URL(request.url),
      request.method === 'GET' ? 'GET' : 'POST',
      body.length > 0 ? body : undefined,
    );
    const type = String(answer.headers['content-type'] ?? 'application/json');
    answered(answer, base.host);
    return new Response(new Uint8Array(answer.body), { status: answer.status, headers: { 'content-type': type } });
  };
  const client = new OPAClient(base.href.replace(/\/$/, ''), { sdk: { httpClient: new HTTPClient({ fetcher }) } });
  const query = (path: string, input: unknown) =>
    client.evaluate(path.replace(/^data\./, '').replaceAll('.', '/'), input as never) as Promise<unknown>;
  try {
    const shown = await send(new URL('v1/policies', base), 'GET');
    if (shown.status === 401) answered(shown, base.host);
    const rules = (shown.status === 200 && rulesOf(shown.body.toString('utf8'))) || (await probe(query));
    return engineOf(rules, query, base.host);
  } catch (error) {
    return { problems: [failure(base.host, error)], pending: () => false, settle: async () => {} };
  }
}

function engineOf(
  rules: PolicyRule[],
  query: (path: string, input: unknown) => Promise<unknown>,
  host: string,
): RemoteEngine {
  const answers = new Map<string, { value: unknown; problem?: Problem }>();
  const open = new Map<string, { path: string; input: unknown }>();
  const engine: PolicyEngine = {
    name: `OPA server ${host}`,
    rules: () => rules,
    evaluate: (paths, input) => {
      const text = JSON.stringify(input) ?? '';
      const problems: Problem[] = [];
      const values = paths.map((path) => {
        const key = `${path}\0${text}`;
        const known = answers.get(key);
        if (known?.problem) problems.push(known.problem);
        if (!known) open.set(key, { path, input });
        return known?.value;
      });
      return { values, problems };
    },
  };
  return {
    engine,
    problems: [],
    pending: () => open.size > 0,
    settle: async () => {
      const asked = [...open];
      open.clear();
      await Promise.all(
        asked.map(async ([key, { path, input }]) => {
          try {
            answers.set(key, { value: await query(path, input) });
          } catch (error) {
            answers.set(key, { value: undefined, problem: failure(host, error) });
          }
        }),
      );
    },
  };
}

/** OPA answers in JSON, errors included; what is none comes from something else at that address, or in front of it. */
function answered({ status, body }: HttpAnswer, host: string): void {
  if (status === 401 || status === 403) {
    throw new BundleError(`${host} answers ${status}; name a token for it in your own configuration (services)`);
  }
  try {
    JSON.parse(body.toString('utf8'));
  } catch {
    throw new BundleError(`${host} answers ${status} with something that is no JSON, so it is no OPA`);
  }
}

/** Rules of the policies a server shows; undefined when they cannot be read here. */
function rulesOf(text: string): PolicyRule[] | undefined {
  try {
    const { result } = JSON.parse(text) as { result: { id: string; raw: string }[] };
    const modules = result.map(({ id, raw }) => ({ path: id, text: raw }));
    for (const version of ['v1', 'v0'] as const) {
      const { policy } = compile(modules, { version, ...hostBuiltins() });
      if (policy) return policy.rules().map(({ path, file, line }) => ({ path, file, line }));
    }
  } catch {
    // Asked in another way below.
  }
  return undefined;
}

/** The decisions of each gate's package for an empty input: sets of denials are there for any input. */
async function probe(query: (path: string, input: unknown) => Promise<unknown>): Promise<PolicyRule[]> {
  const one = async (gate: Gate): Promise<PolicyRule[]> => {
    const value = await query(`data.pregate.${gate}`, {});
    if (typeof value !== 'object' || value === null) return [];
    return Object.keys(value).map((key) => ({ path: `data.pregate.${gate}.${key}`, file: 'OPA server', line: 1 }));
  };
  return (await Promise.all(gates.map(one))).flat();
}

function failure(host: string, error: unknown): Problem {
  const inner = (error as { cause?: unknown }).cause ?? error;
  const message = `The OPA server ${host} did not decide: ${reasonOf(inner)}. Nothing was judged`;
  return { code: 'engine-unreachable', message, fatal: true };
}
