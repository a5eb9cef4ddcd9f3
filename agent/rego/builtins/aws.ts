/** `providers.aws.sign_req`: AWS Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html). */
import { createHash, createHmac } from 'node:crypto';
import { civilOf, inRange } from '../time/zone.ts';
import { toJson } from '../values/json.ts';
import { isIntegerText, toBigInt } from '../values/number.ts';
import { RegoObject, RegoSet, regoText, typeName, type Value } from '../values/value.ts';
import { checkRequest } from './online.ts';
import { BuiltinFailure, type BuiltinTable, numberArg, objectArg } from './types.ts';
import { escapedPath, type GoUrl, parseUrl } from './url.ts';

function requireFields(v: RegoObject, names: readonly string[], index: number, what: string): void {
  const missing = names.filter((name) => v.get(name) === undefined);
  if (missing.length > 0) throw refused(index, `missing required ${what}`, missing);
  const invalid = names.filter((name) => typeof v.get(name) !== 'string');
  if (invalid.length > 0) throw refused(index, `invalid values for required ${what}`, invalid);
}

function refused(index: number, message: string, names: Value[]): BuiltinFailure {
  const list = regoText(names.reduce((set: RegoSet, name) => set.add(name), new RegoSet()));
  return new BuiltinFailure(`operand ${index} ${message}(s): ${list}`, 'eval_type_error');
}

interface Config {
  accessKey: string;
  secretKey: string;
  region: string;
  service: string;
  sessionToken: string | undefined;
  unsigned: boolean;
}

function readConfig(v: RegoObject): Config {
  const text = (name: string): string => String(v.get(name));
  const token = v.get('aws_session_token');
  const unsigned = v.get('disable_payload_signing') ?? false;
  if (typeof unsigned !== 'boolean')
    throw new BuiltinFailure("operand 2 invalid value for 'disable_payload_signing' in AWS config", 'eval_type_error');
  return {
    accessKey: text('aws_access_key'),
    secretKey: text('aws_secret_access_key'),
    region: text('aws_region'),
    service: text('aws_service'),
    sessionToken: typeof token === 'string' ? token : undefined,
    unsigned,
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

/** The request with the headers of the signature added. */
function sign(args: readonly Value[]): Value {
  const request = objectArg(args, 0);
  // OPA counts this operand as the first, too.
  const given = objectArg(args.slice(1), 0);
  const [theirs, ours] = [
    ['aws_access_key', 'aws_region', 'aws_secret_access_key', 'aws_service'],
    ['method', 'url'],
  ] as const;
  requireFields(given, theirs, 2, 'AWS config parameters');
  // And this one as well.
  const at = numberArg(args.slice(2), 0);
  // `1e9` is no integer to Go, however whole it is.
  const ns = isIntegerText(at) ? toBigInt(at) : undefined;
  if (ns === undefined || !inRange(ns)) {
    throw new BuiltinFailure('operand 3 could not convert time_ns value into a unix timestamp', 'eval_type_error');
  }
  checkRequest(args);
  requireFields(request, ours, 1, 'request parameters');
  const url = parseUrl(String(request.get('url')));
  const own = ownHeaders(request);
  const config = readConfig(given);
  const headers = signedHeaders(request, config, url.host, ns);
  headers.set('Authorization', authorization(request, config, url, own, headers, ns));
  const made = new RegoObject();
  for (const [key, value] of request.entries()) made.set(key, value);
  const all = new RegoObject();
  for (const [name, value] of [...own, ...headers]) all.set(name, value);
  return made.set('headers', all);
}

function ownHeaders(request: RegoObject): [string, string][] {
  const given = request.get('headers');
  if (given === undefined) return [];
  if (!(given instanceof RegoObject))
    throw new BuiltinFailure(`operand 0 must be object but got ${typeName(given)}`, 'eval_type_error');
  return [...given.entries()].map(([name, value]) => [String(name), typeof value === 'string' ? value : '']);
}

function bodyOf(request: RegoObject): string {
  const raw = request.get('raw_body');
  if (typeof raw === 'string') return raw;
  const body = request.get('body');
  return body === undefined || body === null ? '' : toJson(body);
}

function stamp(ns: bigint): { day: string; time: string } {
  const c = civilOf(ns, 'UTC');
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${c.year}${two(c.month)}${two(c.day)}`;
  return { day, time: `${day}T${two(c.hour)}${two(c.minute)}${two(c.second)}Z` };
}

function signedHeaders(request: RegoObject, config: Config, host: string, ns: bigint): Map<string, string> {
  const headers = new Map([
    ['host', host],
    ['x-amz-date', stamp(ns).time],
  ]);
  // Other services do not want the digest as a header.
  if (config.service === 's3' || config.service === 'glacier')
    headers.set('x-amz-content-sha256', contentDigest(request, config));
  if (config.sessionToken !== undefined) headers.set('x-amz-security-token', config.sessionToken);
  return headers;
}

function contentDigest(request: RegoObject, config: Config): string {
  return config.unsigned ? 'UNSIGNED-PAYLOAD' : sha256(bodyOf(request));
}

function authorization(
  request: RegoObject,
  config: Config,
  url: GoUrl,
  own: readonly [string, string][],
  headers: ReadonlyMap<string, string>,
  ns: bigint,
): string {
  const { day, time } = stamp(ns);
  const lower = new Map(headers);
  // OPA signs the request's own headers as they came, even where the answer holds a new value.
  for (const [name, value] of own) lower.set(name.toLowerCase(), value);
  const names = [...lower.keys()]
    .filter((n) => n !== 'authorization' && n !== 'user-agent' && n !== 'x-amzn-trace-id')
    .sort();
  const canonical = [
    // OPA signs the method as it is written, and an empty path as empty.
    String(request.get('method')),
    escapedPath(url.path),
    url.query,
    names.map((n) => `${n}:${lower.get(n)}\n`).join(''),
    names.join(';'),
    contentDigest(request, config),
  ].join('\n');
  const scope = `${day}/${config.region}/${config.service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const parts = [day, config.region, config.service, 'aws4_request'];
  const key = parts.reduce((k: string | Buffer, part) => hmac(k, part), `AWS4${config.secretKey}`);
  const signature = hmac(key, text).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${config.accessKey}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`;
}

export const aws: BuiltinTable = {
  'providers.aws.sign_req': {
    args: ['object<string,any>', 'object<string,any>', 'number'],
    result: 'object',
    run: sign,
  },
};
