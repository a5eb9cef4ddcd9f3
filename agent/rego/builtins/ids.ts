/** `uuid.*` and `rand.intn`: random values come from the caller's seed, so that a decision can be repeated. */
import { createHash } from 'node:crypto';
import { fromJs } from '../values/json.ts';
import { numberFromBigInt } from '../values/number.ts';
import type { Value } from '../values/value.ts';
import { type BuiltinContext, type BuiltinTable, bigIntArg, stringArg } from './types.ts';

function bytesFor(context: BuiltinContext, kind: string, key: string): Buffer {
  return createHash('sha256').update(`${context.run.seed}\0${kind}\0${key}`).digest();
}

function rfc4122(args: readonly Value[], context: BuiltinContext): Value {
  const bytes = bytesFor(context, 'uuid', stringArg(args, 0)).subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function intn(args: readonly Value[], context: BuiltinContext): Value {
  const key = stringArg(args, 0);
  const n = bigIntArg(args, 1);
  const size = n < 0n ? -n : n;
  if (size === 0n) return 0;
  return numberFromBigInt(BigInt(`0x${bytesFor(context, `rand ${size}`, key).toString('hex')}`) % size);
}

const UUID =
  /^(?:urn:uuid:)?\{?([0-9a-fA-F]{8})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{4})-?([0-9a-fA-F]{12})\}?$/i;
const VARIANTS = ['Reserved', 'RFC4122', 'Microsoft', 'Future'];

/** Nanoseconds between the Gregorian calendar's first day and 1970, in units of 100. */
const EPOCH = 0x01b21dd213814000n;

function parse(args: readonly Value[]): Value | undefined {
  const match = UUID.exec(stringArg(args, 0));
  // What is no UUID has no parts: undefined, even where errors are asked for.
  if (match === null) return undefined;
  const [, low, mid, high, sequence, node] = match as unknown as [string, string, string, string, string, string];
  const version = Number.parseInt(high.charAt(0), 16);
  const made: Record<string, unknown> = { version, variant: variantOf(Number.parseInt(sequence.slice(0, 2), 16)) };
  if (version === 1 || version === 2) {
    const first = Number.parseInt(node.slice(0, 2), 16);
    made.nodeid = (node.toLowerCase().match(/../g) as string[]).join('-');
    made.macvariables = `${first & 2 ? 'local' : 'global'}:${first & 1 ? 'multicast' : 'unicast'}`;
    made.time = wrap64((BigInt(`0x${high.slice(1)}${mid}${low}`) - EPOCH) * 100n);
    made.clocksequence = Number.parseInt(sequence, 16) & 0x3fff;
  }
  if (version === 2) {
    made.id = Number.parseInt(low, 16);
    made.domain =
      ['Person', 'Group', 'Org'][Number.parseInt(sequence.slice(2), 16)] ??
      `Domain${Number.parseInt(sequence.slice(2), 16)}`;
  }
  return fromJs(made);
}

/** Go computes the time in 64 bits. */
function wrap64(n: bigint): bigint {
  return BigInt.asIntN(64, n);
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return VARIANTS[1] as string;
  if ((byte & 0xe0) === 0xc0) return VARIANTS[2] as string;
  return (byte & 0xe0) === 0xe0 ? (VARIANTS[3] as string) : (VARIANTS[0] as string);
}

export const ids: BuiltinTable = {
  'uuid.rfc4122': { args: ['string'], result: 'string', impure: true, run: rfc4122 },
  'uuid.parse': { args: ['string'], result: 'object<string,any>', run: parse },
  'rand.intn': { args: ['string', 'number'], result: 'number', impure: true, run: intn },
};
