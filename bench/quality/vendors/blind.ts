import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  alphanumeric,
  base32,
  base64,
  base64Url,
  digits,
  hex,
  lower,
  type Random,
  upper,
} from '../../../test/support/random.ts';

/** A credential as it is written in the world, before its values are put in. */
export interface BlindLine {
  list: string;
  /** What the rule's id holds when it is reported as what it is: the vendor, or another name of it. */
  slugs: readonly string[];
  path: string;
  text: string;
}

const alphabets: Record<string, string> = {
  h: hex,
  d: digits,
  l: lower + digits,
  L: lower + upper,
  U: upper + digits,
  b58: alphanumeric.replace(/[0OIl]/g, ''),
  b62: alphanumeric,
  b64: base64,
  b64u: base64Url,
  b32: base32,
};

/**
 * The lists in `blind.txt`, each written from memory before anybody looked at what is found: `vendor|line`, with
 * `\n` for a new line, `@@path@@` in front where the path matters, the value in `«»`, and `{h32}` or `{b62:40}` for random
 * text of an alphabet and a length. A `⁀` is left out, as in the snippets.
 */
export function blindLines(): BlindLine[] {
  const lists = readFileSync(join(import.meta.dirname, 'blind.txt'), 'utf8')
    .replaceAll('⁀', '')
    .split(/^=== /m)
    .slice(1);
  return lists.flatMap((part) => {
    const [list = '', ...lines] = part.trimEnd().split('\n');
    return lines.map((line) => {
      const [, names = '', rest = ''] = /^((?:[\w.-]+\|)+)(.*)$/.exec(line) ?? [];
      const placed = /^@@(.*?)@@(.*)$/.exec(rest);
      const code = /^(?:const |let |new |import \{)/.test(rest)
        ? 'src/app.js'
        : /^(?:import |from )/.test(rest)
          ? 'src/app.py'
          : '';
      return {
        list,
        slugs: names.split('|').filter((name) => name !== ''),
        path: placed?.[1] ?? (code || 'src/app.conf'),
        text: (placed?.[2] ?? rest).replaceAll('\\n', '\n'),
      };
    });
  });
}

/** A line with values, and where the one that counts stands in it. */
export function fillLine({ text }: BlindLine, random: Random): { text: string; start: number; end: number } {
  const filled = text.replace(
    /\{(?:(uuid)|(b\d\du?):(\d+)|([a-zA-Z])(\d+))\}/g,
    (all, uuid: string | undefined, name: string, long: string, letter: string, short: string) => {
      if (uuid !== undefined) return [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
      const alphabet = alphabets[name ?? letter];
      return alphabet === undefined ? all : tidy(random.text(alphabet, Number(long ?? short)));
    },
  );
  const start = filled.indexOf('«');
  const end = filled.indexOf('»') - 1;
  return { text: filled.replace('«', '').replace('»', ''), start, end };
}

/** No sign at either end, so that quotes and ends of lines say nothing about it. */
function tidy(value: string): string {
  return value.replace(/^[^A-Za-z0-9]|[^A-Za-z0-9]$/g, 'k');
}
