/** Formats made of lines, in the shapes that conftest gives to policies. */

/** `[section]` and `key = value` or `key: value`; numbers and booleans are read as such. Undefined where a line is neither. */
export function iniValue(text: string): Record<string, Record<string, unknown>> | undefined {
  const out: Record<string, Record<string, unknown>> = {};
  let section: Record<string, unknown> | undefined;
  const lines = joined(text);
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[;#]/.test(trimmed)) continue;
    const header = /^\[([^\]]*)\]/.exec(trimmed)?.[1];
    if (header !== undefined) {
      section = out[header] ?? {};
      put(out, header, section);
      continue;
    }
    const at = trimmed.search(/[=:]/);
    if (at <= 0) return undefined;
    // What stands above the first section belongs to none, and policies do not see it.
    if (section) put(section, trimmed.slice(0, at).trim(), iniScalar(trimmed.slice(at + 1).trim()));
  }
  return out;
}

function joined(text: string): string[] {
  const pieces = text.split(/\\\r?\n[ \t]*/);
  const last = pieces.length - 1;
  return pieces
    .map((piece, index) => (index === last ? piece : piece.trimEnd()))
    .join(' ')
    .split(/\r?\n/);
}

function iniScalar(raw: string): unknown {
  const quoted = /^"([^"]*)"$|^'([^']*)'$|^`([^`]*)`$/.exec(raw.replace(/\s[;#].*$/, '').trimEnd());
  const value = quoted ? (quoted[1] ?? quoted[2] ?? quoted[3] ?? '') : raw.replace(/(^|\s)[;#].*$/, '').trimEnd();
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return /^[-+]?\d+$/.test(value) || /^[-+]?(\d+\.\d*|\.\d+|\d+[eE][-+]?\d+|\d+\.\d*[eE][-+]?\d+)$/.test(value)
    ? Number(value)
    : value;
}

/** `KEY=value` lines, `export` allowed, quotes taken off, `$NAME` replaced outside of single quotes; all values are texts. */
export function dotenvValue(text: string): Record<string, string> {
  const out: Record<string, string> = {};
  const pattern =
    /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*[=:][ \t]*("(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\r\n]*)/gm;
  for (const [, name, raw] of text.matchAll(pattern)) put(out, name as string, dotenvScalar(raw as string, out));
  return out;
}

function dotenvScalar(raw: string, known: Record<string, string>): string {
  if (raw.startsWith("'") && raw.endsWith("'") && raw.length > 1) return raw.slice(1, -1);
  if (raw.startsWith('"') && raw.endsWith('"') && raw.length > 1) {
    const inner = raw
      .slice(1, -1)
      .replace(/\\n/g, '\n')
      .replace(/\\r/g, '\r')
      .replace(/\\(["\\$])/g, '$1');
    return expand(inner, known);
  }
  const comment = raw.indexOf('#');
  return expand((comment === -1 ? raw : raw.slice(0, comment)).trim(), known);
}

function expand(text: string, known: Record<string, string>): string {
  return text.replace(/\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g, (_, braced, plain) => known[braced ?? plain] ?? '');
}

/** Java's `.properties`: `key=value` or `key: value`, all texts. */
export function propertiesValue(text: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const line of text.replace(/\\\r?\n[ \t]*/g, '').split(/\r?\n/)) {
    const match = /^\s*([^#!\s=:][^\s=:]*)\s*[=:\s]\s*(.*)$/.exec(line);
    if (match) put(out, match[1] as string, match[2] as string);
  }
  return out;
}

function put<T>(out: Record<string, T>, key: string, value: T): void {
  Object.defineProperty(out, key, { value, enumerable: true, writable: true, configurable: true });
}
