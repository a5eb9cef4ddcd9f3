import { createHash, X509Certificate } from 'node:crypto';
import { strictBase64 } from './wire.ts';

/** Bytes beyond which a signature is not searched; gitsign's, with its log entry, has about 10 KB. */
const mostBytes = 1 << 20;

/**
 * The certificate of a CMS signature (`SIGNED MESSAGE`) by its fingerprint, as the program that verified it named it. The
 * structure around it need not be understood, and may be BER as gpgsm writes it: what has that hash is that certificate.
 * Undefined when none has.
 */
export function certificateIn(armoured: string, fingerprint: string): X509Certificate | undefined {
  const body = /-----BEGIN SIGNED MESSAGE-----\n([A-Za-z0-9+/=\n]+)-----END SIGNED MESSAGE-----/.exec(armoured);
  const bytes = body && strictBase64((body[1] as string).replaceAll('\n', ''));
  const wanted = fingerprint.toLowerCase().replaceAll(':', '');
  const algorithm = { 40: 'sha1', 64: 'sha256' }[wanted.length];
  if (!bytes || bytes.length > mostBytes || algorithm === undefined) return undefined;
  // A certificate is a SEQUENCE with a length of two bytes (X.690 §8.1.3.5): 30 82 hi lo.
  for (
    let at = bytes.indexOf('3082', 'hex');
    at !== -1 && at + 4 < bytes.length;
    at = bytes.indexOf('3082', at + 1, 'hex')
  ) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) continue;
    const one = bytes.subarray(at, end);
    if (createHash(algorithm).update(one).digest('hex') !== wanted) continue;
    try {
      return new X509Certificate(one);
    } catch {
      return undefined;
    }
  }
  return undefined;
}

/** Whether a certificate is of an address (subjectAltName, or the subject where that has none), and the addresses it names. */
export function namesAddress(certificate: X509Certificate, address: string): boolean {
  try {
    return address !== '' && certificate.checkEmail(address) !== undefined;
  } catch {
    return false;
  }
}

/** Addresses of a certificate, for people. */
export function addressesOf({ subjectAltName, subject }: X509Certificate): string {
  const alternative = [...(subjectAltName ?? '').matchAll(/email:([^\s,"]+)/g)].map((match) => match[1]);
  const own = /^emailAddress=(.+)$/m.exec(subject ?? '')?.[1];
  return alternative.join(', ') || own || 'nobody';
}
