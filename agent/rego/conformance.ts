/** Runs cases in the format of Open Policy Agent's conformance suite, one JSON object a line. */
import type { RegoError } from './errors.ts';
import { compile, type RegoVersion } from './index.ts';
import { parseJson, toJson } from './values/json.ts';
import { numberText } from './values/number.ts';
import { canonicalText, isNumber, RegoObject, RegoSet, sortValues, type Value } from './values/value.ts';

export interface Outcome {
  id: string;
  dir: string;
  passed: boolean;
  /** What came instead of what was wanted. */
  reason: string;
}

/** The instant of every case: one at which the suite's certificates are valid. */
const NOW_NS = 1_750_000_000_000_000_000n;

/** Evaluates one case, given as the line's text so that its numbers stay exact. */
export function runCase(line: string): Outcome {
  const c = parseJson(line);
  if (!(c instanceof RegoObject)) return { id: '?', dir: '?', passed: false, reason: 'the line is no JSON object' };
  const id = String(c.get('id'));
  const dir = String(c.get('dir'));
  const reason = check(c);
  return { id, dir, passed: reason === undefined, reason: reason ?? '' };
}

function check(c: RegoObject): string | undefined {
  const version: RegoVersion = c.get('rego_version') === 0 ? 'v0' : 'v1';
  const texts = (c.get('modules') ?? []) as string[];
  const modules = texts.map((text, i) => ({ path: `test-${i}.rego`, text }));
  const data = c.get('data');
  const compiled = compile(modules, { version, dataJson: data === undefined || data === null ? '{}' : toJson(data) });
  if (compiled.policy === undefined) return compareError(c, compiled.errors);
  const input = inputOf(c);
  const result = compiled.policy.evalExact(String(c.get('query')), {
    nowNs: NOW_NS,
    strictBuiltinErrors: c.get('strict_error') === true,
    ...(input === undefined ? {} : { input }),
  });
  if (result.errors.length > 0) return compareError(c, result.errors);
  if (wantsError(c))
    return `wanted error ${c.get('want_error_code') ?? c.get('want_error')}, got ${show(result.results)}`;
  const want = c.get('want_result');
  if (want === undefined || want === null)
    return result.results.length === 0 ? undefined : `wanted nothing, got ${show(result.results)}`;
  return compareResults(c, want as readonly Value[], result.results);
}

function wantsError(c: RegoObject): boolean {
  return isText(c.get('want_error')) || isText(c.get('want_error_code'));
}

function isText(v: Value | undefined): v is string {
  return typeof v === 'string';
}

function compareError(c: RegoObject, errors: RegoError[]): string | undefined {
  const e = errors[0] as RegoError;
  const place = e.path === undefined ? '' : `${e.path}:${e.line}: `;
  const text = `${place}${e.code}: ${e.message}`;
  if (!wantsError(c)) return `wanted a result, got ${text}`;
  const code = c.get('want_error_code');
  const message = c.get('want_error');
  if (isText(code) && code !== e.code) return `wanted ${code}, got ${text}`;
  if (isText(message) && !text.includes(message)) return `wanted error "${message}", got "${text}"`;
  return undefined;
}

/** The input is JSON, or a term in Rego's syntax, which is evaluated as a query of its own. */
function inputOf(c: RegoObject): Value | undefined {
  const term = c.get('input_term');
  if (typeof term === 'string') {
    return compile([]).policy?.evalExact(`x = ${term}`).results[0]?.bindings.get('x');
  }
  return c.get('input');
}

type Results = { bindings: Map<string, Value> }[];

function compareResults(c: RegoObject, want: readonly Value[], results: Results): string | undefined {
  const got = results.map((r) => bindingsOf(c, r.bindings));
  const sort = c.get('sort_bindings') === true;
  const wanted = want.map((w) => normalize(w, sort));
  const found = got.map((g) => normalize(g, sort));
  const left = wanted.map(canonicalText).sort().join('\n');
  const right = found.map(canonicalText).sort().join('\n');
  return left === right ? undefined : `wanted ${left.slice(0, 600)} got ${right.slice(0, 600)}`;
}

function bindingsOf(c: RegoObject, bindings: Map<string, Value>): RegoObject {
  const made = new RegoObject();
  for (const [name, value] of bindings) {
    if (c.get('ignore_generated_vars') === true && name.startsWith('__local')) continue;
    made.set(name, value);
  }
  return made;
}

/** As JSON would carry it: sets are arrays, keys are strings; with `sort` the order of arrays does not count. */
function normalize(v: Value, sort: boolean): Value {
  if (v instanceof RegoSet) return sortValues(v.items().map((item) => normalize(item, sort)));
  if (Array.isArray(v)) {
    const items = v.map((item) => normalize(item, sort));
    return sort ? sortValues(items) : items;
  }
  if (!(v instanceof RegoObject)) return v;
  const made = new RegoObject();
  for (const [key, value] of v.entries()) made.set(keyText(key), normalize(value, sort));
  return made;
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  return isNumber(key) ? numberText(key) : toJson(key);
}

function show(results: Results): string {
  return results
    .map((r) => canonicalText(bindingsOf(new RegoObject(), r.bindings)))
    .join('; ')
    .slice(0, 600);
}
