/**
 * JSON web keys (RFC 7517, RFC 7518 section 6, RFC 8037), checked as the Go library that OPA uses checks them: field by
 * field in the order they are written, then what is missing, then whether the numbers can be a key.
 */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { BuiltinFailure } from '../builtins/types.ts';
import { JsonError, parseJson } from '../values/json.ts';

export type Jwk = Record<string, unknown>;

const SOLE = 'jwk.Parse: failed to parse sole key: ';

const TYPES: Record<string, { name: string; required: string[]; bytes: string[] }> = {
  RSA: { name: 'rsa', required: ['e', 'n'], bytes: ['d', 'dp', 'dq', 'e', 'n', 'p', 'q', 'qi'] },
  EC: { name: 'ecdsa', required: ['crv', 'x', 'y'], bytes: ['d', 'x', 'y'] },
  OKP: { name: 'okp', required: ['crv', 'x'], bytes: ['d', 'x'] },
  oct: { name: 'symmetric', required: ['k'], bytes: ['k'] },
};

const CURVE_SIZES: Record<string, number> = { 'P-256': 32, 'P-384': 48, 'P-521': 66 };
const CURVES = [...Object.keys(CURVE_SIZES), 'Ed25519', 'Ed448', 'X25519', 'X448'];
const ALGORITHMS =
  /^(?:[HRP]S(?:256|384|512)|ES(?:256|384|512|256K)|EdDSA|none|RSA1_5|RSA-OAEP(?:-256|-384|-512)?|ECDH-ES(?:\+A(?:128|192|256)KW)?|A(?:128|192|256)(?:GCM)?KW|dir|PBES2-HS(?:256\+A128|384\+A192|512\+A256)KW)$/;

/** The keys of a JWK or a JWK set. Throws `BuiltinFailure` whose text begins with `prefix`. */
export function jwks(text: string, prefix = ''): Jwk[] {
  const fail = (why: string): never => {
    throw new BuiltinFailure(`${prefix}${why}`);
  };
  const data = probe(text, (why) => fail(SOLE + PARSE_KEY + why));
  if ('keys' in data) {
    const { keys } = data;
    const set = 'jwk.Parse: failed to unmarshal JWK set: ';
    if (!Array.isArray(keys)) return fail(`${set}failed to decode "keys": expected '[' but got ${shown(keys)}`);
    return keys.map((k: unknown, i) => {
      const within = `${set}failed to decode key #${i} in "keys": ${PARSE_KEY}`;
      const key = isObject(k) ? k : fail(within + PROBE + unmarshal(k, STRUCT));
      return checked(key, (why) => fail(within + why));
    });
  }
  return [checked(data, (why) => fail(SOLE + PARSE_KEY + why))];
}

/** The Go type of a key, such as `*jwk.rsaPrivateKey`. */
export function goTypeOf(jwk: Jwk): string {
  const kty = String(jwk['kty']);
  const side = kty === 'oct' ? '' : jwk['d'] === undefined ? 'Public' : 'Private';
  return `*jwk.${TYPES[kty]?.name}${side}Key`;
}

const PARSE_KEY = 'jwk.ParseKey: ';
const PROBE = 'jwk.Parse: failed to probe data: probe: failed to unmarshal data: ';
const STRUCT = 'struct { Kty string "json:\\"kty\\""; D json.RawMessage "json:\\"d,omitempty\\"" }';

function probe(text: string, fail: (why: string) => never): Jwk {
  let data: unknown;
  try {
    parseJson(text);
    data = JSON.parse(text);
  } catch (e) {
    if (text.trim() === '') return fail(`${PROBE}EOF`);
    // Of a stream Go reads the first value only.
    const end = firstValue(text);
    if (end === undefined) return fail(PROBE + (e instanceof JsonError && e.ended ? 'unexpected EOF' : messageOf(e)));
    data = JSON.parse(text.slice(0, end));
  }
  if (data === null) return {};
  return isObject(data) ? data : fail(PROBE + unmarshal(data, STRUCT));
}

/** Where the first value of a text ends that has more behind it. */
function firstValue(text: string): number | undefined {
  for (let end = text.indexOf('}'); end >= 0; end = text.indexOf('}', end + 1)) {
    try {
      JSON.parse(text.slice(0, end + 1));
      return end + 1;
    } catch {}
  }
  return undefined;
}

function checked(jwk: Jwk, fail: (why: string) => never): Jwk {
  const { kty } = jwk;
  if (kty !== undefined && kty !== null && typeof kty !== 'string')
    fail(`${PROBE}json: cannot unmarshal ${kindOf(kty)} into Go struct field .kty of type string`);
  const type = TYPES[String(kty)];
  if (type === undefined) return fail(`invalid key type from JSON (${kty ?? ''})`);
  const within = `failed to unmarshal JSON into key (${goTypeOf(jwk)}): `;
  for (const [name, value] of Object.entries(jwk)) {
    const why = fieldProblem(type.bytes, name, value);
    if (why !== undefined) fail(`${within}${within}failed to decode value for key ${name}: ${why}`);
  }
  const missing = type.required.find((name) => jwk[name] === undefined);
  if (missing !== undefined) fail(`${within}${within}required field ${missing} is missing`);
  const invalid = invalidity(jwk);
  const owner = goTypeOf(jwk).replace(/^\*jwk\.(rsa|ecdsa|okp|s)/, (_, name: string) =>
    name === 's' ? 'jwk.S' : `jwk.${name.toUpperCase()}`,
  );
  if (invalid !== undefined) fail(`jwk.Parse: key validation failed: key validation failed: ${owner}: ${invalid}`);
  return jwk;
}

function fieldProblem(bytes: string[], name: string, value: unknown): string | undefined {
  if (value === null) return undefined;
  if (bytes.includes(name) || name === 'kid' || name === 'x5u' || name === 'x5t' || name === 'x5t#S256') {
    if (typeof value !== 'string') return `error reading next value: ${unmarshal(value, 'string')}`;
    return bytes.includes(name) && !isBase64(value) ? 'expected base64 encoded []byte (string)' : undefined;
  }
  if (name === 'alg') {
    if (typeof value !== 'string') return unmarshal(value, 'string');
    return ALGORITHMS.test(value) ? undefined : `invalid key value: "${value}": invalid key algorithm`;
  }
  if (name === 'crv') {
    if (typeof value !== 'string') return `error reading next value: ${unmarshal(value, 'string')}`;
    return CURVES.includes(value) ? undefined : `unknown EllipticCurveAlgorithm: "${value}"`;
  }
  if (name === 'key_ops' && !Array.isArray(value) && typeof value !== 'string')
    return unmarshal(value, 'jwk.KeyOperationList');
  if (name === 'x5c' && !Array.isArray(value)) return 'failed to unmarshal certificate chain: expected JSON array';
  return undefined;
}

/** Why the numbers of a key, all of them there, are none. */
function invalidity(jwk: Jwk): string | undefined {
  const size = (name: string): number => Buffer.from(String(jwk[name] ?? ''), 'base64url').length;
  const curve = String(jwk['crv']);
  switch (jwk['kty']) {
    case 'oct':
      return size('k') === 0 ? 'missing "k" field' : undefined;
    case 'RSA':
      if (size('n') === 0) return 'missing "n" value';
      return size('e') === 0 ? 'missing "e" value' : undefined;
    case 'EC': {
      for (const name of jwk['d'] === undefined ? ['x', 'y'] : ['x', 'y', 'd']) {
        const wanted = CURVE_SIZES[curve];
        if (wanted !== undefined && size(name) !== wanted)
          return `invalid "${name}" length (${size(name)}) for curve "${curve}"`;
      }
      return isOnCurve(jwk) ? undefined : `invalid ECDSA public key: ${curve.replace('-', '')} point not on curve`;
    }
    default: {
      const name = curve.toLowerCase();
      if (curve !== 'Ed25519' && curve !== 'X25519') return undefined;
      if (jwk['d'] !== undefined && size('d') !== 32) return `${name}: wrong private key size`;
      return size('x') === 32 ? undefined : `${name}: wrong public key size`;
    }
  }
}

function isOnCurve(jwk: Jwk): boolean {
  try {
    const { kty, crv, x, y } = jwk as JsonWebKey;
    createPublicKey({ key: { kty, crv, x, y } as JsonWebKey, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}

function isBase64(text: string): boolean {
  const body = text.replace(/=+$/, '');
  return /^[A-Za-z0-9_+/-]*$/.test(body) && body.length % 4 !== 1;
}

function isObject(v: unknown): v is Jwk {
  return typeof v === 'object' && v !== null && !Array.isArray(v);
}

function unmarshal(v: unknown, into: string): string {
  return `json: cannot unmarshal ${kindOf(v)} into Go value of type ${into}`;
}

function kindOf(v: unknown): string {
  if (Array.isArray(v)) return 'array';
  return typeof v === 'boolean' ? 'bool' : typeof v;
}

/** A JSON token as Go prints it. */
function shown(v: unknown): string {
  if (v === null) return '<nil>';
  return isObject(v) ? '{' : String(v);
}

function messageOf(e: unknown): string {
  return e instanceof Error ? e.message : String(e);
}
