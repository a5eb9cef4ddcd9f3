import type { Compiled } from './compile.ts';
import { buildFinder, type Finder } from './keywords.ts';

/** The keywords of all finders, ready for the pass over a text, and what each leads to. */
export interface StoredVocabulary {
  finder: Finder;
  /** What the keyword with this id leads to, in the words of `Compiled.targets`. */
  targetsOf: (keyword: number) => string;
  ids: string;
}

const word = Int32Array.BYTES_PER_ELEMENT;
const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Writes a vocabulary so that a cold hook has nothing to make of it: the tables of the pass as they lie in memory, and where
 * each keyword's targets end, then the texts. A length stands before each part; numbers have 32 bits, the least byte first.
 */
export function storeVocabulary({ keywords, targets, ids }: Compiled): Uint8Array {
  const { entries, bits, shorts, heads, letters } = buildFinder(keywords);
  let end = -1;
  const ends = Int32Array.from(targets.split('\n'), (line) => {
    end += line.length + 1;
    return end;
  });
  const texts = [letters, Buffer.from(targets, 'latin1'), Buffer.from(ids, 'latin1')];
  return Buffer.concat([
    ...[entries, bits, shorts, heads, ends].flatMap((table) => [numbers([table.length]), numbers(table)]),
    ...texts.flatMap((text) => [numbers([text.length]), padded(text)]),
  ]);
}

function numbers(values: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(word * values.length);
  for (let at = 0; at < values.length; at++) bytes.writeInt32LE(values[at] as number, word * at);
  return bytes;
}

/** The next number lies at a multiple of its size again. */
function padded(text: Uint8Array): Buffer {
  return Buffer.concat([text, Buffer.alloc(-text.length & (word - 1))]);
}

/** Takes apart what `storeVocabulary` has written; its tables stay where they are. Throws when it is cut off or goes on. */
export function loadVocabulary(stored: Uint8Array): StoredVocabulary {
  const bytes = Buffer.from(stored.buffer, stored.byteOffset, stored.length);
  let at = 0;
  const next = (size: number): Buffer => {
    const length = size * bytes.readInt32LE(at);
    const part = bytes.subarray(at + word, at + word + length);
    if (part.length !== length) throw new RangeError('the vocabulary is cut off');
    at += word + length + (-length & (word - 1));
    return part;
  };
  const table = () => numbersOf(next(word));
  const [entries, bits, shorts, heads, ends] = [table(), table(), table(), table(), table()] as const;
  const [letters, targets, ids] = [next(1), next(1), next(1)] as const;
  if (at !== bytes.length) throw new RangeError('the vocabulary goes on');
  return {
    finder: { letters, entries, bits, shorts, heads },
    targetsOf: (keyword) =>
      targets.toString('latin1', keyword === 0 ? 0 : (ends[keyword - 1] as number) + 1, ends[keyword]),
    ids: ids.toString('latin1'),
  };
}

/** Where bytes or memory are of another order they are copied. */
function numbersOf(part: Buffer): Int32Array {
  if (isLittle && part.byteOffset % word === 0) return new Int32Array(part.buffer, part.byteOffset, part.length / word);
  return Int32Array.from({ length: part.length / word }, (_, index) => part.readInt32LE(word * index));
}
