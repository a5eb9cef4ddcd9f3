import type { Scan } from '../types.ts';

/** Longest block of `data:` that is looked at. */
const longest = 20_000;

/** One encoded value and where it stands. */
export interface Encoded {
  key: string;
  value: string;
  start: number;
}

/**
 * The entries of `data:` in a Kubernetes Secret (https://kubernetes.io/docs/concepts/configuration/secret/). `at` is the
 * offset of `kind: Secret`. YAML documents end at `---`, so no entry of a neighbour is read.
 */
export function secretData(scan: Scan, at: number): Encoded[] {
  const { text } = scan;
  const found: Encoded[] = [];
  if (at < (scan.seen.get('kubernetes') ?? 0)) return found;
  const low = Math.max(0, at - longest);
  const before = text.slice(low, at).lastIndexOf('\n---');
  const from = before === -1 ? low : low + before;
  const after = text.slice(at, at + longest).indexOf('\n---');
  const to = after === -1 ? Math.min(text.length, at + longest) : at + after;
  scan.seen.set('kubernetes', to);
  const block = text.slice(from, to);
  const data = /(?:^|\n)([ \t]{0,40})(?:- )?["']?data["']?:[ \t]{0,8}\{?[ \t]{0,8}\r?\n/.exec(block);
  if (!data) return inBraces(block, from);
  const indent = (data[1] as string).length;
  const entry =
    /([ \t]{1,60})["']?([\w.-]{1,253})["']?:[ \t]{1,8}(?:[|>][+-]?[ \t]{0,4}\r?\n[ \t]{1,60})?["']?([A-Za-z0-9+/=]{4,16000})["']?,?[ \t]{0,8}(?:\r?\n|$)/y;
  entry.lastIndex = data.index + data[0].length;
  for (let match = entry.exec(block); match; match = entry.exec(block)) {
    if ((match[1] as string).length <= indent) break;
    const value = match[3] as string;
    found.push({ key: match[2] as string, value, start: from + match.index + match[0].lastIndexOf(value) });
  }
  return found;
}

/** `data: {key: value, …}` on one line, as JSON has it. */
function inBraces(block: string, from: number): Encoded[] {
  const data = /["']?\bdata["']?\s{0,4}:\s{0,4}\{([^{}]{4,16000})\}/.exec(block);
  if (!data) return [];
  const start = from + data.index + data[0].length - (data[1] as string).length - 1;
  const entry = /["']?([\w.-]{1,253})["']?\s{0,4}:\s{0,4}["']?([A-Za-z0-9+/]{4,16000}={0,2})["']?\s{0,8}(?:,|$)/g;
  return [...(data[1] as string).matchAll(entry)].map((match) => {
    const value = match[2] as string;
    return { key: match[1] as string, value, start: start + match.index + match[0].lastIndexOf(value) };
  });
}
