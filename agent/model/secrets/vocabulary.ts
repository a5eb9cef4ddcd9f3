import { type Automaton, buildAutomaton } from './automaton.ts';
import { calls } from './generic/calls.ts';
import { commands } from './generic/commands.ts';
import { keyWords } from './generic/words.ts';
import { type OfficialRule, officialRules } from './official.ts';
import { providers } from './providers/index.ts';
import type { Provider } from './types.ts';

/** What is done where a keyword stands. */
export interface Route {
  providers: Provider[];
  official: OfficialRule[];
  action?: Action;
}

export type Action =
  | 'generic'
  | 'call'
  | 'command'
  | 'basic'
  | 'url'
  | 'pem'
  | 'encoded-pem'
  | 'jwt'
  | 'kubernetes'
  | 'kubeconfig'
  | 'jwk'
  | 'putty';

export interface Vocabulary {
  automaton: Automaton;
  /** Keyword id → what it leads to. */
  routes: readonly Route[];
  /** Official rules that run when a URL with a password was seen. */
  urlRules: readonly OfficialRule[];
}

const actions: Record<string, Action> = {
  '://': 'url',
  '-----begin': 'pem',
  // The three ways in which base64 shows "-----BEGIN", by its place in a group of three bytes.
  ls0tls1crudjtib: 'encoded-pem',
  '0tls0tqkvhsu4g': 'encoded-pem',
  tls0tlujfr0loi: 'encoded-pem',
  eyj: 'jwt',
  'basic ': 'basic',
  'kind: secret': 'kubernetes',
  '"kind":"secret"': 'kubernetes',
  '"kind": "secret"': 'kubernetes',
  'client-key-data': 'kubeconfig',
  '"kty"': 'jwk',
  'putty-user-key-file-': 'putty',
};

let built: Vocabulary | undefined;

/** Every keyword of every finder, made once and when it is first needed: a hook that finds no text never pays for it. */
export function vocabulary(): Vocabulary {
  built ??= build();
  return built;
}

function build(): Vocabulary {
  const routes = new Map<string, Route>();
  const at = (keyword: string): Route => {
    let route = routes.get(keyword);
    if (!route) {
      route = { providers: [], official: [] };
      routes.set(keyword, route);
    }
    return route;
  };
  for (const row of providers) for (const keyword of row.keywords) at(keyword).providers.push(row);
  for (const rule of officialRules) for (const keyword of rule.keywords) at(keyword).official.push(rule);
  for (const keyword of keyWords) at(keyword).action = 'generic';
  for (const keyword of Object.keys(calls)) at(keyword).action = 'call';
  for (const keyword of Object.keys(commands)) at(keyword).action = 'command';
  for (const [keyword, action] of Object.entries(actions)) at(keyword).action = action;
  return {
    automaton: buildAutomaton([...routes.keys()]),
    routes: [...routes.values()],
    urlRules: officialRules.filter(({ url }) => url),
  };
}
