import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { strictBase64 } from '../sign/wire.ts';

/** One signature line of a signed note: `— name base64(key id ‖ signature)`. */
export interface NoteSignature {
  name: string;
  keyId: Buffer;
  signature: Buffer;
}

/** An Ed25519 key with the name that stands in the notes it signs. */
export interface NoteKey {
  name: string;
  publicKey: Buffer;
  privateKey?: KeyObject;
}

const ed25519 = 1;
/** DER of an Ed25519 public key before its 32 bytes (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs a text that ends with a line feed (C2SP signed-note, signature type 0x01). */
export function signNote(text: string, key: NoteKey & { privateKey: KeyObject }): string {
  const signature = sign(null, Buffer.from(text), key.privateKey);
  return `${text}\n— ${key.name} ${Buffer.concat([keyIdOf(key), signature]).toString('base64')}\n`;
}

/** Text and signatures of a note; undefined when it has not exactly that form. */
export function parseNote(note: string): { text: string; signatures: NoteSignature[] } | undefined {
  const at = note.lastIndexOf('\n\n');
  if (at === -1 || !note.endsWith('\n')) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(at + 2, -1).split('\n')) {
    const match = /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line);
    const bytes = match ? strictBase64(match[2] as string) : undefined;
    if (!match || !bytes || bytes.length < 5) return undefined;
    signatures.push({ name: match[1] as string, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) });
  }
  return { text: note.slice(0, at + 1), signatures };
}

/** The text of a note that this key has signed; undefined when it has not. */
export function openNote(note: string, key: NoteKey): string | undefined {
  const parsed = parseNote(note);
  if (!parsed) return undefined;
  const id = keyIdOf(key);
  const own = parsed.signatures.find((one) => one.name === key.name && one.keyId.equals(id));
  if (!own) return undefined;
  const publicKey = createPublicKey({ key: Buffer.concat([spkiHead, key.publicKey]), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(parsed.text), publicKey, own.signature) ? parsed.text : undefined;
}

/** `name+key id+base64(type ‖ key)`: how a verifier is told the key (C2SP signed-note). */
export function verifierKey(key: NoteKey): string {
  const typed = Buffer.concat([Buffer.of(ed25519), key.publicKey]);
  return `${key.name}+${keyIdOf(key).toString('hex')}+${typed.toString('base64')}`;
}

/** Reads a verifier key; undefined when it is not one of an Ed25519 key, or its id does not fit. */
export function parseVerifierKey(text: string): NoteKey | undefined {
  const match = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  const typed = match ? strictBase64(match[3] as string) : undefined;
  if (!match || typed?.length !== 33 || typed[0] !== ed25519) return undefined;
  const key = { name: match[1] as string, publicKey: typed.subarray(1) };
  return keyIdOf(key).toString('hex') === match[2] ? key : undefined;
}

/** A private key in PEM (PKCS#8) as the key of notes. */
export function noteKeyOf(name: string, pem: string): NoteKey & { privateKey: KeyObject } {
  const privateKey = createPrivateKey(pem);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { name, privateKey, publicKey: spki.subarray(spki.length - 32) };
}

/** The first four bytes of `SHA-256(name ‖ LF ‖ type ‖ key)`. */
function keyIdOf(key: NoteKey): Buffer {
  return createHash('sha256')
    .update(`${key.name}\n`)
    .update(Buffer.of(ed25519))
    .update(key.publicKey)
    .digest()
    .subarray(0, 4);
}
