import { documentFromBytes } from '../model/document.ts';
import { scanSecrets } from '../model/secrets/index.ts';
import type { DocumentKind } from '../model/types.ts';

/** What stands where a value stood: a word that is no secret to any scanner and breaks no format. */
export const replacement = 'REMOVED_SECRET';

/** Rounds of looking again: a replacement may uncover the same value in another form, but not for ever. */
const rounds = 5;

/** Finds and replaces a set of values. It holds the values, so it is never stored or printed. */
export interface Replacer {
  /** The bytes without the values, or undefined when none stands in them. */
  replace(path: string, bytes: Buffer, kind: DocumentKind): Buffer | undefined;
  /** One of the values still stands in the bytes, in any form that is known. */
  holds(path: string, bytes: Buffer, kind: DocumentKind): boolean;
}

/**
 * Makes a replacer of values. They are looked for as bytes (UTF-8, UTF-16) everywhere, and in every encoded form that the
 * detector knows (base64, escapes), by the place it tells.
 */
export function replacerOf(values: ReadonlySet<string>): Replacer {
  const forms = [...values]
    .filter((value) => value.length >= 4)
    .sort((a, b) => b.length - a.length)
    .flatMap((value) => formsOf(value));

  const plain = (bytes: Buffer): Buffer | undefined => {
    let out: Buffer | undefined;
    for (const [form, word] of forms) out = replaceAll(out ?? bytes, form, word) ?? out;
    return out;
  };
  const hitsOf = (path: string, bytes: Buffer, kind: DocumentKind) => {
    const document = documentFromBytes(path, bytes, { kind });
    return { document, hits: scanSecrets(document).hits.filter((hit) => values.has(hit.identity)) };
  };

  return {
    replace(path, bytes, kind) {
      let now = plain(bytes);
      for (let round = 0; round < rounds; round++) {
        const current = now ?? bytes;
        const { document, hits } = hitsOf(path, current, kind);
        if (hits.length === 0) break;
        // Offsets are of the text; where text and bytes do not tell the same, only the byte search may change anything.
        if (!Buffer.from(document.text).equals(current)) break;
        let text = document.text;
        for (const { range } of [...hits].reverse()) {
          text = text.slice(0, range[0]) + replacement + text.slice(range[1]);
        }
        now = Buffer.from(text);
      }
      return now;
    },
    holds: (path, bytes, kind) =>
      forms.some(([form]) => bytes.includes(form)) || hitsOf(path, bytes, kind).hits.length > 0,
  };
}

function formsOf(value: string): [form: Buffer, word: Buffer][] {
  const wide = Buffer.from(value, 'utf16le');
  const word = Buffer.from(replacement, 'utf16le');
  return [
    [Buffer.from(value), Buffer.from(replacement)],
    [Buffer.from(value, 'latin1'), Buffer.from(replacement)],
    [wide, word],
    [Buffer.from(wide).swap16(), Buffer.from(word).swap16()],
  ];
}

function replaceAll(bytes: Buffer, form: Buffer, word: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(form); at !== -1; at = bytes.indexOf(form, from)) {
    parts.push(bytes.subarray(from, at), word);
    from = at + form.length;
  }
  return from === 0 ? undefined : Buffer.concat([...parts, bytes.subarray(from)]);
}
