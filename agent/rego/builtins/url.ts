/** URLs as Go's `net/url` takes them apart, with its words for what is wrong (https://pkg.go.dev/net/url#Parse). */
import { goQuote } from '../values/value.ts';
import { addressProblem } from './address.ts';
import { BuiltinFailure } from './types.ts';

export interface GoUrl {
  scheme: string;
  /** What follows a scheme without a slash: `mailto:a@b`. */
  opaque: string;
  host: string;
  /** As written, still encoded. */
  path: string;
  query: string;
  fragment: string;
}

type Mode = 'path' | 'host' | 'zone' | 'query' | 'user';

/** Throws `BuiltinFailure` with Go's words: `parse "…": missing protocol scheme`. */
export function parseUrl(text: string): GoUrl {
  const hash = text.indexOf('#');
  const whole = hash < 0 ? text : text.slice(0, hash);
  try {
    const url = parseWithoutFragment(whole);
    if (hash >= 0) url.fragment = within(text, () => unescapeUrl(text.slice(hash + 1), 'path'));
    return url;
  } catch (e) {
    if (!(e instanceof BuiltinFailure) || e.message.startsWith('parse ')) throw e;
    throw new BuiltinFailure(`parse ${goQuote(whole)}: ${e.message}`);
  }
}

function within<T>(text: string, work: () => T): T {
  try {
    return work();
  } catch (e) {
    throw e instanceof BuiltinFailure ? new BuiltinFailure(`parse ${goQuote(text)}: ${e.message}`) : e;
  }
}

function parseWithoutFragment(text: string): GoUrl {
  const url: GoUrl = { scheme: '', opaque: '', host: '', path: '', query: '', fragment: '' };
  if (/[\u0000-\u001f\u007f]/.test(text)) throw new BuiltinFailure('net/url: invalid control character in URL');
  if (text === '*') return { ...url, path: '*' };
  const scheme = schemeOf(text);
  url.scheme = scheme.toLowerCase();
  let rest = scheme === '' ? text : text.slice(scheme.length + 1);
  const question = rest.indexOf('?');
  if (question >= 0) [url.query, rest] = [rest.slice(question + 1), rest.slice(0, question)];
  if (!rest.startsWith('/')) {
    if (scheme !== '') return { ...url, opaque: rest };
    if ((rest.split('/', 1)[0] as string).includes(':'))
      throw new BuiltinFailure('first path segment in URL cannot contain colon');
  }
  if (rest.startsWith('//') && (scheme !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    url.host = authorityHost(rest.slice(2, slash < 0 ? rest.length : slash), /^https?$/.test(url.scheme));
    rest = slash < 0 ? '' : rest.slice(slash);
  }
  unescapeUrl(rest, 'path');
  return { ...url, path: rest };
}

function schemeOf(text: string): string {
  if (text.startsWith(':')) throw new BuiltinFailure('missing protocol scheme');
  return /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? '';
}

function authorityHost(authority: string, onePort: boolean): string {
  const at = authority.lastIndexOf('@');
  const host = parseHost(authority.slice(at + 1), onePort);
  if (at < 0) return host;
  const user = authority.slice(0, at);
  if (!/^[A-Za-z0-9._~!$&'()*+,;=%@:-]*$/.test(user)) throw new BuiltinFailure('net/url: invalid userinfo');
  unescapeUrl(user, 'user');
  return host;
}

/** With `onePort` there may be one colon; else `a:1,b:2` is a host too. */
function parseHost(host: string, onePort: boolean): string {
  const open = host.lastIndexOf('[');
  if (open > 0) throw new BuiltinFailure('invalid IP-literal');
  if (open < 0) {
    const colon = onePort ? host.indexOf(':') : host.lastIndexOf(':');
    if (colon >= 0) checkPort(host.slice(colon));
    return unescapeUrl(host, 'host');
  }
  const close = host.lastIndexOf(']');
  if (close < 0) throw new BuiltinFailure("missing ']' in host");
  checkPort(host.slice(close + 1));
  const name = host.slice(open + 1, close);
  const zone = name.indexOf('%25');
  const plain =
    zone < 0
      ? unescapeUrl(name, 'host')
      : unescapeUrl(name.slice(0, zone), 'host') + unescapeUrl(name.slice(zone), 'zone');
  // Only an address of IPv6 stands in brackets.
  const problem = addressProblem(plain);
  if (problem !== undefined) throw new BuiltinFailure(`invalid host: ParseAddr(${goQuote(plain)}): ${problem}`);
  if (!plain.includes(':')) throw new BuiltinFailure('invalid IP-literal');
  return `[${plain}]${host.slice(close + 1)}`;
}

function checkPort(port: string): void {
  if (!/^(?::\d*)?$/.test(port)) throw new BuiltinFailure(`invalid port ${goQuote(port)} after host`);
}

const HOST_CHAR = /[A-Za-z0-9._~!$&'()*+,;=:[\]<>"-]/;

/** Undoes percent encoding. In hosts only what is beyond ASCII may be encoded, and little else is allowed. */
export function unescapeUrl(text: string, mode: Mode): string {
  const bytes: number[] = [];
  const plain = Buffer.from(text, 'utf8');
  for (let i = 0; i < plain.length; i++) {
    const byte = plain[i] as number;
    const char = String.fromCharCode(byte);
    if (char === '%') {
      const code = plain.toString('utf8', i, i + 3);
      if (!/^%[0-9a-fA-F]{2}$/.test(code)) throw new BuiltinFailure(`invalid URL escape ${goQuote(code)}`);
      const value = Number.parseInt(code.slice(1), 16);
      const refused =
        mode === 'host'
          ? value < 0x80
          : mode === 'zone' && value !== 0x20 && value < 0x80 && !HOST_CHAR.test(String.fromCharCode(value));
      if (refused && code !== '%25') throw new BuiltinFailure(`invalid URL escape ${goQuote(code)}`);
      bytes.push(value);
      i += 2;
      continue;
    }
    if ((mode === 'host' || mode === 'zone') && byte < 0x80 && !HOST_CHAR.test(char))
      throw new BuiltinFailure(`invalid character ${goQuote(char)} in host name`);
    bytes.push(mode === 'query' && char === '+' ? 0x20 : byte);
  }
  return Buffer.from(bytes).toString('utf8');
}

/** The path as a request carries it: what was written where that says the same, else encoded anew. */
export function escapedPath(path: string): string {
  const plain = unescapeUrl(path, 'path');
  if (/^(?:[A-Za-z0-9._~!$&'()*+,;=:@/[\]-]|%[0-9a-fA-F]{2})*$/.test(path)) return path;
  return plain === '*' ? '*' : encodePath(plain);
}

export function encodePath(path: string): string {
  return encodeURI(path).replace(/[!'()*?#]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
