/** Name constraints of certificates (RFC 5280, section 4.2.1.10): which names a CA may vouch for. */
import { formatAddress } from '../builtins/network.ts';
import { childrenOf, type Der } from './der.ts';

/** One side of the constraints, by kind of name. Addresses are bytes of the network and of its mask. */
interface Names {
  dns: string[];
  emails: string[];
  uris: string[];
  ranges: Buffer[];
}

export interface Constraints {
  permitted: Names;
  excluded: Names;
}

/** The content of the extension as lists. */
export function constraintsOf(body: Der): Constraints {
  const side = (tag: number): Names => {
    const names: Names = { dns: [], emails: [], uris: [], ranges: [] };
    const list = childrenOf(body).find((c) => c.tag === tag);
    for (const subtree of list === undefined ? [] : childrenOf(list)) {
      const [name] = childrenOf(subtree);
      const text = name?.content.toString('latin1') ?? '';
      if (name?.tag === 0x81) names.emails.push(text);
      else if (name?.tag === 0x82) names.dns.push(text);
      else if (name?.tag === 0x86) names.uris.push(text);
      else if (name?.tag === 0x87) names.ranges.push(name.content);
    }
    return names;
  };
  return { permitted: side(0xa0), excluded: side(0xa1) };
}

/** The constraints in the fields of Go's `x509.Certificate`. */
export function constraintFields(body: Der, critical: boolean): Record<string, unknown> {
  const { permitted, excluded } = constraintsOf(body);
  const orNull = <T>(list: T[]): T[] | null => (list.length === 0 ? null : list);
  return {
    PermittedDNSDomainsCritical: critical,
    PermittedDNSDomains: orNull(permitted.dns),
    ExcludedDNSDomains: orNull(excluded.dns),
    PermittedIPRanges: orNull(permitted.ranges.map(rangeOf)),
    ExcludedIPRanges: orNull(excluded.ranges.map(rangeOf)),
    PermittedEmailAddresses: orNull(permitted.emails),
    ExcludedEmailAddresses: orNull(excluded.emails),
    PermittedURIDomains: orNull(permitted.uris),
    ExcludedURIDomains: orNull(excluded.uris),
  };
}

function rangeOf(range: Buffer): { IP: string; Mask: string } {
  const half = range.length / 2;
  const address = BigInt(`0x${range.subarray(0, half).toString('hex') || '0'}`);
  return { IP: formatAddress(address, half === 4 ? 32 : 128), Mask: range.subarray(half).toString('base64') };
}

/** Names of a certificate that constraints are about. */
export interface Subject {
  dns: readonly string[];
  emails: readonly string[];
  uris: readonly string[];
  addresses: readonly Buffer[];
}

/** Whether all names are permitted and none is excluded. `compare` is told of each comparison, and may throw. */
export function mayName({ permitted, excluded }: Constraints, subject: Subject, compare: () => void): boolean {
  const kinds: [readonly unknown[], readonly unknown[], readonly unknown[], (name: never, rule: never) => boolean][] = [
    [subject.emails, permitted.emails, excluded.emails, isEmailIn],
    [subject.dns, permitted.dns, excluded.dns, isDomainIn],
    [subject.uris, permitted.uris, excluded.uris, isUriIn],
    [subject.addresses, permitted.ranges, excluded.ranges, isAddressIn],
  ];
  return kinds.every(([names, good, bad, fits]) =>
    names.every((name) => {
      const within = (rule: unknown): boolean => {
        compare();
        return fits(name as never, rule as never);
      };
      return !bad.some(within) && (good.length === 0 || good.some(within));
    }),
  );
}

/** A rule that begins with a dot wants something before it; another holds the domain and everything below it. */
function isDomainIn(name: string, rule: string): boolean {
  if (rule === '') return true;
  const [n, r] = [name.toLowerCase(), rule.toLowerCase()];
  return r.startsWith('.') ? n.endsWith(r) : n === r || n.endsWith(`.${r}`);
}

function isEmailIn(email: string, rule: string): boolean {
  const host = email.slice(email.lastIndexOf('@') + 1);
  if (!rule.includes('@'))
    return rule.startsWith('.') ? isDomainIn(host, rule) : host.toLowerCase() === rule.toLowerCase();
  const cut = rule.lastIndexOf('@');
  return email.slice(0, email.lastIndexOf('@')) === rule.slice(0, cut) && isDomainIn(host, rule.slice(cut + 1));
}

function isUriIn(uri: string, rule: string): boolean {
  const host = /^[^:]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/.exec(uri)?.[1] ?? '';
  if (host === '' || host.startsWith('[') || /^[\d.]+$/.test(host)) return false;
  return rule.startsWith('.') ? isDomainIn(host, rule) : host.toLowerCase() === rule.toLowerCase();
}

function isAddressIn(address: Buffer, range: Buffer): boolean {
  if (range.length !== address.length * 2) return false;
  return address.every((byte, i) => ((byte ^ (range[i] as number)) & (range[address.length + i] as number)) === 0);
}
