/** The smallest list of networks that covers exactly the same addresses. */
import type { Network } from './network.ts';

export function mergeNetworks(networks: readonly Network[]): Network[] {
  const plain = networks.filter((n) => n.mapped === undefined);
  const mapped = networks.filter((n) => n.mapped !== undefined);
  const large = mergeFamily(plain, 128);
  // IPv4 lies within IPv6, and a network that holds all of that holds every one of IPv4.
  const holdsAll = large.some(
    (n) => n.length < 96 && (0xffffn << 32n) >> BigInt(128 - n.length) === n.address >> BigInt(128 - n.length),
  );
  return [...(holdsAll ? [] : mergeFamily(plain, 32)), ...mergeFamily(mapped, 32), ...large];
}

function mergeFamily(networks: readonly Network[], bits: 32 | 128): Network[] {
  const ranges = networks
    .filter((n) => n.bits === bits)
    .map((n): [bigint, bigint] => [n.address, n.address + (1n << BigInt(bits - n.length))])
    .sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const joined: [bigint, bigint][] = [];
  for (const [from, to] of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last[1]) {
      // Math.max knows no bigint.
      if (to > last[1]) last[1] = to;
    } else joined.push([from, to]);
  }
  return joined.flatMap(([from, to]) => cover(from, to, bits));
}

/** Splits a range into networks, each as large as its alignment and the rest allow. */
function cover(start: bigint, to: bigint, bits: 32 | 128): Network[] {
  const made: Network[] = [];
  for (let from = start; from < to; ) {
    let length = bits as number;
    while (length > 0) {
      const size = 1n << BigInt(bits - length + 1);
      if (from % size !== 0n || from + size > to) break;
      length--;
    }
    made.push({ address: from, length, bits });
    from += 1n << BigInt(bits - length);
  }
  return made;
}
