/** Chains of certificates: the leaf, intermediates, and the root that is trusted, checked at an instant. */
import { X509Certificate } from 'node:crypto';

/**
 * Whether the last certificate leads to the first, which is the root: each is signed by its issuer, every issuer is a CA,
 * and all are valid at `nowMs`. Answers the chain from leaf to root, or undefined.
 */
export function verifyChain(ders: readonly Buffer[], nowMs: number): Buffer[] | undefined {
  if (ders.length < 2) return undefined;
  const certificates = ders.map((der) => new X509Certificate(der));
  const [root, ...rest] = certificates as [X509Certificate, ...X509Certificate[]];
  const leaf = rest.at(-1) as X509Certificate;
  const pool = rest.slice(0, -1);
  const chain: X509Certificate[] = [leaf];
  for (let at = leaf; chain.length <= certificates.length; ) {
    if (!isCurrent(at, nowMs)) return undefined;
    if (issued(root, at)) {
      if (!isCurrent(root, nowMs)) return undefined;
      if (root !== at) chain.push(root);
      return chain.map((c) => c.raw);
    }
    const issuer = pool.find((c) => !chain.includes(c) && c.ca && issued(c, at));
    if (issuer === undefined) return undefined;
    chain.push(issuer);
    at = issuer;
  }
  return undefined;
}

function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  try {
    return issuer.ca && subject.issuer === issuer.subject && subject.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function isCurrent(c: X509Certificate, nowMs: number): boolean {
  return Date.parse(c.validFrom) <= nowMs && nowMs <= Date.parse(c.validTo);
}
