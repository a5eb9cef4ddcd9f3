import { createHash, createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { type AllowedSigners, matchSigner, type SignerMatch } from '../sign/allowed-signers.ts';
import { verifySshsig } from '../sign/sshsig.ts';
import { strictBase64 } from '../sign/wire.ts';
import { type Envelope, namespace, payloadType, type Statement, statementType } from './types.ts';

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

/** A signer with a private key of Node (Ed25519 or ECDSA P-256), for CI and for tools such as cosign. */
export function keySigner(key: KeyObject): Signer {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const keyid = `SHA256:${createHash('sha256').update(spki).digest('hex')}`;
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return async (bytes) => ({ keyid, sig: signBytes(hash, bytes, key) });
}

export interface OpenedEnvelope {
  statement: Statement;
  /** `SHA256:…` of the SSH key. */
  key: string;
  match: SignerMatch;
}

/**
 * Opens an envelope that an SSH key has signed: the signature must fit the bytes, and the key must be one that `signers`
 * let sign statements for `email` at `seconds`. Undefined when the envelope is malformed or no signature fits;
 * `match` says whether the key is trusted.
 */
export function openEnvelope(
  envelope: Envelope,
  signers: AllowedSigners,
  query: { email: string; seconds: number },
): OpenedEnvelope | undefined {
  const payload = strictBase64(envelope.payload);
  const statement = payload && envelope.payloadType === payloadType ? parseStatement(payload) : undefined;
  if (!payload || !statement) return undefined;
  const signed = preAuthEncoding(payloadType, payload);
  for (const { sig } of envelope.signatures) {
    const armoured = strictBase64(sig)?.toString('latin1');
    const result = armoured === undefined ? undefined : verifySshsig(armoured, signed, namespace);
    if (result?.status !== 'good') continue;
    const match = matchSigner(signers, { keyBlob: result.key.blob, namespace, ...query });
    return { statement, key: result.key.fingerprint, match };
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

function parseStatement(payload: Buffer): Statement | undefined {
  try {
    const value = JSON.parse(payload.toString('utf8')) as Partial<Statement> | null;
    const whole =
      value?._type === statementType &&
      typeof value.predicateType === 'string' &&
      typeof value.predicate === 'object' &&
      value.predicate !== null &&
      Array.isArray(value.subject) &&
      value.subject.every((one) => typeof one?.digest === 'object' && one.digest !== null);
    return whole ? (value as Statement) : undefined;
  } catch {
    return undefined;
  }
}
