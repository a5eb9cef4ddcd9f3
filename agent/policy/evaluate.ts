import type { Problem } from '../model/types.ts';
import { hostOf } from './conventions/host-builtins.ts';
import type { Entrypoint } from './entrypoints.ts';
import type { GateInput } from './gate-input.ts';
import { keyOf, type Statement, statementsOf } from './statements.ts';
import type { OfflineCall, PolicyEngine } from './types.ts';
import { endsOf, substitute } from './unknown.ts';

export interface Evaluated {
  statements: Statement[];
  problems: Problem[];
}

/**
 * Asks the policy once, and where it looked at leaves that are unknown here, twice more: with each at its best and at
 * its worst. What holds in both is certain; a denial that holds at one end only becomes `depends`. An unknown leaf
 * without ends that the policy looks at makes the gate depend on it, so that a silent rule never passes for an answer.
 * So does a call that only the network could answer: in Rego its rule is undefined, which would look like a pass.
 * `unknownLeaves` are JSON pointers into the input; those of `gate.input/v1` are listed in it.
 */
export function evaluateGate(
  engine: PolicyEngine,
  entries: readonly Entrypoint[],
  input: GateInput | object,
  nowNs: bigint,
  unknownLeaves: readonly string[] = (input as GateInput).unknown,
): Evaluated {
  const unknown = unknownLeaves.filter((pointer) => engine.mayRead?.(pointer) ?? true);
  const asked = ask(engine, entries, input, nowNs, unknown);
  const { statements: said, problems: failed } = asked;
  const looked = failed.length > 0 ? [] : lookedAt(unknown, asked.reads);
  if (looked.length === 0) return { statements: said, problems: failed };
  const open = looked.filter((pointer) => endsOf(pointer) === undefined);
  const closed = looked.filter((pointer) => endsOf(pointer) !== undefined);
  const explicit = new Set(said.flatMap((statement) => statement.unknown ?? []));
  const unanswered = open.filter((pointer) => !explicit.has(pointer) && !isOptional(pointer, asked.reads));
  const statements = [...said, ...unanswered.map((pointer) => openStatement(entries, pointer))];
  if (closed.length === 0) return { statements, problems: [] };
  const best = ask(engine, entries, substitute(input, closed, 'best'), nowNs, []);
  const worst = ask(engine, entries, substitute(input, closed, 'worst'), nowNs, []);
  const problems = [...best.problems, ...worst.problems];
  return { statements: combine(statements, best.statements, worst.statements, closed), problems };
}

interface Asked extends Evaluated {
  /** Undefined when the engine cannot tell. */
  reads: string[] | undefined;
}

function ask(
  engine: PolicyEngine,
  entries: readonly Entrypoint[],
  input: unknown,
  nowNs: bigint,
  watched: readonly string[],
): Asked {
  const paths = entries.map((entry) => entry.query ?? entry.path);
  const result = engine.evaluate(paths, input, { nowNs, reads: watched.length > 0 ? watched : false });
  const out: Asked = { statements: [], problems: [...result.problems], reads: result.reads };
  entries.forEach((entry, index) => {
    const read = statementsOf(entry, result.values[index]);
    // An `allow` that lacks the network's answer is not a refusal; a statement of a `deny` is taken at its word.
    const open = entry.effect === 'allow' && read.statements.length > 0 && asksNetwork(entry);
    if (!open) out.statements.push(...read.statements);
    out.problems.push(...read.problems);
  });
  const offline = result.offline ?? [];
  out.statements.push(...offline.map((call) => offlineStatement(entries, call)));
  return out;

  function asksNetwork(entry: Entrypoint): boolean {
    if (result.offline === undefined || result.offline.length === 0) return false;
    return (engine.evaluate([entry.query ?? entry.path], input, { nowNs }).offline ?? []).length > 0;
  }
}

/** Unknown leaves that were read, or lie in something that was; all of them when the engine cannot tell. */
function lookedAt(unknown: readonly string[], reads: readonly string[] | undefined): string[] {
  if (!reads) return [...unknown];
  const exact = new Set(reads);
  const below = new Set(reads.flatMap((read) => prefixes(read)));
  return unknown.filter((pointer) => below.has(pointer) || prefixes(pointer).some((prefix) => exact.has(prefix)));
}

/** Without read tracking nobody knows whether the policy asked for what only a forge can answer. */
function isOptional(pointer: string, reads: readonly string[] | undefined): boolean {
  return reads === undefined ? true : !reads.some((read) => read === pointer || read.startsWith(`${pointer}/`));
}

/** The pointer and everything above it, without the root. */
function prefixes(pointer: string): string[] {
  const out: string[] = [];
  for (let at = pointer.length; at > 0; at = pointer.lastIndexOf('/', at - 1)) out.push(pointer.slice(0, at));
  return out;
}

function openStatement(entries: readonly Entrypoint[], pointer: string): Statement {
  return {
    effect: 'depends',
    rule: 'unknown-input',
    message: `The policy looks at ${pointer}, which is not known here`,
    unknown: [pointer],
    entry: entries[0] as Entrypoint,
  };
}

export function offlineStatement(entries: readonly Entrypoint[], call: OfflineCall): Statement {
  const place = `${call.path}:${call.line}`;
  const host = hostOf(call.builtin);
  if (host !== undefined)
    return {
      effect: 'depends',
      rule: 'asks-host',
      message: `The policy calls ${call.builtin} of ${host} (${place}), which answers it elsewhere, so its answer is not known here`,
      entry: entries[0] as Entrypoint,
      call,
    };
  return {
    effect: 'depends',
    rule: 'asks-network',
    message: `The policy asks the network (${call.builtin}, ${place}), so its answer is not known here`,
    remedy: "Read it from the input, or put what it asks for into the bundle's data",
    entry: entries[0] as Entrypoint,
    call,
  };
}

function combine(
  asked: readonly Statement[],
  best: readonly Statement[],
  worst: readonly Statement[],
  unknown: readonly string[],
): Statement[] {
  const inBest = new Set(best.map(keyOf));
  const inWorst = new Set(worst.map(keyOf));
  const explained = new Set(asked.flatMap((statement) => statement.unknown ?? []));
  const seen = new Set<string>();
  const out: Statement[] = [];
  for (const statement of [...worst, ...best, ...asked]) {
    const key = keyOf(statement);
    if (seen.has(key)) continue;
    seen.add(key);
    if (statement.effect !== 'deny' || (inBest.has(key) && inWorst.has(key))) {
      out.push(statement);
      continue;
    }
    const causes = statement.unknown ?? causesOf(statement, unknown);
    // The policy's own words about the same unknown leaf are better than a denial that may not come.
    if (!causes.every((pointer) => explained.has(pointer)))
      out.push({ ...statement, effect: 'depends', unknown: causes });
  }
  return out;
}

/** Unknown leaves below the place a statement points to; all of them when there is none there. */
function causesOf(statement: Statement, unknown: readonly string[]): string[] {
  const below = unknown.filter((pointer) => statement.at !== undefined && pointer.startsWith(`${statement.at}/`));
  return below.length > 0 ? below : [...unknown];
}
