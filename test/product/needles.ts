/**
 * Looks for pieces of values in what a program has written. A piece is six characters of a value in a row; where six could
 * stand there by chance (hexadecimal ids, words) it is longer. Pieces that two values of the same kind share are the
 * public part of the format and do not count.
 */
export interface Needles {
  /** Pieces by length. */
  pieces: Map<number, Map<string, string>>;
}

/** `values` and `others` are lists of the same kinds in the same order; `name` tells which value a piece belongs to. */
export function needlesOf(values: readonly { name: string; value: string; other: string }[]): Needles {
  const pieces: Needles['pieces'] = new Map();
  for (const { name, value, other } of values) {
    const others = [...formsOf(other)];
    const shared = new Set(others.flatMap(([form, least]) => [...piecesOf(form, least)]));
    for (const [index, [form, least]] of [...formsOf(value)].entries()) {
      // A prefix and two letters more stand in an address by chance; six letters behind it do not.
      for (const piece of piecesOf(form, least, sameStart(form, others[index]?.[0] ?? ''))) {
        if (shared.has(piece)) continue;
        const list = pieces.get(piece.length) ?? new Map<string, string>();
        list.set(piece, name);
        pieces.set(piece.length, list);
      }
    }
  }
  return { pieces };
}

/** Names of the values of which a piece stands in the text, each with where it stands, as a place and never as the text. */
export function found({ pieces }: Needles, text: string): Map<string, number> {
  const hits = new Map<string, number>();
  for (const [length, list] of pieces) {
    for (let at = 0; at + length <= text.length; at++) {
      const name = list.get(text.slice(at, at + length));
      if (name !== undefined && !hits.has(name)) hits.set(name, at);
    }
  }
  return hits;
}

/**
 * The value as it is, and as it looks in base64 (at each of the three alignments), hexadecimal and percent-encoding; each
 * with the length of its pieces. Twelve characters of an encoding are six to nine of the value.
 */
function* formsOf(value: string): Generator<[form: string, least: number]> {
  yield [value, 6];
  const bytes = Buffer.from(value);
  for (let skip = 0; skip < 3; skip++) {
    // The first and last characters depend on what stands around the value.
    const aligned = bytes.subarray(skip, bytes.length - ((bytes.length - skip) % 3));
    yield [aligned.toString('base64'), 12];
    yield [aligned.toString('base64url'), 12];
  }
  yield [bytes.toString('hex'), 12];
  yield [bytes.toString('hex').toUpperCase(), 12];
  yield [encodeURIComponent(value), 12];
  yield [JSON.stringify(value).slice(1, -1), 12];
}

function sameStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

function* piecesOf(form: string, least: number, from = 0): Generator<string> {
  for (let at = from; at < form.length; at++) {
    const piece = pieceAt(form, at, least);
    if (piece !== undefined) yield piece;
  }
}

const likelyByChance: [pattern: RegExp, length: number][] = [
  [/^[0-9a-f]{6}$/i, 12],
  [/^(?:[a-z]{6}|[A-Z]{6}|[A-Z][a-z]{5})$/, 9],
  [/^[^A-Za-z0-9]|[^A-Za-z0-9]$|[\s-]/, 9],
];

function pieceAt(form: string, at: number, least: number): string | undefined {
  const short = form.slice(at, at + 6);
  const length = likelyByChance.find(([pattern]) => pattern.test(short))?.[1] ?? 6;
  const whole = Math.max(length, least);
  return at + whole > form.length ? undefined : form.slice(at, at + whole);
}
