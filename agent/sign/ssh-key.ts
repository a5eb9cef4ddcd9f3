import { createHash, createPublicKey, type KeyObject, verify as verifyBytes } from 'node:crypto';
import { readWire } from './wire.ts';

/** A public key as SSH writes it (RFC 4253 §6.6, RFC 5656, RFC 8709, OpenSSH PROTOCOL.u2f). */
export interface SshKey {
  type: string;
  blob: Buffer;
  /** `SHA256:…`, as ssh-keygen prints it. */
  fingerprint: string;
  key: KeyObject;
  /** The application string of a hardware key. */
  application?: Buffer;
}

/** Reads a public key blob. Undefined for certificates, DSA and anything malformed: those are left to ssh-keygen. */
export function parseSshKey(blob: Buffer): SshKey | undefined {
  const wire = readWire(blob);
  const type = wire.string()?.toString('latin1');
  try {
    const parsed = type === undefined ? undefined : readKey(type, wire);
    if (!parsed || !wire.atEnd() || type === undefined) return undefined;
    return { type, blob, fingerprint: fingerprintOf(blob), ...parsed };
  } catch {
    // Node refuses points that are not on the curve and moduli it cannot read.
    return undefined;
  }
}

/** `SHA256:` and the unpadded base64 of the blob's digest. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}

/**
 * Verifies one signature blob (`string algorithm, string signature`) over `message`.
 * RSA is accepted with SHA-2 only and at least 2,048 bits, as ssh-keygen does. A hardware key that nobody has touched
 * (`no-touch-required`) is told apart: ssh-keygen takes it, but whatever runs on the machine can sign with it.
 */
export function verifySsh(key: SshKey, signature: Buffer, message: Buffer): 'good' | 'bad' | 'untouched' {
  const wire = readWire(signature);
  const algorithm = wire.string()?.toString('latin1');
  const value = wire.string();
  if (algorithm === undefined || value === undefined) return 'bad';
  try {
    if (key.application) return verifyHardware(key, algorithm, value, wire, message);
    return wire.atEnd() && verifyPlain(key, algorithm, value, message) ? 'good' : 'bad';
  } catch {
    return 'bad';
  }
}

const curves: Record<string, { name: string; crv: string; hash: string; size: number }> = {
  'ecdsa-sha2-nistp256': { name: 'nistp256', crv: 'P-256', hash: 'sha256', size: 32 },
  'ecdsa-sha2-nistp384': { name: 'nistp384', crv: 'P-384', hash: 'sha384', size: 48 },
  'ecdsa-sha2-nistp521': { name: 'nistp521', crv: 'P-521', hash: 'sha512', size: 66 },
};

const hardwareEcdsa = 'sk-ecdsa-sha2-nistp256@openssh.com';
const hardwareEd25519 = 'sk-ssh-ed25519@openssh.com';

function readKey(type: string, wire: ReturnType<typeof readWire>): Pick<SshKey, 'key' | 'application'> | undefined {
  if (type === 'ssh-ed25519') {
    const point = wire.string();
    return point?.length === 32 ? { key: ed25519(point) } : undefined;
  }
  if (type === 'ssh-rsa') {
    const exponent = wire.string();
    const modulus = wire.string();
    if (!exponent || !modulus) return undefined;
    const jwk = { kty: 'RSA', e: unsigned(exponent), n: unsigned(modulus) };
    return { key: createPublicKey({ key: jwk, format: 'jwk' }) };
  }
  if (type === hardwareEd25519) {
    const point = wire.string();
    const application = wire.string();
    return point?.length === 32 && application ? { key: ed25519(point), application } : undefined;
  }
  const curve = curves[type === hardwareEcdsa ? 'ecdsa-sha2-nistp256' : type];
  if (!curve) return undefined;
  const name = wire.string()?.toString('latin1');
  const point = wire.string();
  if (name !== curve.name || point?.[0] !== 4 || point.length !== 1 + 2 * curve.size) return undefined;
  const x = point.subarray(1, 1 + curve.size).toString('base64url');
  const y = point.subarray(1 + curve.size).toString('base64url');
  const key = createPublicKey({ key: { kty: 'EC', crv: curve.crv, x, y }, format: 'jwk' });
  if (type !== hardwareEcdsa) return { key };
  const application = wire.string();
  return application ? { key, application } : undefined;
}

function ed25519(point: Buffer): KeyObject {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: point.toString('base64url') }, format: 'jwk' });
}

function verifyPlain(key: SshKey, algorithm: string, value: Buffer, message: Buffer): boolean {
  if (key.type === 'ssh-ed25519') {
    return algorithm === 'ssh-ed25519' && value.length === 64 && verifyBytes(null, message, key.key, value);
  }
  if (key.type === 'ssh-rsa') {
    const hash = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[algorithm];
    const bits = key.key.asymmetricKeyDetails?.modulusLength ?? 0;
    return (
      hash !== undefined && bits >= 2048 && value.length * 8 === bits && verifyBytes(hash, message, key.key, value)
    );
  }
  const curve = curves[key.type];
  if (!curve || algorithm !== key.type) return false;
  const signature = ecdsaSignature(value, curve.size);
  return (
    signature !== undefined && verifyBytes(curve.hash, message, { key: key.key, dsaEncoding: 'ieee-p1363' }, signature)
  );
}

/** OpenSSH PROTOCOL.u2f: the authenticator signs application hash, flags, counter and message hash. */
function verifyHardware(
  key: SshKey,
  algorithm: string,
  value: Buffer,
  wire: ReturnType<typeof readWire>,
  message: Buffer,
): 'good' | 'bad' | 'untouched' {
  const flags = wire.take(1);
  const counter = wire.take(4);
  if (algorithm !== key.type || !flags || !counter || !wire.atEnd()) return 'bad';
  const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
  const signed = Buffer.concat([hash(key.application as Buffer), flags, counter, hash(message)]);
  const fits =
    key.type === hardwareEd25519
      ? value.length === 64 && verifyBytes(null, signed, key.key, value)
      : fitsEcdsa(key, ecdsaSignature(value, 32), signed);
  if (!fits) return 'bad';
  return ((flags[0] as number) & 1) === 1 ? 'good' : 'untouched';
}

function fitsEcdsa({ key }: SshKey, signature: Buffer | undefined, signed: Buffer): boolean {
  return signature !== undefined && verifyBytes('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Two mpints to the fixed-width pair that WebCrypto and Node call IEEE P1363. */
function ecdsaSignature(value: Buffer, size: number): Buffer | undefined {
  const wire = readWire(value);
  const parts = [wire.string(), wire.string()];
  if (!wire.atEnd()) return undefined;
  const out: Buffer[] = [];
  for (const part of parts) {
    if (!part || !isMinimalPositive(part)) return undefined;
    const bare = part[0] === 0 ? part.subarray(1) : part;
    if (bare.length > size) return undefined;
    out.push(Buffer.concat([Buffer.alloc(size - bare.length), bare]));
  }
  return Buffer.concat(out);
}

/** RFC 4251 §5: an mpint has no unneeded leading zero and is negative when its first bit is set. */
function isMinimalPositive(part: Buffer): boolean {
  if (part.length === 0) return false;
  const first = part[0] as number;
  if (first & 0x80) return false;
  return !(first === 0 && (part.length === 1 || ((part[1] as number) & 0x80) === 0));
}

function unsigned(mpint: Buffer): string {
  return (mpint[0] === 0 ? mpint.subarray(1) : mpint).toString('base64url');
}
