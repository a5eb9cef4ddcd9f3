/** X.509 extensions (RFC 5280 §4.2) in the fields of Go's `x509.Certificate`. */
import { constraintFields } from './constraints.ts';
import { bitsOf, childrenOf, type Der, integerOf, oidOf, readDer } from './der.ts';
import { generalNames, uriObject } from './names.ts';

export interface Extension {
  id: number[];
  critical: boolean;
  value: Der['content'];
}

export function extensionsOf(d: Der): Extension[] {
  return childrenOf(d).map((e) => {
    const parts = childrenOf(e);
    const critical = parts[1]?.tag === 1 && parts[1].content[0] !== 0;
    return { id: oidOf(parts[0] as Der), critical, value: (parts.at(-1) as Der).content };
  });
}

const USAGES: Record<string, number> = {
  '2.5.29.37.0': 0,
  '1.3.6.1.5.5.7.3.1': 1,
  '1.3.6.1.5.5.7.3.2': 2,
  '1.3.6.1.5.5.7.3.3': 3,
  '1.3.6.1.5.5.7.3.4': 4,
  '1.3.6.1.5.5.7.3.5': 5,
  '1.3.6.1.5.5.7.3.6': 6,
  '1.3.6.1.5.5.7.3.7': 7,
  '1.3.6.1.5.5.7.3.8': 8,
  '1.3.6.1.5.5.7.3.9': 9,
  '1.3.6.1.4.1.311.10.3.3': 10,
  '2.16.840.1.113730.4.1': 11,
  '1.3.6.1.4.1.311.2.1.22': 12,
  '1.3.6.1.4.1.311.61.1.1': 13,
};

const orNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list);

/** Fields an extension sets; an unknown critical one is named as unhandled. */
export function extensionFields(e: Extension): Record<string, unknown> {
  const body = readDer(e.value);
  switch (e.id.join('.')) {
    case '2.5.29.14':
      return { SubjectKeyId: body.content.toString('base64') };
    case '2.5.29.35': {
      const id = childrenOf(body).find((c) => c.tag === 0x80);
      return id === undefined ? {} : { AuthorityKeyId: id.content.toString('base64') };
    }
    case '2.5.29.15':
      return { KeyUsage: keyUsage(body) };
    case '2.5.29.19':
      return basicConstraints(body);
    case '2.5.29.17':
      return subjectNames(body);
    case '2.5.29.37':
      return extendedUsage(body);
    case '2.5.29.31':
      return { CRLDistributionPoints: orNull(distributionPoints(body)) };
    case '2.5.29.32': {
      const ids = childrenOf(body).map((p) => oidOf(childrenOf(p)[0] as Der));
      return { PolicyIdentifiers: orNull(ids), Policies: orNull(ids.map((id) => id.join('.'))) };
    }
    case '1.3.6.1.5.5.7.1.1':
      return authorityAccess(body);
    case '2.5.29.30':
      return constraintFields(body, e.critical);
    default:
      return e.critical ? { UnhandledCriticalExtensions: [e.id] } : {};
  }
}

function keyUsage(body: Der): number {
  let usage = 0;
  const bits = bitsOf(body);
  for (let i = 0; i < 9; i++) if (((bits[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) usage |= 1 << i;
  return usage;
}

function basicConstraints(body: Der): Record<string, unknown> {
  const parts = childrenOf(body);
  const isCa = parts[0]?.tag === 1 && parts[0].content[0] !== 0;
  const length = parts.find((p) => p.tag === 2);
  const max = length === undefined ? -1 : Number(integerOf(length));
  return { BasicConstraintsValid: true, IsCA: isCa, MaxPathLen: max, MaxPathLenZero: max === 0 };
}

function subjectNames(body: Der): Record<string, unknown> {
  const names = generalNames(body);
  return {
    DNSNames: orNull(names.dns),
    EmailAddresses: orNull(names.emails),
    IPAddresses: orNull(names.addresses),
    URIs: orNull(names.uris.map(uriObject)),
    URIStrings: orNull(names.uris),
  };
}

function extendedUsage(body: Der): Record<string, unknown> {
  const ids = childrenOf(body).map(oidOf);
  const known = ids.map((id) => USAGES[id.join('.')]).filter((n) => n !== undefined);
  return {
    ExtKeyUsage: orNull(known),
    UnknownExtKeyUsage: orNull(ids.filter((id) => USAGES[id.join('.')] === undefined)),
  };
}

/** URIs of DistributionPoint → [0] → [0] fullName. */
function distributionPoints(body: Der): string[] {
  return childrenOf(body).flatMap((point) => {
    const name = childrenOf(point).find((c) => c.tag === 0xa0);
    const full = name === undefined ? undefined : childrenOf(name).find((c) => c.tag === 0xa0);
    return full === undefined ? [] : generalNames(full).uris;
  });
}

function authorityAccess(body: Der): Record<string, unknown> {
  const ocsp: string[] = [];
  const issuers: string[] = [];
  for (const access of childrenOf(body)) {
    const [method, location] = childrenOf(access) as [Der, Der];
    if (location.tag !== 0x86) continue;
    const last = oidOf(method).join('.');
    if (last === '1.3.6.1.5.5.7.48.1') ocsp.push(location.content.toString('latin1'));
    else if (last === '1.3.6.1.5.5.7.48.2') issuers.push(location.content.toString('latin1'));
  }
  return { OCSPServer: orNull(ocsp), IssuingCertificateURL: orNull(issuers) };
}
