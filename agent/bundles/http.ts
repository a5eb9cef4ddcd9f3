import { request as plainRequest } from 'node:http';
import { type RequestOptions, request as secureRequest } from 'node:https';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { BundleError } from './limits.ts';
import { readSecret, readUserFile, type ServiceConfig, type UserConfig } from './user-config.ts';

export interface HttpRequest {
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: Uint8Array;
  /** Bytes that are read at most. */
  maxBytes: number;
  /** Milliseconds for the whole answer, redirects included. */
  timeout: number;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const maximumRedirects = 3;

/**
 * One request with what the user's configuration knows about this address. Credentials go to the address they are meant
 * for and nowhere else: no redirect is followed once one was sent, and none leads from https to http.
 * Throws `BundleError` with one line for a person; it never holds a credential.
 */
export async function ask(
  url: URL,
  user: UserConfig,
  options: HttpRequest,
  env: NodeJS.ProcessEnv,
): Promise<HttpAnswer> {
  const deadline = AbortSignal.timeout(options.timeout);
  let at = url;
  for (let hops = 0; ; hops++) {
    const service = serviceOf(at, user);
    const access = service ? accessOf(at, service, env) : {};
    const answer = await once(at, access, options, deadline);
    if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
    const next = nextAddress(at, answer);
    if (service && (service.token || service.certificate)) {
      throw refused(`${at.host} answers with a redirect to ${next.host}, which is not followed with credentials`);
    }
    if (options.method === 'POST')
      throw refused(`${at.host} answers with a redirect, which is not followed when sending`);
    if (at.protocol === 'https:' && next.protocol !== 'https:')
      throw refused(`${at.host} redirects to an unencrypted address`);
    if (hops >= maximumRedirects) throw refused(`${url.host} redirects more than ${maximumRedirects} times`);
    at = next;
  }
}

/** The service whose address the request lies below: same scheme, host and port, and a path that begins with its parts. */
export function serviceOf(url: URL, user: UserConfig): ServiceConfig | undefined {
  const fits = user.services.filter((service) => {
    const base = new URL(service.url);
    const folder = base.pathname.replace(/\/+$/, '');
    return base.origin === url.origin && (url.pathname === folder || url.pathname.startsWith(`${folder}/`));
  });
  return fits.sort((a, b) => b.url.length - a.url.length)[0];
}

function nextAddress(at: URL, answer: HttpAnswer): URL {
  try {
    const next = new URL(String(answer.headers['location']), at);
    if (/^https?:$/.test(next.protocol) && next.username === '' && next.password === '') return next;
  } catch {
    // Said below.
  }
  throw refused(`${at.host} redirects to an address that cannot be used`);
}

function accessOf(url: URL, service: ServiceConfig, env: NodeJS.ProcessEnv): RequestOptions {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  const headers: Record<string, string> = {};
  if (service.token) {
    if (url.protocol === 'http:' && !local)
      throw refused(`the token for ${url.host} is not sent over an unencrypted connection`);
    const token = readSecret(service.token, `the token for ${url.host}`, env);
    if (/[^\x21-\x7e]/.test(token)) throw refused(`the token for ${url.host} holds characters that no token has`);
    headers['authorization'] = `Bearer ${token}`;
  }
  const file = (name: string | undefined, what: string) =>
    name === undefined ? undefined : readUserFile(name, `${what} for ${url.host}`, env);
  const cert = file(service.certificate, 'the certificate');
  const key = file(service.privateKey, 'the private key');
  const ca = file(service.ca, 'the certificate authority');
  return { headers, ...(cert ? { cert } : {}), ...(key ? { key } : {}), ...(ca ? { ca } : {}) };
}

const unknownIssuer = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

function once(url: URL, access: RequestOptions, options: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  const { method = 'GET', headers = {}, body, maxBytes } = options;
  const send = url.protocol === 'https:' ? secureRequest : plainRequest;
  if (url.protocol === 'https:') usableCertificate(access, url);
  const all = {
    ...headers,
    ...(access.headers as Record<string, string>),
    ...(body ? { 'content-length': body.length } : {}),
  };
  return new Promise((resolve, reject) => {
    let begun = false;
    const fail = (error: Error) =>
      reject(error instanceof BundleError ? error : refused(`${url.host} ${reasonOf(error, signal, begun)}`));
    const request = send(url, { ...access, method, headers: all, signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      begun = true;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBytes) chunks.push(chunk);
        else request.destroy(refused(`${url.host} sends more than ${maxBytes / 1e6} MB`));
      });
      response.on('error', fail);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
      });
    });
    request.on('error', fail);
    request.end(body);
  });
}

/** Node checks a certificate and its key when it makes the request, and throws. */
function usableCertificate(options: RequestOptions, url: URL): void {
  try {
    createSecureContext(options as SecureContextOptions);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new BundleError(
      `the certificate, private key or CA for ${url.host} cannot be used (${code ?? 'no PEM'}): do they belong together?`,
      'bundle-key',
    );
  }
}

function reasonOf(error: Error, signal: AbortSignal, begun: boolean): string {
  if (signal.aborted) return begun ? 'did not send all of it in time' : 'did not answer in time';
  const { code } = error as NodeJS.ErrnoException;
  if (begun) return `stopped in the middle of its answer (${code ?? 'connection failed'})`;
  if (code === 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' || code === 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REQUIRED')
    return 'asks for a certificate of yours: certificate and private-key of the service in your own configuration';
  if (code === 'ECONNREFUSED') return 'refuses the connection';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'cannot be found';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'shows a certificate for another name';
  if (code !== undefined && unknownIssuer.has(code))
    return `shows a certificate that nobody here vouches for (${code}): name its CA, ca of the service in your own configuration`;
  if (code?.includes('CERT') || code?.startsWith('ERR_TLS') || code?.startsWith('ERR_SSL'))
    return `is not trusted (${code})`;
  return `did not answer (${code ?? 'connection failed'})`;
}

function refused(message: string): BundleError {
  return new BundleError(message, 'bundle-fetch');
}
