import type { RepoPath } from './types.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Turns git's path bytes into a `RepoPath`.
 * Bytes that are not UTF-8 become lone surrogates U+DC80..U+DCFF (Python's PEP 383 convention), so that two different
 * paths never become one string and `encodePath` gives the same bytes back.
 */
export function decodePath(bytes: Uint8Array): RepoPath {
  try {
    return decoder.decode(bytes);
  } catch {
    return decodeLossless(bytes);
  }
}

/** The bytes of a `RepoPath`, exactly as git knows them. */
export function encodePath(path: RepoPath): Uint8Array {
  if (!/[\uDC80-\uDCFF]/.test(path)) return encoder.encode(path);
  const out: number[] = [];
  for (const character of path) {
    const code = character.codePointAt(0) as number;
    if (code >= 0xdc80 && code <= 0xdcff) out.push(code - 0xdc00);
    else out.push(...encoder.encode(character));
  }
  return Uint8Array.from(out);
}

/** True when the path cannot be written as UTF-8 text, so that other programs must not be handed it as a string. */
export function isForeignPath(path: RepoPath): boolean {
  return /[\uDC80-\uDCFF]/.test(path);
}

/** A path as a person may see it: control characters, direction overrides and foreign bytes are escaped. */
export function displayPath(path: RepoPath): string {
  return displayText(path);
}

/**
 * Makes any text safe for a terminal, a log line or a message: what could move the cursor, hide or reorder text is
 * shown as an escape instead. Line ends are escaped too, since every sink prints one line at a time.
 */
export function displayText(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g,
    (character) => {
      const code = character.charCodeAt(0);
      if (character === '\n') return '\\n';
      if (character === '\r') return '\\r';
      if (character === '\t') return '\\t';
      if (code >= 0xdc80 && code <= 0xdcff) return `\\x${(code - 0xdc00).toString(16)}`;
      return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
    },
  );
}

function decodeLossless(bytes: Uint8Array): string {
  let out = '';
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      out += String.fromCharCode(0xdc00 + (bytes[at] as number));
      at += 1;
      continue;
    }
    out += decoder.decode(bytes.subarray(at, at + length));
    at += length;
  }
  return out;
}

/** Length of the valid UTF-8 sequence at `at`, or 0. Asking the decoder keeps the rules of overlong forms in one place. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  try {
    decoder.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}
