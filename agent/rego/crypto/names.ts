/** Distinguished names and general names of certificates, in the shape Go's `pkix.Name` has in JSON. */
import { formatAddress } from '../builtins/network.ts';
import { childrenOf, type Der, oidOf, textOf } from './der.ts';

const SINGLE: Record<string, string> = { '2.5.4.3': 'CommonName', '2.5.4.5': 'SerialNumber' };
const MANY: Record<string, string> = {
  '2.5.4.6': 'Country',
  '2.5.4.7': 'Locality',
  '2.5.4.8': 'Province',
  '2.5.4.9': 'StreetAddress',
  '2.5.4.10': 'Organization',
  '2.5.4.11': 'OrganizationalUnit',
  '2.5.4.17': 'PostalCode',
};

export function nameOf(d: Der): Record<string, unknown> {
  const name: Record<string, unknown> = { CommonName: '', SerialNumber: '', ExtraNames: null };
  for (const field of Object.values(MANY)) name[field] = null;
  const names: unknown[] = [];
  for (const set of childrenOf(d)) {
    for (const pair of childrenOf(set)) {
      const [type, value] = childrenOf(pair) as [Der, Der];
      const oid = oidOf(type);
      const text = textOf(value);
      names.push({ Type: oid, Value: text });
      const key = oid.join('.');
      if (SINGLE[key] !== undefined) name[SINGLE[key]] = text;
      const many = MANY[key];
      if (many !== undefined) name[many] = [...((name[many] as string[] | null) ?? []), text];
    }
  }
  name.Names = names.length === 0 ? null : names;
  return name;
}

export interface GeneralNames {
  dns: string[];
  emails: string[];
  uris: string[];
  addresses: string[];
}

/** The elements of a SubjectAltName. */
export function generalNames(d: Der): GeneralNames {
  const names: GeneralNames = { dns: [], emails: [], uris: [], addresses: [] };
  for (const n of childrenOf(d)) {
    const text = n.content.toString('latin1');
    if (n.tag === 0x81) names.emails.push(text);
    else if (n.tag === 0x82) names.dns.push(text);
    else if (n.tag === 0x86) names.uris.push(text);
    else if (n.tag === 0x87 && (n.content.length === 4 || n.content.length === 16)) {
      const value = BigInt(`0x${n.content.toString('hex')}`);
      names.addresses.push(formatAddress(value, n.content.length === 4 ? 32 : 128));
    }
  }
  return names;
}

/** A URI in the shape Go's `url.URL` has in JSON. */
export function uriObject(uri: string): Record<string, unknown> {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(uri);
  const [, scheme = '', host, path = '', query = '', fragment = ''] = match ?? [];
  const opaque = host === undefined && scheme !== '' && !path.startsWith('/');
  return {
    Scheme: scheme.toLowerCase(),
    Opaque: opaque ? path : '',
    User: null,
    Host: host ?? '',
    Path: opaque ? '' : path,
    RawPath: '',
    OmitHost: false,
    ForceQuery: false,
    RawQuery: query,
    Fragment: fragment,
    RawFragment: '',
  };
}
