/** A seeded generator of 32-bit numbers (xorshift, Marsaglia 2003): the same seed gives the same values everywhere. */
export interface Random {
  next(): number;
  below(limit: number): number;
  /** `length` characters out of an alphabet. */
  text(alphabet: string, length: number): string;
  bytes(length: number): Buffer;
}

export const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
export const lower = 'abcdefghijklmnopqrstuvwxyz';
export const digits = '0123456789';
export const hex = '0123456789abcdef';
export const alphanumeric = digits + upper + lower;
export const base64Url = `${alphanumeric}-_`;
export const base64 = `${alphanumeric}+/`;
export const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function randomFrom(seed: number): Random {
  let state = (seed * 2654435761 + 88172645) >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let warm = 0; warm < 8; warm++) next();
  const below = (limit: number): number => Math.floor((next() / 0x100000000) * limit);
  return {
    next,
    below,
    text: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(''),
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
