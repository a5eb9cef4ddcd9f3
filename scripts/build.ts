/**
 * Builds everything that is shipped into dist/. `--production` minifies; without it the same files are readable.
 *   pregate.cjs    what `bin` names: a small loader with a code cache
 *   hook.cjs       what every hook needs: git, collecting, judging
 *   hook-*.cjs     secret rules, models and their rules, policy, signatures: loaded by the hooks that need them
 *   agent.cjs      command line and language server
 *   sbom.cjs       CycloneDX's command, run as a child process
 *   extension.cjs  what VS Code loads
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { buildSbom } from './sbom-bundle.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export interface BuildSettings {
  outdir: string;
  minify: boolean;
}

/** Builds all bundles and returns the size of each in bytes. */
export async function buildAll({ outdir, minify }: BuildSettings): Promise<Record<string, number>> {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify,
    legalComments: 'none',
    logLevel: 'error',
    // `debug` prints raw file content when DEBUG is set: it is replaced by a stub in everything that ships.
    alias: { debug: join(root, 'scripts/debug-stub.cjs') },
    define: { PREGATE_VERSION: JSON.stringify(version), 'process.env.NODE_ENV': '"production"' },
  };
  const one = (name: string, entry: string, more: BuildOptions = {}) =>
    build({ ...common, entryPoints: [join(root, entry)], outfile: join(outdir, name), ...more });
  const lazy = new Set<string>();
  await one('hook.cjs', 'agent/start-hook.ts', { plugins: [lazyPlugin(lazy)] });
  const chunk = ([name]: [string, RegExp]) => {
    const paths = [...lazy].filter((path) => chunkOf(path) === name).sort();
    return build({ ...common, stdin: { contents: chunkEntry(paths), resolveDir: root }, outfile: join(outdir, name) });
  };
  await Promise.all([
    ...chunks.map(chunk),
    one('agent.cjs', 'agent/start.ts'),
    one('extension.cjs', 'extension/main.ts', { external: ['vscode'] }),
    buildSbom({ outfile: join(outdir, 'sbom.cjs'), minify }),
  ]);
  const cached = ['agent.cjs', 'hook.cjs', ...chunks.map(([name]) => name)];
  const digests: Record<string, string> = {};
  for (const name of cached) digests[name] = sha256(join(outdir, name));
  await one('pregate.cjs', 'agent/bin.ts', {
    define: { ...common.define, PREGATE_BUNDLES: JSON.stringify(digests) },
    banner: { js: '#!/usr/bin/env node' },
  });
  cpSync(join(root, 'hooks/dispatch'), join(outdir, 'dispatch'));
  const names = ['pregate.cjs', ...cached, 'sbom.cjs', 'extension.cjs'];
  return Object.fromEntries(names.map((name) => [name, statSync(join(outdir, name)).size]));
}

/** The parts of a hook that only some hooks need; the first pattern that fits a module's path decides. */
const chunks: [name: string, modules: RegExp][] = [
  ['hook-text.cjs', /^agent\/rules\/generated\/text/],
  ['hook-models.cjs', /^agent\/(rules|model|config)\/|^agent\/policy\/sbom/],
  ['hook-policy.cjs', /^agent\/(policy|bundles)\//],
  ['hook-rest.cjs', /^/],
];

function chunkOf(path: string): string {
  return (chunks.find(([, modules]) => modules.test(path)) as [string, RegExp])[0];
}

/**
 * In hook.cjs, `import('…')` of what only some hooks need becomes a look-up in another file; the paths are collected so
 * that these files hold exactly these modules.
 */
function lazyPlugin(found: Set<string>): Plugin {
  return {
    name: 'lazy',
    setup(context) {
      context.onResolve({ filter: /^\.\/hook-[a-z]+\.cjs$/ }, (args) => ({ path: args.path, external: true }));
      context.onResolve({ filter: /^\.{1,2}\// }, (args) => {
        if (args.kind !== 'dynamic-import') return undefined;
        const path = join(args.resolveDir, args.path).slice(root.length + 1);
        found.add(path);
        return { path, namespace: 'lazy' };
      });
      context.onLoad({ filter: /.*/, namespace: 'lazy' }, (args) => ({ contents: lookup(args.path), loader: 'js' }));
    },
  };
}

function lookup(path: string): string {
  const name = chunkOf(path);
  const load = `globalThis.pregateRequire ? globalThis.pregateRequire('${name}') : require('./${name}')`;
  return `module.exports = (${load})[${JSON.stringify(path)}];`;
}

/** Getters, so that a module is evaluated only when it is asked for. */
function chunkEntry(paths: readonly string[]): string {
  const getters = paths.map((path) => `get ${JSON.stringify(path)}() { return require('./${path}'); },`);
  return `module.exports = {\n${getters.join('\n')}\n};\n`;
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sizes = await buildAll({ outdir: join(root, 'dist'), minify: process.argv.includes('--production') });
  const line = Object.entries(sizes).map(([name, size]) => `${name} ${(size / 1024).toFixed(0)} KB`);
  if (!process.argv.includes('--quiet')) console.error(`built ${line.join(', ')}`);
}
