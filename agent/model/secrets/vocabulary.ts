import { compile } from './compile.ts';
import { storedVocabulary } from './compiled.ts';
import type { Finder } from './keywords.ts';
import type { VendorWord } from './match-vendor.ts';
import { type OfficialRule, officialRules } from './official.ts';
import { tokenAt, written } from './providers/index.ts';
import { loadVocabulary, type StoredVocabulary, storeVocabulary } from './stored.ts';
import type { encodings } from './structure/hidden.ts';
import type { Provider } from './types.ts';

/** What is done where a keyword stands. */
export interface Route {
  providers: Provider[];
  vendors: VendorWord[];
  official: OfficialRule[];
  action?: Action;
  /** A credential may stand here in this writing. */
  hidden?: keyof typeof encodings;
}

export type Action =
  | 'generic'
  | 'insert'
  | 'mnemonic'
  | 'call'
  | 'command'
  | 'basic'
  | 'bearer'
  | 'url'
  | 'pem'
  | 'ssh2'
  | 'bare-key'
  | 'inside'
  | 'auths'
  | 'encoded-pem'
  | 'jwt'
  | 'kubernetes'
  | 'kubeconfig'
  | 'jwk'
  | 'putty'
  | 'hook'
  | 'dn';

export interface Vocabulary {
  finder: Finder;
  /** Keyword id → what it leads to; made when it is first asked for. */
  routeOf: (keyword: number) => Route;
  /** Official rules that run when a URL with a password was seen. */
  urlRules: readonly OfficialRule[];
}

let built: Vocabulary | undefined;
let source: StoredVocabulary | undefined;

/** In a bundle it is stored, and the code that makes it is not there. */
function sourceOf(): StoredVocabulary {
  source ??= loadVocabulary(storedVocabulary?.() ?? storeVocabulary(compile()));
  return source;
}

/** The rule ids of the tables' entries. */
export function entryIds(): readonly string[] {
  return sourceOf().ids.split(' ');
}

/** Every keyword of every finder, made once and when it is first needed: a hook that finds no text never pays for it. */
export function vocabulary(): Vocabulary {
  built ??= build(sourceOf());
  return built;
}

function build({ finder, targetsOf }: StoredVocabulary): Vocabulary {
  const routes: Route[] = [];
  return {
    finder,
    routeOf: (keyword) => {
      routes[keyword] ??= readRoute(targetsOf(keyword));
      return routes[keyword];
    },
    urlRules: officialRules.filter(({ url }) => url),
  };
}

/** The words that `compile.ts` writes for a keyword. */
function readRoute(line: string): Route {
  const route: Route = { providers: [], vendors: [], official: [] };
  for (const word of line.split('\t')) {
    const rest = word.slice(1);
    const numbers = rest.split(':');
    switch (word[0]) {
      case 'p':
        route.providers.push(written[Number(rest)] as Provider);
        break;
      case 't':
        route.providers.push(tokenAt(Number(numbers[0]), Number(numbers[1])));
        break;
      case 'v':
      case 'V':
        route.vendors.push({ entry: Number(numbers[0]), ordinary: word[0] === 'V', rest: numbers[1] as string });
        break;
      case 'o':
        route.official.push(officialRules.find(({ name }) => name === rest) as OfficialRule);
        break;
      case 'h':
        route.hidden = rest as keyof typeof encodings;
        break;
      default:
        route.action = rest as Action;
    }
  }
  return route;
}
