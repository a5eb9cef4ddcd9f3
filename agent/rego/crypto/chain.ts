/** Chains of certificates: the leaf, intermediates, and the root that is trusted, checked at an instant. */
import { X509Certificate } from 'node:crypto';
import { mayName } from './constraints.ts';
import { certificateOf, nameConstraintsOf, subjectOf } from './x509.ts';

export interface ChainOptions {
  dnsName: string | undefined;
  /** Object identifiers of uses of keys. */
  usages: readonly string[];
  /** How often names are compared with constraints at most; zero for as many as Go takes by default. */
  comparisons: number;
}

const DEFAULT_COMPARISONS = 250_000;

/**
 * Whether the last certificate leads to the first, which is the root: each is signed by its issuer, every issuer is a CA,
 * all are valid at `nowMs`, and all that name uses of their keys name one of `usages` (object identifiers). The leaf is
 * for `dnsName`, where one is given. Answers the chain from leaf to root, or undefined.
 */
export function verifyChain(
  ders: readonly Buffer[],
  nowMs: number,
  { dnsName, usages, comparisons }: ChainOptions,
): Buffer[] | undefined {
  if (ders.length < 2) return undefined;
  const certificates = ders.map((der) => new X509Certificate(der));
  const [root, ...rest] = certificates as [X509Certificate, ...X509Certificate[]];
  const leaf = rest.at(-1) as X509Certificate;
  const pool = rest.slice(0, -1);
  if (dnsName !== undefined && !isFor(leaf, dnsName)) return undefined;
  const chain: X509Certificate[] = [leaf];
  for (let at = leaf; chain.length <= certificates.length; ) {
    if (!isCurrent(at, nowMs)) return undefined;
    if (issued(root, at)) {
      if (!isCurrent(root, nowMs)) return undefined;
      if (!root.raw.equals(at.raw)) chain.push(root);
      const namesFit = mayBeNamed(chain, comparisons > 0 ? comparisons : DEFAULT_COMPARISONS);
      return namesFit && chain.every((c, i) => mayBeUsed(c, usages) && mayStandAbove(c, i - 1))
        ? chain.map((c) => c.raw)
        : undefined;
    }
    const issuer = pool.find((c) => !chain.includes(c) && c.ca && issued(c, at));
    if (issuer === undefined) return undefined;
    chain.push(issuer);
    at = issuer;
  }
  return undefined;
}

/** Every name of the leaf against the constraints of those above it; too many comparisons count as a refusal. */
function mayBeNamed(chain: readonly X509Certificate[], most: number): boolean {
  let left = most;
  const subject = subjectOf((chain[0] as X509Certificate).raw);
  for (const issuer of chain.slice(1)) {
    const constraints = nameConstraintsOf(issuer.raw);
    if (constraints === undefined) continue;
    const fits = mayName(constraints, subject, () => left--);
    if (!fits || left < 0) return false;
  }
  return true;
}

function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  try {
    return issuer.ca && subject.issuer === issuer.subject && subject.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

/** The path length constraint (RFC 5280, section 4.2.1.9): at most so many certificates stand between it and the leaf. */
function mayStandAbove(c: X509Certificate, between: number): boolean {
  if (between < 0 || !c.ca) return true;
  const { BasicConstraintsValid: given, MaxPathLen: limit } = certificateOf(c.raw);
  return given !== true || typeof limit !== 'number' || limit < 0 || between <= limit;
}

/** An address stands in brackets, as in Go. */
function isFor(leaf: X509Certificate, name: string): boolean {
  const address = /^\[(.*)\]$/.exec(name)?.[1];
  if (address !== undefined) return leaf.checkIP(address) !== undefined;
  return leaf.checkHost(name, { subject: 'never' }) !== undefined || leaf.checkIP(name) !== undefined;
}

const ANY_USAGE = '2.5.29.37.0';

function mayBeUsed(c: X509Certificate, usages: readonly string[]): boolean {
  const named: readonly string[] = c.keyUsage ?? [];
  if (named.length === 0 || usages.length === 0 || usages.includes(ANY_USAGE)) return true;
  return named.some((usage) => usage === ANY_USAGE || usages.includes(usage));
}

function isCurrent(c: X509Certificate, nowMs: number): boolean {
  return Date.parse(c.validFrom) <= nowMs && nowMs <= Date.parse(c.validTo);
}
