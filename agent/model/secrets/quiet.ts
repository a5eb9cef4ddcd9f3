import { storedVocabulary } from './compiled.ts';
import { type Finder, findKeywords } from './keywords.ts';
import { loadVocabulary } from './stored.ts';

let known: Finder | undefined;

/**
 * True for a text in which `scanSecrets` finds nothing under a name that says nothing: ASCII, without a keyword. All that looks
 * at such a text begins at a keyword, so only the tables of the pass are needed, and not the hundreds of kinds of secrets.
 * Sources that run as they are have no such tables (`compiled.ts`): then it is false, which says nothing. Throws as they do.
 */
export function isQuiet(text: string, stored: (() => Uint8Array) | undefined = storedVocabulary): boolean {
  // A zero byte makes a text binary, and what is not ASCII has more bytes than characters.
  if (stored === undefined || !/^[\x01-\x7f]*$/.test(text)) return false;
  known ??= loadVocabulary(stored()).finder;
  let quiet = true;
  findKeywords(known, Buffer.from(text, 'latin1'), () => {
    quiet = false;
  });
  return quiet;
}
