import type { VendorKey } from './types.ts';

/**
 * Tells the texts that begin in `[from, upTo)`, end before `to` and have the shape of a key, until `visit` answers no. Linear in
 * the text between.
 */
export function eachValue(
  text: string,
  [from, upTo, to]: readonly [number, number, number],
  key: VendorKey,
  visit: (start: number, stop: number) => boolean,
): void {
  const parts = partsOf(key.signs);
  for (let at = from; at < upTo; ) {
    if (!isIn(parts, text.charCodeAt(at))) {
      at++;
      continue;
    }
    const stop = endOfRun(text, at, to, parts);
    // Nearly every run ends here: a word is shorter than a key.
    if (stop - at >= key.least) {
      const start = startOfValue(text, at, stop);
      const length = stop - start;
      const fits = length >= key.least && length <= key.most && key.pattern.test(text.slice(start, stop));
      if (fits && !visit(start, stop)) return;
    }
    at = stop;
  }
}

/** The characters that a value can hold, and whether signs of padding may end it. */
interface Parts {
  table: Uint8Array;
  padded: boolean;
}

const allParts = new Map<string, Parts>();

/** Letters, digits, `_`, `-` and `signs`. The padding of base64 ends a value and is never inside one. */
function partsOf(signs: string): Parts {
  let parts = allParts.get(signs);
  if (!parts) {
    const table = Uint8Array.from({ length: 128 }, (_, code) => {
      const character = String.fromCharCode(code);
      return /[\w-]/.test(character) || (character !== '=' && signs.includes(character)) ? 1 : 0;
    });
    parts = { table, padded: signs.includes('=') };
    allParts.set(signs, parts);
  }
  return parts;
}

function isIn({ table }: Parts, code: number): boolean {
  return code < 128 && table[code] === 1;
}

function endOfRun(text: string, from: number, to: number, parts: Parts): number {
  let at = from;
  while (at < to && isIn(parts, text.charCodeAt(at))) at++;
  if (parts.padded) while (at < to && text.charCodeAt(at) === 61) at++;
  return at;
}

/** An escape in front of the value, as `\n` or `%3D`, leaves its letters at the start of the run. */
function startOfValue(text: string, at: number, stop: number): number {
  const before = text[at - 1];
  if (before === '\\' && /[nrtbf]/.test(text[at] as string)) return at + 1;
  if (before === '%' && /^(?:3[dD]|2[0267BF]|3[AaFf])/.test(text.slice(at, at + 2)) && stop - at > 2) return at + 2;
  return at;
}

/** What follows may end a sentence or a host's user, but not go on with a longer value. */
export function endsHere(behind: string): boolean {
  const after = behind.slice(0, 2);
  return !/^(?:[+/~]|[.:=][A-Za-z0-9]|\()/.test(after) || /^\/(?:$|[\s"'`)?#])/.test(after);
}

/** Where the length is not stated, a value that stands under the bare name has to be long, mixed and no digest. */
export function isStrong(value: string): boolean {
  return value.length >= 20 && /\d/.test(value) && /[a-z]/i.test(value) && !/^[0-9a-f]{40}$|^[0-9a-f]{64}$/.test(value);
}
