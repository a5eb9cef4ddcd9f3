/** Keys of JSON web tokens: PEM certificates and public keys, JWK and JWK sets. */
import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject, X509Certificate } from 'node:crypto';
import { BuiltinFailure } from '../builtins/types.ts';
import { parseJson } from '../values/json.ts';
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
  return jwks(text, SET).map((jwk) => ({
    key: jwkKey(jwk),
    id: text1(jwk.kid),
    algorithm: text1(jwk.alg),
  }));
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

const TYPES = ['RSA', 'EC', 'OKP', 'oct'];
const SOLE = 'jwk.Parse: failed to parse sole key: jwk.ParseKey: ';
const SET = `failed to parse a JWK key (set): jwk.ParseString: failed to parse string: ${SOLE}`;
/** What OPA's library calls the types of keys. */
const KEY_TYPES: Record<string, string> = {
  RSA: 'rsaPublicKey',
  EC: 'ecdsaPublicKey',
  OKP: 'okpPublicKey',
  oct: 'symmetricKey',
};

/** A JWK or the keys of a set. Errors begin with `prefix`. */
export function jwks(text: string, prefix = SOLE): Record<string, unknown>[] {
  let data: unknown;
  try {
    parseJson(text);
    data = JSON.parse(text);
  } catch (e) {
    const why = e instanceof Error ? e.message : '';
    throw new BuiltinFailure(`${prefix}jwk.Parse: failed to probe data: probe: failed to unmarshal data: ${why}`);
  }
  const { kty, keys: set } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  if (!Array.isArray(set) && !TYPES.includes(String(kty)))
    throw new BuiltinFailure(`${prefix}invalid key type from JSON (${typeof kty === 'string' ? kty : ''})`);
  const { keys } = data as { keys?: unknown };
  const list = Array.isArray(keys) ? keys : [data];
  for (const k of list) {
    if (k?.kty !== 'oct' || typeof k.k === 'string') continue;
    const type = 'failed to unmarshal JSON into key (*jwk.symmetricKey): ';
    throw new BuiltinFailure(`${prefix}${type}${type}required field k is missing`);
  }
  return list.filter((k): k is Record<string, unknown> => typeof k === 'object' && k !== null);
}

function jwkKey(jwk: Record<string, unknown>): KeyObject {
  try {
    if (jwk.kty === 'oct') return createSecretKey(Buffer.from(String(jwk.k ?? ''), 'base64url'));
    return createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  } catch (e) {
    const type = KEY_TYPES[String(jwk.kty)] ?? '';
    throw new BuiltinFailure(
      `${SET}failed to unmarshal JSON into key (*jwk.${type}): ${e instanceof Error ? e.message : ''}`,
    );
  }
}
