import { alphanumeric, base64, digits, hex, type Random, randomFrom } from '../../test/support/random.ts';
import { generateSecret } from '../../test/support/secrets.ts';
import { code } from './code.ts';
import { config } from './config.ts';
import { encoded, files } from './files.ts';
import { formats } from './formats.ts';
import { namedValue } from './named.ts';
import { negatives } from './negatives.ts';
import { shapes } from './shapes.ts';
import { snippets } from './snippets.ts';
import { foreign, human, inCase, passwordNames, passwords, sentences, tokenNames, tokens } from './values.ts';

/** One small file, and the texts in it that have to be found; none for a file that must stay silent. */
export interface Case {
  /** Where its template comes from: code, config, files, shapes, encoded, negatives, or a file of `loud` or `quiet`. */
  set: string;
  /** The template's text before its values were put in. */
  template: string;
  /** Kind of value, as `passwords` and `tokens` call it. */
  kind: string;
  path: string;
  text: string;
  expected: string[];
}

const sets = { code, config, files, shapes: shapes.trimEnd() + formats, encoded, negatives };

/** Every template of every set with `rounds` different values. The same rounds give the same cases. */
export function makeCorpus(rounds: number): Case[] {
  const cases: Case[] = [];
  for (const [set, lines] of Object.entries(sets)) {
    for (const [index, line] of lines.trim().split('\n').entries()) {
      const bar = line.indexOf(' | ');
      for (let round = 0; round < rounds; round++) {
        const random = randomFrom(index * 1000 + round + set.length * 100_003);
        const file = line.slice(0, bar);
        cases.push(fill(set, pathOf(file), line.slice(bar + 3).replaceAll('⏎', '\n'), random, round, file));
      }
    }
  }
  for (const [index, { group, path, text }] of [...snippets('loud'), ...snippets('quiet')].entries()) {
    for (let round = 0; round < rounds; round++) {
      cases.push(fill(group, path, text, randomFrom(index * 1000 + round + 7_000_003), round));
    }
  }
  return cases;
}

/** Files without an extension: everything else of one word is one. */
const wholeNames =
  /^(?:Dockerfile|Jenkinsfile|Makefile|Vagrantfile|crontab|COMMIT_EDITMSG|kubeconfig|shadow|inventory|proftpdpasswd|chap-secrets|_netrc)$/;

function pathOf(file: string): string {
  return /^[\w-]+$/.test(file) && !wholeNames.test(file) ? `src/app.${file}` : file;
}

function fill(set: string, path: string, template: string, random: Random, round: number, file = path): Case {
  const expected: string[] = [];
  let kind = '';
  const make = (makers: typeof tokens, name?: string): string => {
    const names = Object.keys(makers);
    kind = name ?? (names[(round + random.below(names.length)) % names.length] as string);
    return (makers[kind] as (random: Random) => string)(random);
  };
  const give = (value: string): string => {
    expected.push(value);
    return value;
  };
  const put: Record<string, () => string> = {
    P: () => give(make(passwords)),
    T: () => give(make(tokens)),
    W: () => give(make(passwords, ['word and number', 'short and random', 'two words'][round % 3])),
    A: () => give(make(passwords).replace(/[^\w.~-]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)),
    E: () => give(Buffer.from(make(passwords)).toString('base64')),
    F: () => give(Buffer.from(make(tokens)).toString('base64')),
    B: () => give(Buffer.from(`ci:${make(passwords)}`).toString('base64')),
    N: () => `AKIA${random.text('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 16)}`,
    D: () => give(random.text('abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)', 50)),
    K: () => give(random.text(base64, 43)),
    G: () => give(Buffer.from(generateSecret('github-token', round + 1)).toString('base64')),
    J: () =>
      give(Buffer.from(Buffer.from(generateSecret('github-token', round + 1)).toString('base64')).toString('base64')),
    Q: () => give(Buffer.from(generateSecret('github-token', round + 1)).toString('hex')),
    U: () =>
      give(escaped(generateSecret('github-token', round + 1), (code) => `\\u${code.toString(16).padStart(4, '0')}`)),
    L: () => give(escaped(generateSecret('github-token', round + 1), (code) => `%${code.toString(16)}`)),
    Y: () => give(escaped(generateSecret('github-token', round + 1), (code) => `&#${code};`)),
    V: () => give(`$apr1$k2j3h4g5$${random.text(base64.replace('+', '.'), 22)}`),
    S: () => give(make(sentences)),
    M: () => give(make(human)),
    O: () => give(make(foreign)),
    C: () => give(random.text(alphanumeric, 18)),
    u: () => (tokens['uuid'] as (random: Random) => string)(random),
  };
  const text = template
    .replace(/%(p|t)([SUCPKD])(?![A-Za-z])|%(p|t)([SUCPKD])(?=[A-Z]\b)/g, (_, a: string, b: string) => {
      const names = a === 'p' ? passwordNames : tokenNames;
      return inCase(names[random.below(names.length)] as string, b);
    })
    .replace(/%([HXhb])(\d+)/g, (_, what: string, length: string) => {
      if (what === 'H') return give(random.text(hex, Number(length)));
      if (what === 'X') return give(random.text(`${digits}ABCDEF`, Number(length)));
      return random.text(what === 'h' ? hex : base64, Number(length));
    })
    // `%SECRET%` is a variable of Windows, and no place for a value.
    .replace(/%([PTWAEFBNDKGJQULYVSCMOu])(?![A-Z_]+%)/g, (_, what: string) => (put[what] as () => string)())
    // Last, because a value may hold what the lines above would replace.
    // `«name»` has to be found, `«~name»` is an identifier beside it.
    .replace(/«(~?)(\w+)»/g, (_, beside: string, name: string) => {
      const value = namedValue(random, name);
      return beside === '' ? give(value) : value;
    });
  return { set, template: `${file} | ${template}`, kind, path, text: `${text}\n`, expected };
}

function escaped(text: string, form: (code: number) => string): string {
  return [...text].map((character) => form(character.charCodeAt(0))).join('');
}
