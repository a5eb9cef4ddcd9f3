import { isObject, type JsonObject } from '../model/npm/json-text.ts';
import { displayText } from '../model/path.ts';
import { flatten } from '../model/sbom/from-cyclonedx.ts';
import type { Problem } from '../model/types.ts';
import type { NpmCli } from './npm-cli.ts';
import { type RunAnswer, run } from './run.ts';
import type { SbomOptions, Snapshot } from './types.ts';
import { makeWorkplace, type Workplace } from './workplace.ts';

export interface Generated {
  bom: JsonObject | undefined;
  problems: Problem[];
}

/**
 * Makes a CycloneDX document of a snapshot with CycloneDX's own command line. It runs strictly first; when npm reports
 * a tree with errors it runs again without npm's veto and keeps the errors, so that the document is never taken for
 * complete. The folder it works in is removed whatever happens.
 */
export async function generate(snapshot: Snapshot, options: SbomOptions, npm: NpmCli): Promise<Generated> {
  let place: Workplace;
  try {
    place = makeWorkplace(snapshot);
  } catch (error) {
    return failed('sbom-snapshot', `the snapshot could not be written (${reason(error)})`);
  }
  try {
    const strict = await call(place, options, npm, false);
    const bom = bomIn(strict);
    if (bom) return { bom, problems: [] };
    if (strict.stopped) return failed(`sbom-${strict.stopped}`, stopReasons[strict.stopped]);
    const errors = treeErrors(strict.stderr, place);
    if (errors.length === 0) return failed('sbom-failed', lastLine(strict.stderr, place));
    const lenient = await call(place, options, npm, true);
    if (lenient.stopped) return failed(`sbom-${lenient.stopped}`, stopReasons[lenient.stopped]);
    const partial = bomIn(lenient);
    if (!partial) return failed('sbom-failed', lastLine(lenient.stderr, place));
    return { bom: partial, problems: errors.map(treeProblem) };
  } finally {
    place.remove();
  }
}

function call(place: Workplace, options: SbomOptions, npm: NpmCli, lenient: boolean): Promise<RunAnswer> {
  const args = [options.cli, '--package-lock-only', '--output-reproducible', '--no-validate'];
  if (lenient) args.push('--ignore-npm-errors');
  args.push('--sv', options.specVersion ?? '1.6', '-o', '-', 'package.json');
  return run({
    node: options.node ?? process.execPath,
    args,
    cwd: place.project,
    env: environment(place, options.env ?? process.env, npm),
    timeoutMs: options.timeoutMs ?? 60_000,
    ...(options.signal ? { signal: options.signal } : {}),
  });
}

const systemVariables = ['PATH', 'Path', 'PATHEXT', 'SystemRoot', 'windir', 'ComSpec', 'TMPDIR', 'TEMP', 'TMP'];

/** Nothing of the caller's npm settings reaches npm: `npm run`, hooks and CI set dozens of `npm_config_*`. */
export function environment(place: Workplace, env: NodeJS.ProcessEnv, npm: NpmCli): NodeJS.ProcessEnv {
  const kept = systemVariables.filter((name) => env[name] !== undefined).map((name) => [name, env[name]]);
  return {
    ...Object.fromEntries(kept),
    HOME: place.home,
    USERPROFILE: place.home,
    ELECTRON_RUN_AS_NODE: '1',
    NODE_ENV: '',
    npm_execpath: npm.path,
    npm_config_userconfig: place.userConfig,
    npm_config_globalconfig: place.globalConfig,
    npm_config_location: 'project',
    npm_config_global: 'false',
    npm_config_depth: 'Infinity',
    npm_config_omit: '',
    npm_config_include: 'dev',
    npm_config_offline: 'true',
    npm_config_cache: place.home,
    npm_config_logs_max: '0',
    npm_config_update_notifier: 'false',
  };
}

function bomIn(answer: RunAnswer): JsonObject | undefined {
  if (answer.code !== 0 || answer.stopped) return undefined;
  try {
    const value: unknown = JSON.parse(answer.stdout.toString('utf8'));
    return isObject(value) && value.bomFormat === 'CycloneDX' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Lines such as `npm error invalid: b@1.0.0 …/node_modules/b`, each once, without the name of the temporary folder. */
function treeErrors(stderr: string, place: Workplace): string[] {
  const found = new Set<string>();
  for (const line of stderr.split('\n')) {
    const match = /^npm (?:error|ERR!) ((?:missing|invalid|extraneous|peer dep missing|unmet)\b.{0,500})$/.exec(
      line.trim(),
    );
    if (match) found.add(match[1]!.replaceAll(place.project, '.').trim());
  }
  return [...found].slice(0, 200);
}

function treeProblem(error: string): Problem {
  const message = `npm finds the lockfile's tree faulty, so the SBOM may be incomplete: ${displayText(error)}`;
  return { code: 'sbom-tree', message, fatal: false };
}

const stopReasons: Record<NonNullable<RunAnswer['stopped']>, string> = {
  timeout: 'the generator did not finish in time and was stopped',
  aborted: 'it was cancelled',
  'too-much-output': 'the generator wrote more than can be held',
  'not-started': 'the generator could not be started',
};

function failed(code: string, why: string): Generated {
  const message = `CycloneDX document not made: ${why}. What is shown is Pregate's own reading of the lockfile.`;
  return { bom: undefined, problems: [{ code, message, fatal: false }] };
}

function lastLine(stderr: string, place: Workplace): string {
  const lines = stderr.split('\n').map((line) => line.trim());
  const line = lines.findLast((each) => /error/i.test(each) && !/A complete log|npm error\s*$/.test(each));
  return displayText((line ?? 'the generator failed without a word').replaceAll(place.project, '.')).slice(0, 300);
}

function reason(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : 'unknown error';
}

/** How many components a document holds, nested ones included. */
export function componentCount(bom: JsonObject): number {
  return flatten(bom.components).length;
}
