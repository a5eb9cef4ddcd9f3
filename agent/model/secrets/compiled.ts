/**
 * Reads what `storeVocabulary` has written, put in by the build (scripts/vocabulary-plugin.ts); undefined when the sources run
 * as they are. Throws when the file is not there or is another build's.
 */
export const storedVocabulary: (() => Uint8Array) | undefined = undefined;
