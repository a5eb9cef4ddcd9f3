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
  ]);
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
  const { run, decode } = encodings[encoding];
  const before = scan.text[start - 1] ?? ' ';
  if ((encoding === 'base64' || encoding === 'hex') && /[A-Za-z0-9+/]/.test(before)) return;
  run.lastIndex = start;
  const value = run.exec(scan.text)?.[0];
  if (value === undefined) return;
  const end = start + value.length;
  scan.seen.set(seen, end);
  if (value.length > longest) return;
  const best = lookInto(decode(value)).find(({ by }) => by !== 'generic');
  if (best === undefined || best.severity === 'info') return;
  scan.hits.push({
    ...best,
    range: [start, end],
    message: `${best.message.replace(/ \(\d+ characters\):.*$/, '')}, encoded (${value.length} characters): anyone who reads this can use it`,
  });
}
