/**
 * What a value looks like, in one word: literal text with classes in braces. `ghp_{a36}` is four characters and 36
 * letters or digits; `{h32}` 32 hexadecimal digits; `sk_{live/test}_{a24-99}` one of two words and 24 to 99 characters;
 * `{uuid}` a UUID; `{=}` the padding of base64. Every repetition is bounded, so the value's length bounds the work.
 */
export interface Shape {
  /** Regular expression source, without anchors. */
  source: string;
  /** Lower-case text with which every value begins; empty where it begins with a class. One for each alternative. */
  prefixes: readonly string[];
  /** Characters besides letters, digits, `_` and `-` that a value can hold. */
  signs: string;
  /** Fewest and most characters. */
  least: number;
  most: number;
  /** The length is not stated by the vendor: a range of one class, without a prefix. */
  open: boolean;
}

const classes: Record<string, string> = {
  h: '0-9a-f',
  H: '0-9A-F',
  x: '0-9a-fA-F',
  d: '0-9',
  l: 'a-z0-9',
  u: 'A-Z0-9',
  L: 'a-z',
  U: 'A-Z',
  z: 'A-Za-z',
  a: 'A-Za-z0-9',
  w: 'A-Za-z0-9_',
  b: 'A-Za-z0-9_-',
  s: 'A-Za-z0-9+/',
  t: 'A-Za-z0-9._~+/-',
  v: 'A-Z2-7',
};

const uuid = [8, 4, 4, 4, 12].map((length) => `[0-9a-fA-F]{${length}}`).join('-');

/** Reads a shape. Throws on one that is not understood: the table is ours, and a test reads all of it. */
export function readShape(text: string): Shape {
  const shape = { source: '', prefixes: [''], signs: '', least: 0, most: 0, open: false };
  let leading = true;
  let ranged = false;
  let hasId = false;
  for (const [, inside, literal] of text.matchAll(/\{([^}]+)\}|([^{}]+)/g)) {
    if (literal !== undefined) {
      shape.source += literal.replace(/[.*+?^$()|[\]\\/]/g, '\\$&');
      add(shape, literal, literal.length, literal.length);
      if (leading) shape.prefixes = shape.prefixes.map((prefix) => prefix + literal.toLowerCase());
      continue;
    }
    const group = /^([a-zA-Z])(\d+)(?:-(\d+))?$/.exec(inside as string);
    const members = classes[group?.[1] ?? ''];
    if (group && members !== undefined) {
      const [least, most] = [Number(group[2]), Number(group[3] ?? group[2])];
      shape.source += `[${members}]{${least === most ? least : `${least},${most}`}}`;
      add(shape, members, least, most);
      ranged ||= most > least * 1.5;
      leading = false;
    } else if (inside === 'uuid') {
      shape.source += uuid;
      add(shape, '', 36, 36);
      hasId = true;
      leading = false;
    } else if (inside === '=') {
      shape.source += '={0,2}';
      add(shape, '=', 0, 2);
    } else {
      const words = alternatives(inside as string);
      shape.source += `(?:${words.map((word) => word.replace(/[.+*$]/g, '\\$&')).join('|')})`;
      const lengths = words.map((word) => word.length);
      add(shape, words.join(''), Math.min(...lengths), Math.max(...lengths));
      if (leading)
        shape.prefixes = shape.prefixes.flatMap((prefix) => words.map((word) => prefix + word.toLowerCase()));
    }
  }
  // A UUID is what no word is, however long the text beside it may be.
  shape.open = ranged && !hasId && shape.prefixes[0] === '';
  return shape;
}

function alternatives(inside: string): string[] {
  const words = inside.split('/');
  if (words.length < 2) throw new Error(`no class is called {${inside}}`);
  return words;
}

function add(shape: { signs: string; least: number; most: number }, text: string, least: number, most: number): void {
  shape.least += least;
  shape.most += most;
  for (const sign of text.replace(/[a-zA-Z0-9_-]/g, '')) if (!shape.signs.includes(sign)) shape.signs += sign;
}
