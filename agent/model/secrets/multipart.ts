import type { Document } from '../types.ts';
import { rename } from './match.ts';
import type { SecretHit } from './types.ts';

/** An identifier that is of no use alone, and the vendor's own secrets that make it one. */
interface Pair {
  id: string;
  secrets: readonly string[];
  /** A secret without a shape that looks so is the vendor's, and gets this kind. */
  looks: RegExp;
  as: readonly [rule: string, title: string];
  /** Only what looks so may belong to it: the identifier stands beside much else. */
  strict?: true;
}

const pairs: readonly Pair[] = [
  {
    id: 'aws-access-key',
    secrets: ['aws-secret-access-key'],
    looks: /^(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9/+]{40}$/,
    as: ['aws-secret-access-key', 'AWS secret access key'],
    strict: true,
  },
  {
    id: 'twilio-api-key',
    secrets: ['twilio-auth-token'],
    looks: /^[A-Za-z0-9]{32}$/,
    as: ['twilio-auth-token', 'Twilio API secret'],
    strict: true,
  },
  {
    id: 'alibaba-access-key',
    secrets: ['alibaba-access-key-secret'],
    looks: /^[A-Za-z0-9]{30}$/,
    as: ['alibaba-access-key-secret', 'Alibaba Cloud access key secret'],
  },
  {
    id: 'tencent-secret-id',
    secrets: ['tencent-secret-key'],
    looks: /^[A-Za-z0-9]{32}$/,
    as: ['tencent-secret-key', 'Tencent Cloud secret key'],
  },
  {
    id: 'scaleway-key',
    secrets: [],
    looks: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    as: ['scaleway-key', 'Scaleway secret key'],
    strict: true,
  },
  {
    id: 'digitalocean-spaces-key',
    secrets: [],
    looks: /^[A-Za-z0-9/+]{43}$/,
    as: ['digitalocean-spaces-key', 'DigitalOcean Spaces secret key'],
  },
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
    const pair = pairs.find(({ id }) => id === hit.rule);
    // Where one rule is for both, this may be the secret itself.
    const secret = pair && !pair.looks.test(hit.identity) && secretOf(pair, hits, index, gone);
    if (!secret) continue;
    gone.add(hit);
    secret.severity = 'critical';
    if (secret.by !== 'generic') secret.confidence = 'high';
    secret.message = secret.message.replace(/ \((\d+) characters\)/, ' beside its access key id ($1 characters)');
    secret.related = [{ path: document.path, range: hit.range, message: 'the id that belongs to it' }];
  }
  return hits.filter((hit) => !gone.has(hit));
}

/** The secret that belongs to the identifier at `index`; one without a shape is called what it is then. */
function secretOf(
  { id, secrets, looks, as, strict }: Pair,
  hits: readonly SecretHit[],
  index: number,
  gone: ReadonlySet<SecretHit>,
): SecretHit | undefined {
  const isFree = (hit: SecretHit): boolean => hit.related === undefined && !gone.has(hit);
  for (const rule of secrets) {
    const own = nearest(hits, index, (hit) => hit.rule === rule && isFree(hit));
    if (own) return own;
  }
  const any = nearest(
    hits,
    index,
    (hit) =>
      isFree(hit) &&
      (hit.rule === 'generic-secret'
        ? !strict || looks.test(hit.identity)
        : hit.rule === id && looks.test(hit.identity)),
  );
  if (any?.rule === 'generic-secret' && looks.test(any.identity)) rename(any, ...as);
  return any;
}

function nearest(hits: readonly SecretHit[], index: number, fits: (hit: SecretHit) => boolean): SecretHit | undefined {
  const here = hits[index] as SecretHit;
  for (let step = 1; step <= 4; step++) {
    for (const other of [hits[index + step], hits[index - step]]) {
      if (other !== undefined && fits(other) && Math.abs(other.range[0] - here.range[1]) < apart) return other;
    }
  }
  return undefined;
}
