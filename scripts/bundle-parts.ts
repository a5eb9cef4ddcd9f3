/**
 * Builds a bundle whose seldom used modules lie in files of their own, its parts: a cold start pays for each kilobyte it
 * loads, so a part is read when something of it is first used.
 */
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import type { BuiltinTable } from '../agent/rego/builtins/types.ts';
import { gatesPlugin } from './gates-plugin.ts';
import { vocabularyPlugin } from './vocabulary-plugin.ts';

export interface PartsBuild {
  /** Absolute path of the repository. */
  root: string;
  outdir: string;
  /** Options that all bundles share. */
  common: BuildOptions;
}

export interface Layout {
  /** File name of the bundle, and the module it begins with. */
  main: string;
  entry: string;
  /** The first pattern that fits a module's path, or a package's name, decides. */
  parts: readonly [name: string, modules: RegExp][];
  /** What is loaded at its first use though it is imported at the top of files that always run. */
  deferred: RegExp;
  /** Deferred modules that export tables of builtins: all but how they run stays where they are imported. */
  tables?: RegExp;
  /** A part uses the modules of the main file as they are there, so that a class is the same in both. */
  shares?: true;
}

/** Writes the files and answers with their names. */
export async function buildInParts(layout: Layout, { root, outdir, common }: PartsBuild): Promise<string[]> {
  const wanted = new Set<string>();
  const shared: Shared = { inMain: new Set(), wanted: new Set() };
  const one = (name: string, options: BuildOptions) =>
    build({
      ...common,
      ...options,
      metafile: true,
      outfile: join(outdir, name),
      plugins: [vocabularyPlugin(), gatesPlugin(), partsPlugin(layout, root, name, wanted, shared)],
    });
  const { metafile } = await one(layout.main, { entryPoints: [join(root, layout.entry)] });
  if (layout.shares) for (const path of Object.keys(metafile?.inputs ?? {})) shared.inMain.add(path);
  // In this order, because a part asks for packages, which lie in the later ones.
  const written = [layout.main];
  for (const [name] of layout.parts) {
    const paths = [...wanted].filter((path) => partOf(layout, path) === name).sort();
    if (paths.length === 0) continue;
    written.push(name);
    await one(name, { stdin: { contents: entryOf(paths), resolveDir: root } });
  }
  // Only now it is known what the parts ask the main file for.
  if (shared.wanted.size > 0) await one(layout.main, { stdin: { contents: sharing(layout), resolveDir: root } });
  return written;
}

/**
 * In the main file, `import('…')` becomes a look-up in another file; in every file, so does the import of a deferred
 * package. The paths are collected so that these files hold exactly these modules.
 */
function partsPlugin(layout: Layout, root: string, file: string, wanted: Set<string>, shared: Shared): Plugin {
  const { main, deferred } = layout;
  return {
    name: 'parts',
    setup(context) {
      context.onResolve({ filter: /^\.\/[a-z]+-[a-z]+\.cjs$/ }, (args) => ({ path: args.path, external: true }));
      context.onResolve({ filter: /^(\.{1,2}\/|node:|@?[a-z])/ }, ({ path: written, resolveDir, kind, namespace }) => {
        if (namespace === 'deferred' || kind === 'entry-point') return undefined;
        const path = written.startsWith('.') ? join(resolveDir, written).slice(root.length + 1) : written;
        const own = written.startsWith('.') && kind === 'dynamic-import' && file === main;
        if (file !== main && shared.inMain.has(path)) {
          shared.wanted.add(path);
          return { path, namespace: 'shared' };
        }
        if (!own && (!deferred.test(path) || partOf(layout, path) === file)) return undefined;
        if (!path.startsWith('node:')) wanted.add(path);
        return { path, namespace: own ? 'part' : 'deferred' };
      });
      context.onResolve({ filter: /^shared$/ }, () => ({ path: 'shared', namespace: 'sharing' }));
      context.onLoad({ filter: /.*/, namespace: 'sharing' }, () => module(sharedModules(shared)));
      context.onLoad({ filter: /.*/, namespace: 'shared' }, ({ path }) =>
        module(`module.exports = globalThis.pregateShared[${JSON.stringify(path)}];`),
      );
      const module = (contents: string) => ({ contents, loader: 'js' as const, resolveDir: root });
      context.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) =>
        module(`module.exports = ${lookup(layout, path)};`),
      );
      context.onLoad({ filter: /.*/, namespace: 'deferred' }, async ({ path }) =>
        module(await onFirstUse(layout, root, path)),
      );
    },
  };
}

/** Undefined for modules of Node, which lie in no file of ours. */
function partOf(layout: Layout, path: string): string | undefined {
  return layout.parts.find(([, modules]) => modules.test(path))?.[0];
}

/** `pregateRequire` is the loader's `require` with a code cache; without that loader the plain one does the same. */
function lookup(layout: Layout, path: string): string {
  const name = partOf(layout, path);
  const load = `globalThis.pregateRequire ? globalThis.pregateRequire('${name}') : require('./${name}')`;
  return `(${load})[${JSON.stringify(path)}]`;
}

/** The modules of the main file by their paths, and of those the ones that parts import. */
interface Shared {
  inMain: Set<string>;
  wanted: Set<string>;
}

/** What is shared is there before the first module of the program runs. */
function sharing({ entry }: Layout): string {
  return `import 'shared';\nimport './${entry}';\n`;
}

function sharedModules({ wanted }: Shared): string {
  const paths = [...wanted].sort();
  const imports = paths.map((path, index) => `import * as m${index} from './${path}';`);
  const entries = paths.map((path, index) => `${JSON.stringify(path)}: m${index}`);
  return `${imports.join('\n')}\nglobalThis.pregateShared = { ${entries.join(', ')} };\n`;
}

/** Tables of builtins whose `run` loads them: types and names are all that a compiler asks for. */
async function tablesOnFirstUse(layout: Layout, root: string, path: string): Promise<string> {
  const tables = Object.entries((await import(join(root, path))) as Record<string, BuiltinTable>);
  const written = tables.map(([table, builtins]) => {
    const entries = Object.entries(builtins).map(([name, { run: _, ...known }]) => {
      if (Object.values(known).some((value) => typeof value === 'function'))
        throw new Error(`${name} of ${path} is more than a function of its operands`);
      return `${JSON.stringify(name)}: { ...${JSON.stringify(known)}, run: (...a) => load().${table}[${JSON.stringify(name)}].run(...a) }`;
    });
    return `export const ${table} = {\n${entries.join(',\n')}\n};`;
  });
  return `const load = () => ${lookup(layout, path)};\n${written.join('\n')}\n`;
}

/** A module that has the package's exports as getters, and loads the package when one of them is asked for. */
async function onFirstUse(layout: Layout, root: string, name: string): Promise<string> {
  if (layout.tables?.test(name)) return tablesOnFirstUse(layout, root, name);
  const names = Object.keys(await import(name.startsWith('agent/') ? join(root, name) : name)).filter(
    (key) => key !== 'default' && key !== 'module.exports',
  );
  const load = name.startsWith('node:') ? `require('${name}')` : lookup(layout, name);
  const getters = names.map((key) => `get ${key}() { return load().${key}; },`);
  return `const load = () => ${load};\nmodule.exports = {\n${getters.join('\n')}\n};\n`;
}

/** Getters here too, so that a module is evaluated only when it is asked for. */
function entryOf(paths: readonly string[]): string {
  const getters = paths.map((path) => {
    const from = path.startsWith('agent/') ? `./${path}` : path;
    return `get ${JSON.stringify(path)}() { return require('${from}'); },`;
  });
  return `module.exports = {\n${getters.join('\n')}\n};\n`;
}
