import { existsSync } from 'node:fs';
import path from 'node:path';
import { openGit } from '../agent/git/run.ts';
import { readRuntime, stateFolder } from '../agent/state.ts';
import { currentBundle } from './bundle.ts';
import { findHookPlace, type HookPlace, isFrameworkHook } from './detect.ts';
import { fileState } from './files.ts';
import { dispatchPath, readManifest } from './install.ts';
import { type ConfiguredHook, configuredHooks, globalConfigFile } from './managers/git-config.ts';
import { dispatchIn, findsOwn, type HookName, hookNames, isMarked, keptSuffix } from './stub.ts';

export interface HookStatus {
  hook: HookName;
  /** The file that would run us. */
  file: string;
  /** `active`, or what keeps it from running. */
  state:
    | 'active'
    | 'missing'
    | 'not-executable'
    | 'empty'
    | 'foreign'
    | 'bad-line-ends'
    | 'changed'
    | 'disabled'
    | 'not-supported';
  /** One line for a person when it is not active. */
  detail: string;
}

export interface HooksReport {
  place: HookPlace;
  hooks: HookStatus[];
  /** Problems of what the stubs call: bundle, dispatch, runtime. Empty when all is well. */
  problems: string[];
  /** `pregate init` was here, or something of ours is: when it does not run, that was not meant. */
  installed: boolean;
  /** Files on which all this rests. */
  files: string[];
  /** Every hook is active and nothing is wrong. */
  healthy: boolean;
}

/**
 * Says whether the hooks of a repository really run. Git is silent about most of what goes wrong: an empty hook passes, one
 * that is not executable is skipped with a hint, one with CRLF in its first line fails to start.
 */
export async function hooksReport(cwd: string, env: NodeJS.ProcessEnv): Promise<HooksReport> {
  const place = await findHookPlace(cwd, env);
  const dispatch = dispatchPath(env);
  const configured = await configuredHooks(openGit(place.root, env), env, dispatch, hookNames);
  const known = readManifest(place.commonDir, env);
  const inConfig = configured.length > 0 || known?.manager === 'git-config';
  const hooks = hookNames.map((hook) => {
    const status = statusOf(place, hook, dispatch);
    if (!inConfig || status.state === 'active') return status;
    return configStatus(place, hook, configured.find((one) => one.hook === hook)?.state ?? 'missing');
  });
  const problems = machinery(env);
  const global = globalConfigFile(env);
  return {
    place,
    hooks,
    problems,
    installed:
      (known?.done.length ?? 0) > 0 || configured.length > 0 || hooks.some((one) => !unused.includes(one.state)),
    files: [...hooks.map((one) => one.file), dispatch, ...(global === null ? [] : [global])],
    healthy: problems.length === 0 && hooks.every((one) => one.state === 'active'),
  };
}

/** States in which nothing of ours is there. */
const unused: readonly HookStatus['state'][] = ['missing', 'foreign', 'empty'];

/** A hook that git's configuration names, or should name. */
function configStatus(place: HookPlace, hook: HookName, state: ConfiguredHook['state']): HookStatus {
  const detail = {
    active: '',
    missing: `git's configuration does not name Pregate for ${hook}: pregate init`,
    disabled: `git's configuration switches Pregate off for ${hook}: unset hook.pregate-${hook}.enabled`,
    changed: `git's configuration names another program for ${hook}: pregate init`,
    'not-supported': `this git does not run the ${hook} that its configuration names: git 2.54 and later do`,
  }[state];
  return { hook, file: path.join(place.commonDir, 'config'), state, detail };
}

function statusOf(place: HookPlace, hook: HookName, dispatch: string): HookStatus {
  const file = fileOf(place, hook);
  const { kind, bytes, mode } = fileState(file);
  const status = (state: HookStatus['state'], detail: string) => ({ hook, file, state, detail });
  if (place.disabled) return status('missing', `core.hooksPath (${place.disabled.origin}) turns hooks off: unset it`);
  if (kind === 'missing') return status('missing', `${file} does not exist: pregate init`);
  if (!bytes) return status('foreign', `${file} is not a file of Pregate`);
  if (bytes.length === 0) return status('empty', `${file} is empty, and git takes that as a pass`);
  const text = bytes.toString('utf8');
  if (place.manager === 'lefthook') {
    return text.includes('lefthook')
      ? status('active', '')
      : status('foreign', `${file} is not lefthook's: lefthook install`);
  }
  if (!isMarked(text)) return status('foreign', `${file} does not call Pregate: pregate init`);
  if (/^#![^\n]*\r\n/.test(text)) return status('bad-line-ends', `${file} has CRLF line ends and cannot start`);
  const named = dispatchIn(text);
  if (named !== undefined && named !== dispatch && !findsOwn(text, named))
    return status('changed', `${file} calls the Pregate of another place: pregate init`);
  const needsBit = place.manager !== 'husky' && process.platform !== 'win32';
  if (needsBit && ((mode ?? 0) & 0o111) === 0) return status('not-executable', `${file} is not executable: chmod +x`);
  return status('active', '');
}

function fileOf(place: HookPlace, hook: HookName): string {
  if (place.manager === 'husky' && place.managed && place.hooksPath) return path.join(place.managed, hook);
  const main = path.join(place.hooksDir, hook);
  return isFrameworkHook(main) ? `${main}.legacy` : main;
}

function machinery(env: NodeJS.ProcessEnv): string[] {
  const folder = stateFolder(env);
  const problems: string[] = [];
  const bundle = currentBundle(env);
  if (!existsSync(path.join(folder, 'hooks', 'dispatch'))) problems.push('the dispatcher is missing: pregate init');
  if (bundle === undefined || !existsSync(path.join(folder, 'hooks', bundle, 'hook.cjs'))) {
    problems.push('the hook bundle is missing: pregate init');
  }
  const runtime = readRuntime(env);
  if (runtime === undefined) problems.push('no runtime is remembered: hooks look for node on the PATH');
  else if (!existsSync(runtime.executable))
    problems.push(`${runtime.executable}, which runs the hooks, is gone: pregate init`);
  return problems;
}

/** Names of hooks that were there before us and that our stubs call. */
export function keptHooks(place: HookPlace): string[] {
  return hookNames.filter((hook) => existsSync(path.join(place.hooksDir, `${hook}${keptSuffix}`)));
}
