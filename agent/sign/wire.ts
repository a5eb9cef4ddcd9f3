/**
 * Strict reader of the SSH wire format (RFC 4251 §5). Signatures are read by nothing else, so every looseness here would
 * be a way to make two different byte strings count as one signature.
 */
export interface Wire {
  /** The next length-prefixed string, or undefined when the buffer ends first. */
  string(): Buffer | undefined;
  uint32(): number | undefined;
  /** Raw bytes. */
  take(length: number): Buffer | undefined;
  atEnd(): boolean;
}

export function readWire(bytes: Buffer): Wire {
  let at = 0;
  const take = (length: number): Buffer | undefined => {
    if (length < 0 || at + length > bytes.length) return undefined;
    at += length;
    return bytes.subarray(at - length, at);
  };
  const uint32 = (): number | undefined => take(4)?.readUInt32BE(0);
  return {
    take,
    uint32,
    string: () => {
      const length = uint32();
      return length === undefined ? undefined : take(length);
    },
    atEnd: () => at === bytes.length,
  };
}

/** A length-prefixed string. */
export function wireString(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as Uint8Array);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/**
 * Base64 that is canonical: right alphabet, right padding, no spare bits. Node's own decoder skips what it does not know,
 * which is how 11 of 160 mangled signatures once passed for good ones.
 */
export function strictBase64(text: string): Buffer | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : undefined;
}
