import { RegoFailure } from '../../rego/errors.ts';
import type { EngineResult } from '../engine-core.ts';
import { annotationOf, problemCode } from '../engine-core.ts';
import type { CompiledPolicy, EvaluateOptions, Evaluation, PolicyBundle, PolicyEngine, PolicyRule } from '../types.ts';
import { loadWasm, type WasmPolicy } from './wasm-host.ts';

/**
 * The engine of a bundle with `policy.wasm`. It cannot tell which leaves of the input were read, so whatever is unknown
 * counts as read; it has no lines, so a reason points at `policy.wasm`.
 */
export function wasmEngine(bundle: PolicyBundle, compiled: CompiledPolicy): EngineResult {
  try {
    const policy = loadWasm(compiled.bytes, bundle.dataJson ?? JSON.stringify(bundle.data ?? {}));
    return { engine: engineOf(policy, compiled), problems: [] };
  } catch (error) {
    const message = `${bundle.source.name}: policy.wasm cannot be used: ${firstLine(error)}`;
    return { problems: [{ code: 'policy-compile', message, fatal: true }] };
  }
}

function engineOf(policy: WasmPolicy, compiled: CompiledPolicy): PolicyEngine {
  const rules = rulesOf(policy, compiled);
  const known = new Set(rules.map((rule) => rule.path));
  return {
    name: 'WebAssembly',
    rules: () => rules,
    evaluate: (paths, input, options) => evaluate(policy, paths, input, options, known),
  };
}

function evaluate(
  policy: WasmPolicy,
  paths: readonly string[],
  input: unknown,
  { nowNs }: EvaluateOptions,
  known: ReadonlySet<string>,
): Evaluation {
  const inputJson = input === undefined ? undefined : JSON.stringify(input);
  const answers = new Map<string, unknown>();
  const offline: NonNullable<Evaluation['offline']>[number][] = [];
  const problems: Evaluation['problems'] = [];
  const values = paths.map((path) => {
    const entry = entryFor(policy.entrypoints, path);
    if (entry === undefined) return undefined;
    try {
      if (!answers.has(entry)) {
        const answer = policy.evaluate(entry, inputJson, nowNs);
        const value = (JSON.parse(answer.json) as { result: unknown }[])[0]?.result;
        offline.push(...answer.offline);
        answers.set(entry, value);
        problems.push(...surprises(entry, value, known));
      }
    } catch (error) {
      problems.push({
        code: error instanceof RegoFailure ? problemCode(error.code) : 'policy-error',
        message: `policy.wasm gave up on ${path}: ${firstLine(error)}`,
        fatal: true,
      });
      return undefined;
    }
    return below(answers.get(entry), path.slice(`data.${entry.replaceAll('/', '.')}`.length));
  });
  return { values, problems, ...(offline.length > 0 ? { offline } : {}) };
}

/**
 * A whole package as entrypoint names its decisions only when they have a value. One that was silent for an empty input
 * and speaks now was not among the rules that are asked, so nothing would have listened to it.
 */
function surprises(entry: string, value: unknown, known: ReadonlySet<string>): Evaluation['problems'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const path = `data.${entry.replaceAll('/', '.')}`;
  const strange = Object.keys(value).find((key) => isDecision(key) && !known.has(`${path}.${key}`));
  if (strange === undefined) return [];
  const message = `policy.wasm answers ${path}.${strange}, which is no entrypoint of its own: opa build -e ${entry}/${strange}`;
  return [{ code: 'policy-error', message, fatal: true }];
}

function rulesOf(policy: WasmPolicy, compiled: CompiledPolicy): PolicyRule[] {
  const place = { file: 'policy.wasm', line: 1 };
  return policy.entrypoints.flatMap((entry): PolicyRule[] => {
    const path = `data.${entry.replaceAll('/', '.')}`;
    const annotated = annotationOf(compiled.annotations?.[entry]);
    return [
      { path, ...place, ...annotated },
      ...keysOf(policy, entry).map((key) => ({ path: `${path}.${key}`, ...place })),
    ];
  });
}

/** The decisions of an entrypoint that is a package: sets of denials are there for any input. */
function keysOf(policy: WasmPolicy, entry: string): string[] {
  try {
    const [answer] = JSON.parse(policy.evaluate(entry, '{}', undefined).json) as { result: unknown }[];
    const value = answer?.result;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  } catch {
    // It gives up without a real input, and will be asked as a rule of its own name.
    return [];
  }
}

function isDecision(name: string): boolean {
  return /^((deny|violation|warn)(_[a-zA-Z0-9]+)*|depends|allow)$/.test(name);
}

/** The longest entrypoint that is the path or a document above it. */
function entryFor(entrypoints: readonly string[], path: string): string | undefined {
  const fits = entrypoints.filter((entry) => {
    const dotted = `data.${entry.replaceAll('/', '.')}`;
    return path === dotted || path.startsWith(`${dotted}.`);
  });
  return fits.sort((a, b) => b.length - a.length)[0];
}

function below(value: unknown, rest: string): unknown {
  let at = value;
  for (const part of rest.split('.').filter(Boolean)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined;
    at = (at as Record<string, unknown>)[part];
  }
  return at;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 300) ?? '';
}
