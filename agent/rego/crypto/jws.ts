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

/** False for a signature that does not fit, and for a key of another kind than the algorithm's. */
export function verifySignature(algorithm: Algorithm, key: KeyObject, input: string, signature: Buffer): boolean {
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
        const saltLength = constants.RSA_PSS_SALTLEN_AUTO;
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

/** Signs with a private JWK. Throws what `node:crypto` throws for a key that does not fit. */
export function signWith(algorithm: Algorithm, jwk: Record<string, unknown>, input: string): Buffer {
  if (algorithm.startsWith('HS')) {
    if (jwk.kty !== 'oct') throw new Error(`invalid key type ${String(jwk.kty)} for ${algorithm}`);
    return createHmac(hashOf(algorithm), Buffer.from(String(jwk.k ?? ''), 'base64url'))
      .update(input)
      .digest();
  }
  const key = createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' });
  const data = Buffer.from(input);
  const type = algorithm === 'EdDSA' ? 'ed25519' : algorithm.startsWith('ES') ? 'ec' : 'rsa';
  if (key.asymmetricKeyType !== type) throw new Error(`invalid key type ${String(jwk.kty)} for ${algorithm}`);
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
