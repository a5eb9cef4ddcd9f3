import { maskOf } from '../gate/redact.ts';
import { documentFromText } from '../model/document.ts';
import { scanSecrets } from '../model/secrets/index.ts';

/** Masks the secrets that stand in a text which is about to be printed. */
export function shield(text: string): string {
  const { hits } = scanSecrets(documentFromText('output.txt', text, { kind: 'message' }));
  return hits.length === 0 ? text : maskOf(hits.map((hit) => hit.identity))(text);
}
