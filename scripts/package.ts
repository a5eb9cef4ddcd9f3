/** `npm run package`: writes the VSIX, one file for every platform, from dist/ as it was built. */
import './help.ts';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Packs the extension to `path`. vsce refuses when a bundle holds something that looks like a secret. */
export async function makeVsix(path: string): Promise<void> {
  await createVSIX({
    cwd: root,
    packagePath: path,
    dependencies: false,
    rewriteRelativeLinks: false,
    allowMissingRepository: true,
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await makeVsix(process.argv[2] ?? join(root, 'pregate.vsix'));
}
