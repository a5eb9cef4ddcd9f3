import type { Problem } from '../model/types.ts';
import type { CoreOptions, compileWith, RegoModule } from '../rego/core.ts';
import type { RegoError } from '../rego/errors.ts';
import { explainRule } from '../rego/explain.ts';
import type { Policy } from '../rego/policy.ts';
import { queryOfPaths } from '../rego/stored.ts';
import { fromJs } from '../rego/values/json.ts';
import { RegoObject, type Value } from '../rego/values/value.ts';
import { partsOf } from './places.ts';
import type {
  EvaluateOptions,
  Evaluation,
  Gate,
  PolicyAnnotation,
  PolicyBundle,
  PolicyEngine,
  PolicyRule,
} from './types.ts';

export interface EngineResult {
  /** Undefined when the policy does not compile: half a policy answers nothing. */
  engine?: PolicyEngine;
  problems: Problem[];
}

/** Steps after which a decision is given up; a decision on 50 commits takes some ten thousands. */
const maximumSteps = 20_000_000;

/** What the values that a decision makes may take together. */
const maximumBytes = 256_000_000;

const budget = { maxSteps: maximumSteps, maxBytes: maximumBytes };

const compiled = new Map<string, EngineResult>();

/** Rego's compiler with the builtins a caller wants it to have. */
export type Compile = (modules: readonly RegoModule[], options: CoreOptions) => ReturnType<typeof compileWith>;

/**
 * Compiles a bundle for the built-in Rego engine. Results are kept by the bundle's digest, so that the language server
 * and the daemon compile each policy once. Errors name the file and line of the policy.
 * `gates` limits the built-in bundle to the files these gates need: a cold hook asks one gate only.
 */
export function engineWith(compile: Compile, bundle: PolicyBundle, gates?: readonly Gate[]): EngineResult {
  const part = gates && bundle.source.kind === 'built-in' ? partOf(bundle, gates) : bundle;
  const key = [bundle.source.digest, bundle.source.name, ...part.modules.map((module) => module.path)].join('\0');
  const known = compiled.get(key);
  if (known) return known;
  const result = compileBundle(compile, part);
  // A few at most: the configured policy, the built-in one and a candidate beside it.
  if (compiled.size >= 8) compiled.delete(compiled.keys().next().value as string);
  compiled.set(key, result);
  return result;
}

/** The files of some gates and what they import; in the built-in bundle the file is named as its package. */
function partOf(bundle: PolicyBundle, gates: readonly Gate[]): PolicyBundle {
  const wanted = new Set(gates.map((gate) => `${gate}.rego`));
  for (const path of wanted) {
    const text = bundle.modules.find((module) => module.path === path)?.text ?? '';
    for (const [, name] of text.matchAll(/^import data\.pregate\.(\w+)/gm)) wanted.add(`${name}.rego`);
  }
  return { ...bundle, modules: bundle.modules.filter((module) => wanted.has(module.path)) };
}

function compileBundle(compile: Compile, bundle: PolicyBundle): EngineResult {
  const version = bundle.regoVersion === 0 ? 'v0' : 'v1';
  const modules = bundle.modules.map((module): RegoModule => {
    const own = bundle.fileVersions?.[module.path];
    return { path: module.path, text: module.text, ...(own === undefined ? {} : { version: own === 0 ? 'v0' : 'v1' }) };
  });
  const { policy, errors } = compile(modules, { version, ...dataOf(bundle) });
  if (!policy) return { problems: errors.map((error) => problemOf('policy-compile', error, bundle.source.name)) };
  return { engine: engineOf(policy, bundle), problems: [] };
}

/** With exact numbers where there are such. */
function dataOf({ data, dataJson }: PolicyBundle): { data: unknown } | { dataJson: string } {
  return dataJson === undefined ? { data } : { dataJson };
}

function engineOf(policy: Policy, bundle: PolicyBundle): PolicyEngine {
  const rules = rulesOf(policy, bundle);
  return {
    name: 'own Rego engine',
    rules: () => rules,
    evaluate: (paths, input, options) => evaluate(policy, paths, inputValue(input), options, bundle.source.name),
    references: () => policy.references(),
    inputPaths: () => policy.inputPaths(),
    explain: (path, input, nowNs, query) =>
      explainRule(policy, path, { input: inputValue(input), nowNs, ...budget }, query).bodies,
    ...(bundle.source.kind === 'built-in' ? { mayRead: mentionsOf(bundle) } : {}),
  };
}

/**
 * Whether the built-in gates name the last field of a pointer. A foreign policy may reach a field without naming it
 * (`walk`, a variable as key), so only for our own is the text an answer.
 */
function mentionsOf(bundle: PolicyBundle): (pointer: string) => boolean {
  const names = new Set(bundle.modules.flatMap((module) => module.text.match(/\w+/g) ?? []));
  return (pointer) => names.has(partsOf(pointer).findLast((part) => !/^\d+$/.test(part)) ?? '');
}

const values = new WeakMap<object, Value>();

/**
 * The input as a Rego value. Objects below it are converted once and kept: gates, best and worst case, and the next
 * keystroke share the large ones, such as the components of a lock.
 */
function inputValue(input: unknown, depth = 0): Value {
  if (typeof input !== 'object' || input === null) return fromJs(input);
  let value = values.get(input);
  if (value !== undefined) return value;
  if (Array.isArray(input) || depth === 2) value = fromJs(input);
  else {
    const object = new RegoObject();
    for (const [key, field] of Object.entries(input)) object.set(key, inputValue(field, depth + 1));
    value = object;
  }
  values.set(input, value);
  return value;
}

function evaluate(
  policy: Policy,
  paths: readonly string[],
  input: Value,
  { nowNs, reads }: EvaluateOptions,
  name: string,
): Evaluation {
  // One query for all paths, so that rules they share run once; the comprehension keeps an undefined path from hiding
  // the others.
  const query = `[${paths.map((path) => `[x | x := ${path}]`).join(', ')}]`;
  // Paths of plain names need no parser; a hook with the built-in gates then loads none.
  const plain = paths.every((path) => /^data(\.[a-z]\w*)+$/.test(path) && !/\.(in|if|as)\b/.test(path));
  const parsed = plain ? { parsed: () => queryOfPaths(paths, query) } : {};
  const result = policy.eval(query, { input, nowNs, ...budget, reads: reads ?? false, ...parsed });
  const found = result.results[0]?.value as unknown[][] | undefined;
  return {
    values: paths.map((_, index) => found?.[index]?.[0]),
    problems: result.errors.map((error) => problemOf(problemCode(error.code), error, name)),
    ...(result.offline ? { offline: result.offline } : {}),
    ...(result.reads ? { reads: result.reads } : {}),
  };
}

function rulesOf(policy: Policy, bundle: PolicyBundle): PolicyRule[] {
  const known = new Map(bundle.annotations?.map((one) => [`${one.file}:${one.line}`, one]));
  return policy.rules().map(({ path, file, line, annotations, function: called }) => ({
    path,
    file,
    line,
    ...(called ? { function: called } : {}),
    ...annotationOf(annotations),
    ...known.get(`${file}:${line}`),
  }));
}

/** What a METADATA block says about a rule; Conforma's names for the same things are understood. */
export function annotationOf(fields: Record<string, unknown> | undefined): Omit<PolicyAnnotation, 'file' | 'line'> {
  const custom = isRecord(fields?.custom) ? fields.custom : {};
  const id = textOf(custom.rule) ?? textOf(custom.short_name);
  const title = textOf(fields?.title);
  const remedy = textOf(custom.remedy) ?? textOf(custom.solution);
  const rollout =
    custom.rollout ?? (custom.effective_on === undefined ? undefined : { effective_on: custom.effective_on });
  return {
    ...(id === undefined ? {} : { id }),
    ...(title === undefined ? {} : { title }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(rollout === undefined ? {} : { rollout }),
    ...(textOf(custom.short_name) === undefined ? {} : { conforma: conformaOf(custom) }),
  };
}

function conformaOf({ collections, severity }: Record<string, unknown>): NonNullable<PolicyAnnotation['conforma']> {
  const list = Array.isArray(collections) ? collections.filter((one) => typeof one === 'string') : [];
  const level = textOf(severity);
  return { collections: list, ...(level === undefined ? {} : { severity: level }) };
}

/** Why the gate is closed: a policy that takes too much is not one that is wrong. */
export function problemCode(code: string): string {
  if (code === 'eval_memory_error') return 'policy-memory';
  return code === 'eval_budget_error' ? 'policy-steps' : 'policy-error';
}

function problemOf(code: string, error: RegoError, bundle: string): Problem {
  const place = error.path === undefined ? bundle : `${error.path}${error.line === undefined ? '' : `:${error.line}`}`;
  const [first] = error.message.split('\n');
  return { code, message: `${place}: ${first} (${error.code})`, fatal: true };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
