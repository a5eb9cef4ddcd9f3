/** Object identifiers of keys in a SubjectPublicKeyInfo: their value in DER, as bytes. */
const keyAlgorithms: readonly string[] = [
  '\x2a\x86\x48\x86\xf7\x0d\x01\x01', // PKCS #1 (RFC 8017): rsaEncryption and its siblings
  '\x2a\x86\x48\xce\x3d\x02\x01', // id-ecPublicKey (RFC 5480)
  '\x2a\x86\x48\xce\x38\x04\x01', // id-dsa (RFC 3279)
  '\x2b\x65', // X25519, X448, Ed25519, Ed448 (RFC 8410)
];

/**
 * The base64 text begins with a public key or a certificate in DER: SubjectPublicKeyInfo and Certificate (RFC 5280 §4.1) or
 * RSAPublicKey (RFC 8017 §A.1.1). Private keys begin with a version, encrypted ones with the identifier of a cipher. Looks at
 * the first 48 characters; anything that is not base64 or not DER is `false`.
 */
export function isPublicDer(base64: string): boolean {
  if (!base64.startsWith('M') || base64.length < 44 || !/^[A-Za-z0-9+/]{44}/.test(base64)) return false;
  const bytes = Buffer.from(base64.slice(0, 48), 'base64').toString('latin1');
  const outer = derElement(bytes, 0);
  if (outer?.tag !== 0x30) return false;
  const first = derElement(bytes, outer.at);
  // The modulus of an RSAPublicKey; in private keys a version of one byte stands here.
  if (first?.tag === 0x02) return first.length >= 64;
  if (first?.tag !== 0x30) return false;
  const inner = derElement(bytes, first.at);
  // A certificate's explicit version, or the serial number of one without.
  if (inner?.tag === 0xa0 || inner?.tag === 0x02) return true;
  return inner?.tag === 0x06 && keyAlgorithms.some((oid) => bytes.startsWith(oid, inner.at));
}

/**
 * Tag, length and place of the content of the element of DER (X.690 §8.1) at `at`. `bytes` is latin1. `undefined` where the text
 * ends, the length is indefinite or needs more than three bytes.
 */
export function derElement(bytes: string, at: number): { tag: number; length: number; at: number } | undefined {
  if (at + 2 > bytes.length) return undefined;
  const tag = bytes.charCodeAt(at);
  const short = bytes.charCodeAt(at + 1);
  if (short < 0x80) return { tag, length: short, at: at + 2 };
  const size = short & 0x7f;
  if (size === 0 || size > 3 || at + 2 + size > bytes.length) return undefined;
  let length = 0;
  for (let step = 0; step < size; step++) length = (length << 8) | bytes.charCodeAt(at + 2 + step);
  return { tag, length, at: at + 2 + size };
}
