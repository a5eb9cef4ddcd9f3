/** Keys of JSON web tokens: PEM certificates and public keys, JWK and JWK sets. */
import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { BuiltinFailure } from '../builtins/types.ts';
import { DerError, expectSequence } from './der.ts';
import { type Jwk, jwks } from './jwk.ts';
import { pemBlocks } from './pem.ts';
import { certificateOf } from './x509.ts';

export interface TokenKey {
  key: KeyObject;
  id: string | undefined;
  algorithm: string | undefined;
}

/** Public keys of a text. Throws `BuiltinFailure` with OPA's words. */
export function publicKeys(text: string): TokenKey[] {
  const [block] = pemBlocks(text);
  if (block !== undefined) {
    if (text.slice(block.end) !== '') throw new BuiltinFailure('extra data after a PEM certificate block');
    return [{ key: pemKey(block.type, block.bytes), id: undefined, algorithm: undefined }];
  }
  const keys = jwks(text, SET).map((jwk) => ({ jwk, key: jwkKey(jwk) }));
  // A private key verifies nothing.
  return keys
    .filter(({ jwk }) => jwk['d'] === undefined)
    .map(({ jwk, key }) => ({ key, id: text1(jwk['kid']), algorithm: text1(jwk['alg']) }));
}

function text1(v: unknown): string | undefined {
  return typeof v === 'string' ? v : undefined;
}

const SET = 'failed to parse a JWK key (set): jwk.ParseString: failed to parse string: ';

function pemKey(type: string, bytes: Buffer): KeyObject {
  if (type === 'CERTIFICATE') {
    try {
      return new X509Certificate(bytes).publicKey;
    } catch (e) {
      throw new BuiltinFailure(`failed to parse a PEM certificate: ${whyNot(() => certificateOf(bytes), e)}`);
    }
  }
  if (type !== 'PUBLIC KEY') throw new BuiltinFailure('failed to extract a Key from the PEM certificate');
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  } catch (e) {
    const why = whyNot(() => {
      if (expectSequence(bytes, 'publicKeyInfo').content.length === 0)
        throw new DerError('asn1: syntax error: sequence truncated');
    }, e);
    throw new BuiltinFailure(`failed to parse a PEM public key: ${why}`);
  }
}

/** What our own reader says of bytes that OpenSSL refuses, or else what OpenSSL says. */
function whyNot(read: () => unknown, refusal: unknown): string {
  try {
    read();
  } catch (e) {
    if (e instanceof DerError) return e.message;
  }
  return refusal instanceof Error ? refusal.message : String(refusal);
}

function jwkKey(jwk: Jwk): KeyObject {
  if (jwk['kty'] === 'oct') return createSecretKey(Buffer.from(String(jwk['k'] ?? ''), 'base64url'));
  const raw = 'jwk.Export: failed to export jwk.Key to raw format: ';
  if (jwk['kty'] === 'OKP' && jwk['crv'] !== 'Ed25519' && jwk['crv'] !== 'X25519')
    throw new BuiltinFailure(
      `${raw}jwk.OKPPublicKey: failed to build public key: invalid curve algorithm ${jwk['crv']}`,
    );
  if (jwk['kty'] === 'RSA' && jwk['d'] !== undefined) {
    const missing = ['q', 'p'].find((name) => jwk[name] === undefined);
    if (missing !== undefined) throw new BuiltinFailure(`${raw}missing "${missing}" value`);
  }
  try {
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch (e) {
    throw new BuiltinFailure(`${raw}${e instanceof Error ? e.message : ''}`);
  }
}
