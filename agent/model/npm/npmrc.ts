import type { Document, Range } from '../types.ts';

export interface Setting {
  key: string;
  value: string;
  /** Range of the value. */
  range: Range;
  /** Range of the whole line without its end. */
  lineRange: Range;
}

/** Reads an `.npmrc` or classic `.yarnrc`: one `key = value` (or `key value`) per line. Later lines win. */
export function settingsOf(document: Document): Setting[] {
  const out: Setting[] = [];
  let start = 0;
  for (const line of document.text.split('\n')) {
    const setting = settingOf(line.replace(/\r$/, ''), start);
    if (setting) out.push(setting);
    start += line.length + 1;
  }
  return out;
}

function settingOf(line: string, start: number): Setting | undefined {
  const trimmed = line.trimStart();
  if (trimmed === '' || trimmed[0] === '#' || trimmed[0] === ';' || trimmed[0] === '[') return undefined;
  const indent = line.length - trimmed.length;
  const part = /^"?([^\s="]+)"?(?:\s*=\s*|\s+)/.exec(trimmed);
  if (!part) return undefined;
  const rest = trimmed.slice(part[0].length).trimEnd();
  const quoted = /^(["'])(.*)\1$/.exec(rest);
  const from = start + indent + part[0].length + (quoted ? 1 : 0);
  const value = quoted?.[2] ?? rest;
  return {
    key: part[1]!,
    value,
    range: [from, from + value.length],
    lineRange: [start + indent, start + indent + trimmed.trimEnd().length],
  };
}
