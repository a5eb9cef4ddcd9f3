/** The names a module knows: rules of its package, in whatever file they are, and its imports. */
import type { Module } from '../ast.ts';
import { RegoFailure } from '../errors.ts';
import type { Globals, ModuleNames } from './resolver.ts';

/** First names of all rules, by package. */
export function packageRules(modules: Module[]): Map<string, Set<string>> {
  const byPackage = new Map<string, Set<string>>();
  for (const module of modules) {
    const key = module.package.join('\0');
    let names = byPackage.get(key);
    if (names === undefined) {
      names = new Set();
      byPackage.set(key, names);
    }
    for (const rule of module.rules) {
      const first = rule.head.ref[0];
      if (first?.kind === 'var') names.add(first.name);
    }
  }
  return byPackage;
}

/** What the names of a module mean, and which of them are those of its imports. */
export function moduleNames(
  module: Module,
  byPackage: Map<string, Set<string>>,
  errors: RegoFailure[],
  strict: boolean,
): ModuleNames {
  const globals: Globals = new Map();
  for (const name of byPackage.get(module.package.join('\0')) ?? []) {
    if ((module.version === 'v1' || strict) && (name === 'data' || name === 'input')) {
      const rule = module.rules.find((r) => r.head.ref[0]?.kind === 'var' && r.head.ref[0].name === name);
      const message = `rules must not shadow ${name} (use a different rule name)`;
      if (rule !== undefined) errors.push(new RegoFailure('rego_compile_error', message, rule.pos));
    }
    globals.set(name, ['data', ...module.package, name]);
  }
  const seen = new Map<string, string>();
  for (const i of module.imports) {
    const path = importPath(i.path);
    if (path === undefined || (path[0] !== 'data' && path[0] !== 'input')) continue;
    const name = i.alias ?? (path.at(-1) as string);
    if (seen.has(name) && (module.version === 'v1' || strict)) {
      const message = `import must not shadow import ${seen.get(name)}`;
      errors.push(new RegoFailure('rego_compile_error', message, i.pos));
    }
    seen.set(name, path.join('.'));
    globals.set(name, path);
  }
  return { globals, imported: new Set(seen.keys()) };
}

function importPath(path: Module['imports'][number]['path']): string[] | undefined {
  if (path.kind === 'var') return [path.name];
  if (path.kind !== 'ref' || path.head.kind !== 'var') return undefined;
  return [path.head.name, ...path.path.map((p) => (p.kind === 'const' ? String(p.value) : ''))];
}
