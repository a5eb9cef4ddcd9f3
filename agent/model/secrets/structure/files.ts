import { decodeBase64 } from '../checks.ts';
import { isVersionOrPath } from '../generic/forms.ts';
import { isPlaceholder } from '../generic/negatives.ts';
import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import { type Format, formats } from './formats.ts';

/**
 * A name that one of the formats has; hardly any file does. Expressions that can only match at the beginning are tried
 * nowhere else.
 */
const begins = oneOf((source) => beginsOnly(source), 'y');
const holds = oneOf((source) => !beginsOnly(source), '');

function oneOf(wanted: (source: string) => boolean, flags: string): RegExp {
  const sources = formats.map(({ name }) => name.source).filter(wanted);
  return new RegExp(sources.map((source) => `(?:${source})`).join('|'), flags);
}

/** Every alternative of an expression begins with `^`. Their classes hold no brackets. */
function beginsOnly(source: string): boolean {
  let depth = 0;
  for (let at = 0; at < source.length; at++) {
    if ((at === 0 || (depth === 0 && source[at - 1] === '|')) && source[at] !== '^') return false;
    if (source[at] === '\\') at++;
    else if (source[at] === '(') depth++;
    else if (source[at] === ')') depth--;
  }
  return true;
}

function isNamed(fileName: string): boolean {
  begins.lastIndex = 0;
  return begins.test(fileName) || holds.test(fileName);
}

/** Credentials in files made for them. Runs only for those file names. */
export function findInCredentialFile(scan: Scan, fileName: string): void {
  if (!isNamed(fileName)) return;
  // The copy that shows what to write holds nothing.
  if (/(?:example|sample|template|dist|default)/.test(fileName)) return;
  for (const format of formats) {
    if (!format.name.test(fileName)) continue;
    for (const match of scan.text.matchAll(format.pattern)) {
      const value = match[1] as string;
      const start = match.index + match[0].lastIndexOf(value);
      report(scan, format, value, start);
    }
  }
}

function report(scan: Scan, format: Format, value: string, start: number): void {
  const plain = format.base64 ? passwordOf(value) : value;
  const hash = format.what.includes('hash');
  // A variable; a hash has its method between two dollar signs. SOPS writes what it has encrypted as `ENC[…]`.
  if (plain === undefined || (!hash && /^\$\{?[A-Za-z_]|^\$\(|^ENC\[/.test(plain))) return;
  if (/^\w+(?:\+\w+)?:\/\/?\w/.test(plain) && isVersionOrPath(plain)) return;
  if ((!hash && isPlaceholder(plain)) || /^(?:password|secret|changeme|test|admin|root|postgres)$/i.test(plain)) {
    scan.rejected.push([start, start + value.length]);
    return;
  }
  scan.hits.push({
    rule: 'credentials-file',
    range: [start, start + value.length],
    message: describe(format.what, value.length),
    severity: 'high',
    confidence: hash || format.what.includes('environment') ? 'medium' : 'high',
    identity: value,
    by: 'structure',
  });
}

/** What stands behind the colon of a base64 `user:password`. */
function passwordOf(value: string): string | undefined {
  const decoded = decodeBase64(value);
  if (decoded === undefined || !/^[\x20-\x7e]{3,1500}$/.test(decoded)) return undefined;
  const colon = decoded.indexOf(':');
  return colon > 0 && decoded.length - colon > 3 ? decoded.slice(colon + 1) : undefined;
}
