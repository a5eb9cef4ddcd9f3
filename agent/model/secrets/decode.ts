import { decodeBase64 } from './checks.ts';

/** The longest text that is decoded. */
const longest = 64_000;

/**
 * What an encoded text says, when it is text at all: base64 and base64url, hexadecimal, percent-encoding. `undefined`
 * when nothing is encoded or fewer than nine of ten characters come out printable.
 */
export function decode(value: string, shortest = 16): string | undefined {
  if (value.length < shortest || value.length > longest) return undefined;
  if (/%[0-9A-Fa-f]{2}/.test(value)) return printable(percent(value));
  if (/^[0-9a-fA-F]{32,}$/.test(value) && value.length % 2 === 0) {
    const text = printable(Buffer.from(value, 'hex').toString('latin1'));
    if (text !== undefined) return text;
  }
  return printable(decodeBase64(value));
}

/** The texts inside, at most two deep: a Kubernetes Secret of a Docker configuration has exactly two layers. */
export function decodeLayers(value: string, shortest?: number): string[] {
  const layers: string[] = [];
  let text = decode(value, shortest);
  for (let depth = 0; depth < 2 && text !== undefined; depth++) {
    layers.push(text);
    text = decode(text.trim());
  }
  return layers;
}

function percent(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}

function printable(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return undefined;
  let good = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 32 && code < 127) || code === 9 || code === 10 || code === 13) good++;
  }
  return good / text.length >= 0.9 ? text : undefined;
}

/** The text with its percent-encoded ASCII characters decoded (RFC 3986 §2.1). */
export function withoutPercent(value: string): string {
  return value.replace(/%([2-7][0-9A-Fa-f])/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}
