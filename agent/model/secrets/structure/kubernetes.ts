import { decodeLayers } from '../decode.ts';
import { isPlaceholder } from '../generic/negatives.ts';
import { scoreValue } from '../generic/score.ts';
import { kindOfName } from '../generic/words.ts';
import { describe, titleOf } from '../match.ts';
import type { Scan, SecretHit } from '../types.ts';

/** Longest block of `data:` that is looked at. */
const longest = 20_000;

/**
 * The values of a Kubernetes Secret, decoded and looked through; what is found is reported as the encoded text. `look` tells
 * what a text holds.
 */
export function findInKubernetes(
  scan: Scan,
  at: number,
  look: (key: string, text: string) => SecretHit | undefined,
): void {
  const found = blockAt(scan, at);
  if (!found) return;
  for (const { key, value, start } of plainData(found)) findPlain(scan, key, value, start);
  for (const { key, value, start } of encodedData(found)) {
    const layers = decodeLayers(value, 8);
    const text = layers[layers.length - 1];
    if (text === undefined) continue;
    const best = look(key, text);
    if (best === undefined && isPlaceholder(text)) {
      scan.rejected.push([start, start + value.length]);
      continue;
    }
    const sensitive = best !== undefined || /pass|secret|token|key|credential|auth|dsn|url/i.test(key);
    if (!sensitive || text.trim().length < 4) continue;
    scan.hits.push({
      rule: best !== undefined && best.by !== 'generic' ? best.rule : 'kubernetes-secret',
      range: [start, start + value.length],
      message: describe(
        best !== undefined && best.by !== 'generic'
          ? `${titleOf(best.message)}, base64 in a Kubernetes Secret`
          : 'Value of a Kubernetes Secret, only base64',
        value.length,
      ),
      severity: best?.severity ?? 'high',
      confidence: best?.confidence === 'high' ? 'high' : 'medium',
      identity: best?.identity ?? text,
      by: 'structure',
    });
  }
}

/** A value of `stringData`: under a name that says nothing it has to be one that nobody writes by hand, or a strong password. */
function findPlain(scan: Scan, key: string, value: string, start: number): void {
  // Under a name that says so the generic finder finds it.
  if (kindOfName(key) !== undefined) return;
  if (/user|host|port|name|ur[li]|database|e?mail|region|bucket|version|path|domain/i.test(key)) return;
  const score = scoreValue(value, 'password', { quoted: true, config: false });
  if (score?.confidence !== 'medium') return;
  scan.hits.push({
    rule: 'kubernetes-secret',
    range: [start, start + value.length],
    message: describe('Value of a Kubernetes Secret, in plain text', value.length),
    severity: 'high',
    confidence: 'medium',
    identity: value,
    by: 'generic',
  });
}

/** One value and where it stands. */
interface Entry {
  key: string;
  value: string;
  start: number;
}

/** The YAML document of a Secret, and where it begins. */
interface Block {
  block: string;
  from: number;
}

/** `at` is the offset of `kind: Secret`. YAML documents end at `---`, so nothing of a neighbour is read; each is looked at once. */
function blockAt(scan: Scan, at: number): Block | undefined {
  const { text } = scan;
  if (at < (scan.seen.get('kubernetes') ?? 0)) return undefined;
  const low = Math.max(0, at - longest);
  const before = text.slice(low, at).lastIndexOf('\n---');
  const from = before === -1 ? low : low + before;
  const after = text.slice(at, at + longest).indexOf('\n---');
  const to = after === -1 ? Math.min(text.length, at + longest) : at + after;
  scan.seen.set('kubernetes', to);
  return { block: text.slice(from, to), from };
}

/** The entries of `data:` in a Kubernetes Secret (https://kubernetes.io/docs/concepts/configuration/secret/). */
function encodedData({ block, from }: Block): Entry[] {
  const found: Entry[] = [];
  const data = /(?:^|\n)([ \t]{0,40})(?:- )?["']?data["']?:[ \t]{0,8}\{?[ \t]{0,8}\r?\n/.exec(block);
  if (!data) return inBraces({ block, from });
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
function inBraces({ block, from }: Block): Entry[] {
  const data = /["']?\bdata["']?\s{0,4}:\s{0,4}\{([^{}]{4,16000})\}/.exec(block);
  if (!data) return [];
  const start = from + data.index + data[0].length - (data[1] as string).length - 1;
  const entry = /["']?([\w.-]{1,253})["']?\s{0,4}:\s{0,4}["']?([A-Za-z0-9+/]{4,16000}={0,2})["']?\s{0,8}(?:,|$)/g;
  return [...(data[1] as string).matchAll(entry)].map((match) => {
    const value = match[2] as string;
    return { key: match[1] as string, value, start: start + match.index + match[0].lastIndexOf(value) };
  });
}

/** The entries of `stringData:`, whose values are not encoded; one line each. */
function plainData({ block, from }: Block): Entry[] {
  const data = /(?:^|\n)([ \t]{0,40})["']?stringData["']?:[ \t]{0,8}\r?\n/.exec(block);
  if (!data) return [];
  const found: Entry[] = [];
  const entry =
    /([ \t]{1,60})["']?([\w.-]{1,253})["']?:[ \t]{1,8}(["']?)([^\s"'|>&*!{[][^\s"']{3,200})\3[ \t]{0,8}(?:\r?\n|$)|[^\n]{0,1000}\n/y;
  entry.lastIndex = data.index + data[0].length;
  for (let match = entry.exec(block); match && found.length < 200; match = entry.exec(block)) {
    if ((/^[ \t]*/.exec(match[0])?.[0].length ?? 0) <= (data[1] as string).length) break;
    const value = match[4];
    if (value === undefined) continue;
    const start = from + match.index + match[0].lastIndexOf(value);
    found.push({ key: match[2] as string, value, start });
  }
  return found;
}
