import { alphanumeric, base64, base64Url, digits, hex, lower, type Random, upper } from '../../test/support/random.ts';

/** How values look that people and generators make. Each gives another value for another state of the random numbers. */
export type Maker = (random: Random) => string;

/** What passwords are made of. */
export const words =
  `winter summer autumn spring monday friday dragon falcon tiger panda river ocean mountain silver purple orange
copper coffee pizza soccer hockey guitar london berlin madrid oslo kyoto thomas maria jonas elena pablo sophie rocket
planet comet thunder shadow castle garden bridge window pepper cookie banana cherry walnut maple`.split(/\s+/);

const pick = (random: Random, from: readonly string[]): string => from[random.below(from.length)] as string;
const capital = (word: string): string => (word[0] as string).toUpperCase() + word.slice(1);

/** Text in which every class of character stands, as generators of passwords and tokens promise. */
function mixed(random: Random, alphabet: string, length: number): string {
  for (;;) {
    const value = random.text(alphabet, length);
    if (/\d/.test(value) && /[a-z]/i.test(value)) return value;
  }
}

export const passwords: Readonly<Record<string, Maker>> = {
  'strong with symbols': (random) => {
    const value = mixed(random, `${alphanumeric}${alphanumeric}!@#%^*_+=?-`, 12 + random.below(9));
    return /^[-@#%]/.test(value) ? `k${value}` : value;
  },
  'every sign': (random) => `q${mixed(random, `${alphanumeric}!#$%&()*+,-./:;<=>?@[]^_{|}~`, 14 + random.below(11))}`,
  'letters and digits': (random) => mixed(random, alphanumeric, 10 + random.below(7)),
  'word, year, sign': (random) =>
    `${capital(pick(random, words))}${2015 + random.below(11)}${pick(random, ['!', '#', '$', '?', '.'])}`,
  'word and number': (random) => `${pick(random, words)}${10 + random.below(990)}`,
  'two words': (random) => `${pick(random, words)}${pick(random, ['-', '_', '', '.'])}${pick(random, words)}`,
  leet: (random) =>
    pick(random, words).replace(/[aeos]/g, (letter) => ({ a: '4', e: '3', o: '0', s: '$' })[letter] as string) +
    random.text(digits, 2),
  'short and random': (random) => mixed(random, lower + digits, 6 + random.below(3)),
};

export const tokens: Readonly<Record<string, Maker>> = {
  'hex 32': (random) => random.text(hex, 32),
  'hex 40': (random) => random.text(hex, 40),
  'hex 64': (random) => random.text(hex, 64),
  'base62 24': (random) => mixed(random, alphanumeric, 24),
  'base62 40': (random) => mixed(random, alphanumeric, 40),
  'base64 44': (random) => `${mixed(random, base64, 43)}=`,
  'base64url 43': (random) => mixed(random, base64Url, 43),
  'lower and digits 25': (random) => mixed(random, lower + digits, 25),
  'upper and digits 20': (random) => mixed(random, upper + digits, 20),
  'with a prefix': (random) => `acme_${pick(random, ['live', 'sk', 'key'])}_${mixed(random, alphanumeric, 24)}`,
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-'),
  'base62 16': (random) => mixed(random, alphanumeric, 16),
};

/** Passwords with spaces, as people choose who were told that length counts. */
export const sentences: Readonly<Record<string, Maker>> = {
  'words and spaces': (random) => [1, 2, 3, 4].map(() => pick(random, words)).join(' '),
  'words, number, sign': (random) =>
    `${capital(pick(random, words))} ${pick(random, words)} ${10 + random.below(990)}${pick(random, ['!', '?', '#'])}`,
  'random with spaces': (random) => `${mixed(random, alphanumeric, 6)} ${mixed(random, `${alphanumeric}!@#%`, 8)}`,
};

/** Passwords as people choose them who want to remember them. */
export const human: Readonly<Record<string, Maker>> = {
  'a word': (random) => pick(random, words),
  'word, sign, number': (random) =>
    `${capital(pick(random, words))}${pick(random, ['@', '#', '!', '_', '*'])}${10 + random.below(9990)}`,
  'word and digits': (random) => `${pick(random, words)}${1 + random.below(9)}${random.text(digits, random.below(4))}`,
  'capitals and year': (random) => `${pick(random, words).toUpperCase()}${1960 + random.below(66)}`,
  'two words and digits': (random) => `${pick(random, words)}${capital(pick(random, words))}${random.text(digits, 2)}`,
  'five signs': (random) => `${mixed(random, lower + digits, 4)}${pick(random, ['!', '?', '$', '%', '+'])}`,
};

/** Passwords with letters of other languages. */
export const foreign: Readonly<Record<string, Maker>> = {
  'letters with marks': (random) =>
    `${pick(random, ['Größe', 'Señor', 'Żubr', 'Český', 'façade'])}${1000 + random.below(9000)}!`,
  'another alphabet': (random) => `${pick(random, ['пароль', 'Москва', 'κλειδί', '秘密の'])}${100 + random.below(900)}`,
};

/** Names under which they stand, as words: the case follows the language. */
export const passwordNames = [
  'password',
  'passwd',
  'pwd',
  'db password',
  'database password',
  'mysql root password',
  'smtp password',
  'admin password',
  'user password',
  'db pass',
  'root password',
  'ldap bind password',
  'keystore password',
  'passphrase',
  'redis password',
  'mail password',
  'ftp password',
  'proxy password',
  'ssh password',
  'db pwd',
];
export const tokenNames = [
  'api key',
  'secret key',
  'client secret',
  'access token',
  'auth token',
  'api token',
  'app secret',
  'encryption key',
  'jwt secret',
  'webhook secret',
  'signing key',
  'consumer secret',
  'session secret',
  'refresh token',
  'secret',
  'token',
  'private key',
  'access key',
  'bearer token',
  'deploy token',
  'api secret',
  'license key',
  'master key',
  'acme api key',
  'weather api key',
  'bot token',
  'service key',
  'admin token',
  'shared secret',
  'cookie secret',
];

/** A name of words in the writing of a language: S snake, U upper, C camel, P Pascal, K kebab, D dotted. */
export function inCase(name: string, style: string): string {
  const parts = name.split(' ');
  if (style === 'S') return parts.join('_');
  if (style === 'U') return parts.join('_').toUpperCase();
  if (style === 'K') return parts.join('-');
  if (style === 'D') return parts.join('.');
  if (style === 'P') return parts.map(capital).join('');
  return [parts[0], ...parts.slice(1).map(capital)].join('');
}
