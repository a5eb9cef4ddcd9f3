/**
 * Builds what git's hooks run: `hook.cjs` with what every hook needs, and its parts, which hold what only some hooks
 * need. A cold hook pays for each kilobyte it loads, so a part is read when something of it is first used.
 */
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { vocabularyPlugin } from './vocabulary-plugin.ts';

export interface HookBuild {
  /** Absolute path of the repository. */
  root: string;
  outdir: string;
  /** Options that all bundles share. */
  common: BuildOptions;
}

/** The parts of a hook; the first pattern that fits a module's path, or a package's name, decides. */
const parts: [name: string, modules: RegExp][] = [
  ['hook-text.cjs', /^agent\/rules\/generated\/text/],
  ['hook-providers.cjs', /^agent\/model\/secrets\/providers\/table\/index/],
  ['hook-models.cjs', /^agent\/(rules|model|config)\/|^agent\/policy\/sbom/],
  ['hook-policy.cjs', /^agent\/policy\/(built-in|decide)/],
  ['hook-bundles.cjs', /^agent\/(policy|bundles|gate)\//],
  ['hook-secretlint.cjs', /^@secretlint\//],
  ['hook-yaml.cjs', /^yaml$/],
  // What comes after a verdict: statements, the audit log, a second look at a commit.
  ['hook-after.cjs', /^agent\/(attest|audit|cli)\//],
  ['hook-daemon.cjs', /^agent\/daemon\//],
  ['hook-rest.cjs', /^agent\//],
];

/**
 * What is imported at the top of files which every hook runs, and used by few hooks: it is loaded at its first use.
 * Packages and modules of Node; of our own only modules whose imports nobody else has, since a part would hold a second copy.
 */
const deferred =
  /^(@secretlint\/(core|profiler|secretlint-rule-preset-recommend)|yaml|node:(crypto|fs\/promises|worker_threads)|agent\/suppress\/hash\.ts|agent\/model\/secrets\/providers\/table\/index\.ts)$/;

/** Writes the files and answers with their names. */
export async function buildHook({ root, outdir, common }: HookBuild): Promise<string[]> {
  const wanted = new Set<string>();
  const one = (name: string, options: BuildOptions) =>
    build({
      ...common,
      ...options,
      outfile: join(outdir, name),
      plugins: [vocabularyPlugin(), partsPlugin(root, name, wanted)],
    });
  await one('hook.cjs', { entryPoints: [join(root, 'agent/start-hook.ts')] });
  // In this order, because a part asks for packages, which lie in the later ones.
  for (const [name] of parts) {
    const paths = [...wanted].filter((path) => partOf(path) === name).sort();
    await one(name, { stdin: { contents: entryOf(paths), resolveDir: root } });
  }
  return ['hook.cjs', ...parts.map(([name]) => name)];
}

/**
 * In hook.cjs, `import('…')` becomes a look-up in another file; in every file, so does the import of a deferred package.
 * The paths are collected so that these files hold exactly these modules.
 */
function partsPlugin(root: string, file: string, wanted: Set<string>): Plugin {
  return {
    name: 'parts',
    setup(context) {
      context.onResolve({ filter: /^\.\/hook-[a-z]+\.cjs$/ }, (args) => ({ path: args.path, external: true }));
      context.onResolve({ filter: /^(\.{1,2}\/|node:|@?[a-z])/ }, ({ path: written, resolveDir, kind, namespace }) => {
        if (namespace === 'deferred' || kind === 'entry-point') return undefined;
        const path = written.startsWith('.') ? join(resolveDir, written).slice(root.length + 1) : written;
        const own = written.startsWith('.') && kind === 'dynamic-import' && file === 'hook.cjs';
        if (!own && (!deferred.test(path) || partOf(path) === file)) return undefined;
        if (!path.startsWith('node:')) wanted.add(path);
        return { path, namespace: own ? 'part' : 'deferred' };
      });
      const module = (contents: string) => ({ contents, loader: 'js' as const, resolveDir: root });
      context.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => module(`module.exports = ${lookup(path)};`));
      context.onLoad({ filter: /.*/, namespace: 'deferred' }, async ({ path }) => module(await onFirstUse(root, path)));
    },
  };
}

/** Undefined for modules of Node, which lie in no file of ours. */
function partOf(path: string): string | undefined {
  return parts.find(([, modules]) => modules.test(path))?.[0];
}

/** `pregateRequire` is the loader's `require` with a code cache; without that loader the plain one does the same. */
function lookup(path: string): string {
  const name = partOf(path);
  const load = `globalThis.pregateRequire ? globalThis.pregateRequire('${name}') : require('./${name}')`;
  return `(${load})[${JSON.stringify(path)}]`;
}

/** A module that has the package's exports as getters, and loads the package when one of them is asked for. */
async function onFirstUse(root: string, name: string): Promise<string> {
  const names = Object.keys(await import(name.startsWith('agent/') ? join(root, name) : name)).filter(
    (key) => key !== 'default' && key !== 'module.exports',
  );
  const load = name.startsWith('node:') ? `require('${name}')` : lookup(name);
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
