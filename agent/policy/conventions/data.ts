import { createHash } from 'node:crypto';
import type { Reference } from '../../rego/references.ts';
import { documentIn, isRecord } from '../bundle/text.ts';
import { regoEngine } from '../engine.ts';
import { reachable } from '../reachable.ts';
import type { PolicyBundle, PolicyEngine } from '../types.ts';

/** Documents that rules read and that the bundle itself does not define. */
export interface Supplied {
  /** The bundle with what its own files give in their place; the same one when they give nothing. */
  bundle: PolicyBundle;
  /** Compiled with it. */
  engine: PolicyEngine;
  /** One line for each file that was taken. */
  told: string[];
}

/** A document below `data` that rules read and nothing defines. */
export interface Missing {
  /** `data.images` */
  name: string;
  /** `kubernetes.rego:40` */
  where: string;
}

/**
 * Takes data from the YAML and JSON files beside the rules, as `conftest --data` reads them: each file's keys stand at the
 * root of `data`. Only keys that rules read and nothing defines are taken, and only where one file alone has them, so that
 * fixtures and examples in the folder decide nothing.
 */
export function supplyData(bundle: PolicyBundle, engine: PolicyEngine): Supplied {
  const wanted = new Set(missingReferences(engine).map(({ path }) => path[0] as string));
  if (wanted.size === 0 || !bundle.candidates?.length) return { bundle, engine, told: [] };
  const documents = bundle.candidates.map((file) => ({ file, value: documentIn(file) }));
  const data: Record<string, unknown> = { ...(isRecord(bundle.data) ? bundle.data : {}) };
  const taken = new Map<string, string[]>();
  for (const key of wanted) {
    const having = documents.filter(({ value }) => isRecord(value) && Object.hasOwn(value, key));
    const [only] = having;
    if (!only || having.length > 1 || Object.hasOwn(data, key)) continue;
    Object.defineProperty(data, key, {
      value: (only.value as Record<string, unknown>)[key],
      enumerable: true,
      writable: true,
      configurable: true,
    });
    taken.set(only.file.path, [...(taken.get(only.file.path) ?? []), `data.${key}`]);
  }
  if (taken.size === 0) return { bundle, engine, told: [] };
  const told = [...taken].map(([path, names]) => `${names.join(', ')} from ${path}, as conftest --data reads it`);
  // Numbers that a double would change are rare in such files; those of `data.json` keep their own text.
  const { dataJson: _, ...rest } = bundle;
  // Engines are kept by digest, and this one is another.
  const digest = createHash('sha256')
    .update([bundle.source.digest, ...told].join('\0'))
    .digest('hex');
  const source = { ...bundle.source, digest };
  const complete = { ...rest, data, source };
  return { bundle: complete, engine: regoEngine(complete).engine ?? engine, told };
}

/** What the rules of some packages, and the rules these need, read and nothing defines; each document once. */
export function missingData(engine: PolicyEngine, decisions: readonly string[]): Missing[] {
  const all = engine.references?.() ?? [];
  const reached = reachable(all, decisions);
  const found = new Map<string, Missing>();
  for (const { path, file, line, rule } of missingReferences(engine, all)) {
    const name = `data.${path.slice(0, path.includes(undefined) ? path.indexOf(undefined) : undefined).join('.')}`;
    if (reached.has(rule) && !found.has(name)) found.set(name, { name, where: `${file}:${line}` });
  }
  return [...found.values()];
}

/** Given by whoever asks: conftest's file, Gatekeeper's objects. */
const given = new Set(['conftest', 'inventory']);

function missingReferences(engine: PolicyEngine, all: readonly Reference[] = engine.references?.() ?? []): Reference[] {
  // Tests bring what they need; what `with` puts there is there.
  const own = all.filter(({ rule }) => !/\.(todo_)?test_\w*$/.test(rule));
  const replaced = new Set(own.filter((one) => one.kind === 'replaced').map((one) => one.path[0]));
  return own.filter(
    ({ root, kind, defined, path }) =>
      root === 'data' &&
      kind === 'read' &&
      !defined &&
      path[0] !== undefined &&
      !given.has(path[0]) &&
      !replaced.has(path[0]),
  );
}
