import { alphanumeric, base64, base64Url, digits, hex, lower, type Random, upper } from '../../test/support/random.ts';
import { words } from './values.ts';

type Make = (random: Random) => string;

const one = (random: Random, from: string | readonly string[]): string => from[random.below(from.length)] as string;
const capital = (word: string): string => (word[0] as string).toUpperCase() + word.slice(1);
const leet = (word: string): string =>
  word.replace(/[aoes]/g, (letter) => ({ a: '@', o: '0', e: '3', s: '$' })[letter] as string);

/** Letters of both cases and digits, at least one of each. */
function mixed(random: Random, length: number, alphabet = alphanumeric): string {
  for (;;) {
    const value = random.text(alphabet, length);
    if (/[0-9]/.test(value) && /[a-z]/.test(value) && /[A-Z]/.test(value)) return value;
  }
}

/** What people choose who were told to take letters, digits and a sign. */
const passwords: readonly Make[] = [
  (random) => capital(one(random, words)) + random.text(digits, 4) + one(random, '!@#*'),
  (random) => leet(capital(one(random, words))) + random.text(digits, 2),
  (random) => mixed(random, 10 + random.below(4)),
  (random) => mixed(random, 10 + random.below(4), `${alphanumeric}!@#%*+?^`),
  (random) => one(random, words) + one(random, words) + random.text(digits, 2),
  (random) => capital(one(random, words)) + one(random, '!@#%*+?^') + random.text(digits, 3),
  (random) =>
    random.text(lower, 2) +
    random.text(digits, 2) +
    random.text(upper, 2) +
    one(random, '!@#%*+?^') +
    random.text(lower, 3),
  (random) => mixed(random, 8 + random.below(3), lower + digits + upper),
];

/** What people choose who were told nothing. */
const weak: readonly Make[] = [
  (random) => one(random, words) + random.text(digits, 2),
  (random) => one(random, words) + random.text(digits, 3),
  (random) => capital(one(random, words)) + random.text(digits, 4),
  (random) => one(random, words) + one(random, words),
  (random) => `${capital(one(random, words))}@${random.text(digits, 3)}`,
  (random) => leet(one(random, words)) + random.text(digits, 1),
  (random) => random.text(lower, 8),
  (random) => `${one(random, words)}_${one(random, words)}`,
  (random) => `${capital(one(random, words))}${capital(one(random, words))}!`,
];

/** Passwords whose letters were exchanged for others of their kind, as in files that were made fit to be shown. */
const veiled: readonly Make[] = [
  (random) => random.text(lower, 6 + random.below(5)),
  (random) => random.text(lower, 6 + random.below(4)) + random.text(digits, 1 + random.below(3)),
  (random) => one(random, upper) + random.text(lower, 5 + random.below(4)) + random.text(digits, 1 + random.below(3)),
  (random) => one(random, words) + random.text(digits, 1 + random.below(3)),
  (random) => random.text(lower, 3) + random.text(digits, 4),
  (random) => random.text(lower, 5 + random.below(3)) + one(random, '!@#*') + random.text(digits, 2),
];

const stronger: readonly Make[] = [
  (random) => mixed(random, 8 + random.below(5)),
  (random) => one(random, upper) + random.text(lower, 6) + random.text(digits, 3) + one(random, '!@#$%&*'),
  (random) => random.text(lower, 4) + one(random, '!@#$-_.') + random.text(digits, 4) + random.text(upper, 2),
  (random) => mixed(random, 12, `${alphanumeric}!@#%^*`),
];

const plain: readonly Make[] = [
  (random) => one(random, words) + one(random, words),
  (random) => random.text(lower, 9),
  (random) => `${one(random, words)}-${one(random, words)}`,
];

/** A dozen words as a wallet has them; of the list of BIP-39, but too few of it to be one. */
const wallet =
  `abandon ability absorb abstract cactus camera canal dizzy donkey eager fabric gadget habit idle jaguar kangaroo
  label machine napkin oak paddle quantum rabbit saddle table umbrella vacant wagon yard zebra`.split(/\s+/);

const pem = (random: Random, kind: string, lines: number, end: string): string =>
  [
    `-----BEGIN ${kind}-----`,
    ...Array.from({ length: lines }, (_, line) => (line === 0 ? 'MI' : '') + random.text(base64, line === 0 ? 62 : 64)),
    `-----END ${kind}-----`,
  ].join(end);

const guid: Make = (random) => [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
const signs = '!@#%^&*(-_=+)';
const privateKey = ['PRIVATE', 'KEY'].join(' ');

const makers: Readonly<Record<string, Make>> = {
  pw: (random) => (passwords[random.below(passwords.length)] as Make)(random),
  wd: (random) => (weak[random.below(weak.length)] as Make)(random),
  rl: (random) => (veiled[random.below(veiled.length)] as Make)(random),
  rm: (random) => (stronger[random.below(stronger.length)] as Make)(random),
  pl: (random) => (plain[random.below(plain.length)] as Make)(random),
  pwn: (random) => mixed(random, 10, `${alphanumeric}!#@`),
  pwsp: (random) => [1, 2, 3, 4].map(() => one(random, words)).join(' '),
  basic: (random) => Buffer.from(`admin:${mixed(random, 12)}`).toString('base64'),
  b64pw: (random) => Buffer.from(mixed(random, 12, `${alphanumeric}!`)).toString('base64'),
  uuid: guid,
  esc: (random) => Array.from({ length: 6 }, () => `\\x${random.text(hex, 2)}${random.text(alphanumeric, 2)}`).join(''),
  dj50: (random) => random.text(`${lower}${digits}!@#%^&*(-_=+)`, 50),
  wp64: (random) => mixed(random, 64, `${alphanumeric}${signs}|;,.`),
  aws40: (random) => random.text(base64, 40),
  akia: (random) => `${'AK'}IA${random.text(`${upper}234567`, 16)}`,
  tg: (random) => `${random.text('123456789', 10)}:AA${random.text(base64Url, 33)}`,
  az34: (random) => `${mixed(random, 3)}8Q~${random.text(`${alphanumeric}_.~-`, 34)}`,
  bech58: (random) => random.text('QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', 58),
  mnem: (random) => Array.from({ length: 12 }, () => one(random, wallet)).join(' '),
  pemrsa: (random) => pem(random, `RSA ${privateKey}`, 12, '\n'),
  pemec: (random) => pem(random, `EC ${privateKey}`, 3, '\n'),
  pemesc: (random) => pem(random, privateKey, 12, '\\n'),
  b64pem: (random) => Buffer.from(pem(random, `RSA ${privateKey}`, 6, '\n')).toString('base64'),
  jwt: (random) =>
    [
      ...[
        { alg: 'HS256', typ: 'JWT' },
        { sub: random.text(digits, 6), iat: 1_700_000_000 },
      ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')),
      random.text(base64Url, 43),
    ].join('.'),
  b64k32: (random) => `${random.text(base64, 42)}A=`,
  dotted: (random) => [24, 6, 27].map((length) => mixed(random, length)).join('.'),
  chars: (random) => Array.from({ length: 9 }, () => `'${one(random, alphanumeric)}'`).join(', '),
  bytes: (random) => Array.from({ length: 16 }, () => `0x${random.text(hex, 2)}`).join(', '),
};

/** Alphabets of values that are told by a kind and a length: `hex32`, `an40`. */
const kinds: Readonly<Record<string, (random: Random, length: number) => string>> = {
  hex: (random, length) => random.text(hex, length),
  HEX: (random, length) => random.text(`${digits}ABCDEF`, length),
  an: mixed,
  dig: (random, length) => random.text(digits, length),
  low: (random, length) => random.text(lower, length),
  b64u: (random, length) => random.text(base64Url, length),
  b64_: (random, length) => (length === 64 ? random.text(base64, 64) : `${random.text(base64, length - 1)}=`),
};

/** A value by its name in a snippet. Throws on a name that nobody made. */
export function namedValue(random: Random, name: string): string {
  const maker = makers[name];
  if (maker) return maker(random);
  const [, kind = '', length = ''] = /^(hex|HEX|an|dig|low|b64u|b64_)(\d+)$/.exec(name) ?? [];
  const sized = kinds[kind];
  if (!sized) throw new RangeError(`no maker for ${name}`);
  return sized(random, Number(length));
}
