/**
 * `npm run build`: builds everything that is shipped into dist/. `--production` minifies; without it the same files are
 * readable. `--quiet` prints no sizes. Another word is a mistake, and nothing is built.
 *   pregate.cjs    what `bin` names: a small loader with a code cache
 *   hook.cjs       what every hook needs: git, collecting, judging
 *   hook-*.cjs     its parts, each loaded by the hooks that need it (hook-bundle.ts)
 *   hook-words.bin the keywords of secrets, ready for use (vocabulary-plugin.ts); every bundle reads it
 *   policy.cjs     `policy eval`, `test`, `check` and `bench`, without the rest (policy-bundle.ts)
 *   agent.cjs      command line and language server
 *   sbom.cjs       CycloneDX's command, run as a child process
 *   extension.cjs  what VS Code loads
 */
import './help.ts';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { buildHook } from './hook-bundle.ts';
import { buildPolicy } from './policy-bundle.ts';
import { buildSbom } from './sbom-bundle.ts';
import { vocabularyFile, vocabularyPlugin, writeVocabulary } from './vocabulary-plugin.ts';

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
    define: {
      PREGATE_VERSION: JSON.stringify(version),
      PREGATE_RULES: JSON.stringify(rulesDigest()),
      'process.env.NODE_ENV': '"production"',
    },
  };
  const one = (name: string, entry: string, more: BuildOptions = {}) =>
    build({ ...common, entryPoints: [join(root, entry)], outfile: join(outdir, name), ...more });
  const [hookFiles, policyFiles] = await Promise.all([
    buildHook({ root, outdir, common }),
    buildPolicy({ root, outdir, common }),
    one('agent.cjs', 'agent/start.ts', { plugins: [vocabularyPlugin()] }),
    one('extension.cjs', 'extension/main.ts', { external: ['vscode'] }),
    buildSbom({ outfile: join(outdir, 'sbom.cjs'), minify }),
  ]);
  writeVocabulary(outdir);
  const cached = ['agent.cjs', ...hookFiles, ...policyFiles];
  for (const name of cached) escapeText(join(outdir, name));
  const digests: Record<string, string> = {};
  for (const name of cached) digests[name] = sha256(join(outdir, name));
  await one('pregate.cjs', 'agent/bin.ts', {
    define: { ...common.define, PREGATE_BUNDLES: JSON.stringify(digests) },
    banner: { js: '#!/usr/bin/env node' },
  });
  // npm does this once, when it links or installs: each build after that would take it away again.
  chmodSync(join(outdir, 'pregate.cjs'), 0o755);
  cpSync(join(root, 'hooks/dispatch'), join(outdir, 'dispatch'));
  const names = ['pregate.cjs', ...cached, vocabularyFile, 'sbom.cjs', 'extension.cjs'];
  return Object.fromEntries(names.map((name) => [name, statSync(join(outdir, name)).size]));
}

/**
 * Names everything that decides what a rule finds: our sources, and the packages by the lock. What was remembered under
 * another name is never believed, and any change of a source makes another name.
 */
function rulesDigest(): string {
  const hash = createHash('sha256');
  const names = globSync(['agent/**/*.ts', 'scripts/*.ts', 'package-lock.json'], { cwd: root }).sort();
  for (const name of names) hash.update(`${name}\0`).update(readFileSync(join(root, name)));
  return hash.digest('hex');
}

/**
 * esbuild leaves letters outside of ASCII in regular expressions as they are. A single one makes V8 keep the whole file
 * as two bytes for each character, which doubles what a cold start reads and hashes.
 */
function escapeText(path: string): void {
  const text = readFileSync(path, 'utf8');
  const escaped = text.replace(/(\\*)([^\0-\x7f])/g, (_, slashes: string, unit: string) => {
    const kept = slashes.length % 2 === 1 ? slashes.slice(1) : slashes;
    return `${kept}\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  if (escaped !== text) writeFileSync(path, escaped);
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const strange = process.argv.slice(2).find((word) => word !== '--production' && word !== '--quiet');
  if (strange !== undefined) {
    console.error(`build takes --production and --quiet, not ${strange}; nothing was built`);
    process.exit(2);
  }
  const sizes = await buildAll({ outdir: join(root, 'dist'), minify: process.argv.includes('--production') });
  const line = Object.entries(sizes).map(([name, size]) => `${name} ${(size / 1024).toFixed(0)} KB`);
  if (!process.argv.includes('--quiet')) console.error(`built ${line.join(', ')}`);
}
