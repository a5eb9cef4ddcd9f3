import { createHash } from 'node:crypto';
import { parseYaml } from './text.ts';

/** Names of the hashes that OPA's signatures may use, as Node's names. */
const hashes: Record<string, string> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA-512-224': 'sha512-224',
  'SHA-512-256': 'sha512-256',
};

/** Deeper documents are refused: nobody writes such data, and the walk is recursive. */
const maximumDepth = 2000;

/**
 * The hash of one file of a bundle, hex, as `.signatures.json` names it (openpolicyagent.org/docs/management-bundles,
 * "Signature Format"): of the bytes, but for `data.json`, `data.yaml`, `data.yml`, `.manifest` of the structure with sorted keys,
 * so that another layout of the same document has the same hash. Undefined when the algorithm is unknown or a document
 * cannot be read.
 */
export function signatureHash(path: string, bytes: Uint8Array, algorithm: string): string | undefined {
  const name = Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  if (name === undefined) return undefined;
  const content = isStructured(path) ? canonicalDocument(bytes) : bytes;
  return content === undefined ? undefined : createHash(name).update(content).digest('hex');
}

function isStructured(path: string): boolean {
  return /^(data\.json|data\.ya?ml|\.manifest|\.signatures\.json)$/.test(path.slice(path.lastIndexOf('/') + 1));
}

/** JSON with the keys of every object in order of their bytes, no blanks, and numbers as they are written. */
export function canonicalDocument(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8').decode(bytes);
    return canonicalJson(isJson(text) ? text : yamlAsJson(text));
  } catch {
    return undefined;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** OPA turns YAML into JSON first: whole numbers of 64 bits stay exact, greater ones become floating point. */
function yamlAsJson(text: string): string {
  const replacer = (_: string, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('no JSON number');
    if (hasMark(value)) throw new Error('a NUL character');
    return typeof value === 'bigint' ? bigText(value) : value;
  };
  return JSON.stringify(parseYaml(text, { intAsBigInt: true }), replacer).replace(/"\\u0000(-?\d+)"/g, '$1');
}

function hasMark(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return typeof value === 'object' && value !== null && Object.keys(value).some((key) => key.includes('\0'));
}

/** JSON.stringify knows no big integer: it passes through as text marked with NUL, which no other text here can hold. */
function bigText(value: bigint): string | number {
  const exact = value >= -(2n ** 63n) && value < 2n ** 64n;
  return exact ? `\u0000${value}` : Number(value);
}

const token = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/gs;

/** `text` is valid JSON. Numbers keep their letters: `1e2` and `100` are two contents for OPA. */
function canonicalJson(text: string): string {
  const tokens = text.match(token) ?? [];
  let at = 0;
  const value = (depth: number): string => {
    if (depth > maximumDepth) throw new Error('too deep');
    const word = tokens[at++] as string;
    if (word === '{') return object(depth);
    if (word === '[') return array(depth);
    return word.startsWith('"') ? primitive(word) : word;
  };
  const array = (depth: number): string => {
    const items: string[] = [];
    while (tokens[at] !== ']') {
      items.push(value(depth + 1));
      if (tokens[at] === ',') at++;
    }
    at++;
    return `[${items.join(',')}]`;
  };
  const object = (depth: number): string => {
    const entries = new Map<string, string>();
    while (tokens[at] !== '}') {
      const key = wellFormed(tokens[at] as string);
      at += 2;
      // The last of equal keys counts.
      entries.set(key, value(depth + 1));
      if (tokens[at] === ',') at++;
    }
    at++;
    const sorted = [...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${sorted.map(([key, inner]) => `${goText(key)}:${inner}`).join(',')}}`;
  };
  return value(0);
}

function primitive(word: string): string {
  return goText(wellFormed(word));
}

/** A lone surrogate is no character: Go reads it as U+FFFD. */
function wellFormed(word: string): string {
  return (JSON.parse(word) as string).toWellFormed();
}

/** As Go's encoder writes text when it does not escape for HTML: only the two line separators differ from JavaScript. */
function goText(text: string): string {
  return JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
}
