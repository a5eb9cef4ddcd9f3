import { fromJs, parseJson, toJson } from '../../rego/values/json.ts';
import { RegoObject, type Value } from '../../rego/values/value.ts';
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

/** Numbers that a double keeps in another form, or not at all: long ones, `1.50`, `1e2`. */
const inexact = /\d{16}|\.\d*0(?!\d)|\d[eE]/;

/**
 * The same documents with their numbers exactly as written, as JSON text; undefined where `readData` lost nothing.
 * The files are those that `readData` found in order.
 */
export function exactData(files: readonly BundleFile[], reader: Reader): string | undefined {
  const documents = files.filter(({ path }) => /(^|\/)data\.(json|ya?ml)$/.test(path));
  const texts = documents.map((file) => ({ path: file.path, text: textOf(file, reader) ?? '' }));
  if (!texts.some(({ text }) => inexact.test(text))) return undefined;
  const root = new RegoObject();
  for (const { path, text } of texts) {
    const value = path.endsWith('.json') ? parseJson(text) : fromJs(parseYaml(text, { intAsBigInt: true }));
    const folders = path.split('/').slice(0, -1);
    join(
      root,
      folders.reduceRight((inner, folder) => objectOf(folder, inner), value),
    );
  }
  return toJson(root);
}

/** Several data documents, each exact, as one. Their keys do not meet. */
export function joinExact(texts: readonly string[]): string {
  const root = new RegoObject();
  for (const text of texts) join(root, parseJson(text));
  return toJson(root);
}

function objectOf(key: string, value: Value): RegoObject {
  const object = new RegoObject();
  object.set(key, value);
  return object;
}

function join(into: RegoObject, from: Value): void {
  if (!(from instanceof RegoObject)) return;
  for (const [key, value] of from.entries()) {
    const known = into.get(key);
    if (known instanceof RegoObject && value instanceof RegoObject) join(known, value);
    else into.set(key, value);
  }
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
