import { createHash } from 'node:crypto';

/**
 * The Merkle tree of RFC 6962 §2.1 over a list of entries: roots, inclusion proofs and consistency proofs. Everything here
 * works on the hashes of leaves (32 bytes each), so that an entry is hashed once.
 */

/** `SHA-256(0x00 ‖ entry)`: the hash of a leaf. */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash('sha256').update(Uint8Array.of(0)).update(entry).digest();
}

/** The root of a list of leaf hashes; of an empty list it is the hash of nothing (RFC 6962 §2.1). */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  return joinPeaks(leaves.reduce((peaks: Peaks, leaf) => addLeaf(peaks, leaf), { size: 0, hashes: [] }).hashes);
}

/** What must be remembered of a tree to append to it: the roots of its perfect subtrees, largest first. */
export interface Peaks {
  size: number;
  hashes: readonly Buffer[];
}

/** The tree with one more leaf. Subtrees of equal size are joined, as the binary form of the size says. */
export function addLeaf(peaks: Peaks, leaf: Buffer): Peaks {
  const hashes = [...peaks.hashes];
  let hash = leaf;
  for (let rest = peaks.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    hash = nodeHash(hashes.pop() as Buffer, hash);
  }
  return { size: peaks.size + 1, hashes: [...hashes, hash] };
}

/** The root of a tree of which the peaks are known. */
export function rootOfPeaks(peaks: Peaks): Buffer {
  return peaks.size === 0 ? rootOf([]) : joinPeaks(peaks.hashes);
}

/** Hashes that lead from leaf `index` to the root, deepest first (RFC 6962 §2.1.1). */
export function inclusionProof(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - k), rootOf(left)];
}

/** Hashes that show that the tree of the first `oldSize` leaves is a beginning of this one (RFC 6962 §2.1.2). */
export function consistencyProof(leaves: readonly Buffer[], oldSize: number): Buffer[] {
  if (oldSize <= 0 || oldSize >= leaves.length) return [];
  return subproof(leaves, oldSize, true);
}

function subproof(leaves: readonly Buffer[], oldSize: number, whole: boolean): Buffer[] {
  if (oldSize === leaves.length) return whole ? [] : [rootOf(leaves)];
  const k = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return oldSize <= k
    ? [...subproof(left, oldSize, whole), rootOf(right)]
    : [...subproof(right, oldSize - k, false), rootOf(left)];
}

/** True when the proof leads from the leaf's hash to the root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: {
  leaf: Buffer;
  index: number;
  size: number;
  proof: readonly Buffer[];
  root: Buffer;
}): boolean {
  if (!isCount(claim.index) || !isCount(claim.size) || claim.index >= claim.size) return false;
  let [node, last] = [claim.index, claim.size - 1];
  let hash = claim.leaf;
  for (const sibling of claim.proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else hash = nodeHash(hash, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && hash.equals(claim.root);
}

/** True when the proof shows that nothing of the older tree was changed or removed (RFC 9162 §2.1.4.2). */
export function verifyConsistency(claim: {
  oldSize: number;
  oldRoot: Buffer;
  newSize: number;
  newRoot: Buffer;
  proof: readonly Buffer[];
}): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim;
  if (!isCount(oldSize) || !isCount(newSize) || oldSize > newSize) return false;
  // The empty tree is a beginning of every tree, and needs no proof.
  if (oldSize === 0) return claim.proof.length === 0;
  if (oldSize === newSize) return claim.proof.length === 0 && oldRoot.equals(newRoot);
  const proof = isPowerOfTwo(oldSize) ? [oldRoot, ...claim.proof] : [...claim.proof];
  const first = proof.shift();
  if (!first) return false;
  let [node, last] = [oldSize - 1, newSize - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  let [older, newer] = [first, first];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (node % 2 === 1 || node === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)];
    } else newer = nodeHash(newer, sibling);
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && older.equals(oldRoot) && newer.equals(newRoot);
}

function nodeHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(Uint8Array.of(1)).update(left).update(right).digest();
}

function joinPeaks(hashes: readonly Buffer[]): Buffer {
  return hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest power of two below `size`. */
function splitOf(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

const half = (value: number) => Math.floor(value / 2);
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (value: number) => Number.isInteger(Math.log2(value));
