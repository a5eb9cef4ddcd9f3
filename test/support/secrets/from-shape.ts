import { alphanumeric, base64, base64Url, digits, hex, lower, type Random, upper } from '../random.ts';

const alphabets: Record<string, string> = {
  h: hex,
  H: `${digits}ABCDEF`,
  x: hex,
  d: digits,
  l: lower + digits,
  u: upper + digits,
  L: lower,
  U: upper,
  z: upper + lower,
  a: alphanumeric,
  w: alphanumeric,
  b: base64Url,
  s: base64,
  t: base64Url,
  v: `${upper}234567`,
};

/**
 * A value of a table's shape. It says nothing about whether the shape is the vendor's; it is for asking whether a row can
 * be reached at all and whether another row takes its values. What is written from vendors' pages is in `vendors.ts`.
 */
export function fromShape(shape: string, random: Random): string {
  return shape.replace(/\{([^}]+)\}/g, (_, inside: string) => {
    const group = /^([a-zA-Z])(\d+)(?:-(\d+))?$/.exec(inside);
    const alphabet = alphabets[group?.[1] ?? ''];
    if (group && alphabet !== undefined) {
      const [least, most] = [Number(group[2]), Number(group[3] ?? group[2])];
      return random.text(alphabet, least + Math.floor((most - least) / 2));
    }
    if (inside === '=') return '';
    if (inside === 'uuid') return [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
    const words = inside.split('/');
    return words[random.below(words.length)] as string;
  });
}
