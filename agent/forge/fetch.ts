import type { SavedAnswer } from '../policy/forge/snapshot.ts';

export interface FetchWhere {
  provider: 'github' | 'gitlab';
  host: string;
  owner: string;
  name: string;
  /** Branches whose rules are asked for. */
  branches: readonly string[];
  /** Undefined: only what is public. */
  token?: string;
  /** Base address of the API; default by provider and host. */
  api?: string;
}

export class ForgeError extends Error {}

const timeoutMs = 20_000;
const maximumPages = 20;

/**
 * Asks the forge for a repository's rules, by the documented REST addresses. Only called when a person asks for it. A
 * question that the token may not ask (403, 404) is left out and named; without any answer it throws `ForgeError`.
 */
export async function fetchAnswers(
  where: FetchWhere,
): Promise<{ answers: SavedAnswer[]; refused: string[]; api: string }> {
  const api = (where.api ?? apiOf(where)).replace(/\/+$/, '');
  const answers: SavedAnswer[] = [];
  const refused: string[] = [];
  const ask = async (path: string, name: string): Promise<unknown> => {
    const value = await get(`${api}${path}`, where);
    if (value === undefined) refused.push(path);
    else answers.push({ name: `${name}.json`, value });
    return value;
  };
  if (where.provider === 'github') await askGithub(where, ask);
  else await askGitlab(where, ask);
  if (answers.length === 0) throw new ForgeError(`${api} answered nothing about ${where.owner}/${where.name}`);
  return { answers, refused, api };
}

function apiOf({ provider, host }: FetchWhere): string {
  if (provider === 'gitlab') return `https://${host}/api/v4`;
  return host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`;
}

type Ask = (path: string, name: string) => Promise<unknown>;

async function askGithub({ owner, name, branches }: FetchWhere, ask: Ask): Promise<void> {
  const base = `/repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
  await ask(base, 'repository');
  const list = await ask(`${base}/rulesets?includes_parents=true`, 'rulesets');
  for (const one of Array.isArray(list) ? (list as { id?: unknown }[]) : []) {
    if (typeof one.id === 'number') await ask(`${base}/rulesets/${one.id}?includes_parents=true`, `ruleset-${one.id}`);
  }
  for (const branch of branches) {
    await ask(`${base}/rules/branches/${encodeURIComponent(branch)}`, `rules-branches-${branch}`);
    await ask(`${base}/branches/${encodeURIComponent(branch)}/protection`, `protection-${branch}`);
  }
}

async function askGitlab({ owner, name }: FetchWhere, ask: Ask): Promise<void> {
  const base = `/projects/${encodeURIComponent(`${owner}/${name}`)}`;
  await ask(base, 'project');
  await ask(`${base}/push_rule`, 'push_rule');
  await ask(`${base}/protected_branches`, 'protected_branches');
  await ask(`${base}/protected_tags`, 'protected_tags');
  await ask('/user', 'user');
}

/** One answer, its pages joined; undefined when it is not there for this token. */
async function get(address: string, { provider, token }: FetchWhere): Promise<unknown> {
  let next: string | undefined = address;
  let joined: unknown;
  for (let page = 0; next !== undefined && page < maximumPages; page++) {
    const response: Response = await request(next, headersOf(provider, token));
    if ([401, 403, 404].includes(response.status)) return undefined;
    if (!response.ok) throw new ForgeError(`${new URL(next).host} answered ${response.status}`);
    const value: unknown = await response.json();
    joined = Array.isArray(joined) && Array.isArray(value) ? [...joined, ...value] : value;
    const link: string | undefined = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
    // A token is sent to the host it was given for and to no other.
    next = link !== undefined && new URL(link).origin === new URL(address).origin ? link : undefined;
  }
  return joined;
}

function headersOf(provider: FetchWhere['provider'], token: string | undefined): Record<string, string> {
  const accept = provider === 'github' ? 'application/vnd.github+json' : 'application/json';
  return { accept, 'user-agent': 'pregate', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
}

async function request(address: string, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(address, { headers, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new ForgeError(`${new URL(address).host} could not be reached (${(error as Error).name})`);
  }
}
