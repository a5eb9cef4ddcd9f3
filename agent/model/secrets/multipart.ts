import type { Document } from '../types.ts';
import type { SecretHit } from './types.ts';

/** An identifier that is of no use alone, and the secret that makes it one: the vendor's own before one without a shape. */
const pairs: readonly (readonly [id: string, ...secrets: string[]])[] = [
  ['aws-access-key', 'aws-secret-access-key'],
  ['twilio-api-key', 'twilio-auth-token'],
  ['alibaba-access-key', 'alibaba-access-key-secret', 'generic-secret'],
  ['tencent-secret-id', 'tencent-secret-key', 'generic-secret'],
  ['digitalocean-spaces-key', 'generic-secret'],
];

/** How many characters may lie between the two: about ten lines. */
const apart = 800;

/**
 * Joins an identifier with the secret beside it into one finding at the secret, critical, with the identifier as related
 * place. A vendor's secret is proven by its partner; one without a shape may be another's, and stays as sure as it was.
 */
export function joinParts(document: Document, hits: SecretHit[]): SecretHit[] {
  const gone = new Set<SecretHit>();
  for (const [index, hit] of hits.entries()) {
    const [, ...partners] = pairs.find(([id]) => id === hit.rule) ?? [];
    let secret: SecretHit | undefined;
    for (const partner of partners) secret ??= nearest(hits, index, partner, gone);
    if (!secret) continue;
    gone.add(hit);
    secret.severity = 'critical';
    if (secret.by !== 'generic') secret.confidence = 'high';
    secret.message = secret.message.replace(/ \((\d+) characters\)/, ' beside its access key id ($1 characters)');
    secret.related = [{ path: document.path, range: hit.range, message: 'the id that belongs to it' }];
  }
  return hits.filter((hit) => !gone.has(hit));
}

function nearest(
  hits: readonly SecretHit[],
  index: number,
  rule: string,
  gone: ReadonlySet<SecretHit>,
): SecretHit | undefined {
  const here = hits[index] as SecretHit;
  const fits = (hit: SecretHit | undefined): hit is SecretHit =>
    hit !== undefined && hit.rule === rule && hit.related === undefined && !gone.has(hit);
  for (let step = 1; step <= 4; step++) {
    for (const other of [hits[index + step], hits[index - step]]) {
      if (fits(other) && Math.abs(other.range[0] - here.range[1]) < apart) return other;
    }
  }
  return undefined;
}
