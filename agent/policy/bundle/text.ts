import { parse } from 'yaml';
import type { BundleFile } from '../bundle.ts';

/** Takes what is wrong with a bundle; every complaint is fatal. */
export interface Reader {
  name: string;
  complain: (code: string, message: string, path?: string) => void;
}

/** The file as text; a complaint and undefined when it is not UTF-8. */
export function textOf(file: BundleFile, { complain }: Reader): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file.bytes);
  } catch {
    complain('bundle-encoding', `${file.path} is not UTF-8 text`, file.path);
    return undefined;
  }
}

export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A file of JSON or YAML as one document; undefined where it is none. */
export function documentIn({ path, text }: { path: string; text: string }): unknown {
  try {
    return /\.json$/i.test(path) ? parseJsonText(text) : parseYaml(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * YAML 1.2 with merge keys, as OPA reads data. The signature's hash and the data the policy sees must come from one
 * reading, else a document could be signed as one thing and mean another. Throws what the parser throws.
 */
export function parseYaml(text: string, options: { intAsBigInt?: boolean } = {}): unknown {
  return parse(text, { version: '1.2', merge: true, maxAliasCount: 100, logLevel: 'error', ...options });
}
