/** `net.cidr_*`: addresses as integers, networks as an address and a length. */
import { charge } from '../eval/context.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import { mergeNetworks } from './netmerge.ts';
import { formatAddress, type Network, networkOf, parseAddress, parseNetwork } from './network.ts';
import { type BuiltinContext, BuiltinFailure, type BuiltinTable, listArg, oneOf, stringArg } from './types.ts';

function networkArg(args: readonly Value[], index: number): Network {
  return cidr(stringArg(args, index));
}

function cidr(text: string): Network {
  const network = parseNetwork(text);
  if (network === undefined) throw new BuiltinFailure(`invalid CIDR address: ${text}`);
  return network;
}

function last(n: Network): bigint {
  return n.address | ((1n << BigInt(n.bits - n.length)) - 1n);
}

function holds(outer: Network, inner: Network): boolean {
  return outer.bits === inner.bits && inner.address >= outer.address && last(inner) <= last(outer);
}

/** The second operand is a network or an address. */
function contains(args: readonly Value[]): Value {
  const network = networkArg(args, 0);
  return holds(network, candidateNetwork(stringArg(args.slice(1), 0)));
}

function intersects(args: readonly Value[]): Value {
  const a = networkArg(args, 0);
  // OPA counts the operands of both from one.
  const b = networkArg(args.slice(1), 0);
  return a.bits === b.bits && a.address <= last(b) && b.address <= last(a);
}

function expand(args: readonly Value[], context: BuiltinContext): Value {
  const network = networkArg(args, 0);
  const size = 1n << BigInt(network.bits - network.length);
  charge(context.run, size > 1_000_000_000n ? Number.MAX_SAFE_INTEGER : Number(size));
  const set = new RegoSet();
  for (let i = 0n; i < size; i++) set.add(formatAddress(network.address + i, network.bits));
  return set;
}

interface Candidate {
  key: Value;
  /** Throws where the element is neither a string nor an array with an element. */
  text: () => Value;
  network: () => Network;
}

/** Networks of a string, or of each element of a collection, with the key under which each stands; read when asked for. */
function candidates(args: readonly Value[], index: number, read: (v: Value) => Network): Candidate[] {
  const v = oneOf(args, index, ['string', 'array', 'set', 'object']);
  const entries: [Value, Value][] = [];
  if (typeof v === 'string') entries.push([v, v]);
  else if (v instanceof RegoObject) entries.push(...v.entries());
  else if (v instanceof RegoSet) for (const item of v.items()) entries.push([item, item]);
  else for (const [i, item] of (v as readonly Value[]).entries()) entries.push([i, item]);
  return entries.map(([key, element]) => {
    let known: Network | undefined;
    const text = (): Value => {
      const first = Array.isArray(element) ? (element[0] as Value | undefined) : element;
      if (first !== undefined && (Array.isArray(element) || typeof first === 'string')) return first;
      throw new BuiltinFailure(`operand ${index + 1}: element must be string or non-empty array`);
    };
    const network = (): Network => {
      known ??= read(text());
      return known;
    };
    return { key, text, network };
  });
}

function isCollection(v: Value): boolean {
  return Array.isArray(v) || v instanceof RegoSet || v instanceof RegoObject;
}

function candidateNetwork(text: string): Network {
  const address = parseAddress(text);
  const network = address === undefined ? parseNetwork(text) : networkOf(address);
  if (network === undefined)
    throw new BuiltinFailure(`not a valid textual representation of an IP address or CIDR: ${text}`);
  return network;
}

function containsMatches(args: readonly Value[], context: BuiltinContext): Value {
  const known = args.map((v) => typeof v === 'string' || isCollection(v));
  if (known[0] === false) return new RegoSet();
  const outer = candidates(args, 0, (v) => cidr(stringArg([v], 0)));
  // What nothing can be in is not looked at.
  if (outer.length === 0) return new RegoSet();
  const inner = known[1] === false ? [] : candidates(args, 1, (v) => candidateNetwork(stringArg([v], 0)));
  charge(context.run, (outer.length * inner.length) >> 3);
  const found = new RegoSet();
  for (const a of outer) {
    a.text();
    for (const b of inner) {
      b.text();
      if (holds(a.network(), b.network())) found.add([a.key, b.key]);
    }
  }
  return found;
}

function merge(args: readonly Value[]): Value {
  const list = args[0] as Value;
  if (!Array.isArray(list) && !(list instanceof RegoSet)) throw new BuiltinFailure('operand must be an array');
  const networks = listArg(args, 0).map((v) => {
    if (typeof v !== 'string') throw new BuiltinFailure('element must be string');
    return mergeCandidate(v);
  });
  const merged = new RegoSet();
  for (const n of mergeNetworks(networks)) {
    // An address that nothing was merged with is shown as it was given.
    const alone = networks.filter((other) => other.bits === n.bits && holds(n, other));
    const shown = alone.length === 1 && alone[0]?.length === n.length ? (alone[0].given ?? n.address) : n.address;
    merged.add(`${formatAddress(shown, n.bits)}/${n.length}`);
  }
  return merged;
}

/** An IPv4 address without a length gets that of its class, as Go's `DefaultMask`; IPv6 has no classes. */
function mergeCandidate(text: string): Network {
  const network = parseNetwork(text);
  if (network !== undefined) return network;
  const address = parseAddress(text);
  if (address === undefined) throw new BuiltinFailure(`invalid CIDR address: ${text}`);
  if (address.bits === 128) throw new BuiltinFailure('IPv6 invalid: needs prefix length');
  const top = Number(address.value >> 24n);
  const length = top < 0x80 ? 8 : top < 0xc0 ? 16 : 24;
  const first = (address.value >> BigInt(32 - length)) << BigInt(32 - length);
  return { address: first, length, bits: 32, given: address.value };
}

const CANDIDATES = 'string|array<string|array>|object<string,string|array>|set<string|array>';

export const net: BuiltinTable = {
  'net.cidr_contains': { args: ['string', 'string'], result: 'boolean', run: contains },
  'net.cidr_overlap': { args: ['string', 'string'], result: 'boolean', deprecated: true, run: contains },
  'net.cidr_contains_matches': { args: [CANDIDATES, CANDIDATES], result: 'set<[any,any]>', run: containsMatches },
  'net.cidr_expand': { args: ['string'], result: 'set<string>', run: expand },
  'net.cidr_intersects': { args: ['string', 'string'], result: 'boolean', run: intersects },
  'net.cidr_is_valid': {
    args: ['string'],
    result: 'boolean',
    run: ([v]) => typeof v === 'string' && parseNetwork(v) !== undefined,
  },
  'net.cidr_merge': { args: ['array<string>|set<string>'], result: 'set<string>', run: merge },
};
