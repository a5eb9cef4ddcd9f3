import { createHash, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { type Algorithm, isAlgorithm, verifySignature } from '../../rego/crypto/jws.ts';
import type { BundleFile } from '../bundle.ts';
import { signatureHash } from './canonical.ts';

/** What a bundle must be signed with. Nothing of it comes from the bundle. */
export interface VerificationKey {
  /** PEM of a public key or certificate, or the secret of an HMAC algorithm. */
  text: string;
  /** The only algorithm that is taken; without it, any of the public key's own kind. A secret needs it. */
  algorithm?: string;
  /** The token must name this key, where it names one. */
  id?: string;
}

export interface Verification {
  key: VerificationKey;
  /** Must equal the token's `scope`; both may be absent. */
  scope?: string;
  /** Milliseconds since 1970. With it a token that says when it begins or ends (`nbf`, `exp`) counts only between. */
  now?: number;
}

/** Why a signature does not count; the message is one line for a person. */
export class SignatureError extends Error {}

/**
 * Verifies `.signatures.json` against every other file of the bundle (openpolicyagent.org/docs/management-bundles,
 * "Signing"): exactly one token, its signature by the given key, the scope, the exact set of files and each hash.
 * Returns words for a person, such as `good (ES256, SHA256:…)`; throws `SignatureError`.
 */
export function verifySignatures(files: readonly BundleFile[], { key, scope, now }: Verification): string {
  const { header, payload, input, signature } = tokenOf(files);
  const algorithm = header['alg'];
  if (!isAlgorithm(algorithm)) throw new SignatureError(`its token is signed with ${say(algorithm)}, which is refused`);
  const { object, fingerprint } = keyFor(key, algorithm);
  const named = header['kid'] ?? payload['keyid'];
  if (key.id !== undefined && named !== undefined && named !== key.id) {
    throw new SignatureError(`its token names the key ${say(named)}, not ${say(key.id)}`);
  }
  if (!verifySignature(algorithm, object, input, signature)) {
    throw new SignatureError(`its signature (${algorithm}) was not made with the configured key`);
  }
  const said = payload['scope'] ?? '';
  if (said !== (scope ?? ''))
    throw new SignatureError(`its scope is ${say(said)}, and ${say(scope ?? '')} is asked for`);
  if (now !== undefined) verifyTimes(payload, now);
  verifyFiles(files, payload['files']);
  return `good (${algorithm}, ${fingerprint})`;
}

/** `SHA256:` and base64 without padding, of the public key's SPKI form; a secret has no fingerprint that may be shown. */
export function fingerprintOf(key: VerificationKey): string {
  return isPem(key.text) ? spkiFingerprint(publicKeyOf(key.text)) : 'shared secret';
}

interface Token {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
  input: string;
  signature: Buffer;
}

function tokenOf(files: readonly BundleFile[]): Token {
  const file = files.find((one) => one.path === '.signatures.json');
  const list = recordOf(file && new TextDecoder().decode(file.bytes))?.['signatures'];
  if (!Array.isArray(list)) throw new SignatureError('.signatures.json holds no list of signatures');
  if (list.length !== 1) throw new SignatureError(`it has ${list.length} signatures; exactly one is allowed`);
  const parts = String(list[0]).split('.');
  if (parts.length !== 3 || parts.some((part) => !/^[A-Za-z0-9_-]*$/.test(part))) {
    throw new SignatureError('its signature is no JSON web token');
  }
  const [head, body, tail] = parts as [string, string, string];
  const [header, payload] = [head, body].map((part) => recordOf(Buffer.from(part, 'base64url').toString('utf8')));
  if (!header || !payload) throw new SignatureError('its token is not readable');
  // RFC 7515 §4.1.11: an extension that must be understood, and is not, invalidates the token.
  if (header['crit'] !== undefined) throw new SignatureError('its token asks for an extension that is not known');
  return { header, payload, input: `${head}.${body}`, signature: Buffer.from(tail, 'base64url') };
}

/** The key as the algorithm needs it. A public key never becomes the secret of an HMAC, nor the other way round. */
function keyFor(key: VerificationKey, algorithm: Algorithm): { object: KeyObject; fingerprint: string } {
  if (key.algorithm !== undefined && key.algorithm !== algorithm) {
    throw new SignatureError(`its token is signed with ${algorithm}, and the key is for ${key.algorithm}`);
  }
  const secret = algorithm.startsWith('HS');
  if (secret !== !isPem(key.text)) {
    const what = isPem(key.text) ? 'a public key' : 'a shared secret';
    throw new SignatureError(`its token is signed with ${algorithm}, and the configured key is ${what}`);
  }
  if (!secret) {
    const object = publicKeyOf(key.text);
    return { object, fingerprint: spkiFingerprint(object) };
  }
  if (key.algorithm === undefined)
    throw new SignatureError(
      'the configured secret names no algorithm; say it beside it in your own configuration (algorithm: HS256)',
    );
  return { object: createSecretKey(Buffer.from(key.text)), fingerprint: 'shared secret' };
}

function publicKeyOf(pem: string): KeyObject {
  // `createPublicKey` would also take a private key, which has no business where policy is verified.
  if (/PRIVATE KEY/.test(pem)) throw new SignatureError('the configured key is a private key; give its public half');
  try {
    return createPublicKey(pem);
  } catch {
    throw new SignatureError('the configured key is not a readable public key (PEM)');
  }
}

function spkiFingerprint(key: KeyObject): string {
  const digest = createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

function isPem(text: string): boolean {
  return text.trimStart().startsWith('-----BEGIN ');
}

/** How far two clocks may differ. */
const tolerance = 60_000;

/** RFC 7519 §4.1.4 and §4.1.5. OPA does not look at them; whoever signs with an end does not mean it to be overlooked. */
function verifyTimes({ exp, nbf }: Record<string, unknown>, now: number): void {
  for (const [name, time] of Object.entries({ exp, nbf })) {
    if (time !== undefined && (typeof time !== 'number' || !Number.isFinite(new Date(time * 1000).getTime())))
      throw new SignatureError(`its token has an ${name} that is no time`);
  }
  const day = (time: unknown) => `${new Date(Number(time) * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  if (exp !== undefined && now > Number(exp) * 1000 + tolerance)
    throw new SignatureError(`its signature ended ${day(exp)}`);
  if (nbf !== undefined && now < Number(nbf) * 1000 - tolerance)
    throw new SignatureError(`its signature begins ${day(nbf)}`);
}

function verifyFiles(files: readonly BundleFile[], listed: unknown): void {
  if (!Array.isArray(listed)) throw new SignatureError('its token lists no files');
  const open = new Map<string, Record<string, unknown>>();
  for (const entry of listed as unknown[]) {
    if (!isRecord(entry) || typeof entry['name'] !== 'string') throw new SignatureError('its token lists no files');
    open.set(entry['name'].replace(/^\/+/, ''), entry);
  }
  for (const { path, bytes } of files) {
    if (path === '.signatures.json') continue;
    const entry = open.get(path);
    if (!entry) throw new SignatureError(`${path} is not in its signature`);
    open.delete(path);
    const hash = signatureHash(path, bytes, String(entry['algorithm']));
    if (hash === undefined) throw new SignatureError(`${path} cannot be hashed with ${say(entry['algorithm'])}`);
    if (hash !== String(entry['hash']).toLowerCase()) throw new SignatureError(`${path} is not what was signed`);
  }
  const [missing] = open.keys();
  if (missing !== undefined) throw new SignatureError(`${missing} was signed and is missing`);
}

function recordOf(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function say(value: unknown): string {
  return value === '' || value === undefined ? 'none' : JSON.stringify(value).slice(0, 60);
}
