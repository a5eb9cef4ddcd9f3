import { readGitConfig } from '../git/config-list.ts';
import { openGit } from '../git/run.ts';
import type { InitializationOptions, RepositoryState } from '../protocol.ts';
import { readSetup } from '../sign/state.ts';
import { writeRuntime } from '../state.ts';

/** Whether git would call our hooks here, and whether it is set to sign commits. */
export async function repositorySetup(root: string): Promise<Pick<RepositoryState, 'hooks' | 'signing'>> {
  // Loaded late: it brings git's cold path with it, which the first diagnostics must not wait for.
  const { hooksReport } = await import('../../hooks/status.ts');
  const [config, hooks] = await Promise.all([
    readGitConfig(openGit(root)).catch(() => undefined),
    // A hooks folder that is turned off or cannot be read is answered by the doctor; here it is only not known.
    hooksReport(root, process.env).catch(() => undefined),
  ]);
  return {
    hooks: hooks ? (hooks.healthy ? 'installed' : 'missing') : 'unknown',
    signing: config ? (readSetup(config).sign ? 'configured' : 'missing') : 'unknown',
  };
}

/**
 * Tells the hooks which program can run them: VS Code started from a desktop has no shell's PATH, and a hook has no VS
 * Code. Not done in Restricted Mode, where no hook of ours may run.
 */
export function rememberRuntime(options: InitializationOptions, warn: (message: string) => void): void {
  if (!options.trusted || options.runtime.executable === '') return;
  try {
    writeRuntime(options.runtime);
  } catch (error) {
    warn(`the hooks cannot be told which program runs them: ${(error as Error).message}`);
  }
}
