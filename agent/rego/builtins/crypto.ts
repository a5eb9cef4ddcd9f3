/** Hashes, HMACs, certificates and keys. `node:crypto` computes; nothing is read from anywhere. */
import {
  createHash,
  createHmac,
  createPrivateKey,
  type KeyObject,
  timingSafeEqual,
  X509Certificate,
} from 'node:crypto';
import { type ChainOptions, verifyChain } from '../crypto/chain.ts';
import { DerError, expectSequence } from '../crypto/der.ts';
import { pemBlocks } from '../crypto/pem.ts';
import { certificateOf, requestOf } from '../crypto/x509.ts';
import { fromJs } from '../values/json.ts';
import { isIntegerText, type RegoNumber, toBigInt } from '../values/number.ts';
import { isNumber, type RegoObject, RegoSet, type Value } from '../values/value.ts';
import { decodeBase64 } from './encoding.ts';
import { type Builtin, type BuiltinContext, BuiltinFailure, type BuiltinTable, objectArg, stringArg } from './types.ts';

function hash(name: string): Builtin {
  return {
    args: ['string'],
    result: 'string',
    run: (args) => createHash(name).update(stringArg(args, 0), 'utf8').digest('hex'),
  };
}

function hmac(name: string): Builtin {
  return {
    args: ['string', 'string'],
    result: 'string',
    run: (args) => {
      const message = stringArg(args, 0);
      return createHmac(name, stringArg(args, 1)).update(message, 'utf8').digest('hex');
    },
  };
}

function hmacEqual(args: readonly Value[]): Value {
  const a = Buffer.from(stringArg(args, 0));
  const b = Buffer.from(stringArg(args, 1));
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Certificates in PEM, in base64 of PEM, or in base64 of DER one after another. */
function certificatesIn(text: string): Buffer[] {
  const plain = text.startsWith('-----BEGIN') ? text : undefined;
  const bytes = plain === undefined ? decodeBase64(text, 'standard', true) : undefined;
  const pem = plain ?? (bytes?.includes('-----BEGIN') ? bytes.toString('utf8') : undefined);
  if (pem === undefined) return splitDer(bytes as Buffer);
  const blocks = pemBlocks(pem).filter((b) => b.type !== 'CERTIFICATE' || b.bytes.length > 0);
  const other = blocks.find((b) => b.type !== 'CERTIFICATE');
  if (other !== undefined) throw new DerError(`PEM block type is '${other.type}', expected CERTIFICATE`);
  return blocks.map((b) => b.bytes);
}

function splitDer(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    if (bytes[at] !== 0x30) throw new DerError('x509: malformed certificate');
    const size = derSize(bytes, at);
    found.push(bytes.subarray(at, at + size));
    at += size;
  }
  return found;
}

function derSize(bytes: Buffer, at: number): number {
  const first = bytes[at + 1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  if (count < 1 || count > 4 || at + 2 + count > bytes.length) throw new DerError('x509: malformed certificate');
  return 2 + count + bytes.readUIntBE(at + 2, count);
}

function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (e instanceof DerError) throw new BuiltinFailure(e.message);
    throw e;
  }
}

function parseCertificates(args: readonly Value[]): Value {
  const text = stringArg(args, 0);
  return guarded(() => fromJs(certificatesIn(text).map(certificateOf)));
}

/** `[true, chain from leaf to root]`, or `[false, []]`. The instant is the caller's, or `CurrentTime` of the options. */
function verifyCertificates(args: readonly Value[], context: BuiltinContext, options: RegoObject | undefined): Value {
  const text = stringArg(args, 0);
  const given = options?.get('CurrentTime');
  const now = given !== undefined && isNumber(given) ? wholeOption('CurrentTime', given) : context.run.nowNs;
  if (now === undefined) throw new BuiltinFailure('the caller gave no time');
  try {
    const certificates = certificatesIn(text);
    const chain = verifyChain(certificates, Number(now / 1_000_000n), verifyOptions(options));
    return chain === undefined
      ? [false, []]
      : [true, fromJs(chain.map(options === undefined ? certificateOf : plainCertificate))];
  } catch (e) {
    if (e instanceof OptionFailure) throw new BuiltinFailure(e.message);
    if (e instanceof BuiltinFailure && e.message.includes('should be a valid')) throw e;
    if (e instanceof DerError || e instanceof BuiltinFailure || isOpenSslError(e)) return [false, []];
    throw e;
  }
}

/** With options, and in a pair of keys, OPA does not add the URIs as text. */
function plainCertificate(der: Buffer): Record<string, unknown> {
  const { URIStrings: _, ...rest } = certificateOf(der);
  return rest;
}

function wholeOption(name: string, n: RegoNumber): bigint {
  const whole = isIntegerText(n) ? toBigInt(n) : undefined;
  if (whole !== undefined) return whole;
  throw new BuiltinFailure(`'${name}' should be a valid ${name === 'CurrentTime' ? 'int64 number' : 'number'}`);
}

class OptionFailure extends Error {}

/** What OPA calls the uses of a key, and their object identifiers (RFC 5280, section 4.2.1.12, and vendors' own). */
const USAGES: Record<string, string> = {
  KeyUsageAny: '2.5.29.37.0',
  KeyUsageServerAuth: '1.3.6.1.5.5.7.3.1',
  KeyUsageClientAuth: '1.3.6.1.5.5.7.3.2',
  KeyUsageCodeSigning: '1.3.6.1.5.5.7.3.3',
  KeyUsageEmailProtection: '1.3.6.1.5.5.7.3.4',
  KeyUsageIPSECEndSystem: '1.3.6.1.5.5.7.3.5',
  KeyUsageIPSECTunnel: '1.3.6.1.5.5.7.3.6',
  KeyUsageIPSECUser: '1.3.6.1.5.5.7.3.7',
  KeyUsageTimeStamping: '1.3.6.1.5.5.7.3.8',
  KeyUsageOCSPSigning: '1.3.6.1.5.5.7.3.9',
  KeyUsageMicrosoftServerGatedCrypto: '1.3.6.1.4.1.311.10.3.3',
  KeyUsageNetscapeServerGatedCrypto: '2.16.840.1.113730.4.1',
  KeyUsageMicrosoftCommercialCodeSigning: '1.3.6.1.4.1.311.2.1.22',
  KeyUsageMicrosoftKernelCodeSigning: '1.3.6.1.4.1.311.61.1.1',
};

/** What each option of a verification sets; throws `OptionFailure` for a value it cannot have. */
const OPTIONS: Record<string, (value: Value, chosen: ChainOptions) => void> = {
  DNSName(value, chosen) {
    if (typeof value !== 'string') throw new OptionFailure("'DNSName' should be a string");
    chosen.dnsName = value;
  },
  CurrentTime(value) {
    if (!isNumber(value)) throw new OptionFailure("'CurrentTime' should be a number");
  },
  MaxConstraintComparisons(value, chosen) {
    if (!isNumber(value)) throw new OptionFailure("'MaxConstraintComparisons' should be a number");
    chosen.comparisons = Number(wholeOption('MaxConstraintComparisons', value));
  },
  KeyUsages(value, chosen) {
    if (!Array.isArray(value) && !(value instanceof RegoSet))
      throw new OptionFailure("'KeyUsages' should be an Array or Set");
    const names = (Array.isArray(value) ? value : value.items()).filter((name) => typeof name === 'string');
    const unknown = names.filter((name) => USAGES[name] === undefined);
    if (unknown.length > 0) throw new OptionFailure(`invalid entries for 'KeyUsages' found: [${unknown.join(' ')}]`);
    if (names.length > 0) chosen.usages = names.map((name) => USAGES[name] as string);
  },
};

function verifyOptions(options: RegoObject | undefined): ChainOptions {
  // Go takes a certificate to be a server's where nothing else is asked.
  const chosen: ChainOptions = { dnsName: undefined, comparisons: 0, usages: [USAGES['KeyUsageServerAuth'] as string] };
  for (const [key, value] of options?.entries() ?? []) {
    if (typeof key !== 'string') continue;
    if (!Object.hasOwn(OPTIONS, key)) throw new OptionFailure('invalid key option');
    OPTIONS[key]?.(value, chosen);
  }
  return chosen;
}

function isOpenSslError(e: unknown): boolean {
  return e instanceof Error && 'code' in e && String(e.code).startsWith('ERR_');
}

function parseRequest(args: readonly Value[]): Value {
  const text = stringArg(args, 0);
  const given = pemBlocks(text)[0];
  if (given?.type === 'CERTIFICATE REQUEST') return guarded(() => fromJs(requestOf(given.bytes)));
  const bytes = decodeBase64(text, 'standard', true);
  const [block] = pemBlocks(bytes.toString('utf8'));
  if (block !== undefined && block.type !== 'CERTIFICATE REQUEST')
    throw new BuiltinFailure('invalid PEM-encoded certificate signing request');
  return guarded(() => fromJs(requestOf(block?.bytes ?? bytes)));
}

function privateKeysIn(text: string): KeyObject[] {
  return privateKeyReader(text)();
}

function privateKeyReader(text: string): () => KeyObject[] {
  const pem = text.startsWith('-----BEGIN') ? text : decodeBase64(text, 'standard', true).toString('utf8');
  return () =>
    pemBlocks(pem)
      .filter((b) => KEY_STRUCTS[b.type] !== undefined)
      .map((b) => privateKey(b.type, b.bytes));
}

/** Kinds of private keys that are read, and what Go calls the structs in them. */
const KEY_STRUCTS: Record<string, string> = {
  'RSA PRIVATE KEY': 'pkcs1PrivateKey',
  'PRIVATE KEY': 'pkcs8',
  'EC PRIVATE KEY': 'ecPrivateKey',
};

function privateKey(type: string, key: Buffer): KeyObject {
  const prefix = type.startsWith('EC') ? 'x509: failed to parse EC private key: ' : '';
  try {
    const outer = expectSequence(key, KEY_STRUCTS[type] as string);
    if (outer.content.length === 0) throw new DerError('asn1: syntax error: sequence truncated');
    const kind = type.startsWith('RSA') ? 'pkcs1' : type.startsWith('EC') ? 'sec1' : 'pkcs8';
    return createPrivateKey({ key, format: 'der', type: kind });
  } catch (e) {
    throw new BuiltinFailure(e instanceof DerError ? `${prefix}${e.message}` : 'failed to parse private key');
  }
}

/** A private key in the JSON shape of Go's structs. */
function goKey(key: KeyObject): unknown {
  const jwk = key.export({ format: 'jwk' }) as Record<string, string>;
  if (jwk.kty === 'OKP') {
    const bytes = [jwk.d ?? '', jwk.x ?? ''].map((part) => Buffer.from(part, 'base64url'));
    return Buffer.concat(bytes).toString('base64');
  }
  const n = (name: string): bigint => BigInt(`0x${Buffer.from(jwk[name] ?? '', 'base64url').toString('hex') || '0'}`);
  if (jwk.kty === 'RSA') {
    const computed = { Dp: n('dp'), Dq: n('dq'), Qinv: n('qi'), CRTValues: [] };
    return { N: n('n'), E: n('e'), D: n('d'), Primes: [n('p'), n('q')], Precomputed: computed };
  }
  return { Curve: {}, X: n('x'), Y: n('y'), D: n('d') };
}

function parsePrivateKeys(args: readonly Value[]): Value {
  const text = stringArg(args, 0);
  if (text === '') return null;
  try {
    return fromJs(privateKeysIn(text).map(goKey));
  } catch (e) {
    if (e instanceof BuiltinFailure && e.message.includes('base64')) return [];
    throw e;
  }
}

function parseRsaKey(args: readonly Value[]): Value {
  const text = stringArg(args, 0);
  if (text === '') throw new BuiltinFailure('input PEM data was empty');
  const [key] = privateKeysIn(text);
  if (key === undefined) return null;
  return fromJs(key.export({ format: 'jwk' }));
}

const SWITCHED =
  'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched';

function firstKey(read: () => KeyObject[]): KeyObject | undefined {
  try {
    return read()[0];
  } catch (e) {
    if (e instanceof BuiltinFailure) return undefined;
    throw e;
  }
}

function parseKeypair(args: readonly Value[]): Value {
  // OPA counts the operands of both from one, and decodes the key first.
  const [text, keyText] = [stringArg(args, 0), stringArg(args.slice(1), 0)];
  if (!text.includes('-----BEGIN')) decodeBase64(text, 'standard', true);
  const readKeys = privateKeyReader(keyText);
  if (pemBlocks(text)[0]?.type.endsWith('PRIVATE KEY')) throw new BuiltinFailure(SWITCHED);
  if (pemBlocks(keyText)[0]?.type === 'CERTIFICATE')
    throw new BuiltinFailure('tls: found a certificate rather than a key in the PEM for the private key');
  const certificates = guarded(() => certificatesIn(text));
  const [leaf] = certificates;
  if (leaf === undefined) throw new BuiltinFailure('x509: malformed certificate');
  const shown = guarded(() => plainCertificate(leaf));
  const key = firstKey(readKeys);
  if (key === undefined) throw new BuiltinFailure('tls: failed to parse private key');
  const certified = new X509Certificate(leaf);
  if (certified.publicKey.asymmetricKeyType !== key.asymmetricKeyType)
    throw new BuiltinFailure('tls: private key type does not match public key type');
  if (!certified.checkPrivateKey(key)) throw new BuiltinFailure('tls: private key does not match public key');
  return fromJs({
    Certificate: certificates.map((c) => c.toString('base64')),
    PrivateKey: goKey(key),
    SupportedSignatureAlgorithms: null,
    OCSPStaple: null,
    SignedCertificateTimestamps: null,
    Leaf: shown,
  });
}

const CERTIFICATES = '[boolean,array<object<string,any>>]';

export const crypto: BuiltinTable = {
  'crypto.md5': hash('md5'),
  'crypto.sha1': hash('sha1'),
  'crypto.sha256': hash('sha256'),
  'crypto.hmac.md5': hmac('md5'),
  'crypto.hmac.sha1': hmac('sha1'),
  'crypto.hmac.sha256': hmac('sha256'),
  'crypto.hmac.sha512': hmac('sha512'),
  'crypto.hmac.equal': { args: ['string', 'string'], result: 'boolean', run: hmacEqual },
  'crypto.x509.parse_certificates': { args: ['string'], result: 'array<object<string,any>>', run: parseCertificates },
  'crypto.x509.parse_and_verify_certificates': {
    args: ['string'],
    result: CERTIFICATES,
    run: (args, context) => verifyCertificates(args, context, undefined),
  },
  'crypto.x509.parse_and_verify_certificates_with_options': {
    args: ['string', 'object<string,any>'],
    result: CERTIFICATES,
    run: (args, context) => verifyCertificates(args, context, objectArg(args, 1)),
  },
  'crypto.x509.parse_certificate_request': { args: ['string'], result: 'object<string,any>', run: parseRequest },
  'crypto.x509.parse_keypair': { args: ['string', 'string'], result: 'object<string,any>', run: parseKeypair },
  'crypto.x509.parse_rsa_private_key': { args: ['string'], result: 'object<string,any>', run: parseRsaKey },
  'crypto.parse_private_keys': { args: ['string'], result: 'array<object<string,any>>', run: parsePrivateKeys },
};
