import { documentFromText } from '../../agent/model/document.ts';
import { scanSecrets } from '../../agent/model/secrets/index.ts';
import { entries } from '../../agent/model/secrets/providers/index.ts';
import { readShape } from '../../agent/model/secrets/providers/shape.ts';
import { randomFrom } from '../../test/support/random.ts';
import { shapes } from '../../test/support/secret-shapes.ts';
import { fromShape } from '../../test/support/secrets/from-shape.ts';
import { credentials, makeCredential } from '../../test/support/secrets/vendors.ts';
import { alone, named } from '../quality/vendor-contexts.ts';
import { blindLines, fillLine } from '../quality/vendors/blind.ts';
import type { Row } from '../row.ts';

/** A kind of credential as it is put into contexts. */
interface Kind {
  id: string;
  /** The vendor as a word and in prose. */
  word: string;
  vendor: string;
  /** How people call the value: `api_key`, `token`, `secret`, `password`. */
  noun: string;
  /** The value alone says whose it is. */
  prefixed: boolean;
  make: (seed: number) => string;
}

interface Sum {
  cases: number;
  /** The value, or a part of it, is reported. */
  found: number;
  /** The whole value is reported as what it is. */
  right: number;
}

/**
 * Every kind of the provider tables in every context of `bench/quality/vendor-contexts.ts`. Values of the tables' shapes
 * say only whether a row is reached; those in the line "from pages" were written from the vendors' pages. The figure is
 * the share that is found.
 */
export const secretsVendors: Row = {
  name: 'secrets vendors: recall of the provider tables in contexts',
  budgetText: '≥ 95 %',
  budget: 95,
  atLeast: true,
  async measure() {
    const tables = measure(ofTables());
    const pages = measure(ofPages());
    const lines = ['', `     ${'found'.padStart(9)}${'right'.padStart(9)}${'cases'.padStart(9)}`];
    for (const [name, sums] of [
      ['tables', tables],
      ['from pages', pages],
    ] as const) {
      for (const [context, sum] of [...sums].sort((a, b) => share(a[1]) - share(b[1])).slice(0, 12))
        lines.push(lineOf(sum, context));
      lines.push(lineOf(total(sums), `all, ${name}`));
    }
    for (const [list, sum] of blind()) lines.push(lineOf(sum, `blind, ${list}`));
    return { figure: (100 * total(tables).found) / total(tables).cases, unit: '%', note: lines.join('\n') };
  },
};

function lineOf({ cases, found, right }: Sum, what: string): string {
  const percent = (part: number) => `${((100 * part) / cases).toFixed(1)} %`.padStart(9);
  return `     ${percent(found)}${percent(right)}${String(cases).padStart(9)}  ${what}`;
}

function share({ found, cases }: Sum): number {
  return found / cases;
}

function total(sums: ReadonlyMap<string, Sum>): Sum {
  const all: Sum = { cases: 0, found: 0, right: 0 };
  for (const sum of sums.values()) add(all, sum);
  return all;
}

function add(to: Sum, { cases, found, right }: Sum): void {
  to.cases += cases;
  to.found += found;
  to.right += right;
}

/** The lists that were written before anybody looked. Right: the rule's id names the vendor. */
export function blind(): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [index, line] of blindLines().entries()) {
    const sum = sums.get(line.list) ?? { cases: 0, found: 0, right: 0 };
    for (let round = 0; round < 3; round++) {
      const { text, start, end } = fillLine(line, randomFrom(index * 131 + round));
      const hits = scanSecrets(documentFromText(line.path, text)).hits.filter(
        ({ range }) => range[0] < end && range[1] > start,
      );
      const right = hits.some(({ rule }) => line.slugs.some((slug) => rule.replaceAll('-', '').includes(slug)));
      add(sum, { cases: 1, found: Number(hits.length > 0), right: Number(right) });
    }
    sums.set(line.list, sum);
  }
  return sums;
}

/** Every shape of every entry under its first name. What is meant to be published is left out. */
function ofTables(): Kind[] {
  return entries().flatMap((entry) =>
    entry.kinds
      .filter(({ severity }) => severity !== 'info')
      .flatMap((kind) =>
        kind.shapes.map((shape) => ({
          id: entry.id,
          word: entry.names[0]?.word ?? entry.vendor.toLowerCase().replace(/[^a-z0-9]+/g, '_'),
          vendor: entry.vendor,
          noun: nounOf(kind.title),
          prefixed: !kind.near && readShape(shape).prefixes.every((prefix) => prefix.length >= 3),
          make: (seed: number) => fromShape(shape, randomFrom(seed)),
        })),
      ),
  );
}

/** What was written from vendors' pages, with and without a prefix of its own. */
function ofPages(): Kind[] {
  const own = shapes
    .filter(({ near, name }) => near === undefined && name !== 'publishable-key')
    .map(({ name, make }) => {
      const word = name.split('-')[0] as string;
      const vendor = (word[0] as string).toUpperCase() + word.slice(1);
      return {
        id: name,
        word,
        vendor,
        noun: nounOf(name),
        prefixed: true,
        make: (seed: number) => make(randomFrom(seed)),
      };
    });
  const beside = credentials.map((credential) => {
    const words = credential.variable.toLowerCase().split('_');
    const word = words[0] as string;
    return {
      id: credential.id,
      word,
      vendor: (word[0] as string).toUpperCase() + word.slice(1),
      noun: nounOf(credential.variable.toLowerCase()),
      prefixed: false,
      make: (seed: number) => makeCredential(credential, randomFrom(seed)),
    };
  });
  return [...own, ...beside];
}

function nounOf(title: string): string {
  const noun = /token|secret|password/.exec(title)?.[0];
  return noun ?? 'api_key';
}

function measure(kinds: readonly Kind[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const [index, kind] of kinds.entries()) {
    const lines = `${named.trim()}${kind.prefixed ? `\n${alone.trim()}` : ''}`.split('\n');
    for (const [at, line] of lines.entries()) {
      const value = kind.make(index * 7919 + at * 31);
      const name = `${kind.prefixed ? 'prefix' : 'name'}: ${line}`;
      const sum = sums.get(name) ?? { cases: 0, found: 0, right: 0 };
      add(sum, judge(kind, value, line));
      sums.set(name, sum);
    }
  }
  return sums;
}

function judge(kind: Kind, value: string, line: string): Sum {
  const { path, text } = fill(line, kind, value);
  const start = text.indexOf(value);
  const end = start + value.length;
  const hits = scanSecrets(documentFromText(path, text)).hits.filter(({ severity }) => severity !== 'info');
  const found = hits.some(({ range }) => range[0] < end && range[1] > start);
  const right = hits.some(({ range, rule }) => rule === kind.id && range[0] <= start && range[1] >= end);
  return { cases: 1, found: Number(found), right: Number(right) };
}

function fill(line: string, kind: Kind, value: string): { path: string; text: string } {
  const bar = line.indexOf(' | ');
  const word = kind.word.replace(/_+$/, '').replace(/_(?:api|key|token|secret|auth|access|client)$/, '') || kind.word;
  const snake = word.replace(/[^a-z0-9]/g, '_');
  const put: Record<string, string> = {
    v: snake,
    V: pascal(word),
    U: snake.toUpperCase(),
    N: kind.vendor,
    h: snake.replaceAll('_', '-'),
    k: kind.noun,
    m: camel(kind.noun),
    M: pascal(kind.noun),
    K: kind.noun.toUpperCase(),
    p: kind.noun.replace('_', ' '),
    j: kind.noun.replace('_', '-'),
    d: kind.noun.replace('_', '.'),
    s: value,
  };
  const text = line
    .slice(bar + 3)
    .replaceAll('⏎', '\n')
    .replace(/%([vVUNhkmMKpjds])/g, (_, name: string) => put[name] as string);
  const file = line.slice(0, bar).replace(/%v/g, snake);
  return { path: /^[a-z0-9]+$/.test(file) ? `src/app.${file}` : file, text: `${text}\n` };
}

function camel(text: string): string {
  return text.replace(/[_ .-]+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function pascal(text: string): string {
  const name = camel(text);
  return (name[0] as string).toUpperCase() + name.slice(1);
}
