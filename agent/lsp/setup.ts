import type { HooksReport } from '../../hooks/status.ts';
import { logDamage } from '../audit/damage.ts';
import { readGitConfig } from '../git/config-list.ts';
import { findPlace } from '../git/place.ts';
import { openGit } from '../git/run.ts';
import { openKnown } from '../known/known.ts';
import type { InitializationOptions, RepositoryState } from '../protocol.ts';
import { count } from '../report/style.ts';
import { readSetup } from '../sign/state.ts';
import { writeRuntime } from '../state.ts';

export interface Setup extends Pick<RepositoryState, 'hooks' | 'hooksNote' | 'signing' | 'damage'> {
  /** Files on which the hooks rest: when one of them changes, this has to be asked again. */
  files: string[];
}

/** Whether git would call our hooks here, and whether it is set to sign commits. */
export async function repositorySetup(root: string, env: NodeJS.ProcessEnv = process.env): Promise<Setup> {
  // Loaded late: it brings git's cold path with it, which the first diagnostics must not wait for.
  const { hooksReport } = await import('../../hooks/status.ts');
  const [config, hooks] = await Promise.all([
    readGitConfig(openGit(root, env)).catch(() => undefined),
    // A hooks folder that is turned off or cannot be read is answered by the doctor; here it is only not known.
    hooksReport(root, env).catch(() => undefined),
  ]);
  return {
    hooks: hooks ? stateOf(hooks) : 'unknown',
    hooksNote: hooks && stateOf(hooks) === 'broken' ? noteOf(hooks) : '',
    damage: await damageOf(root, env),
    files: hooks?.files ?? [],
    signing: config ? (readSetup(config).sign ? 'configured' : 'missing') : 'unknown',
  };
}

/** What of our own records does not fit any more, counted. A log that cannot be read is told by whoever writes it. */
async function damageOf(root: string, env: NodeJS.ProcessEnv): Promise<RepositoryState['damage']> {
  try {
    const { commonDir } = await findPlace(openGit(root, env));
    const log = logDamage(commonDir, env, { seldom: true });
    const memory = openKnown(env)?.counts().damaged ?? 0;
    const notes: string[] = [];
    if (log.count > 0) {
      const more = log.count === 1 ? '' : `, and ${log.count - 1} more`;
      notes.push(`The audit log does not fit: ${log.first}${more}. pregate runbook log-forked`);
    }
    if (memory > 0)
      notes.push(`${count(memory, 'damaged place')} of the memory of blobs left out: the next push looks again`);
    return { log: log.count, memory, notes };
  } catch {
    return { log: 0, memory: 0, notes: [] };
  }
}

function stateOf(report: HooksReport): RepositoryState['hooks'] {
  if (report.healthy) return 'installed';
  return report.installed ? 'broken' : 'missing';
}

function noteOf({ hooks, problems }: HooksReport): string {
  const asleep = hooks.filter((one) => one.state !== 'active');
  const [first] = asleep;
  if (!first) return problems[0] ?? '';
  const more = asleep.length === 1 ? '' : ` (and ${asleep.length - 1} more hooks)`;
  return `${first.hook} does not run: ${first.detail}${more}`;
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
