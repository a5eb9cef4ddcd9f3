/** IP addresses and networks as text and as integers. */

export interface Address {
  value: bigint;
  bits: 32 | 128;
}

export interface Network {
  address: bigint;
  length: number;
  bits: 32 | 128;
  /** IPv4 that was written as IPv6; it is not merged with other IPv4. */
  mapped?: true;
  /** The address of which only the network is meant. */
  given?: bigint;
}

/** IPv4 without leading zeros, or IPv6 without a zone. An IPv4 address written in IPv6 counts as IPv4. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = parseV4(text);
    return value === undefined ? undefined : { value, bits: 32 };
  }
  const value = parseV6(text);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn ? { value: value & 0xffffffffn, bits: 32 } : { value, bits: 128 };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const p of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(p) || Number(p) > 255) return undefined;
    value = (value << 8n) | BigInt(p);
  }
  return value;
}

function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] as string, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1] as string, true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const all = [...head, ...new Array<bigint>(missing).fill(0n), ...tail];
  return all.reduce((value, group) => (value << 16n) | group, 0n);
}

function groupsOf(text: string, mayEndInV4: boolean): bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [i, p] of parts.entries()) {
    if (p.includes('.') && i === parts.length - 1 && mayEndInV4) {
      const v4 = parseV4(p);
      if (v4 === undefined) return undefined;
      groups.push(v4 >> 16n, v4 & 0xffffn);
    } else if (/^[0-9a-fA-F]{1,4}$/.test(p)) groups.push(BigInt(`0x${p}`));
    else return undefined;
  }
  return groups;
}

/** An address with a length; bits of the host are cleared. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (address === undefined || !/^\d{1,6}$/.test(digits)) return undefined;
  let length = Number(digits);
  // An IPv4 network may be written with the length of its IPv6 form.
  const mapped = address.bits === 32 && text.slice(0, slash).includes(':');
  if (mapped) length -= 96;
  if (length < 0 || length > address.bits) return undefined;
  const host = BigInt(address.bits - length);
  const network = { address: (address.value >> host) << host, length, bits: address.bits };
  return mapped ? { ...network, mapped } : network;
}

export function networkOf(a: Address): Network {
  return { address: a.value, length: a.bits, bits: a.bits };
}

export function formatAddress(value: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - i * 16)) & 0xffffn));
  const zeros = longestZeros(groups);
  const text = groups.map((g) => g.toString(16));
  if (zeros === undefined) return text.join(':');
  return `${text.slice(0, zeros[0]).join(':')}::${text.slice(zeros[1]).join(':')}`;
}

/** The longest run of at least two zero groups, the first of equals. */
function longestZeros(groups: number[]): [number, number] | undefined {
  let best: [number, number] | undefined;
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === 0) end++;
    if (end - i >= 2 && (best === undefined || end - i > best[1] - best[0])) best = [i, end];
  }
  return best;
}
