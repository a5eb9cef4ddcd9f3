import { decodeBase64 } from '../checks.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import { keyOfDer } from './keystore.ts';

/**
 * What the first bytes of a private key or of a key store look like as base64 and as hexadecimal digits, and how many characters
 * of it stand in front: the first four bytes hold the length and differ. PKCS#8 (RFC 5958) of RSA, of the curves, of Ed25519 and
 * X25519; PKCS#1 (RFC 8017); SEC 1 (RFC 5915); PKCS#12 (RFC 7292); Java's key store.
 */
export const firstBytes: Readonly<Record<string, readonly [text: string, before: number]>> = {
  adanbgkqhkig9w0baqefaas: ['ADANBgkqhkiG9w0BAQEFAAS', 8],
  ageambmgbyqgsm49: ['AgEAMBMGByqGSM49', 4],
  ageambagbyqgsm49: ['AgEAMBAGByqGSM49', 4],
  mc4caqawbqydk2v: ['MC4CAQAwBQYDK2V', 0],
  mhccaqeei: ['MHcCAQEEI', 0],
  mhqcaqeei: ['MHQCAQEEI', 0],
  migkagebbd: ['MIGkAgEBBD', 0],
  mihcagebbei: ['MIHcAgEBBEI', 0],
  ibaakcaqea: ['IBAAKCAQEA', 6],
  ibaakcagea: ['IBAAKCAgEA', 6],
  ibaakbgq: ['IBAAKBgQ', 6],
  csqgsib3dqehaac: ['CSqGSIb3DQEHAaC', 16],
  '/u3+7qaaaai': ['/u3+7QAAAAI', 0],
  '020100300d06092a864886f70d010101': ['', 8],
  '020100301306072a8648ce3d': ['', 6],
  '020100301006072a8648ce3d': ['', 6],
  '302e020100300506032b65': ['', 0],
  '307702010104': ['', 0],
  '307402010104': ['', 0],
  '3081a40201010430': ['', 0],
  '3081dc0201010442': ['', 0],
  '020100028181': ['', 8],
  '02010002820101': ['', 8],
  '02010002820201': ['', 8],
};

/** Base64 that may be broken into lines, also by escapes; hexadecimal digits. */
const base64 = /(?:[A-Za-z0-9+/]{4,24000}(?:(?:\\[rn]|[\r\n]){1,4}[ \t"'+]{0,12})?){1,400}={0,2}/y;
const hex = /[0-9a-fA-F]{64,24000}/y;
const longest = 24_000;

/** A private key or a key store in DER, encoded but without the lines of PEM around it. `start` is where the keyword stands. */
export function findBareKey(scan: Scan, keyword: string, start: number): void {
  const { text } = scan;
  const [sure, before] = firstBytes[keyword] as readonly [string, number];
  // The pass over the text reads letters in either case; base64 does not.
  if (!text.startsWith(sure, start)) return;
  const from = start - before;
  if (from < 0 || from < (scan.seen.get('der') ?? 0)) return;
  const previous = text.slice(Math.max(0, from - 2), from);
  if (/[A-Za-z0-9+/]$/.test(previous) && !/^(?:0x|\\[nrt])$/.test(previous)) return;
  // The lines of PEM say more, and are read by their own finder.
  if (text.slice(Math.max(0, from - 24), from).includes('-----')) return;
  const form = sure === '' ? hex : base64;
  form.lastIndex = from;
  const run = form.exec(text)?.[0];
  if (run === undefined || run.length > longest) return;
  const end = from + run.trimEnd().length;
  scan.seen.set('der', end);
  const bytes =
    sure === '' ? Buffer.from(run, 'hex').toString('latin1') : decodeBase64(run.replace(/\\[rn]|[^A-Za-z0-9+/=]/g, ''));
  const found = bytes === undefined ? undefined : keyOfDer(bytes);
  if (found === undefined) return;
  scan.hits.push({
    rule: found.plain ? 'private-key' : 'key-store',
    range: [from, end],
    message: describe(`${found.what}, encoded`, end - from),
    severity: found.plain ? 'critical' : 'high',
    confidence: 'high',
    identity: bytes as string,
    by: 'structure',
  });
}
