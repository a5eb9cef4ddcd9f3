import { createHash } from 'node:crypto';
import path from 'node:path';
import { GitFailure } from '../agent/git/failure.ts';
import { type Git, openGit, runGit } from '../agent/git/run.ts';
import { ensureState, readStateFile, repositoryId, stateFolder, writeRuntime, writeStateFile } from '../agent/state.ts';
import type { Action, Notice, Part } from './action.ts';
import { installBundle } from './bundle.ts';
import { findHookPlace, type HookPlace, unsetCommand } from './detect.ts';
import { keepFile, makeFolders, replaceFile } from './files.ts';
import {
  type ConfiguredHook,
  configuredHooks,
  globalConfigFile,
  planConfig,
  runsConfiguredHooks,
} from './managers/git-config.ts';
import { planHusky, planIgnored } from './managers/husky.ts';
import { planAround, planExclude, planLefthook } from './managers/lefthook.ts';
import { planPlain } from './managers/plain.ts';
import { type HookName, hookNames } from './stub.ts';

export interface InstallOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Folder of the build that hooks will run: `pregate.cjs`, `hook.cjs`, `dispatch`. */
  bundle: string;
  /** Write into a hooks folder that other repositories of this user share (`core.hooksPath` set globally). */
  allRepositories?: boolean;
  /** Name the hooks in git's configuration (git 2.54 and later): of this repository, or of all of this user's. */
  config?: 'local' | 'global';
}

export interface InstallPlan {
  place: HookPlace;
  hooks: readonly HookName[];
  actions: Action[];
  notices: Notice[];
}

/** One thing that was written, with what is needed to undo it. Kept outside the repository. */
export type Done =
  | { kind: 'write'; path: string; before: string | null; beforeMode: number | null; after: string; lock?: true }
  | { kind: 'keep'; from: string; to: string }
  | { kind: 'folder'; path: string };

export interface Manifest {
  version: 1;
  root: string;
  manager: string;
  done: Done[];
}

/** Finds out what an installation would write. Nothing is changed. Throws `GitFailure` outside a repository. */
export async function planInstall(options: InstallOptions): Promise<InstallPlan> {
  const dispatch = dispatchPath(options.env);
  if (options.config === 'global') return planGlobal(options, dispatch);
  const place = await findHookPlace(options.cwd, options.env);
  const git = openGit(place.root, options.env);
  const configured = await configuredHooks(git, options.env, dispatch, hookNames);
  const here = readManifest(place.commonDir, options.env)?.manager === 'git-config';
  if (options.config === 'local' || here || configured.length > 0) {
    return planLocal(git, place, configured, options);
  }
  const part = await planFor(git, place, dispatch);
  const notices = [...part.notices];
  if (place.disabled) {
    notices.push({
      code: 'hooks-disabled',
      message: `Hooks are turned off: core.hooksPath is ${JSON.stringify(place.disabled.value)} (${place.disabled.origin}). Nothing was installed.`,
      fatal: true,
      remedy: unsetCommand(place.disabled),
    });
  } else if (await runsConfiguredHooks(git)) {
    notices.push({
      code: 'config-possible',
      message: 'This git can run hooks from its configuration: pregate init --git-config, or --global for every clone.',
      fatal: false,
    });
  }
  if (place.bare)
    notices.push({
      code: 'bare-repository',
      message: 'A bare repository makes no commits itself; worktrees of it, also those still to come, use these hooks.',
      fatal: false,
    });
  const scope = place.hooksPath?.scope;
  if ((scope === 'global' || scope === 'system') && !place.shared && options.allRepositories !== true) {
    notices.push({
      code: 'hooks-of-all-repositories',
      message: `core.hooksPath (${scope}) makes every repository of this user use ${place.hooksDir}. Nothing was installed. Set core.hooksPath for this repository, or say --all-repositories.`,
      fatal: true,
    });
  }
  return { place, hooks: hookNames, actions: part.actions, notices };
}

/** Where the program that every hook starts lies. */
export function dispatchPath(env: NodeJS.ProcessEnv): string {
  return path.join(stateFolder(env), 'hooks', 'dispatch');
}

const tooOld: Notice = {
  code: 'git-too-old',
  message: 'This git does not run hooks from its configuration: git 2.54 and later do. Nothing was installed.',
  fatal: true,
};

/** Git's own configuration of this repository, unless that of all repositories serves already. */
async function planLocal(
  git: Git,
  place: HookPlace,
  configured: readonly ConfiguredHook[],
  options: InstallOptions,
): Promise<InstallPlan> {
  const global = configured.length > 0 && configured.every((one) => one.state === 'active' && one.scope !== 'local');
  const file = path.join(place.commonDir, 'config');
  const label = `git's configuration (${global ? 'of all repositories' : '.git/config'})`;
  const notices: Notice[] = (await runsConfiguredHooks(git)) ? [] : [tooOld];
  const disabled = configured.filter((one) => one.state === 'disabled').map((one) => one.hook);
  if (disabled.length > 0) {
    const message = `Switched off in git's configuration: ${disabled.join(', ')}.`;
    const remedy = disabled.map((hook) => `git config --unset hook.pregate-${hook}.enabled`).join(' && ');
    notices.push({ code: 'config-disabled', message, fatal: true, remedy });
  }
  const part = global ? { actions: [], notices: [] } : planConfig(file, hookNames, dispatchPath(options.env));
  return {
    place: { ...place, manager: 'git-config', label, managed: file },
    hooks: hookNames,
    actions: part.actions,
    notices: [...notices, ...part.notices],
  };
}

/** The configuration of all repositories of this user: clones and worktrees that do not exist yet have the hooks too. */
async function planGlobal(options: InstallOptions, dispatch: string): Promise<InstallPlan> {
  const file = globalConfigFile(options.env);
  if (file === null) {
    throw new GitFailure({ code: 'no-home', message: 'No home, so there is no configuration of yours.', fatal: true });
  }
  const part = planConfig(file, hookNames, dispatch);
  const supported = await runsConfiguredHooks(openGit(options.cwd, options.env, { otherRepository: true }));
  return {
    place: globalPlace(file),
    hooks: hookNames,
    actions: part.actions,
    notices: supported ? part.notices : [tooOld, ...part.notices],
  };
}

/** The configuration of a user in the place of a repository: what was written there has its own record. */
export function globalPlace(file: string): HookPlace {
  const label = "git's configuration (of all repositories)";
  const nothing = { bare: false, hooksPath: undefined, disabled: undefined, shared: false, asleep: false } as const;
  const root = path.dirname(file);
  return { ...nothing, root, commonDir: file, hooksDir: root, manager: 'git-config', label, managed: file };
}

async function planFor(git: Git, place: HookPlace, dispatch: string): Promise<Part> {
  const hooks = hookNames;
  if (place.manager === 'lefthook') {
    const ignored = await runGit(git, ['check-ignore', '-q', 'lefthook-local.yml']);
    const known = await runGit(git, ['ls-files', '--error-unmatch', 'lefthook-local.yml']);
    const exclude = ignored.code === 0 || known.code === 0 ? none : planExclude(place);
    return together(planLefthook(place, hooks, dispatch), exclude, planAround(place, hooks, dispatch));
  }
  if (place.manager !== 'husky') return planPlain(place, hooks, dispatch);
  const husky = planHusky(place, hooks);
  if (place.hooksPath !== undefined && !place.asleep) return husky;
  // husky is not active in this clone or worktree yet, so its scripts would not run: the hooks folder serves until it is.
  return together(husky, planPlain(place, hooks, dispatch), place.asleep ? planIgnored(place) : none);
}

const none: Part = { actions: [], notices: [] };

function together(...parts: readonly Part[]): Part {
  return { actions: parts.flatMap((part) => part.actions), notices: parts.flatMap((part) => part.notices) };
}

/**
 * Carries a plan out: bundle and runtime into the state folder first, so that no stub ever points at nothing, then the
 * files, each with its undo written down before it is touched. Throws `GitFailure` when something cannot be written.
 */
export function applyInstall(plan: InstallPlan, options: InstallOptions): Manifest {
  const fatal = plan.notices.find((notice) => notice.fatal);
  if (fatal) throw new GitFailure({ ...fatal });
  installBundle(options.bundle, options.env);
  writeRuntime({ executable: process.execPath, electron: process.versions['electron'] !== undefined }, options.env);
  const known = readManifest(plan.place.commonDir, options.env);
  const manifest: Manifest = {
    version: 1,
    root: plan.place.root,
    manager: plan.place.manager,
    done: known?.done ?? [],
  };
  for (const action of plan.actions) {
    const target = action.kind === 'write' ? action.path : action.to;
    for (const folder of makeFolders(path.dirname(target))) manifest.done.push({ kind: 'folder', path: folder });
    remember(manifest, action);
    writeManifest(plan.place.commonDir, manifest, options.env);
    if (action.kind === 'keep') keepFile(action.from, action.to);
    else replaceFile(action.path, action.after, action.mode, action.lock);
  }
  if (plan.actions.length === 0) writeManifest(plan.place.commonDir, manifest, options.env);
  return manifest;
}

/** A second installation over ours keeps the first one's "before": that is what was there without us. */
function remember(manifest: Manifest, action: Action): void {
  if (action.kind === 'keep') {
    manifest.done.push({ kind: 'keep', from: action.from, to: action.to });
    return;
  }
  const known = manifest.done.find((one) => one.kind === 'write' && one.path === action.path);
  const after = sha256(action.after);
  if (known?.kind === 'write') {
    if (action.before !== null && sha256(action.before) === known.after) known.after = after;
    else
      Object.assign(known, { before: action.before?.toString('base64') ?? null, beforeMode: action.beforeMode, after });
    return;
  }
  manifest.done.push({
    kind: 'write',
    path: action.path,
    before: action.before?.toString('base64') ?? null,
    beforeMode: action.beforeMode,
    after,
    ...(action.lock ? { lock: true } : {}),
  });
}

/** What was written for a repository, or undefined when nothing was. */
export function readManifest(commonDir: string, env: NodeJS.ProcessEnv): Manifest | undefined {
  const text = readStateFile(manifestPath(commonDir, stateFolder(env)));
  if (text === undefined) return undefined;
  try {
    const value = JSON.parse(text) as Manifest;
    return value.version === 1 && Array.isArray(value.done) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function writeManifest(commonDir: string, manifest: Manifest | undefined, env: NodeJS.ProcessEnv): void {
  ensureState(env, 'repositories', repositoryId(commonDir));
  const file = manifestPath(commonDir, stateFolder(env));
  writeStateFile(file, `${JSON.stringify(manifest ?? { version: 1, root: '', manager: '', done: [] }, null, 2)}\n`);
}

function manifestPath(commonDir: string, folder: string): string {
  return path.join(folder, 'repositories', repositoryId(commonDir), 'install.json');
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
