import type { PolicyFile } from '../types.ts';
import { isRecord, type Reader } from './text.ts';

/** Complains of every package and datum that lies outside the roots which `.manifest` claims. */
export function checkRoots(
  roots: readonly string[],
  modules: readonly PolicyFile[],
  data: unknown,
  reader: Reader,
): void {
  if (roots.includes('')) return;
  const inside = (path: string) => roots.some((root) => path === root || path.startsWith(`${root}/`));
  for (const module of modules) {
    const path = packagePath(module.text);
    if (path !== undefined && !inside(path)) {
      reader.complain(
        'bundle-roots',
        `${module.path}: package ${path} lies outside the roots of .manifest`,
        module.path,
      );
    }
  }
  const stray = strayData(data, '', inside, roots);
  if (stray !== undefined) reader.complain('bundle-roots', `data ${stray} lies outside the roots of .manifest`);
}

function strayData(
  data: unknown,
  path: string,
  inside: (path: string) => boolean,
  roots: readonly string[],
): string | undefined {
  if (path !== '' && inside(path)) return undefined;
  if (!isRecord(data) || (path !== '' && !roots.some((root) => root.startsWith(`${path}/`)))) return path;
  for (const [key, value] of Object.entries(data)) {
    const stray = strayData(value, path === '' ? key : `${path}/${key}`, inside, roots);
    if (stray !== undefined) return stray;
  }
  return undefined;
}

/** `package a.b["c"]` as `a/b/c`; undefined when there is none, which the compiler reports. */
function packagePath(text: string): string | undefined {
  const name = /^[ \t]*package[ \t]+([^\s#;]+)/m.exec(text)?.[1];
  return name
    ?.replace(/\["([^"]*)"\]/g, '.$1')
    .split('.')
    .join('/');
}

/** The first pair of roots of two bundles where one lies in the other: then nobody could say whose rule counts. */
export function overlapOf(a: readonly string[], b: readonly string[]): [string, string] | undefined {
  for (const one of a) for (const other of b) if (contains(one, other) || contains(other, one)) return [one, other];
  return undefined;
}

function contains(outer: string, inner: string): boolean {
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
