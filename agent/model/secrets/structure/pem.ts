import { decodeBase64, entropy } from '../checks.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import { derElement } from './der.ts';

/** Longest body that is looked at: an RSA key of 16,384 bits with every line quoted and commented. */
const longestBody = 40_000;

/**
 * A private key in textual encoding (RFC 7468, RFC 1421, OpenSSH's PROTOCOL.key, RFC 4880 armor), wherever it stands:
 * indented, commented, quoted line by line, on one line with `\n`, inside JSON. `start` is the offset of `-----BEGIN`.
 */
export function findPrivateKey(scan: Scan, start: number): void {
  const { text } = scan;
  const head = /^-----BEGIN[ ]?([A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?)-----/.exec(text.slice(start, start + 64));
  if (!head) return;
  const label = (head[1] as string).trim();
  const bodyStart = start + head[0].length;
  const dashes = text.indexOf('-----', bodyStart);
  const bodyEnd = Math.min(dashes === -1 ? text.length : dashes, bodyStart + longestBody);
  const foot = /^-----END[A-Z0-9 ]{0,40}-----/.exec(text.slice(bodyEnd, bodyEnd + 64));
  const end = foot ? bodyEnd + foot[0].length : bodyEnd;
  const body = text.slice(bodyStart, bodyEnd);
  const found = readBody(label, body);
  if (!found) {
    scan.rejected.push([start, end]);
    return;
  }
  const google = isServiceAccount(text, start, end);
  const length = end - start;
  const what = google ? 'Google Cloud service account key' : found.what;
  scan.hits.push({
    rule: google ? 'gcp-service-account-key' : 'private-key',
    range: [start, foot ? end : trimmedEnd(text, bodyStart, bodyEnd)],
    message: describe(foot ? `${what}, structure valid` : `${what}, end is missing`, length),
    severity: found.encrypted ? 'medium' : 'critical',
    confidence: found.sure ? 'high' : 'medium',
    identity: found.base64,
    by: 'structure',
  });
}

interface Body {
  what: string;
  base64: string;
  encrypted: boolean;
  /** The decoded bytes have the structure that the label promises. */
  sure: boolean;
}

/** Takes away what surrounds the lines, then looks at the decoded bytes. `undefined` for a placeholder. */
function readBody(label: string, body: string): Body | undefined {
  // Line ends as escapes, as references of XML, percent-encoded, or lost to spaces.
  const lines = body
    .replace(/\\{1,4}[nr]|&#(?:1[03]|x0?[ad]);|%0[ad]| (?=[A-Za-z0-9+/=]{16})/gi, '\n')
    .split(/[\r\n]+/);
  let encrypted = label.startsWith('ENCRYPTED');
  let base64 = '';
  for (const line of lines) {
    const bare = line.replace(/^[\s#/*>;+|"'`,\\%-]+|[\s"'`,\\+.;)\]}]+$/g, '').replace(/["']\s*\+\s*["']/g, '');
    if (/^(?:Proc-Type|DEK-Info|Version|Comment|Hash|Subject|Headers?)[: ]/i.test(bare)) {
      if (/ENCRYPTED/.test(bare)) encrypted = true;
      continue;
    }
    // The checksum line of OpenPGP armor is the only one that begins with an equals sign.
    if (/^=[A-Za-z0-9+/]{4}$/.test(bare)) continue;
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(bare)) {
      const run = /[A-Za-z0-9+/]{40,}={0,2}/.exec(bare);
      if (!run) continue;
      base64 += run[0];
      continue;
    }
    base64 += bare;
  }
  if (base64.length < 40 || entropy(base64) < 3.5) return undefined;
  // Code behind a header that it only compares with.
  if (base64.length < body.replace(/\\n|&#\w{2,4};|%0[AD]|\s/gi, '').length / 2) return undefined;
  const bytes = decodeBase64(base64) ?? decodeBase64(base64.slice(0, base64.length & ~3)) ?? '';
  // The first line of a long key, as documentation shows it: it opens nothing.
  if (bytes.length < 100 && bytes.startsWith('0\x82') && bytes.charCodeAt(2) > 0) return undefined;
  return { ...nameOf(label, bytes, encrypted), base64, sure: encrypted || isKey(label, bytes) };
}

function nameOf(label: string, bytes: string, encrypted: boolean): { what: string; encrypted: boolean } {
  if (label.includes('PGP')) return { what: 'OpenPGP private key', encrypted: false };
  if (bytes.startsWith('openssh-key-v1\0')) {
    // The cipher's name follows the magic, as a string with a length of four bytes.
    const locked = !bytes.slice(15, 40).includes('\0\0\0\x04none');
    return { what: locked ? 'OpenSSH private key with a passphrase' : 'OpenSSH private key', encrypted: locked };
  }
  const kind = label.replace(/ ?PRIVATE KEY.*/, '').replace(/^ENCRYPTED$/, '');
  const name = kind === '' ? 'Private key' : `${kind} private key`;
  return { what: encrypted ? `${name} with a passphrase` : name, encrypted };
}

function isKey(label: string, bytes: string): boolean {
  const first = bytes.charCodeAt(0);
  if (label.includes('PGP')) return (first & 0x80) !== 0;
  if (bytes.startsWith('openssh-key-v1\0') || bytes.startsWith('?o\xf9\xeb')) return true;
  return first === 0x30 && isSequence(bytes);
}

/** A DER SEQUENCE whose length fits what follows (a cut key may be shorter) and whose first element is an INTEGER or a SEQUENCE. */
export function isSequence(bytes: string): boolean {
  const outer = derElement(bytes, 0);
  if (outer === undefined) return false;
  const tag = bytes.charCodeAt(outer.at);
  return (tag === 0x02 || tag === 0x30) && outer.length >= 24 && bytes.length - outer.at <= outer.length + 2;
}

/** The JSON that Google Cloud gives out: the key stands under `private_key`, the account's address is close by. */
function isServiceAccount(text: string, start: number, end: number): boolean {
  if (!/private_key\\{0,4}["']?\s{0,4}[:=]\s{0,4}\\{0,4}["']?$/.test(text.slice(Math.max(0, start - 40), start)))
    return false;
  return /gserviceaccount|service_account|client_email/.test(
    `${text.slice(Math.max(0, start - 600), start)} ${text.slice(end, end + 900)}`,
  );
}

/** Where a key without an end stops: behind its last character that can belong to it. */
function trimmedEnd(text: string, from: number, to: number): number {
  const body = /^(?:[\s#/*>;+|"'`,\\]{0,12}[A-Za-z0-9+/=]{16,})+/.exec(text.slice(from, Math.min(to, from + 8000)));
  return body ? from + body[0].length : from;
}

const ssh2 =
  /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----((?:[^-]|-(?!---)){60,20000})---- END SSH2 ENCRYPTED PRIVATE KEY ----/y;

/**
 * A key in the form of ssh.com, which has four dashes and says ENCRYPTED also where nothing is: its cipher's name follows the
 * magic number, the length and the key's type as a string. RFC 4716 has the same lines for public keys. `start` is their offset.
 */
export function findSsh2(scan: Scan, start: number): void {
  ssh2.lastIndex = start;
  const match = ssh2.exec(scan.text);
  if (!match) return;
  const base64 = (match[1] as string).replace(/^[\w-]+:[^\n]*(?:\\\n[^\n]*)*$/gm, '').replace(/[^A-Za-z0-9+/=]/g, '');
  if (base64.length < 60 || entropy(base64) < 3.5) return;
  const open = decodeBase64(base64)?.slice(0, 90).includes('\0\0\0\x04none') ?? false;
  scan.hits.push({
    rule: 'private-key',
    range: [start, start + match[0].length],
    message: describe(open ? 'SSH2 private key' : 'SSH2 private key with a passphrase', match[0].length),
    severity: open ? 'critical' : 'medium',
    confidence: 'high',
    identity: base64,
    by: 'structure',
  });
}
