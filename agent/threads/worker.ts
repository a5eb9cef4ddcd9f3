/** The thread that looks at documents. It gets bytes and answers with what is found in them; it reads and keeps nothing. */
import { parentPort } from 'node:worker_threads';
import { documentFromBytes } from '../model/document.ts';
import type { DocumentKind } from '../model/types.ts';
import { textRules } from '../rules/registry.ts';
import { type Look, lookAt } from './look.ts';

/** Documents whose bytes lie one behind the other in `bytes`. */
export interface Batch {
  documents: readonly { path: string; kind: DocumentKind; size: number; length: number }[];
  bytes: Uint8Array;
}

/** Answers batches one after the other until the thread is ended. */
export async function serveBatches(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('not a worker');
  const rules = await textRules();
  port.on('message', ({ documents, bytes }: Batch) => {
    let at = 0;
    const looks = documents.map(({ path, kind, size, length }): Look => {
      const document = documentFromBytes(path, bytes.subarray(at, at + length), { kind, size });
      at += length;
      return lookAt(document, rules);
    });
    port.postMessage(looks);
  });
}
