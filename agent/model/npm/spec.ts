/**
 * What a dependency's value asks for. `tag` covers everything that means "whatever the registry says today":
 * `latest`, `next`, the empty string and `*`.
 */
export type SpecKind =
  | 'exact'
  | 'range'
  | 'tag'
  | 'git'
  | 'url'
  | 'file'
  | 'link'
  | 'workspace'
  | 'catalog'
  | 'patch'
  | 'unknown';

export interface Spec {
  kind: SpecKind;
  raw: string;
  /** For `npm:other@range`: the package that is really meant. */
  alias?: string;
  /** The range, version or tag, without an `npm:` prefix. */
  range?: string;
  git?: GitSpec;
}

export interface GitSpec {
  /** The address without the part after `#`. */
  url: string;
  /** `https`, `ssh`, `git`, `http`, `file`, or a hosting shorthand such as `github`. */
  transport: string;
  /** What stands after `#`; undefined means the default branch. */
  committish?: string;
  /** `short`: an abbreviated commit id, which may become ambiguous or be a branch's name. */
  pin: 'commit' | 'short' | 'tag' | 'semver' | 'branch' | 'none';
}

const exactVersion = /^[=v]{0,2}\d{1,16}\.\d{1,16}\.\d{1,16}(?:-[0-9A-Za-z.-]{1,100})?(?:\+[0-9A-Za-z.-]{1,100})?$/;
const hosted = /^(github|gitlab|bitbucket|gist):/i;
const gitProtocol = /^git(?:\+(https?|ssh|file))?:\/\//i;
const commit = /^[0-9a-f]{40}$|^[0-9a-f]{64}$/i;
const rangeWords = /^[\s\d.xX*^~<>=|v-]/;

/** Reads the value of a dependency as npm, yarn, pnpm and bun do. Source: npm's `npm-package-arg` documentation. */
export function parseSpec(raw: string): Spec {
  const text = raw.trim();
  if (text === '' || text === '*' || text === 'x' || text === 'X') return { kind: 'tag', raw, range: text };
  if (text.startsWith('npm:')) return parseAlias(raw, text.slice(4));
  if (text.startsWith('workspace:')) return { kind: 'workspace', raw, range: text.slice(10) };
  if (text.startsWith('catalog:')) return { kind: 'catalog', raw };
  if (text.startsWith('patch:')) return { kind: 'patch', raw };
  if (/^(?:link|portal):/.test(text)) return { kind: 'link', raw };
  if (/^file:/.test(text) || /^(?:\.{1,2}(?:\/|$)|~\/|\/|[A-Za-z]:[\\/])/.test(text)) return { kind: 'file', raw };
  if (isGit(text)) return { kind: 'git', raw, git: parseGit(text) };
  if (/^https?:\/\//i.test(text)) return { kind: 'url', raw };
  if (/^[a-z][a-z0-9+.-]*:/i.test(text)) return { kind: 'unknown', raw };
  return { kind: versionKind(text), raw, range: text };
}

function parseAlias(raw: string, text: string): Spec {
  const at = text.lastIndexOf('@');
  // Yarn berry writes `npm:^1.0.0` for the package itself.
  if (at <= 0 && (rangeWords.test(text) || text === '')) return { kind: versionKind(text), raw, range: text };
  const alias = at > 0 ? text.slice(0, at) : text;
  const range = at > 0 ? text.slice(at + 1) : '';
  return { kind: range === '' ? 'tag' : versionKind(range), raw, alias, range };
}

function versionKind(text: string): 'exact' | 'range' | 'tag' {
  if (text === '' || text === '*' || text === 'x' || text === 'X') return 'tag';
  if (exactVersion.test(text)) return 'exact';
  return rangeWords.test(text) && /[\d*xX]/.test(text) ? 'range' : 'tag';
}

function isGit(text: string): boolean {
  if (gitProtocol.test(text) || hosted.test(text)) return true;
  if (/^(?:git\+)?ssh:\/\//i.test(text) || /^git@[^:\s]+:/.test(text)) return true;
  if (/^https?:\/\/[^#\s]*\.git(?:#|$)/i.test(text)) return true;
  // `owner/repository` is GitHub; a scope or a path is not.
  return /^[A-Za-z0-9][\w.-]*\/[\w.-]+(?:#.*)?$/.test(text);
}

function parseGit(text: string): GitSpec {
  const hash = text.indexOf('#');
  const url = hash === -1 ? text : text.slice(0, hash);
  const committish = hash === -1 ? undefined : text.slice(hash + 1);
  const base = { url, transport: transportOf(url), pin: pinOf(committish) };
  return committish === undefined || committish === '' ? base : { ...base, committish };
}

function transportOf(url: string): string {
  const short = hosted.exec(url);
  if (short) return short[1]!.toLowerCase();
  const protocol = gitProtocol.exec(url);
  if (protocol) return protocol[1]?.toLowerCase() ?? 'git';
  if (/^https?:/i.test(url)) return url.slice(0, url.indexOf(':')).toLowerCase();
  return url.includes('@') || /ssh:/i.test(url) ? 'ssh' : 'github';
}

function pinOf(committish: string | undefined): GitSpec['pin'] {
  if (committish === undefined || committish === '') return 'none';
  // Yarn berry: `#commit=…`, `#tag=…`, `#head=…`, `#semver=…`; several parts are joined by `&` (pnpm: `&path:`).
  const first = committish.split('&').find((part) => !/^(?:path|workspace|cwd)[:=]/.test(part)) ?? '';
  const [, word, value] = /^(?:(commit|tag|head|semver)[:=])?(.*)$/.exec(first) ?? [];
  if (word === 'semver') return 'semver';
  if (commit.test(value ?? '')) return 'commit';
  if (/^[0-9a-f]{7,39}$/i.test(value ?? '')) return 'short';
  if (word === 'tag' || /^v?\d{1,9}(?:\.\d{1,9}){0,3}/.test(value ?? '')) return 'tag';
  return first === '' ? 'none' : 'branch';
}
