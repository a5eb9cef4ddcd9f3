/** `providers.aws.sign_req`: AWS Signature Version 4 (https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html). */
import { createHash, createHmac } from 'node:crypto';
import { civilOf, inRange } from '../time/zone.ts';
import { toJson } from '../values/json.ts';
import { toBigInt } from '../values/number.ts';
import { isNumber, RegoObject, RegoSet, regoText, type Value } from '../values/value.ts';
import { BuiltinFailure, type BuiltinTable, numberArg, objectArg } from './types.ts';

function stringFields(v: RegoObject, names: string[], index: number, what: string): void {
  const missing = names.filter((name) => v.get(name) === undefined);
  if (missing.length > 0) throw refused(index, `missing required ${what}`, missing);
  const invalid = names.filter((name) => typeof v.get(name) !== 'string');
  if (invalid.length > 0) throw refused(index, `invalid values for required ${what}`, invalid);
}

function refused(index: number, message: string, names: string[]): BuiltinFailure {
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
  return {
    accessKey: text('aws_access_key'),
    secretKey: text('aws_secret_access_key'),
    region: text('aws_region'),
    service: text('aws_service'),
    sessionToken: typeof token === 'string' ? token : undefined,
    unsigned: v.get('disable_payload_signing') === true,
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
  stringFields(request, ['method', 'url'], 1, 'request parameters');
  const given = objectArg(args, 1);
  const needed = ['aws_access_key', 'aws_region', 'aws_secret_access_key', 'aws_service'];
  stringFields(given, needed, 2, 'AWS config parameters');
  const ns = toBigInt(numberArg(args, 2));
  if (ns === undefined || ns < 0n || !inRange(ns)) {
    throw new BuiltinFailure('operand 3 could not convert time_ns value into a unix timestamp', 'eval_type_error');
  }
  const config = readConfig(given);
  const url = parseUrl(String(request.get('url')));
  const headers = signedHeaders(request, config, url.host, ns);
  headers.set('Authorization', authorization(request, config, url, headers, ns));
  const made = new RegoObject();
  for (const [key, value] of request.entries()) made.set(key, value);
  const all = new RegoObject();
  for (const [name, value] of headers) all.set(name, value);
  return made.set('headers', all);
}

function parseUrl(url: string): { host: string; path: string; query: string } {
  const match = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(url);
  if (match === null) throw new BuiltinFailure(`url is no absolute URL: ${url}`);
  return { host: match[1] as string, path: match[2] as string, query: match[3] ?? '' };
}

function bodyOf(request: RegoObject): string {
  const raw = request.get('raw_body');
  if (typeof raw === 'string') return raw;
  const body = request.get('body');
  return body === undefined ? '' : toJson(body);
}

function stamp(ns: bigint): { day: string; time: string } {
  const c = civilOf(ns, 'UTC');
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${c.year}${two(c.month)}${two(c.day)}`;
  return { day, time: `${day}T${two(c.hour)}${two(c.minute)}${two(c.second)}Z` };
}

function signedHeaders(request: RegoObject, config: Config, host: string, ns: bigint): Map<string, string> {
  const headers = new Map<string, string>();
  const given = request.get('headers');
  if (given instanceof RegoObject) {
    for (const [name, value] of given.entries()) headers.set(String(name), headerText(value));
  }
  headers.set('host', host);
  headers.set('x-amz-content-sha256', config.unsigned ? 'UNSIGNED-PAYLOAD' : sha256(bodyOf(request)));
  headers.set('x-amz-date', stamp(ns).time);
  if (config.sessionToken !== undefined) headers.set('x-amz-security-token', config.sessionToken);
  return headers;
}

function headerText(v: Value): string {
  if (typeof v === 'string') return v;
  if (Array.isArray(v) || v instanceof RegoSet) return (v instanceof RegoSet ? v.items() : v).map(headerText).join(',');
  return isNumber(v) ? regoText(v) : toJson(v);
}

function authorization(
  request: RegoObject,
  config: Config,
  url: { host: string; path: string; query: string },
  headers: Map<string, string>,
  ns: bigint,
): string {
  const { day, time } = stamp(ns);
  const lower = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value.trim()]));
  // OPA signs the request's own headers as they came, even where the answer holds a new value.
  const given = request.get('headers');
  if (given instanceof RegoObject) {
    for (const [name, value] of given.entries()) lower.set(String(name).toLowerCase(), headerText(value).trim());
  }
  const names = [...lower.keys()]
    .filter((n) => n !== 'authorization' && n !== 'user-agent' && n !== 'x-amzn-trace-id')
    .sort();
  const canonical = [
    // OPA signs the method as it is written, and an empty path as empty.
    String(request.get('method')),
    url.path,
    url.query.split('&').sort().join('&'),
    names.map((n) => `${n}:${lower.get(n)}\n`).join(''),
    names.join(';'),
    headers.get('x-amz-content-sha256'),
  ].join('\n');
  const scope = `${day}/${config.region}/${config.service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const parts = [day, config.region, config.service, 'aws4_request'];
  const key = parts.reduce((k: string | Buffer, part) => hmac(k, part), `AWS4${config.secretKey}`);
  const signature = hmac(key, text).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${config.accessKey}/${scope},SignedHeaders=${names.join(';')},Signature=${signature}`;
}

export const aws: BuiltinTable = {
  'providers.aws.sign_req': { args: ['object', 'object', 'number'], result: 'object', run: sign },
};
