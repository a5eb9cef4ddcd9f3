import { createHash } from 'node:crypto';
import { parseSshKey, type SshKey, verifySsh } from './ssh-key.ts';
import { readWire, strictBase64, wireString } from './wire.ts';

const begin = '-----BEGIN SSH SIGNATURE-----';
const end = '-----END SSH SIGNATURE-----';

export type SshsigResult =
  | { status: 'good'; key: SshKey }
  /** Well formed, but not a signature over these bytes in this namespace. */
  | { status: 'bad'; key?: SshKey }
  /** It fits, but nobody has touched the hardware key for it. */
  | { status: 'untouched'; key: SshKey }
  /** A kind of key only ssh-keygen can judge here: a certificate, or one Node does not know. */
  | { status: 'unsupported'; keyBlob: Buffer };

/**
 * Verifies an armoured SSHSIG (OpenSSH PROTOCOL.sshsig) over `message` in `namespace` (git uses `git`).
 * It says nothing about whose key it is: that is the allowed signers' business.
 */
export function verifySshsig(armoured: string, message: Buffer, namespace: string): SshsigResult {
  const blob = unarmour(armoured);
  if (!blob) return { status: 'bad' };
  const wire = readWire(blob);
  if (wire.take(6)?.toString('latin1') !== 'SSHSIG' || wire.uint32() !== 1) return { status: 'bad' };
  const keyBlob = wire.string();
  const signedNamespace = wire.string();
  const reserved = wire.string();
  const hashName = wire.string()?.toString('latin1');
  const signature = wire.string();
  if (!keyBlob || !signedNamespace || !reserved || !signature || !wire.atEnd()) return { status: 'bad' };
  if (hashName !== 'sha256' && hashName !== 'sha512') return { status: 'bad' };
  const key = parseSshKey(keyBlob);
  if (!key) return { status: 'unsupported', keyBlob };
  if (signedNamespace.toString('utf8') !== namespace) return { status: 'bad', key };
  const signed = Buffer.concat([
    Buffer.from('SSHSIG'),
    wireString(signedNamespace),
    wireString(reserved),
    wireString(hashName),
    wireString(createHash(hashName).update(message).digest()),
  ]);
  return { status: verifySsh(key, signature, signed), key };
}

/** As strict as ssh-keygen: line feeds only, nothing before the first line, at most one line feed after the last. */
function unarmour(text: string): Buffer | undefined {
  const trimmed = text.endsWith('\n') ? text.slice(0, -1) : text;
  if (!trimmed.startsWith(`${begin}\n`) || !trimmed.endsWith(`\n${end}`)) return undefined;
  const body = trimmed.slice(begin.length + 1, -end.length - 1);
  return strictBase64(body.replace(/\n/g, ''));
}
