import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.ts';
import { serverEnvironment } from './server.ts';
import { ensureWorkbench } from './setup.ts';

/**
 * Installs a VSIX into an extensions folder as a user would: with the command line of VS Code itself
 * (`--install-extension`), which checks the manifest and writes `extensions.json`.
 *
 * Both paths are absolute; the folder is made when missing. Throws a one-line error when VS Code refuses the file.
 */
export async function installVsix(vsix: string, extensionsDir: string): Promise<void> {
  const { serverMain } = await ensureWorkbench();
  const directory = await mkdtemp(join(tmpdir(), 'pregate-install-'));
  try {
    await mkdir(join(directory, 'home'));
    const args = [
      serverMain,
      `--install-extension=${vsix}`,
      `--extensions-dir=${extensionsDir}`,
      `--server-data-dir=${join(directory, 'server')}`,
      `--user-data-dir=${join(directory, 'data')}`,
      '--accept-server-license-terms',
      '--force',
    ];
    await run(process.execPath, args, { cwd: directory, env: serverEnvironment(directory), timeout: 60_000 });
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
