import type { BundleFile } from '../bundle.ts';
import { isRecord, parseJsonText, parseYaml, type Reader, textOf } from './text.ts';

/** `data.json`, `data.yaml` and `data.yml` of all folders as one document; each is mounted where it lies. */
export function readData(files: readonly BundleFile[], reader: Reader): unknown {
  let data: unknown = {};
  for (const file of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!/(^|\/)data\.(json|ya?ml)$/.test(file.path)) continue;
    const text = textOf(file, reader);
    if (text === undefined) continue;
    const value = file.path.endsWith('.json') ? parseJsonText(text) : yamlOf(text);
    const folders = file.path.split('/').slice(0, -1);
    if (value === undefined || (folders.length === 0 && !isRecord(value))) {
      reader.complain('bundle-data', `${file.path} is not a readable object`, file.path);
      continue;
    }
    const merged = merge(
      data,
      folders.reduceRight<unknown>((inner, folder) => ({ [folder]: inner }), value),
    );
    if (merged === undefined)
      reader.complain('bundle-data', `${file.path} gives a key that another file gives too`, file.path);
    else data = merged;
  }
  return data;
}

/** Deep union of two objects; undefined when both give one leaf. */
export function merge(a: unknown, b: unknown): unknown {
  if (!isRecord(a) || !isRecord(b)) return undefined;
  const out: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const both = Object.hasOwn(out, key) ? merge(out[key], value) : value;
    if (both === undefined) return undefined;
    Object.defineProperty(out, key, { value: both, enumerable: true, writable: true, configurable: true });
  }
  return out;
}

function yamlOf(text: string): unknown {
  try {
    return parseYaml(text);
  } catch {
    return undefined;
  }
}
