import { entropy } from '../checks.ts';
import { withoutPercent } from '../decode.ts';
import { isPlaceholder, isWords, saysSecret } from '../generic/negatives.ts';
import { isFamous } from '../generic/ordinary.ts';
import type { Place } from '../generic/place.ts';
import { isNoWord } from '../generic/rarity.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';

/** Longest part behind `://` that is looked at. */
const reach = 520;

const web = /^(?:https?|ftps?|sftp|git|svn|ssh|wss?|webdavs?|git\+https?|git\+ssh)$/;

const weak =
  /^(?:p(?:ass)?w(?:or)?d?|pass(?:word|wd|phrase|code)?|my-?_?pass(?:word)?|user(?:name|pass)?|admin|root|secret|token|test|guest|changeme|postgres|mysql|mongo(?:db)?|redis|rabbit(?:mq)?|docker|example|default|x-oauth-basic|x-token-auth|git|oauth2?|basic|foo(?:bar)?|bar|hunter2|anon(?:ymous|cvs|svn)?|abc123|123456?|1234|qwerty|credentials?|key|api_?key|(?:secret|access)_?key|key_?\d{1,4}|value|none|null|pw|pwd)$/i;

/**
 * A password in a URL's authority (RFC 3986 §3.2.1). `at` is the offset of `://`. Answers whether the text has the form
 * `user:password@` at all, which is what the official basic-auth and database rules need before they are worth a run.
 */
export function findUrlCredentials(scan: Scan, place: Place, at: number): boolean {
  const { text } = scan;
  const from = at + 3;
  const limit = Math.min(text.length, from + reach);
  let stop = from;
  let lastAt = -1;
  for (; stop < limit; stop++) {
    const code = text.charCodeAt(stop);
    if (code === 64) lastAt = stop;
    else if (code <= 32 || code === 34 || code === 39 || code === 96 || code === 60 || code === 62 || code === 92)
      break;
    // Beyond a slash only an unencoded password could still bring an `@`; the host must then look like one.
    else if (code === 47 && (lastAt !== -1 || stop - from > 255)) break;
  }
  if (lastAt === -1) return false;
  const colon = text.indexOf(':', from);
  const scheme = /[a-z][a-z0-9+.-]{1,24}$/i.exec(text.slice(Math.max(0, at - 26), at))?.[0].toLowerCase();
  const userInfo = text.slice(from, lastAt);
  if (scheme === undefined) return colon !== -1 && colon < lastAt;
  if (userInfo.includes('/') && (colon === -1 || colon > from + userInfo.indexOf('/'))) return true;
  // A host with its port, and an `@` in what is said behind it.
  if (/^[\w.-]{1,80}:\d{1,5}\//.test(userInfo)) return true;
  const host = /^[^\s/:?#"'`<>,;)\]}|]{0,255}/.exec(text.slice(lastAt + 1, lastAt + 260))?.[0] ?? '';
  // Of several hosts, each with its login, the first one counts.
  const several = /^[^@]{1,200}@[\w.:-]{1,200}[,;]/.test(userInfo) ? userInfo.indexOf('@') : -1;
  if (several !== -1) lastAt = from + several;
  const secret = colon !== -1 && colon < lastAt ? text.slice(colon + 1, lastAt) : text.slice(from, lastAt);
  report(scan, place, {
    scheme,
    user: colon < lastAt ? text.slice(from, colon) : '',
    secret,
    host,
    path: text.slice(lastAt + 1 + host.length, lastAt + 1 + host.length + 200),
    end: lastAt,
    pair: colon !== -1 && colon < lastAt,
  });
  return true;
}

interface Found {
  scheme: string;
  user: string;
  secret: string;
  host: string;
  /** What stands behind the host, port first; it may go on after the address has ended. */
  path: string;
  end: number;
  pair: boolean;
}

function report(scan: Scan, place: Place, found: Found): void {
  const { secret, user, host, end } = found;
  const start = end - secret.length;
  // What stands for a password in a translation is a word of its language.
  if (!isCredential(found) || isSentryAddress(found) || (place.texts && !/\d/.test(secret))) {
    scan.rejected.push([start, end]);
    return;
  }
  const local =
    /^(?:localhost|127\.|0\.0\.0\.0|\[?::1|host\.docker\.internal|example\.|.*\.(?:example|test|invalid|localhost)$|.*example\.(?:com|org|net)$)|^[a-z_-]{1,24}$/i.test(
      host,
    );
  const strong = isStrong(withoutPercent(secret));
  const isWeb = web.test(found.scheme);
  // A host of one word is another container, and what stands in the configuration is its password.
  const container =
    /^[a-z_-]{1,24}$/i.test(host) &&
    !place.test &&
    found.pair &&
    (place.config ? host !== 'localhost' && (/\d/.test(secret) || isNoWord(secret)) : isChosen(found));
  // On one's own machine a password is one when it is more than a word that an example would have.
  const own =
    !place.test &&
    /^(?:localhost|127\.0\.0\.1)$/i.test(host) &&
    found.pair &&
    !isWeb &&
    /^(?=.*\d{2})(?=.*[a-z]{3})/i.test(secret);
  if (local && !strong && !container && !own) {
    scan.rejected.push([start, end]);
    return;
  }
  const what = isWeb
    ? found.pair && user !== ''
      ? 'Password in a URL'
      : 'Token in a URL'
    : `Password in a ${found.scheme.replace(/^jdbc:/, '')} connection string`;
  scan.hits.push({
    rule: isWeb ? 'basic-auth-url' : 'connection-string',
    range: [start, end],
    message: describe(what, secret.length),
    severity: local || (place.test && !strong) ? 'medium' : 'high',
    confidence: strong && !local ? 'high' : place.test || ((container || own) && !strong) ? 'low' : 'medium',
    identity: secret,
    by: 'url',
  });
}

/**
 * A Sentry DSN, `https://<32 hex digits>@host/<project number>`, also of one's own server: it can only send events, and
 * stands in every page and app that does. With a second part, `key:secret@`, it is the old form and a secret.
 * https://docs.sentry.io/concepts/key-terms/dsn-explainer/
 */
function isSentryAddress({ pair, secret, path }: Found): boolean {
  return (
    !pair &&
    /^[0-9a-f]{32}$/.test(secret) &&
    /^(?::\d{1,5})?(?:\/[\w.-]{1,60}){0,3}\/\d{1,20}(?![\w/.-]*[\w/])/.test(path)
  );
}

function isCredential({ secret, user, pair, scheme, host }: Found): boolean {
  const plain = withoutPercent(secret);
  if (
    plain.length < 4 ||
    weak.test(plain.slice(plain.lastIndexOf(':') + 1)) ||
    isPlaceholder(secret) ||
    isPlaceholder(plain) ||
    saysSecret(plain) ||
    !/[A-Za-z0-9]/.test(plain) ||
    isPlaceholder(user)
  )
    return false;
  // Oracle's demonstration account, which every database's documentation repeats.
  if (user === 'scott' && plain.startsWith('tiger')) return false;
  if (secret === user || /[\s"'`<>{}$|]/.test(secret) || host === '' || isPlaceholder(host)) return false;
  // `git@host`, `user@host`: a name without a password is an address.
  if (!pair)
    return web.test(scheme) && secret.length >= 20 && /\d/.test(secret) && !/[.%]/.test(secret) && isStrong(secret);
  // A port and a path before an `@` further on.
  if (/^\d{0,5}\//.test(secret) || (secret.includes('/') && web.test(scheme))) return false;
  // `http://host:8080@…` and `scheme://a:b@c` in prose about URLs.
  if (/^\d{1,5}$/.test(secret) || secret.length === 1) return false;
  return (
    !/^(?:user|usr|username|u|foo|me|name|login|someone|auth)$/i.test(user) || !isWords(secret) || /\d{2}/.test(secret)
  );
}

/** In code too a letter's password with a number is one, where user and host are not those of an explanation. */
function isChosen({ secret, user, host, scheme }: Found): boolean {
  return (
    !web.test(scheme) &&
    /^[a-z]{4,}\d+$|[a-z]{3}.*\d{2}/i.test(secret) &&
    !isFamous(secret) &&
    !/^(?:host(?:name)?|server|localhost|domain|example|address|ip|url|endpoint)$/i.test(host) &&
    !/^(?:user(?:name)?|usr|u|me|my[\w-]*|foo|test\w*)$/i.test(user)
  );
}

function isStrong(secret: string): boolean {
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(secret)).length;
  return secret.length >= 10 && classes >= 2 && entropy(secret) > 2.8 && !isWords(secret);
}
