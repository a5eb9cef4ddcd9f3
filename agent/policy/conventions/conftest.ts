import type { Problem } from '../../model/types.ts';
import { type Entrypoint, effectOf, rulesAt } from '../entrypoints.ts';
import { offlineStatement } from '../evaluate.ts';
import { type Statement, statementsOf } from '../statements.ts';
import type { PolicyBundle, PolicyEngine, PolicyRule } from '../types.ts';

/** What conftest counts for one input and one namespace, and what was said. */
export interface Tested {
  statements: Statement[];
  problems: Problem[];
  counts: Counts;
}

export interface Counts {
  tests: number;
  successes: number;
  failures: number;
  warnings: number;
  exceptions: number;
}

export interface TestOptions {
  nowNs: bigint;
  /** What `data.conftest.file` is for this input; left out for combined ones. */
  file?: { name: string; dir: string };
}

/** The rules of a package that conftest asks (`deny`, `violation`, `warn`, each with any suffix), and how many bodies each has. */
export function conftestRules(rules: readonly PolicyRule[], name: string): { entry: Entrypoint; bodies: number }[] {
  const found = new Map<string, { entry: Entrypoint; bodies: number }>();
  for (const { path } of rules) {
    if (!path.startsWith(`${name}.`)) continue;
    const rule = path.slice(name.length + 1).split('.')[0] as string;
    const effect = effectOf(rule);
    if (effect !== 'deny' && effect !== 'warn') continue;
    const label = `${name.replace(/^data\./, '')}/${rule.replaceAll('_', '-').toLowerCase()}`;
    const known = found.get(rule) ?? { entry: { path: `${name}.${rule}`, effect, label, foreign: true }, bodies: 0 };
    known.bodies++;
    found.set(rule, known);
  }
  return [...found.values()];
}

/**
 * Asks one package about one input as conftest does. A rule that an `exception` names is excused as a whole; a rule with
 * several bodies counts as several tests; an empty message is a pass. Source: conftest.dev, "Exceptions" and "Options".
 */
export function testInput(engine: PolicyEngine, name: string, input: unknown, options: TestOptions): Tested {
  const rules = engine.rules();
  const entries = conftestRules(rules, name);
  const suffix = options.file ? withFile(options.file) : '';
  const excused = exceptionsOf(engine, name, input, options, suffix);
  const out: Tested = {
    statements: [],
    problems: [...excused.problems],
    counts: { tests: 0, successes: 0, failures: 0, warnings: 0, exceptions: 0 },
  };
  const paths = entries.map(({ entry }) => `${entry.path}${suffix}`);
  const result = engine.evaluate(paths, input, { nowNs: options.nowNs });
  out.problems.push(...result.problems);
  const { counts } = out;
  for (const [index, { entry, bodies }] of entries.entries()) {
    counts.tests += bodies;
    const asked = suffix === '' ? entry : { ...entry, query: paths[index] as string };
    const hits = excused.names.filter((one) => one === suffixOf(entry)).length;
    counts.exceptions += hits;
    if (hits > 0) {
      out.statements.push(exceptionNote(asked, hits));
      continue;
    }
    const said = saidBy(asked, result.values[index]);
    out.problems.push(...said.problems);
    out.statements.push(...said.statements);
    const stops = said.statements.filter((one) => one.effect === entry.effect && one.exactness === undefined).length;
    if (entry.effect === 'deny') counts.failures += stops;
    else counts.warnings += stops;
    counts.successes += said.empty;
  }
  const offline = result.offline ?? [];
  const first = entries[0]?.entry;
  if (first) out.statements.push(...offline.map((call) => offlineStatement([first], call)));
  const total = counts.failures + counts.warnings + counts.exceptions + counts.successes;
  counts.successes += Math.max(0, counts.tests - total);
  counts.tests = counts.failures + counts.warnings + counts.exceptions + counts.successes;
  return out;
}

function saidBy(entry: Entrypoint, value: unknown): { statements: Statement[]; problems: Problem[]; empty: number } {
  if (value === undefined) return { statements: [], problems: [], empty: 0 };
  if (!Array.isArray(value)) return { statements: value === false ? [] : [ignored(entry)], problems: [], empty: 1 };
  const filled = value.filter((one) => one !== '' && (one as { msg?: unknown } | null)?.msg !== '');
  const empty = value.length === 0 ? 1 : value.length - filled.length;
  return { ...statementsOf(entry, filled), empty };
}

/** Conftest reads lists only: it would let this pass, and says nothing. */
function ignored(entry: Entrypoint): Statement {
  const message = `${entry.path} is no list of messages, so conftest stops nothing for it`;
  return { effect: 'note', message, entry, exactness: 'approximate' };
}

function exceptionNote(entry: Entrypoint, hits: number): Statement {
  const times = hits === 1 ? '' : ` (${hits} times)`;
  return { effect: 'note', message: `${entry.label} is excused by an exception of the policy${times}`, entry };
}

/** `deny_latest` is excused as `latest`, `deny` as the empty text. */
function suffixOf(entry: Entrypoint): string {
  const rule = entry.path.slice(entry.path.lastIndexOf('.') + 1);
  return rule.replace(/^(deny|violation|warn)_?/, '');
}

function exceptionsOf(
  engine: PolicyEngine,
  name: string,
  input: unknown,
  { nowNs }: TestOptions,
  suffix: string,
): { names: string[]; problems: Problem[] } {
  const path = `${name}.exception`;
  if (rulesAt(engine.rules(), path).length === 0) return { names: [], problems: [] };
  const { values, problems } = engine.evaluate([`${path}${suffix}`], input, { nowNs });
  const names = membersOf(values[0]).flatMap(membersOf);
  return { names: names.filter((one) => typeof one === 'string'), problems };
}

function membersOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'object' && value !== null ? Object.values(value) : [];
}

/** Whether rules of a bundle look at the file they are asked about. */
export function seesFile({ modules }: PolicyBundle): boolean {
  return modules.some((module) => module.text.includes('conftest'));
}

/** What makes a query see the file it is asked about. */
export function withFile(file: { name: string; dir: string }): string {
  return ` with data.conftest.file as ${JSON.stringify(file)}`;
}
