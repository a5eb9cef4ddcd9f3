/** Signatures of JSON web tokens (RFC 7518). */
import {
  constants,
  createHmac,
  createPrivateKey,
  type JsonWebKey,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';

import { goTypeOf, type Jwk } from './jwk.ts';

/** A key of another kind than the algorithm needs. */
export class UnfitKey extends Error {}

export const ALGORITHMS = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

const CURVES: Record<string, string> = { ES256: 'prime256v1', ES384: 'secp384r1', ES512: 'secp521r1' };

function hashOf(algorithm: Algorithm): string {
  return `sha${algorithm.slice(2)}`;
}

export function isAlgorithm(name: unknown): name is Algorithm {
  return ALGORITHMS.includes(name as Algorithm);
}

export function verifyHmac(algorithm: Algorithm, secret: string | Buffer, input: string, signature: Buffer): boolean {
  const expected = createHmac(hashOf(algorithm), secret).update(input).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

/** How long the salt of a PSS signature may be. */
export type SaltLength = 'any' | 'as long as the digest';

/** False for a signature that does not fit, and for a key of another kind than the algorithm's. */
export function verifySignature(
  algorithm: Algorithm,
  key: KeyObject,
  input: string,
  signature: Buffer,
  salt: SaltLength = 'any',
): boolean {
  const type = key.asymmetricKeyType;
  const data = Buffer.from(input);
  try {
    switch (algorithm.slice(0, 2)) {
      case 'RS':
        return (
          type === 'rsa' && verify(hashOf(algorithm), data, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
        );
      case 'PS': {
        const padding = constants.RSA_PKCS1_PSS_PADDING;
        const saltLength = salt === 'any' ? constants.RSA_PSS_SALTLEN_AUTO : constants.RSA_PSS_SALTLEN_DIGEST;
        return type === 'rsa' && verify(hashOf(algorithm), data, { key, padding, saltLength }, signature);
      }
      case 'ES':
        if (type !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== CURVES[algorithm]) return false;
        return verify(hashOf(algorithm), data, { key, dsaEncoding: 'ieee-p1363' }, signature);
      case 'Ed':
        return type === 'ed25519' && verify(null, data, key, signature);
      default:
        return key.type === 'secret' && verifyHmac(algorithm, key.export(), input, signature);
    }
  } catch {
    return false;
  }
}

/** What signing with a kind of algorithm asks for: the type of JWK, Go's type of the key, and who looks for it. */
const WANTED: Record<string, { kty: string; type: string; by: string }> = {
  HS: { kty: 'oct', type: '[]byte', by: 'keyconv: ' },
  RS: { kty: 'RSA', type: 'rsa.PrivateKey', by: '' },
  PS: { kty: 'RSA', type: 'rsa.PrivateKey', by: '' },
  ES: { kty: 'EC', type: 'ecdsa.PrivateKey', by: 'keyconv: ' },
  Ed: { kty: 'OKP', type: 'ed25519.PrivateKey', by: '' },
};

/** Why a JWK cannot sign with an algorithm, in the words of OPA's library. */
function unfit(algorithm: Algorithm, jwk: Jwk): string | undefined {
  const wanted = WANTED[algorithm.slice(0, 2)] as (typeof WANTED)[string];
  const isSecret = wanted.kty === 'oct';
  if (jwk['kty'] === wanted.kty && (isSecret || jwk['d'] !== undefined)) return undefined;
  const own = goTypeOf(jwk);
  const pointer = isSecret || wanted.kty === 'OKP' ? wanted.type : `*${wanted.type}`;
  let why = `no suitable exporter found for key type '${own}'`;
  if (jwk['kty'] === 'OKP') {
    const curve = String(jwk['crv']);
    if (curve !== 'Ed25519' && curve !== 'X25519')
      why = `failed to export jwk.Key to raw format: jwk.OKPPublicKey: failed to build public key: invalid curve algorithm ${curve}`;
    else if (isSecret) return undefined;
    else {
      const made = curve === 'X25519' ? 'ecdh' : 'ed25519';
      const side = jwk['d'] === undefined ? 'PublicKey' : 'PrivateKey';
      why = `failed to assign key: argument to AssignIfCompatible() must be compatible with ${made === 'ecdh' ? '*' : ''}${made}.${side} (was *${wanted.type})`;
    }
  }
  const produce = `${wanted.by}failed to produce ${wanted.type} from ${own}: jwk.Export: ${why}`;
  return `jwsbb.Sign: invalid key type ${own}. ${pointer} is required: ${produce}`;
}

/** The bytes of a secret; of an Ed25519 key, which the library takes for one as well, those Go keeps it in. */
function secretOf(jwk: Jwk): Buffer {
  const bytes = (name: string): Buffer => Buffer.from(String(jwk[name] ?? ''), 'base64url');
  return jwk['kty'] === 'oct' ? bytes('k') : Buffer.concat([bytes('d'), bytes('x')]);
}

/** Signs with a private JWK. Throws `UnfitKey`, or what `node:crypto` throws. */
export function signWith(algorithm: Algorithm, jwk: Jwk, input: string): Buffer {
  const why = unfit(algorithm, jwk);
  if (why !== undefined) throw new UnfitKey(why);
  if (algorithm.startsWith('HS')) return createHmac(hashOf(algorithm), secretOf(jwk)).update(input).digest();
  const key = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
  const data = Buffer.from(input);
  if (algorithm === 'EdDSA') return sign(null, data, key);
  if (algorithm.startsWith('ES')) return sign(hashOf(algorithm), data, { key, dsaEncoding: 'ieee-p1363' });
  const pss = algorithm.startsWith('PS');
  const padding = pss ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
  return sign(
    hashOf(algorithm),
    data,
    pss ? { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : { key, padding },
  );
}
