/** `io.jwt.*`: JSON web tokens (RFC 7519). */
import { jwks } from '../crypto/jwk.ts';
import {
  ALGORITHMS,
  type Algorithm,
  isAlgorithm,
  type SaltLength,
  signWith,
  UnfitKey,
  verifyHmac,
  verifySignature,
} from '../crypto/jws.ts';
import { publicKeys } from '../crypto/keys.ts';
import { divide } from '../values/arithmetic.ts';
import { decodeJson, JsonError, parseJson, toJson } from '../values/json.ts';
import { compareNumbers, numberFromBigInt, type RegoNumber } from '../values/number.ts';
import { isNumber, RegoObject, regoText, typeName, type Value } from '../values/value.ts';
import { decodeBase64Url } from './encoding.ts';
import { type Builtin, type BuiltinContext, BuiltinFailure, type BuiltinTable, objectArg, stringArg } from './types.ts';

interface Token {
  header: RegoObject;
  /** Read when somebody asks, as each may be wrong in its encoding. */
  payload: () => string;
  signature: () => Buffer;
  tail: string;
  /** The text that is signed. */
  signed: string;
}

function decodePart(part: string, what: string): Buffer {
  try {
    return decodeBase64Url(part);
  } catch (e) {
    if (e instanceof BuiltinFailure) throw new BuiltinFailure(`JWT ${what} had invalid encoding: ${e.message}`);
    throw e;
  }
}

function sections(token: string): [string, string, string] {
  const parts = token.split('.');
  if (parts.length === 1) throw new BuiltinFailure('encoded JWT had no period separators');
  if (parts.length !== 3) throw new BuiltinFailure(`encoded JWT must have 3 sections, found ${parts.length}`);
  return parts as [string, string, string];
}

function readToken(token: string): Token {
  const [head, body, tail] = sections(token);
  const header = headerOf(head);
  refuseEncrypted(header);
  const payload = (): string => decodePart(body, 'payload').toString('utf8');
  return { header, payload, signature: () => decodePart(tail, 'signature'), tail, signed: `${head}.${body}` };
}

function refuseEncrypted(header: RegoObject): void {
  if (header.get('enc') !== undefined) throw new BuiltinFailure('JWT is a JWE object, which is not supported');
}

function headerOf(part: string): RegoObject {
  const bytes = decodePart(part, 'header');
  try {
    return jsonObject(bytes.toString('utf8'));
  } catch (e) {
    if (e instanceof BuiltinFailure) throw new BuiltinFailure(`bad JWT header: ${e.message}`);
    throw e;
  }
}

/** Headers that are looked at have to be of the right type where a token is verified. */
function checkHeader(header: RegoObject): void {
  for (const name of ['alg', 'kid', 'typ', 'cty']) {
    const v = header.get(name);
    if (v !== undefined && typeof v !== 'string') throw new BuiltinFailure(`${name}: must be a string`);
  }
  const critical = header.get('crit');
  if (critical === undefined) return;
  if (!Array.isArray(critical)) throw new BuiltinFailure('crit: must be a list');
  if (!critical.some((name) => typeof name === 'string')) throw new BuiltinFailure('crit: must be a nonempty list');
}

function jsonObject(text: string): RegoObject {
  let v: Value;
  try {
    v = decodeJson(text);
  } catch (e) {
    if (e instanceof JsonError) throw new BuiltinFailure(`invalid JSON: ${e.message}`);
    throw e;
  }
  if (v instanceof RegoObject) return v;
  throw new BuiltinFailure('decoded JSON type was not an Object');
}

const MAX_NESTING = 16;

/** A token may hold another one, which its header says with `cty`: in capitals, or in any case where it is verified. */
function isNested(header: RegoObject, anyCase: boolean): boolean {
  const type = header.get('cty');
  return typeof type === 'string' && (anyCase ? type.toUpperCase() : type) === 'JWT';
}

function decode(args: readonly Value[]): Value {
  let text = stringArg(args, 0);
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const token = readToken(text);
    const payload = token.payload();
    if (!isNested(token.header, false)) {
      const object = jsonObject(payload);
      return [token.header, object, token.signature().toString('hex')];
    }
    text = payload.startsWith('"') ? (JSON.parse(payload) as string) : payload;
  }
  throw new BuiltinFailure('JWT is nested too deeply');
}

function verifier(algorithm: Algorithm): Builtin {
  return {
    args: ['string', 'string'],
    result: 'boolean',
    run: (args) => {
      const token = stringArg(args, 0);
      const symmetric = algorithm.startsWith('HS');
      if (symmetric) stringArg(args, 1);
      const [head, body, tail] = sections(token);
      const secret = stringArg(args, 1);
      // An HMAC is compared before anybody looks at the header.
      if (symmetric) return verifyHmac(algorithm, secret, `${head}.${body}`, decodeBase64Url(tail));
      publicKeys(secret);
      const signature = decodeBase64Url(tail);
      const header = headerOf(head);
      refuseEncrypted(header);
      checkHeader(header);
      return verifyWithKeys(algorithm, header, secret, `${head}.${body}`, signature);
    },
  };
}

/** The key the token names, when it names one that is there; else any of them. */
function verifyWithKeys(
  algorithm: Algorithm,
  header: RegoObject,
  text: string,
  signed: string,
  signature: Buffer,
  salt?: SaltLength,
): boolean {
  const keys = publicKeys(text);
  const id = header.get('kid');
  const named = typeof id === 'string' ? keys.filter((k) => k.id === id) : [];
  const candidates = named.length > 0 ? named : keys;
  return candidates.some(
    (k) =>
      (k.algorithm === undefined || k.algorithm === algorithm) &&
      verifySignature(algorithm, k.key, signed, signature, salt),
  );
}

interface Constraints {
  cert: string | undefined;
  secret: string | undefined;
  alg: string | undefined;
  iss: string | undefined;
  aud: string | undefined;
  time: RegoNumber | undefined;
}

function readConstraints(args: readonly Value[], context: BuiltinContext): Constraints {
  const given = objectArg(args, 1);
  const c: Constraints = {
    cert: undefined,
    secret: undefined,
    alg: undefined,
    iss: undefined,
    aud: undefined,
    time: undefined,
  };
  for (const [key, v] of given.entries()) {
    if (key === 'time') {
      if (!isNumber(v)) throw new BuiltinFailure('token time constraint: must be a number');
      c.time = v;
    } else if (typeof key === 'string' && key in c) {
      if (typeof v !== 'string') throw new BuiltinFailure(`${key} constraint: must be a string`);
      if (key === 'cert') publicKeys(v);
      c[key as 'cert'] = v;
    } else
      throw new BuiltinFailure(`unknown token validation constraint: ${typeof key === 'string' ? key : toJson(key)}`);
  }
  if (c.secret === '') c.secret = undefined;
  if (c.cert === undefined && c.secret === undefined) throw new BuiltinFailure('no key constraint');
  if (c.cert !== undefined && c.secret !== undefined) throw new BuiltinFailure('duplicate key constraints');
  if (c.time === undefined && context.run.nowNs !== undefined) c.time = numberFromBigInt(context.run.nowNs);
  return c;
}

function decodeVerify(args: readonly Value[], context: BuiltinContext): Value {
  const rejected: Value = [false, new RegoObject(), new RegoObject()];
  const constraints = readConstraints(args, context);
  let text = stringArg(args, 0);
  for (let depth = 0; depth < MAX_NESTING; depth++) {
    const token = readToken(text);
    checkHeader(token.header);
    const alg = token.header.get('alg');
    if (!isAlgorithm(alg) || namesUnknown(token.header)) return rejected;
    if (!accepts(constraints, alg, token)) return rejected;
    if (isNested(token.header, true)) {
      text = token.payload();
      continue;
    }
    const payload = jsonObject(token.payload());
    return holds(constraints, payload) ? [true, token.header, payload] : rejected;
  }
  return rejected;
}

const KNOWN_HEADERS = ['alg', 'kid', 'typ', 'cty', 'crit'];

/** Whether a header that must be understood is none of those that are (RFC 7515, section 4.1.11). */
function namesUnknown(header: RegoObject): boolean {
  const critical = header.get('crit');
  if (!Array.isArray(critical)) return false;
  return header.keys().some((key) => !KNOWN_HEADERS.includes(String(key)) && critical.includes(key));
}

function accepts(c: Constraints, alg: Algorithm, token: Token): boolean {
  if (c.alg !== undefined && c.alg !== alg) return false;
  const signature = decodeBase64Url(token.tail);
  if (alg.startsWith('HS') !== (c.secret !== undefined)) return false;
  if (c.secret !== undefined) return verifyHmac(alg, c.secret, token.signed, signature);
  return verifyWithKeys(alg, token.header, c.cert as string, token.signed, signature, 'as long as the digest');
}

function holds(c: Constraints, payload: RegoObject): boolean {
  if (c.iss !== undefined && payload.get('iss') !== c.iss) return false;
  const audience = payload.get('aud');
  if (audience !== undefined || c.aud !== undefined) {
    const list = Array.isArray(audience) ? audience : [audience];
    if (c.aud === undefined || !list.includes(c.aud)) return false;
  }
  const expires = instant(payload, 'exp');
  const begins = instant(payload, 'nbf');
  if (expires === undefined && begins === undefined) return true;
  if (c.time === undefined) throw new BuiltinFailure('the caller gave no time');
  const seconds = divide(c.time, 1_000_000_000) ?? 0;
  if (expires !== undefined && compareNumbers(seconds, expires) >= 0) return false;
  return begins === undefined || compareNumbers(seconds, begins) >= 0;
}

function instant(payload: RegoObject, name: string): RegoNumber | undefined {
  const v = payload.get(name);
  if (v === undefined || isNumber(v)) return v;
  throw new BuiltinFailure(`${name} value must be a number`);
}

/** Operands of any type are written as JSON, and the key is looked at first. OPA's cases for v0 keep the spaced text that its releases of that time signed. */
function encodeSign(args: readonly Value[], context: BuiltinContext): Value {
  const text = context.version === 'v0' ? regoText : toJson;
  const [headers = null, payload = null, key = null] = args;
  return makeToken(text(headers), text(payload), toJson(key));
}

function makeToken(headers: string, payload: string, key: string): string {
  const [jwk] = jwks(key);
  if (jwk === undefined) throw new BuiltinFailure('no keys found in JWK set');
  const header = algorithmHeader(headers);
  const alg = header?.get('alg');
  if (alg === undefined) {
    throw new BuiltinFailure(`missing or invalid 'alg' header: jwsbb: header "alg" not found${detailOf(headers)}`);
  }
  if (typeof alg !== 'string') {
    const found = `value doesn't contain string; it contains ${typeName(alg)}`;
    throw new BuiltinFailure(`missing or invalid 'alg' header: ${found}`);
  }
  if (!isAlgorithm(alg)) throw new BuiltinFailure(`unknown JWS algorithm: ${alg}`);
  const type = header?.get('typ');
  if (typeof type !== 'string' || type === 'JWT') {
    if (!isJson(payload)) throw new BuiltinFailure('type is JWT but payload is not JSON');
  }
  const input = `${Buffer.from(headers).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`;
  try {
    return `${input}.${signWith(alg, jwk, input).toString('base64url')}`;
  } catch (e) {
    if (e instanceof UnfitKey) throw new BuiltinFailure(e.message);
    throw new BuiltinFailure(`failed to sign: ${e instanceof Error ? e.message : String(e)}`);
  }
}

function algorithmHeader(headers: string): RegoObject | undefined {
  if (headers === '') {
    const message =
      'missing or invalid \'alg\' header: cannot parse JSON: cannot parse empty string; unparsed tail: "" (unexpected end of JSON input)';
    throw new BuiltinFailure(message);
  }
  try {
    const v = parseJson(headers);
    return v instanceof RegoObject ? v : undefined;
  } catch (e) {
    if (e instanceof JsonError) return undefined;
    throw e;
  }
}

/** Says more than OPA does: older releases named the JSON error or the algorithm, newer ones only the header. */
function detailOf(headers: string): string {
  try {
    parseJson(headers);
    return ' (unsupported signature algorithm)';
  } catch (e) {
    return e instanceof JsonError ? ` (${e.message})` : '';
  }
}

function isJson(text: string): boolean {
  try {
    parseJson(text);
    return true;
  } catch {
    return false;
  }
}

const VERIFIERS: BuiltinTable = Object.fromEntries(
  ALGORITHMS.map((algorithm) => [`io.jwt.verify_${algorithm.toLowerCase()}`, verifier(algorithm)]),
);

export const jwt: BuiltinTable = {
  ...VERIFIERS,
  'io.jwt.decode': { args: ['string'], result: '[object,object,string]', run: decode },
  'io.jwt.decode_verify': {
    args: ['string', 'object<string,any>'],
    result: '[boolean,object,object]',
    impure: true,
    run: decodeVerify,
  },
  'io.jwt.encode_sign': {
    args: ['object<string,any>', 'object<string,any>', 'object<string,any>'],
    result: 'string',
    impure: true,
    run: encodeSign,
  },
  'io.jwt.encode_sign_raw': {
    args: ['string', 'string', 'string'],
    result: 'string',
    impure: true,
    run: (args) => makeToken(stringArg(args, 0), stringArg(args, 1), stringArg(args, 2)),
  },
};
