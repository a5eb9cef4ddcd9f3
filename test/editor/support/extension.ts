import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/** What the package holds beside its manifest. */
const shipped = ['dist', 'media', 'l10n', 'docs/rules', 'package.nls.json', 'README.md', 'LICENSE', 'CHANGELOG.md'];

/**
 * Lays the extension out in a folder as it is shipped: what `npm test` has built, with its manifest. Returns the folder,
 * which `extensionDevelopmentPath` can name. Throws when nothing was built.
 */
export function stageExtension(folder: string): string {
  if (!existsSync(join(root, 'dist/extension.cjs'))) throw new Error('nothing is built; run npm run build first');
  mkdirSync(folder, { recursive: true });
  for (const path of shipped) {
    if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest(), null, 2));
  return folder;
}

/** Packs a staged extension with `vsce`, as a release does. */
export async function packExtension(folder: string, vsix: string): Promise<void> {
  await createVSIX({
    cwd: folder,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    skipLicense: !existsSync(join(folder, 'LICENSE')),
  });
}

/** Bundles a suite for the extension host and returns its path. */
export async function bundleSuite(name: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`);
  await build({
    entryPoints: [join(root, 'test/editor/api', `${name}.ts`)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}

/** The package's manifest without what only development needs; `type` would make `dist/*.cjs` no different. */
function manifest(): Record<string, unknown> {
  const { scripts: _, devDependencies: __, ...rest } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return rest;
}
