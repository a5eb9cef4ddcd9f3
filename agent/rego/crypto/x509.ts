/** Certificates and requests in the JSON shape of Go's `crypto/x509`, which OPA's policies are written against. */
import type { Buffer } from 'node:buffer';
import { type Constraints, constraintsOf, type Subject } from './constraints.ts';
import {
  bitsOf,
  childrenOf,
  type Der,
  DerError,
  expectSequence,
  expectTag,
  integerOf,
  oidOf,
  readDer,
  timeOf,
} from './der.ts';
import { extensionFields, extensionsOf } from './extensions.ts';
import { nameOf } from './names.ts';

const SEQUENCE = 0x30;

/** Go's numbers of signature algorithms; those of PSS are told apart by their hash. */
const SIGNATURES: Record<string, number> = {
  '1.2.840.113549.1.1.2': 1,
  '1.2.840.113549.1.1.4': 2,
  '1.2.840.113549.1.1.5': 3,
  '1.2.840.113549.1.1.11': 4,
  '1.2.840.113549.1.1.12': 5,
  '1.2.840.113549.1.1.13': 6,
  '1.2.840.10040.4.3': 7,
  '2.16.840.1.101.3.4.3.2': 8,
  '1.2.840.10045.4.1': 9,
  '1.2.840.10045.4.3.2': 10,
  '1.2.840.10045.4.3.3': 11,
  '1.2.840.10045.4.3.4': 12,
  '1.3.101.112': 16,
};
const PSS_HASHES: Record<string, number> = {
  '2.16.840.1.101.3.4.2.1': 13,
  '2.16.840.1.101.3.4.2.2': 14,
  '2.16.840.1.101.3.4.2.3': 15,
};
const KEYS: Record<string, number> = {
  '1.2.840.113549.1.1.1': 1,
  '1.2.840.10040.4.1': 2,
  '1.2.840.10045.2.1': 3,
  '1.3.101.112': 4,
};

/** A certificate as plain data; integers are `bigint`. Throws `DerError`. */
export function certificateOf(bytes: Buffer): Record<string, unknown> {
  if (bytes[0] !== SEQUENCE) throw new DerError('x509: malformed certificate');
  const outer = wholeCertificate(bytes);
  const [tbs, algorithm, signature] = childrenOf(outer) as [Der, Der, Der];
  if (tbs?.tag !== SEQUENCE) throw new DerError('x509: malformed tbs certificate');
  if (signature === undefined) throw new DerError('x509: malformed certificate');
  const fields = childrenOf(expectTag(tbs, SEQUENCE));
  const version = fields[0]?.tag === 0xa0 ? Number(integerOf(childrenOf(fields.shift() as Der)[0] as Der)) + 1 : 1;
  const [serial, , issuer, validity, subject, key, ...optional] = fields as [Der, Der, Der, Der, Der, Der, ...Der[]];
  if (key === undefined) throw new DerError('x509: malformed tbs certificate');
  const [from, to] = childrenOf(validity) as [Der, Der];
  const extensions = optional.find((o) => o.tag === 0xa3);
  return {
    ...EMPTY_CERTIFICATE,
    Raw: outer.raw.toString('base64'),
    RawTBSCertificate: tbs.raw.toString('base64'),
    RawSubjectPublicKeyInfo: key.raw.toString('base64'),
    RawSubject: subject.raw.toString('base64'),
    RawIssuer: issuer.raw.toString('base64'),
    Signature: bitsOf(signature).toString('base64'),
    SignatureAlgorithm: signatureAlgorithm(algorithm),
    ...publicKeyFields(key),
    Version: version,
    SerialNumber: integerOf(serial),
    Issuer: nameOf(issuer),
    Subject: nameOf(subject),
    NotBefore: timeOf(from),
    NotAfter: timeOf(to),
    ...extensionParts(extensions === undefined ? undefined : childrenOf(extensions)[0]),
  };
}

function wholeCertificate(bytes: Buffer): Der {
  try {
    return readDer(bytes);
  } catch {
    throw new DerError('x509: malformed certificate');
  }
}

function extensionParts(d: Der | undefined): Record<string, unknown> {
  if (d === undefined) return {};
  const list = extensionsOf(d);
  const shown = list.map((e) => ({ Id: e.id, Critical: e.critical, Value: e.value.toString('base64') }));
  return Object.assign({ Extensions: shown }, ...list.map(extensionFields)) as Record<string, unknown>;
}

/** The content of an extension of a certificate. */
function extensionOf(bytes: Buffer, id: string): Der | undefined {
  const fields = childrenOf(childrenOf(readDer(bytes))[0] as Der);
  const list = fields.find((o) => o.tag === 0xa3);
  const found = list === undefined ? [] : extensionsOf(childrenOf(list)[0] as Der);
  const extension = found.find((e) => e.id.join('.') === id);
  return extension === undefined ? undefined : readDer(extension.value);
}

/** The name constraints of a CA. Throws `DerError`. */
export function nameConstraintsOf(bytes: Buffer): Constraints | undefined {
  const body = extensionOf(bytes, '2.5.29.30');
  return body === undefined ? undefined : constraintsOf(body);
}

/** The alternative names of a certificate. Throws `DerError`. */
export function subjectOf(bytes: Buffer): Subject {
  const body = extensionOf(bytes, '2.5.29.17');
  const names = body === undefined ? [] : childrenOf(body);
  const texts = (tag: number): string[] => names.filter((n) => n.tag === tag).map((n) => n.content.toString('latin1'));
  const addresses = names.filter((n) => n.tag === 0x87).map((n) => n.content);
  return { dns: texts(0x82), emails: texts(0x81), uris: texts(0x86), addresses };
}

/** A certificate request as plain data. Throws `DerError`. */
export function requestOf(bytes: Buffer): Record<string, unknown> {
  const outer = expectSequence(bytes, 'certificateRequest');
  if (outer.rest.length > 0) throw new DerError('asn1: syntax error: trailing data');
  const within = expectSequence(outer.content, 'tbsCertificateRequest');
  if (within.content.length === 0) throw new DerError('asn1: syntax error: sequence truncated');
  const [info, algorithm, signature] = childrenOf(outer) as [Der, Der, Der];
  if (signature === undefined) throw new DerError('asn1: syntax error: sequence truncated');
  const [version, subject, key, attributes] = childrenOf(expectTag(info, SEQUENCE)) as [Der, Der, Der, Der | undefined];
  const requested = attributes === undefined ? undefined : extensionRequest(attributes);
  const parts = extensionParts(requested);
  return {
    Raw: outer.raw.toString('base64'),
    RawTBSCertificateRequest: info.raw.toString('base64'),
    RawSubjectPublicKeyInfo: key.raw.toString('base64'),
    RawSubject: subject.raw.toString('base64'),
    Version: Number(integerOf(version)),
    Signature: bitsOf(signature).toString('base64'),
    SignatureAlgorithm: signatureAlgorithm(algorithm),
    ...publicKeyFields(key),
    Subject: nameOf(subject),
    Attributes: attributes === undefined ? null : attributesOf(attributes),
    Extensions: parts.Extensions ?? null,
    ExtraExtensions: null,
    DNSNames: parts.DNSNames ?? null,
    EmailAddresses: parts.EmailAddresses ?? null,
    IPAddresses: parts.IPAddresses ?? null,
    URIs: parts.URIs ?? null,
  };
}

function extensionRequest(attributes: Der): Der | undefined {
  for (const a of childrenOf(attributes)) {
    const [type, values] = childrenOf(a) as [Der, Der];
    if (oidOf(type).join('.') === '1.2.840.113549.1.9.14') return childrenOf(values)[0];
  }
  return undefined;
}

/** The attributes of a request that are lists of pairs, which is what Go's old type for them can hold. */
function attributesOf(attributes: Der): unknown {
  const list = childrenOf(attributes).flatMap((a) => {
    const [type, values] = childrenOf(a) as [Der, Der];
    const pairs = childrenOf(values).map((value) =>
      childrenOf(value).map((pair) => {
        const parts = childrenOf(pair);
        return { Type: oidOf(parts[0] as Der), Value: (parts.at(-1) as Der).content.toString('base64') };
      }),
    );
    return childrenOf(values).every((value) => value.tag === SEQUENCE) ? [{ Type: oidOf(type), Value: pairs }] : [];
  });
  return list.length === 0 ? null : list;
}

function signatureAlgorithm(d: Der): number {
  const [id, parameters] = childrenOf(d) as [Der, Der | undefined];
  const oid = oidOf(id).join('.');
  if (oid !== '1.2.840.113549.1.1.10' || parameters === undefined) return SIGNATURES[oid] ?? 0;
  const hash = childrenOf(parameters).find((p) => p.tag === 0xa0);
  if (hash === undefined) return 0;
  const algorithm = childrenOf(childrenOf(hash)[0] as Der)[0] as Der;
  return PSS_HASHES[oidOf(algorithm).join('.')] ?? 0;
}

function publicKeyFields(d: Der): Record<string, unknown> {
  const [algorithm, bits] = childrenOf(d) as [Der, Der];
  const kind = KEYS[oidOf(childrenOf(algorithm)[0] as Der).join('.')] ?? 0;
  return { PublicKeyAlgorithm: kind, PublicKey: publicKey(kind, bitsOf(bits)) };
}

function publicKey(kind: number, bytes: Buffer): unknown {
  if (kind === 1) {
    const [n, e] = childrenOf(readDer(bytes)) as [Der, Der];
    return { N: integerOf(n), E: integerOf(e) };
  }
  if (kind === 4) return bytes.toString('base64');
  if (kind !== 3 || bytes[0] !== 4) return null;
  const half = (bytes.length - 1) / 2;
  const number = (part: Buffer): bigint => BigInt(`0x${part.toString('hex')}`);
  return { Curve: {}, X: number(bytes.subarray(1, 1 + half)), Y: number(bytes.subarray(1 + half)) };
}

/** What Go's struct holds when a certificate says nothing about a field. */
const EMPTY_CERTIFICATE: Record<string, unknown> = {
  KeyUsage: 0,
  Extensions: null,
  ExtraExtensions: null,
  UnhandledCriticalExtensions: null,
  ExtKeyUsage: null,
  UnknownExtKeyUsage: null,
  BasicConstraintsValid: false,
  IsCA: false,
  MaxPathLen: 0,
  MaxPathLenZero: false,
  SubjectKeyId: null,
  AuthorityKeyId: null,
  OCSPServer: null,
  IssuingCertificateURL: null,
  DNSNames: null,
  EmailAddresses: null,
  IPAddresses: null,
  URIs: null,
  URIStrings: null,
  PermittedDNSDomainsCritical: false,
  PermittedDNSDomains: null,
  ExcludedDNSDomains: null,
  PermittedIPRanges: null,
  ExcludedIPRanges: null,
  PermittedEmailAddresses: null,
  ExcludedEmailAddresses: null,
  PermittedURIDomains: null,
  ExcludedURIDomains: null,
  CRLDistributionPoints: null,
  PolicyIdentifiers: null,
  Policies: null,
  InhibitAnyPolicy: 0,
  InhibitAnyPolicyZero: false,
  InhibitPolicyMapping: 0,
  InhibitPolicyMappingZero: false,
  RequireExplicitPolicy: 0,
  RequireExplicitPolicyZero: false,
  PolicyMappings: null,
};
