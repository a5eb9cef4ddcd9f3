import { documentFromText } from '../../agent/model/document.ts';
import { type SecretHit, scanSecrets } from '../../agent/model/secrets/index.ts';

/** The hits of a text under a path. */
export function scan(text: string, path = 'src/app.env'): readonly SecretHit[] {
  return scanSecrets(documentFromText(path, text)).hits;
}

/** `rule:value` of every hit, with the values read from the text by their ranges. */
export function found(text: string, path?: string): string[] {
  return scan(text, path).map((hit) => `${hit.rule}:${text.slice(hit.range[0], hit.range[1])}`);
}
