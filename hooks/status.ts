import { existsSync } from 'node:fs';
import path from 'node:path';
import { isInside } from '../agent/git/environment.ts';
import { openGit } from '../agent/git/run.ts';
import { readRuntime, stateFolder } from '../agent/state.ts';
import { currentBundle } from './bundle.ts';
import { findHookPlace, type HookPlace, isFrameworkHook, unsetCommand } from './detect.ts';
import { fileState } from './files.ts';
import { dispatchPath, type Manifest, readManifest } from './install.ts';
import { type ConfiguredHook, configuredHooks, globalConfigFile } from './managers/git-config.ts';
import { isLefthookStub } from './managers/lefthook.ts';
import { dispatchIn, findsOwn, type HookName, hookNames, isMarked, keptSuffix, word } from './stub.ts';

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
  /** What keeps it from running, in words; empty when it is active. */
  what: string;
  /** What mends it, where a command does. */
  remedy?: string;
  /** Both on one line for a person. */
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
    const status = statusOf(place, hook, dispatch, known);
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

/** Joins what keeps a hook from running with what mends it. */
function told(hook: HookName, file: string, state: HookStatus['state'], what = '', remedy?: string): HookStatus {
  const detail = remedy === undefined ? what : `${what}: ${remedy}`;
  return { hook, file, state, what, detail, ...(remedy === undefined ? {} : { remedy }) };
}

/** A hook that git's configuration names, or should name. */
function configStatus(place: HookPlace, hook: HookName, state: ConfiguredHook['state']): HookStatus {
  const [what, remedy] = {
    active: [''],
    missing: [`git's configuration does not name Pregate for ${hook}`, 'pregate init'],
    disabled: [
      `git's configuration switches Pregate off for ${hook}`,
      `git config --unset hook.pregate-${hook}.enabled`,
    ],
    changed: [`git's configuration names another program for ${hook}`, 'pregate init'],
    'not-supported': [`this git does not run the ${hook} that its configuration names: git 2.54 and later do`],
  }[state] as [string, string?];
  return told(hook, path.join(place.commonDir, 'config'), state, what, remedy);
}

function statusOf(place: HookPlace, hook: HookName, dispatch: string, known: Manifest | undefined): HookStatus {
  const file = fileOf(place, hook);
  const { kind, bytes, mode } = fileState(file);
  const shown = isInside(place.root, file) ? path.relative(place.root, file) : file;
  const status = (state: HookStatus['state'], what?: string, remedy?: string) => told(hook, file, state, what, remedy);
  const off = place.disabled;
  if (off) return status('missing', `core.hooksPath (${off.origin}) turns hooks off`, unsetCommand(off));
  if (kind === 'missing') return status('missing', whyMissing(place, file, shown, known), 'pregate init');
  if (!bytes) return status('foreign', `${shown} is not a file of Pregate`);
  if (bytes.length === 0) return status('empty', `${shown} is empty, and git takes that as a pass`, 'pregate init');
  const text = bytes.toString('utf8');
  if (place.manager === 'lefthook' && isLefthookStub(text) && !isMarked(text)) {
    const local = path.join(place.root, 'lefthook-local.yml');
    return isMarked(fileState(local).bytes?.toString('utf8') ?? '')
      ? status('active')
      : status('foreign', `${shown} calls lefthook, which does not call Pregate here`, 'pregate init');
  }
  if (!isMarked(text)) return status('foreign', `${shown} does not call Pregate`, 'pregate init');
  if (/^#![^\n]*\r\n/.test(text))
    return status('bad-line-ends', `${shown} has CRLF line ends and cannot start`, 'pregate init');
  const named = dispatchIn(text);
  if (named !== undefined && named !== dispatch && !findsOwn(text, named))
    return status('changed', `${shown} calls the Pregate of another place`, 'pregate init');
  const needsBit = (place.manager !== 'husky' || place.asleep) && process.platform !== 'win32';
  if (needsBit && ((mode ?? 0) & 0o111) === 0)
    return status('not-executable', `${shown} is not executable`, `chmod +x ${word(file)}`);
  return status('active');
}

/** A hook that was never written here is not one that somebody has taken away. */
function whyMissing(place: HookPlace, file: string, shown: string, known: Manifest | undefined): string {
  if (place.asleep) return `husky has not made ${path.relative(place.root, place.hooksDir)} in this worktree`;
  const written = known?.done.flatMap((done) => (done.kind === 'write' ? done.path : [])) ?? [];
  const beside = written.some((other) => path.dirname(other) === path.dirname(file));
  return beside && !written.includes(file)
    ? 'it came with a newer Pregate than was installed here'
    : `${shown} does not exist`;
}

function fileOf(place: HookPlace, hook: HookName): string {
  if (place.manager === 'husky' && place.managed && place.hooksPath && !place.asleep)
    return path.join(place.managed, hook);
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
