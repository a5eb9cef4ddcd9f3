/** Signs of our own texts and what stands for them where the terminal cannot show them. */
const plain: Record<string, string> = {
  '✓': '+',
  '✗': 'x',
  '·': '-',
  '…': '...',
  '→': '->',
  '←': '<-',
  '↔': '<->',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '—': '-',
  '×': 'x',
  '≥': '>=',
  '≤': '<=',
  '─': '-',
  '│': '|',
};
const signs = new RegExp(`[${Object.keys(plain).join('')}]`, 'g');

/**
 * True where the locale says that the terminal shows no UTF-8 (POSIX.1-2017 §8.2: LC_ALL, then LC_CTYPE, then LANG). Where none is set
 * nothing is known, and terminals of today show it.
 */
export function isAsciiLocale(env: NodeJS.ProcessEnv): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return locale !== '' && !/utf-?8/i.test(locale);
}

/** A text for people, without the signs that the terminal cannot show. */
export function forLocale(text: string, env: NodeJS.ProcessEnv): string {
  return isAsciiLocale(env) ? text.replace(signs, (sign) => plain[sign] ?? sign) : text;
}
