/** Keys of JSON web tokens: PEM certificates and public keys, JWK and JWK sets. */
import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { BuiltinFailure } from '../builtins/types.ts';
import { pemBlocks } from './pem.ts';

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
  return jwks(text).map((jwk) => ({ key: jwkKey(jwk), id: text1(jwk.kid), algorithm: text1(jwk.alg) }));
}

function text1(v: unknown): string | undefined {
  return typeof v === 'string' ? v : undefined;
}

function pemKey(type: string, bytes: Buffer): KeyObject {
  if (type === 'CERTIFICATE') {
    try {
      return new X509Certificate(bytes).publicKey;
    } catch {
      throw new BuiltinFailure('failed to parse a PEM certificate');
    }
  }
  if (type !== 'PUBLIC KEY') throw new BuiltinFailure('failed to extract a Key from the PEM certificate');
  try {
    return createPublicKey({ key: bytes, format: 'der', type: 'spki' });
  } catch {
    throw new BuiltinFailure('failed to parse a PEM public key');
  }
}

/** A JWK or the keys of a set. */
export function jwks(text: string): Record<string, unknown>[] {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (e) {
    throw new BuiltinFailure(`failed to parse a JWK key (set): ${e instanceof Error ? e.message : ''}`);
  }
  if (typeof data !== 'object' || data === null) throw new BuiltinFailure('failed to parse a JWK key (set): no object');
  const { keys } = data as { keys?: unknown };
  const list = Array.isArray(keys) ? keys : [data];
  return list.filter((k): k is Record<string, unknown> => typeof k === 'object' && k !== null);
}

function jwkKey(jwk: Record<string, unknown>): KeyObject {
  try {
    if (jwk.kty === 'oct') return createSecretKey(Buffer.from(String(jwk.k ?? ''), 'base64url'));
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch (e) {
    throw new BuiltinFailure(`failed to parse a JWK key (set): ${e instanceof Error ? e.message : ''}`);
  }
}
