import type { Document } from '../../types.ts';
import type { SecretHit } from '../types.ts';
import { derElement } from './der.ts';
import { isSequence } from './pem.ts';

/** First bytes of the stores that hold keys or passwords, and what they are. */
const magics: readonly (readonly [magic: string, what: string])[] = [
  ['\xfe\xed\xfe\xed', 'Java key store'],
  ['\xce\xce\xce\xce', 'Java cryptography extension key store'],
  ['\x03\xd9\xa2\x9a', 'KeePass database'],
];

/** Names that such files have; they count only where the bytes are no text and no form that is known here. */
const names = /(?:^|\/)id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?$|\.(?:p12|pfx|jks|jceks|keystore|bcfks|kdbx|kdb|ppk)$/i;

const rsaAlgorithm = '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01';
const ecAlgorithm = '\x06\x07\x2a\x86\x48\xce\x3d\x02\x01';

/**
 * A file that is a key or a store of keys by its own bytes, whatever its name: JKS, JCEKS, KeePass, PKCS#12
 * (RFC 7292: SEQUENCE, version 3, a ContentInfo), PKCS#8 and PKCS#1 in DER. Bytes of another form count by the name.
 */
export function findKeyStore(document: Document): SecretHit | undefined {
  if (document.encoding !== 'binary') return undefined;
  const head = document.text.slice(0, 64);
  const what = magics.find(([magic]) => head.startsWith(magic))?.[1] ?? derKind(head);
  if (what === undefined) return names.test(document.path) ? byName(document) : undefined;
  if (what === magics[0]?.[1] && holdsOnlyCertificates(document.text)) return undefined;
  const plain = what.startsWith('Private key');
  return {
    rule: plain ? 'private-key' : 'key-store',
    range: [0, 0],
    message: plain
      ? `${what} (${document.size} bytes): anyone who reads this can use it`
      : `${what} (${document.size} bytes): its passphrase is all that protects the keys`,
    severity: plain ? 'critical' : 'high',
    confidence: 'high',
    identity: document.text,
    by: 'structure',
  };
}

function byName(document: Document): SecretHit {
  return {
    rule: 'key-store',
    range: [0, 0],
    message: `Key file by its name (${document.size} bytes): its passphrase, if it has one, is all that protects the keys`,
    severity: 'high',
    confidence: 'medium',
    identity: document.text,
    by: 'structure',
  };
}

/**
 * A Java key store whose entries are all trusted certificates (tag 2), as in every Java installation. Entries: tag, alias,
 * date, then type and certificate (https://docs.oracle.com/en/java/javase/21/docs/specs/security/standard-names.html).
 */
function holdsOnlyCertificates(text: string): boolean {
  const number = (at: number, size: number): number => {
    let value = 0;
    for (let step = 0; step < size; step++) value = value * 256 + text.charCodeAt(at + step);
    return value;
  };
  const count = number(8, 4);
  let at = 12;
  for (let entry = 0; entry < count; entry++) {
    if (number(at, 4) !== 2) return false;
    at += 4;
    at += 2 + number(at, 2) + 8;
    at += 2 + number(at, 2);
    at += 4 + number(at, 4);
    if (!(at <= text.length)) return false;
  }
  return count > 0;
}

/** What decoded bytes are: a private key, or a store whose keys a passphrase protects. Cut ones are not told. */
export function keyOfDer(bytes: string): { what: string; plain: boolean } | undefined {
  const store = magics[0]?.[0] as string;
  if (bytes.startsWith(store)) {
    return bytes.length < 60 || holdsOnlyCertificates(bytes) ? undefined : { what: 'Java key store', plain: false };
  }
  const what = derKind(bytes.slice(0, 64));
  if (what === undefined || !isWhole(bytes)) return undefined;
  return { what, plain: what.startsWith('Private key') };
}

/** The length that a SEQUENCE tells is there, and next to nothing else. */
function isWhole(bytes: string): boolean {
  const outer = derElement(bytes, 0);
  const end = outer === undefined ? Number.POSITIVE_INFINITY : outer.at + outer.length;
  return bytes.length >= end && bytes.length <= end + 6;
}

function derKind(head: string): string | undefined {
  const form = /^0(?:[\x00-\x7f]|\x81[\s\S]|\x82[\s\S]{2}|\x83[\s\S]{3})\x02\x01([\x00-\x03])([\s\S]{0,48})/.exec(head);
  if (!form) return undefined;
  const [, version, rest] = form as unknown as [string, string, string];
  if (version === '\x03' && /^0[\s\S]{1,4}\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07[\x01\x02]/.test(rest))
    return 'PKCS#12 key store';
  if (version === '\x00' && rest.startsWith('0') && (rest.includes(rsaAlgorithm) || rest.includes(ecAlgorithm))) {
    return 'Private key (PKCS#8)';
  }
  if (version === '\x00' && /^0\x05\x06\x03\x2b\x65[\x6e-\x71]\x04/.test(rest)) return 'Private key (PKCS#8)';
  // RFC 5915: the private key as octets, then the curve, which is optional.
  if (version === '\x01' && /^\x04[\x14-\x42]/.test(rest) && isSequence(head)) return 'Private key (SEC 1)';
  const isRsa = version === '\x00' && /^\x02[\x81\x82]/.test(rest) && isSequence(head);
  return isRsa ? 'Private key (PKCS#1)' : undefined;
}
