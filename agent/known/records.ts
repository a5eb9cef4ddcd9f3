import { createHmac, hash, timingSafeEqual } from 'node:crypto';

/**
 * Format of the file of known objects: blocks, each `PGK1`, the number of its records (32 bits, big-endian), the records,
 * and a MAC over all of that. A record is a MAC itself, of what was looked at; it tells nothing about it without the key.
 */
const magic = Buffer.from('PGK1', 'latin1');
const head = magic.length + 4;
/** Bytes of a record and of a block's MAC: HMAC-SHA-256 cut to 128 bits (RFC 2104, section 5). */
export const recordSize = 16;

/**
 * Makes records: the MAC of some words, as a string of one character for each byte. HMAC is written out (RFC 2104), since
 * a push asks for thousands and the object that Node makes for each costs four times the two hashes.
 */
export function recordMaker(key: Uint8Array): (words: readonly string[]) => string {
  const [inner, outer] = [Buffer.alloc(64, 0x36), Buffer.alloc(64, 0x5c)];
  for (const [index, byte] of key.entries()) {
    inner.writeUInt8(0x36 ^ byte, index);
    outer.writeUInt8(0x5c ^ byte, index);
  }
  const sha = (...parts: Uint8Array[]) => hash('sha256', Buffer.concat(parts), 'buffer');
  return (words) => sha(outer, sha(inner, Buffer.from(words.join('\0')))).toString('latin1', 0, recordSize);
}

/** A block that holds these records. */
export function blockOf(key: Uint8Array, records: readonly string[]): Buffer {
  const body = Buffer.alloc(head + records.length * recordSize);
  magic.copy(body);
  body.writeUInt32BE(records.length, magic.length);
  body.write(records.join(''), head, 'latin1');
  return Buffer.concat([body, macOf(key, body)]);
}

/**
 * The records of every block that is whole and was written with this key, in order. `damaged` counts the places where
 * something else stands: torn, changed or foreign. What follows such a place is found again by its first four bytes.
 */
export function readBlocks(key: Uint8Array, bytes: Buffer): { records: string[]; damaged: number } {
  const records: string[] = [];
  let damaged = 0;
  for (let at = 0; at < bytes.length; ) {
    const end = endOfBlock(key, bytes, at);
    if (end !== undefined) {
      for (let record = at + head; record < end - recordSize; record += recordSize)
        records.push(bytes.toString('latin1', record, record + recordSize));
      at = end;
      continue;
    }
    damaged++;
    const next = bytes.indexOf(magic, at + 1);
    at = next === -1 ? bytes.length : next;
  }
  return { records, damaged };
}

function endOfBlock(key: Uint8Array, bytes: Buffer, at: number): number | undefined {
  if (at + head > bytes.length || !bytes.subarray(at, at + magic.length).equals(magic)) return undefined;
  const mac = at + head + bytes.readUInt32BE(at + magic.length) * recordSize;
  const end = mac + recordSize;
  if (end > bytes.length) return undefined;
  return timingSafeEqual(bytes.subarray(mac, end), macOf(key, bytes.subarray(at, mac))) ? end : undefined;
}

function macOf(key: Uint8Array, body: Uint8Array): Buffer {
  return createHmac('sha256', key).update('block\0').update(body).digest().subarray(0, recordSize);
}
