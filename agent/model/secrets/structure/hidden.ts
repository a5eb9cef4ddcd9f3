import { decode } from '../decode.ts';
import type { Provider, Scan, SecretHit } from '../types.ts';

/** Longest run of encoded text that is decoded, in characters. */
const longest = 8000;

/** A way of writing text in which a credential's own letters are not to be seen. */
interface Encoding {
  /** The whole run, tried with its beginning at the keyword or, for words inside base64, up to 4,000 characters before. */
  run: RegExp;
  decode(run: string): string;
}

const fromCode = (_: string, digits: string): string => String.fromCharCode(Number.parseInt(digits, 16));

export const encodings: Readonly<Record<'base64' | 'hex' | 'escape' | 'entity' | 'percent', Encoding>> = {
  base64: { run: /[A-Za-z0-9+/_-]{20,8000}={0,2}/y, decode: (run) => Buffer.from(run, 'base64').toString('latin1') },
  hex: {
    run: /(?:[0-9a-fA-F]{2}){16,4000}(?![0-9a-fA-F])/y,
    decode: (run) => Buffer.from(run, 'hex').toString('latin1'),
  },
  escape: {
    run: /(?:\\{1,2}(?:u00|x)[0-9a-fA-F]{2}){16,1000}/y,
    decode: (run) => run.replace(/\\+(?:u00|x)([0-9a-fA-F]{2})/g, fromCode),
  },
  entity: {
    run: /(?:&#(?:\d{2,3}|x[0-9a-fA-F]{2});){16,1000}/y,
    decode: (run) =>
      run.replace(/&#(x?)([0-9a-fA-F]+);/g, (_, hex: string, digits: string) =>
        String.fromCharCode(Number.parseInt(digits, hex === '' ? 10 : 16)),
      ),
  },
  percent: {
    run: /(?:%[2-7][0-9a-fA-F]){16,1000}/y,
    decode: (run) => run.replace(/%([0-9a-fA-F]{2})/g, fromCode),
  },
};

/** How texts begin that hold a credential further back. */
const whole = [
  'eyJhbGciOi',
  'eyJ0eXAiOi',
  'postgres://',
  'postgresql://',
  'mysql://',
  'mongodb://',
  'mongodb+srv://',
  'redis://',
  'amqp://',
  'https://',
  'apiVersion: ',
];

/** As much of a text in base64 as does not depend on what follows it. */
function encoded(text: string): string {
  return Buffer.from(text)
    .toString('base64')
    .slice(0, Math.floor((text.length * 8) / 6));
}

/** Names that stand in a text with a secret, in whatever place of it. */
const names = [
  'password',
  'PASSWORD',
  'Password',
  'client_secret',
  'SECRET',
  'secret_key',
  'API_KEY',
  'api_key',
  'apiKey',
  '_TOKEN',
  'private_key',
  '"auth":',
];

/**
 * The same names as they look inside of base64, for each of the three places in a group that their first letter can have:
 * keyword → the text in its own case.
 */
export const namesInside: ReadonlyMap<string, string> = new Map(
  names.flatMap((name) =>
    [0, 1, 2].map((place) => {
      const text = Buffer.from('\0'.repeat(place) + name)
        .toString('base64')
        .replace(/=+$/, '');
      // The first character that no neighbour changes, and the last.
      const from = Math.ceil((place * 8) / 6);
      const inside = text.slice(from, Math.floor(((place + name.length) * 8) / 6));
      return [inside.toLowerCase(), inside] as const;
    }),
  ),
);

/** How far a name may stand behind the beginning of its base64. */
const behind = 4000;

/**
 * A text in base64 in which a name for a secret stands. `at` is where that name is to be seen. Only what reads as text counts,
 * and only when the value in it is more than a word.
 */
export function findInside(
  scan: Scan,
  keyword: string,
  at: number,
  lookInto: (text: string) => readonly SecretHit[],
): void {
  const { text } = scan;
  if (!text.startsWith(namesInside.get(keyword) as string, at) || at < (scan.seen.get('hidden base64') ?? 0)) return;
  let start = at;
  while (start > 0 && at - start < behind && isBase64(text.charCodeAt(start - 1))) start--;
  const { run } = encodings.base64;
  run.lastIndex = start;
  const value = run.exec(text)?.[0];
  if (value === undefined) return;
  scan.seen.set('hidden base64', start + value.length);
  const inner = value.length > longest ? undefined : decode(value);
  const best = inner === undefined ? undefined : lookInto(inner).find(({ confidence }) => confidence !== 'low');
  if (best !== undefined && best.severity !== 'info') push(scan, best, start, start + value.length);
}

function isBase64(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 47 && code <= 57) ||
    code === 43 ||
    code === 45 ||
    code === 95
  );
}

/**
 * Keywords that say that a credential stands there in another writing: the beginnings of vendors' tokens as base64 and as
 * hexadecimal digits, and the first sign of each escape. Lower-case, as the pass over the text wants them.
 */
export function hiddenKeywords(rows: readonly Provider[]): Map<string, keyof typeof encodings> {
  const found = new Map<string, keyof typeof encodings>([
    ['\\u00', 'escape'],
    ['\\x', 'escape'],
    ['&#', 'entity'],
    ['%6', 'percent'],
    ['%7', 'percent'],
    // PEM; what a token in base64 once more, an address and a configuration begin with.
    ['2d2d2d2d2d424547494e', 'hex'],
  ]);
  for (const text of whole) found.set(encoded(text).toLowerCase(), 'base64');
  for (const row of rows) {
    if (row.at === 'near' || row.severity === 'info') continue;
    // The letters that every value of the pattern begins with, in their own case.
    const prefix = /^[A-Za-z0-9_-]+/.exec(row.pattern.source)?.[0] ?? '';
    const next = row.pattern.source[prefix.length];
    const sure =
      next === '?' || next === '*' || next === '{' || row.pattern.source.includes('|') ? prefix.slice(0, -1) : prefix;
    if (sure.length < 4 || row.pattern.flags.includes('i')) continue;
    const bits = Math.floor((sure.length * 8) / 6);
    const once = Buffer.from(sure).toString('base64').slice(0, bits);
    found.set(once.toLowerCase(), 'base64');
    // Encoded a second time, as a Secret of Kubernetes inside of another document is.
    found.set(
      Buffer.from(once)
        .toString('base64')
        .slice(0, Math.floor((bits * 8) / 6))
        .toLowerCase(),
      'base64',
    );
    found.set(Buffer.from(sure).toString('hex'), 'hex');
  }
  return found;
}

/**
 * Decodes the run that begins at `start` and looks through what comes out, one level deeper each time. What is found is
 * reported as the whole run: that text has to be replaced, and its decoded form stands nowhere.
 */
export function findHidden(
  scan: Scan,
  encoding: keyof typeof encodings,
  start: number,
  lookInto: (text: string) => readonly SecretHit[],
): void {
  const seen = `hidden ${encoding}`;
  if (start < (scan.seen.get(seen) ?? 0)) return;
  const { run } = encodings[encoding];
  const before = scan.text[start - 1] ?? ' ';
  if ((encoding === 'base64' || encoding === 'hex') && /[A-Za-z0-9+/]/.test(before)) {
    if (encoding === 'base64' || scan.text.slice(start - 2, start) !== '0x') return;
  }
  run.lastIndex = start;
  const value = run.exec(scan.text)?.[0];
  if (value === undefined) return;
  const end = start + value.length;
  scan.seen.set(seen, end);
  if (value.length > longest) return;
  const inner = encodings[encoding].decode(value);
  const hits = lookInto(inner);
  // A value without a shape counts where the whole is a text, as a configuration is.
  const best =
    hits.find(({ by }) => by !== 'generic') ??
    (encoding === 'base64' && /^[\t\r\n\x20-\x7e]+$/.test(inner)
      ? hits.find(({ confidence }) => confidence === 'medium')
      : undefined);
  if (best !== undefined && best.severity !== 'info') push(scan, best, start, end);
}

function push(scan: Scan, best: SecretHit, start: number, end: number): void {
  scan.hits.push({
    ...best,
    range: [start, end],
    message: `${best.message.replace(/ \(\d+ characters\):.*$/, '')}, encoded (${end - start} characters): anyone who reads this can use it`,
  });
}
