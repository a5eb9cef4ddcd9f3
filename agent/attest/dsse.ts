import { createHash, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { type AllowedSigners, matchSigner, type SignerMatch } from '../sign/allowed-signers.ts';
import { verifySshsig } from '../sign/sshsig.ts';
import { strictBase64, wireString } from '../sign/wire.ts';
import { type Envelope, namespace, payloadType, type Statement } from './types.ts';

/** What makes a signature: given the bytes to sign, the signature and the name of its key. */
export type Signer = (bytes: Buffer) => Promise<{ keyid: string; sig: Buffer }>;

/** DSSE's Pre-Authentication Encoding: type and payload with their lengths, so that neither can run into the other. */
export function preAuthEncoding(type: string, payload: Uint8Array): Buffer {
  const head = `DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

/** Signs a statement. The bytes that are signed are the bytes that are kept: nobody has to serialise them again. */
export async function signStatement(statement: Statement, signer: Signer): Promise<Envelope> {
  const payload = Buffer.from(JSON.stringify(statement));
  const { keyid, sig } = await signer(preAuthEncoding(payloadType, payload));
  return { payloadType, payload: payload.toString('base64'), signatures: [{ keyid, sig: sig.toString('base64') }] };
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
export function sshSigned(
  envelope: Envelope,
  payload: Uint8Array,
  signers: AllowedSigners,
  query: { email: string; seconds: readonly number[] },
): SshSigned | undefined {
  const signed = preAuthEncoding(envelope.payloadType, payload);
  for (const { sig } of envelope.signatures) {
    const armoured = strictBase64(sig)?.toString('latin1');
    const result = armoured === undefined ? undefined : verifySshsig(armoured, signed, namespace);
    if (result?.status !== 'good') continue;
    const { blob, fingerprint } = result.key;
    const matches = query.seconds.map((seconds) =>
      matchSigner(signers, { keyBlob: blob, namespace, email: query.email, seconds }),
    );
    const match = matches.find((one) => one.status !== 'good') ?? (matches[0] as SignerMatch);
    return { key: fingerprint, match };
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

/** Reads one line of a note; undefined when it is no envelope. */
export function parseEnvelope(line: string): Envelope | undefined {
  try {
    const value = JSON.parse(line) as Partial<Envelope> | null;
    const signatures = value?.signatures;
    const whole =
      typeof value?.payload === 'string' &&
      typeof value.payloadType === 'string' &&
      Array.isArray(signatures) &&
      signatures.length <= 16 &&
      signatures.every((one) => typeof one?.sig === 'string' && typeof one.keyid === 'string');
    return whole ? (value as Envelope) : undefined;
  } catch {
    return undefined;
  }
}
