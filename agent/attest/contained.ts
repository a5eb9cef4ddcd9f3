import { readCheckpoint } from '../audit/checkpoint.ts';
import { verifyConsistency } from '../audit/merkle.ts';
import type { Payload } from './payload.ts';

/**
 * True when a log as it was seen (`seen`, a note) is proven to contain what it was earlier (`old`, a note). The proofs stand in
 * later statements, each from one state to an earlier one; several in a row may be needed. A proof needs nobody's word: it holds
 * between two roots or it does not.
 */
export function isContained(old: string, seen: string, payloads: readonly Payload[]): boolean {
  const reached = new Set([seen]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { checkpoint, consistency } of payloads) {
      if (checkpoint === undefined || !reached.has(checkpoint)) continue;
      for (const { from, proof } of consistency) if (proves(from, checkpoint, proof)) reached.add(from);
    }
  }
  return reached.has(old);
}

/** Whether the proof of a statement shows that the log of note `now` begins with that of note `from`. */
export function proves(from: string, now: string, proof: readonly unknown[]): boolean {
  const [older, newer] = [readCheckpoint(from), readCheckpoint(now)];
  if (!older || !newer || older.origin !== newer.origin || older.size > newer.size) return false;
  const hashes = proof.map((hash) => Buffer.from(String(hash), 'base64'));
  const sizes = { oldSize: older.size, newSize: newer.size };
  return verifyConsistency({ ...sizes, oldRoot: older.root, newRoot: newer.root, proof: hashes });
}
