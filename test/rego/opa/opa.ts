/** Asks an `opa` binary about many expressions at once: one process for thousands of them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, type RegoModule, type RegoObject, toJson, type Value } from '../../../agent/rego/index.ts';
import { parseJson } from '../../../agent/rego/values/json.ts';

/** The version of `opa` on PATH; undefined where there is none. */
export const opaVersion = /^Version: (.*)/.exec(spawnSync('opa', ['version'], { encoding: 'utf8' }).stdout ?? '')?.[1];

/** What one expression gives: its value as JSON text, or the error that made it undefined. */
export interface Answer {
  value?: string;
  error?: string;
  /** OPA itself crashed: there is nothing to compare with. */
  crashed?: true;
}

/** Runs `opa` with the files in a folder that is removed afterwards. */
export function runOpa(
  files: Record<string, string>,
  args: (folder: string) => string[],
): { stdout: string; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'rego-opa-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return spawnSync('opa', args(folder), { encoding: 'utf8', maxBuffer: 1 << 30 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const HEAD = 'package t\n';

/** One rule a line, so that an error's line names its expression. */
export function batch(expressions: readonly string[]): string {
  const rules = expressions.map((e, i) => `r[${i}] := [x, sprintf("%v", [x])] if { x := ${e} }`);
  return `${HEAD}${rules.join('\n')}\n`;
}

/** The answers of `opa`; where a batch makes it crash, halves of it are asked until the culprit is alone. */
export function askOpa(expressions: readonly string[]): Answer[] {
  const { stdout } = runOpa({ 'p.rego': batch(expressions) }, (folder) => [
    'eval',
    '--format',
    'json',
    '--show-builtin-errors',
    '-d',
    join(folder, 'p.rego'),
    'data.t.r',
  ]);
  if (stdout === '') {
    if (expressions.length === 1) return [{ crashed: true }];
    const half = expressions.length >> 1;
    return [...askOpa(expressions.slice(0, half)), ...askOpa(expressions.slice(half))];
  }
  const parsed = parseJson(stdout) as RegoObject;
  const result = parsed.get('result') as RegoObject[] | undefined;
  const values = (result?.[0]?.get('expressions') as RegoObject[] | undefined)?.[0]?.get('value') as
    | RegoObject
    | undefined;
  if (values === undefined) throw new Error(`opa refuses the batch: ${stdout.slice(0, 2000)}`);
  const answers = expressions.map((_, i): Answer => {
    const value = values.get(String(i));
    return value === undefined ? {} : { value: toJson(value) };
  });
  for (const e of (parsed.get('errors') as RegoObject[] | undefined) ?? []) {
    const row = (e.get('location') as RegoObject | undefined)?.get('row');
    const answer = answers[Number(row) - 2];
    if (answer !== undefined) answer.error = `${e.get('code')}: ${e.get('message')}`;
  }
  return answers;
}

export function askOurs(expressions: readonly string[]): Answer[] {
  const { policy, errors } = compile([{ path: 'p.rego', text: batch(expressions) }]);
  if (policy === undefined) throw new Error(`our compiler refuses the batch: ${JSON.stringify(errors.slice(0, 5))}`);
  const { results, errors: failed, run } = policy.evalExact('data.t.r', { nowNs: BigInt(Date.now()) * 1_000_000n });
  if (failed[0] !== undefined) throw new Error(JSON.stringify(failed[0]));
  const values = results[0]?.value as RegoObject;
  const answers = expressions.map((_, i): Answer => {
    const value = values.get(i as Value);
    return value === undefined ? {} : { value: toJson(value) };
  });
  for (const e of run.builtinErrors) {
    const answer = answers[(e.position?.line ?? 0) - 2];
    if (answer !== undefined) answer.error = `${e.code}: ${e.message}`;
  }
  return answers;
}

export interface Refusal {
  code: string;
  message: string;
  file: string;
  line: number;
  column: number;
}

/** What `opa check` says about modules, in its order. */
export function opaCheck(modules: readonly RegoModule[], flags: readonly string[] = []): Refusal[] {
  const files = Object.fromEntries(modules.map((m) => [m.path, m.text]));
  const names = modules.map((m) => m.path);
  const { stdout, stderr } = runOpa(files, (folder) => [
    'check',
    '--format',
    'json',
    '-m',
    '1000000',
    ...flags,
    ...names.map((n) => join(folder, n)),
  ]);
  const text = `${stdout}${stderr}`.trim();
  if (text === '' || text === '{}') return [];
  const { errors } = JSON.parse(text) as {
    errors: { code: string; message: string; location?: { file: string; row: number; col: number } }[];
  };
  return errors.map(({ code, message, location }) => ({
    code,
    message,
    file: location?.file.split('/').at(-1) ?? '',
    line: location?.row ?? 0,
    column: location?.col ?? 0,
  }));
}
