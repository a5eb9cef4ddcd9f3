import { createHash, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import type { Git } from '../git/run.ts';
import { type AllowedSigners, matchSigner, type SignerMatch } from '../sign/allowed-signers.ts';
import { askSshKeygen } from '../sign/ssh-certificate.ts';
import { fingerprintOf } from '../sign/ssh-key.ts';
import { verifySshsig } from '../sign/sshsig.ts';
import { strictBase64, wireString } from '../sign/wire.ts';
import { type Envelope, namespace, payloadType, type Statement } from './types.ts';

/**
 * What makes a signature: given the bytes to sign, the signature and the name of its key. `seal`, where there is one, puts
 * into the envelope what a key of some minutes needs to be believed later.
 */
export type Signer = (
  bytes: Buffer,
) => Promise<{ keyid: string; sig: Buffer; seal?: (envelope: Envelope) => Promise<Envelope> }>;

/** DSSE's Pre-Authentication Encoding: type and payload with their lengths, so that neither can run into the other. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Signs a statement. The bytes that are signed are the bytes that are kept: nobody has to serialise them again. */
export async function signStatement(statement: Statement, signer: Signer): Promise<Envelope> {
  const payload = Buffer.from(JSON.stringify(statement));
  const { keyid, sig, seal } = await signer(preAuthEncoding(payloadType, payload));
  const signatures = [{ keyid, sig: sig.toString('base64') }];
  const envelope: Envelope = { payloadType, payload: payload.toString('base64'), signatures };
  return seal ? seal(envelope) : envelope;
}

/**
 * Name of an Ed25519 or P-256 key, private or public: the fingerprint that `ssh-keygen -l` prints of it, which is what DSSE
 * verifiers such as cosign compute when a key has no name of its own.
 */
export function keyIdOf(key: KeyObject): string {
  const { crv, x = '', y = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  const bytes = (text: string) => Buffer.from(text, 'base64url');
  const point = () => Buffer.concat([Buffer.from([4]), bytes(x), bytes(y)]);
  const words = crv === 'Ed25519' ? ['ssh-ed25519', bytes(x)] : ['ecdsa-sha2-nistp256', 'nistp256', point()];
  const hash = createHash('sha256').update(Buffer.concat(words.map(wireString)));
  return `SHA256:${hash.digest('base64').replace(/=+$/, '')}`;
}

/** A signer with a private key of Node (Ed25519 or ECDSA P-256), for CI and for tools such as cosign. */
export function keySigner(key: KeyObject): Signer {
  const keyid = keyIdOf(key);
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return async (bytes) => ({ keyid, sig: signBytes(hash, bytes, key) });
}

export interface SshSigned {
  /** `SHA256:…` of the SSH key. */
  key: string;
  match: SignerMatch;
}

/**
 * Who of `signers` has signed an envelope with an SSH key: the signature must fit the payload's bytes, and the key must be
 * one that may sign statements for `email` at every moment of `seconds`. Undefined when no signature fits; `match` says
 * whether the key is trusted.
 */
export async function sshSigned(
  envelope: Envelope,
  payload: Uint8Array,
  signers: AllowedSigners,
  query: { email: string; seconds: readonly number[]; git: Git },
): Promise<SshSigned | undefined> {
  const signed = preAuthEncoding(envelope.payloadType, payload);
  for (const { sig } of envelope.signatures) {
    const armoured = strictBase64(sig)?.toString('latin1');
    const result = armoured === undefined ? undefined : verifySshsig(armoured, signed, namespace);
    if (armoured === undefined || !result || result.status === 'bad' || result.status === 'untouched') continue;
    const blob = result.status === 'good' ? result.key.blob : result.keyBlob;
    const matches: SignerMatch[] = [];
    for (const seconds of query.seconds) {
      if (result.status === 'good') {
        matches.push(matchSigner(signers, { keyBlob: blob, namespace, email: query.email, seconds }));
        continue;
      }
      const question = { armoured, message: signed, namespace, email: query.email, seconds, signers };
      const answer = await askSshKeygen(query.git, question);
      if (answer.status === 'bad' || answer.status === 'no-key') return undefined;
      matches.push('principal' in answer ? answer : { status: 'unknown' });
    }
    const match = matches.find((one) => one.status !== 'good') ?? (matches[0] as SignerMatch);
    return { key: fingerprintOf(blob), match };
  }
  return undefined;
}

/** True when a signature of the envelope is of this key: how CI's own statements are opened. */
export function verifyWithKey(envelope: Envelope, key: KeyObject): boolean {
  const payload = strictBase64(envelope.payload);
  if (!payload) return false;
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const signed = preAuthEncoding(envelope.payloadType, payload);
  return envelope.signatures.some(({ sig }) => {
    const bytes = strictBase64(sig);
    return bytes !== undefined && verifyBytes(hash, signed, key, bytes);
  });
}

/** One line of a note: the envelope, or the bundle around it where there is one. */
export function lineOf({ bundle, ...envelope }: Envelope): string {
  return JSON.stringify(bundle ?? envelope);
}

/** Reads one line of a note; undefined when it is neither an envelope nor a bundle around one. */
export function parseEnvelope(line: string): Envelope | undefined {
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    const inner = value?.['dsseEnvelope'];
    const envelope = envelopeIn(inner ?? value);
    return envelope && (inner === undefined ? envelope : { ...envelope, bundle: value as Record<string, unknown> });
  } catch {
    return undefined;
  }
}

function envelopeIn(value: unknown): Envelope | undefined {
  const { payload, payloadType: type, signatures } = (value ?? {}) as Partial<Envelope>;
  if (typeof payload !== 'string' || typeof type !== 'string') return undefined;
  if (!Array.isArray(signatures) || signatures.length > 16) return undefined;
  // DSSE 1.0: `keyid` is optional, and Sigstore leaves it out.
  const whole = signatures.every((one) => typeof one?.sig === 'string' && typeof (one.keyid ?? '') === 'string');
  if (!whole) return undefined;
  return { payloadType: type, payload, signatures: signatures.map(({ keyid = '', sig }) => ({ keyid, sig })) };
}
