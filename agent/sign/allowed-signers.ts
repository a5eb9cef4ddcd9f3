import { parseSshKey } from './ssh-key.ts';
import { strictBase64 } from './wire.ts';

/** One line of an allowed-signers file (ssh-keygen(1), ALLOWED SIGNERS). */
export interface AllowedSigner {
  /** Patterns with `*` and `?`; a leading `!` excludes. */
  principals: string[];
  namespaces?: string[];
  certAuthority: boolean;
  /** Seconds since the epoch. */
  validAfter?: number;
  validBefore?: number;
  keyBlob: Buffer;
  /** The whole line, for ssh-keygen. */
  text: string;
  line: number;
}

export interface AllowedSigners {
  signers: AllowedSigner[];
  /** Lines that could not be read, 1-based: they are ignored by ssh-keygen too, but a person should know. */
  broken: number[];
}

/** Parses the file's text. A line that cannot be read is listed, never guessed at. */
export function parseAllowedSigners(text: string): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const broken: number[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const signer = parseLine(line, index + 1);
    if (signer) signers.push(signer);
    else broken.push(index + 1);
  }
  return { signers, broken };
}

export type SignerMatch =
  /** `until`: the end of the key's validity, in seconds since the epoch, where the list names one. */
  | { status: 'good'; principal: string; until?: number }
  /** The key is listed, but for somebody else. */
  | { status: 'wrong-principal'; principal: string }
  | { status: 'expired'; principal: string }
  | { status: 'unknown' };

/**
 * Finds out whether `keyBlob` may sign for `email` at `seconds` in `namespace`.
 * Git itself accepts any listed principal; a commit by Ann signed with Bob's key is told apart here.
 */
export function matchSigner(
  list: AllowedSigners,
  query: { keyBlob: Buffer; email: string; namespace: string; seconds: number },
): SignerMatch {
  const listed = list.signers.filter(
    (signer) =>
      !signer.certAuthority &&
      signer.keyBlob.equals(query.keyBlob) &&
      (!signer.namespaces || matchesList(signer.namespaces, query.namespace)),
  );
  const timely = listed.filter(
    (signer) =>
      (signer.validAfter ?? 0) <= query.seconds && query.seconds < (signer.validBefore ?? Number.POSITIVE_INFINITY),
  );
  const first = listed[0];
  if (!first) return { status: 'unknown' };
  const name = (signer: AllowedSigner) => signer.principals.join(',');
  const mine = timely.find((signer) => matchesList(signer.principals, query.email));
  const until = mine?.validBefore;
  if (mine) return { status: 'good', principal: name(mine), ...(until === undefined ? {} : { until }) };
  if (timely[0]) return { status: 'wrong-principal', principal: name(timely[0]) };
  return { status: 'expired', principal: name(first) };
}

/** OpenSSH's pattern lists (ssh_config(5), PATTERNS): a negated match wins over all others. */
export function matchesList(patterns: readonly string[], value: string): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    if (!matchesPattern(negated ? pattern.slice(1) : pattern, value)) continue;
    if (negated) return false;
    matched = true;
  }
  return matched;
}

function matchesPattern(pattern: string, value: string): boolean {
  let p = 0;
  let v = 0;
  let star = -1;
  let restart = 0;
  while (v < value.length) {
    if (pattern[p] === '*') {
      star = p++;
      restart = v;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === value[v])) {
      p++;
      v++;
    } else if (star !== -1) {
      p = star + 1;
      v = ++restart;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

function parseLine(line: string, number: number): AllowedSigner | undefined {
  const words = splitWords(line);
  const principals = words[0]
    ?.replace(/^"|"$/g, '')
    .split(',')
    .filter((one) => one !== '');
  if (!principals?.length) return undefined;
  const keyAt = words.findIndex((word, index) => index > 0 && /^(sk-)?(ssh|ecdsa)-[a-z0-9@.-]+$/.test(word));
  const base64 = words[keyAt + 1];
  if (keyAt === -1 || base64 === undefined) return undefined;
  const keyBlob = strictBase64(base64);
  if (!keyBlob) return undefined;
  const signer: AllowedSigner = { principals, certAuthority: false, keyBlob, text: line, line: number };
  for (const word of words.slice(1, keyAt)) {
    for (const option of splitOptions(word)) if (!applyOption(signer, option)) return undefined;
  }
  if (!signer.certAuthority && !parseSshKey(keyBlob) && !/-cert-/.test(words[keyAt] as string)) return undefined;
  return signer;
}

function applyOption(signer: AllowedSigner, option: string): boolean {
  const [rawName = '', rawValue] = splitOnce(option, '=');
  const name = rawName.toLowerCase();
  const value = rawValue?.replace(/^"|"$/g, '');
  if (name === 'cert-authority') signer.certAuthority = true;
  else if (name === 'namespaces' && value) signer.namespaces = value.split(',');
  else if (name === 'valid-after' && value) return setTime(signer, 'validAfter', value);
  else if (name === 'valid-before' && value) return setTime(signer, 'validBefore', value);
  // An option nobody here knows may restrict the key: the line must not count as if it were not there.
  else return false;
  return true;
}

function setTime(signer: AllowedSigner, name: 'validAfter' | 'validBefore', value: string): boolean {
  const match = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z)?$/.exec(value);
  if (!match) return false;
  const [, year, month, day, hour = '0', minute = '0', second = '0', zulu] = match;
  const parts = [year, Number(month) - 1, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  // Without Z the time is local, as ssh-keygen reads it.
  const time = zulu ? Date.UTC(...parts) : new Date(...parts).getTime();
  if (Number.isNaN(time)) return false;
  signer[name] = time / 1000;
  return true;
}

/** Splits at blanks outside double quotes. */
function splitWords(line: string): string[] {
  return line.match(/(?:"[^"]*"|[^\s"])+/g) ?? [];
}

function splitOptions(word: string): string[] {
  return word.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
