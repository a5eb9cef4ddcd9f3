import { check } from '../gate/check.ts';
import type { Report, Scope } from '../gate/types.ts';
import { stagedReport } from './from-daemon.ts';
import { repositoryKey, stampsOf } from './repository-key.ts';
import { repositorySetup, type Setup } from './setup.ts';
import type { RepositoryFacts } from './state.ts';

export interface MonitorOptions {
  /** Remote to predict a push for; undefined: the branch's own. */
  remote: () => string | undefined;
  /** Called when something new is known; `done` when the whole check is over. */
  changed: (done: boolean) => void;
  busy: (busy: boolean, what: string) => void;
  log: (message: string) => void;
}

/** Keeps the reports of one repository up to date. */
export interface Monitor {
  readonly root: string;
  facts(): RepositoryFacts;
  /** Asks for a check soon, if anything has changed; many calls in a row make one check. */
  schedule(): void;
  /** Checks now and resolves when the newest state is known. */
  run(): Promise<void>;
  dispose(): void;
}

/** Git writes several files for one operation: the check waits until it has gone quiet. */
const QUIET_MS = 150;

export function createMonitor(root: string, options: MonitorOptions): Monitor {
  let staged: Report | undefined;
  let outgoing: Report | undefined;
  let setup: Setup = {
    hooks: 'unknown',
    hooksNote: '',
    signing: 'unknown',
    damage: { log: 0, memory: 0, notes: [] },
    files: [],
  };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let checkedKey: string | undefined;
  let disposed = false;

  const checkOnce = async (): Promise<void> => {
    options.busy(true, 'checking the index');
    try {
      const key = await repositoryKey(root);
      staged = (await stagedReport(root)) ?? (await check({ kind: 'staged' }, { cwd: root }));
      if (disposed) return;
      options.changed(false);
      options.busy(true, 'checking the outgoing commits');
      const remote = options.remote();
      const scope: Scope = remote === undefined ? { kind: 'outgoing' } : { kind: 'outgoing', remote };
      // Only bundle services that the user's own configuration lets be asked by themselves are asked here.
      outgoing = await check(scope, { cwd: root, refresh: true });
      setup = await repositorySetup(root);
      checkedKey = key === undefined ? undefined : `${key} ${await stampsOf(setup.files)}`;
    } catch (error) {
      // The engine returns problems and does not throw; if it does, the old verdict must not stand as if it were new.
      staged = undefined;
      outgoing = undefined;
      checkedKey = undefined;
      options.log(`the check of ${root} broke: ${(error as Error).message}`);
    } finally {
      options.busy(false, '');
      if (!disposed) options.changed(true);
    }
  };

  const run = (): Promise<void> => {
    clearTimeout(timer);
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        await checkOnce();
      } while (again && !disposed);
    })().finally(() => {
      running = undefined;
    });
    return running;
  };

  const runIfChanged = async (): Promise<void> => {
    const key = await repositoryKey(root);
    const stamps = await stampsOf(setup.files);
    if (!disposed && (key === undefined || `${key} ${stamps}` !== checkedKey)) await run();
  };

  return {
    root,
    facts: () => {
      const { hooks, hooksNote, signing, damage } = setup;
      return { root, staged, outgoing, hooks, hooksNote, signing, damage };
    },
    schedule: () => {
      clearTimeout(timer);
      if (!disposed) timer = setTimeout(() => void runIfChanged(), QUIET_MS);
    },
    run,
    dispose: () => {
      disposed = true;
      clearTimeout(timer);
    },
  };
}
