/** Why a rule fired or stayed silent: for each of its bodies the expression that stopped it, with the values it saw. */
import type { RegoError } from './errors.ts';
import type { TraceEvent } from './eval/context.ts';
import type { EvalOptions, Policy } from './policy.ts';

export interface BodyExplanation {
  /** `data.gate.push.deny` */
  path: string;
  file: string;
  /** Line of the rule's head, from 1. */
  line: number;
  /** The body held for at least one set of values. */
  fired: boolean;
  /** The expression that went furthest and failed last; absent when the body fired or was never entered. */
  stopped?: {
    text: string;
    line: number;
    column: number;
    values: { text: string; value: unknown }[];
    locals: Record<string, unknown>;
  };
}

export interface Explanation {
  bodies: BodyExplanation[];
  errors: RegoError[];
}

/**
 * Evaluates the rules at or below `path` (`data.gate.push.deny`) and explains each body, in the order of the files.
 * `query` is what is evaluated, where that is more than the path: `data.main.deny with data.x as 1`.
 * What stops a body is found by place: of the expressions that were reached, the last one that never let anything through.
 */
export function explainRule(policy: Policy, path: string, options: EvalOptions, query = path): Explanation {
  const all = policy.rules().sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
  const wanted = all.filter((rule) => rule.path === path || rule.path.startsWith(`${path}.`));
  const bodies = wanted.map((rule) => ({
    rule,
    order: [] as string[],
    fails: new Map<string, Failure>(),
    fired: false,
  }));
  const byPlace = new Map(bodies.map((body) => [`${body.rule.file}:${body.rule.line}`, body]));
  const starts = startsOf(all);
  const trace = (event: TraceEvent) => {
    const body = byPlace.get(`${event.path}:${startOf(starts.get(event.path) ?? [], event.line)}`);
    if (!body) return;
    const key = `${event.line}:${event.column}`;
    if (event.op === 'exit' && event.line === body.rule.line) body.fired = true;
    if (event.op === 'eval' && !body.order.includes(key)) body.order.push(key);
    // Only the last failure of an expression is kept, and its values are read at once: the frame goes on changing.
    if (event.op === 'fail' && !body.fired) {
      const { text, line, column } = event;
      body.fails.set(key, { text, line, column, values: event.values?.() ?? [], locals: event.locals() });
    }
  };
  const { errors } = policy.evalExact(query, { ...options, trace });
  return {
    errors,
    bodies: bodies.map(({ rule, order, fails, fired }) => {
      const furthest = order.findLast((key) => fails.has(key));
      const stopped = fired || furthest === undefined ? undefined : fails.get(furthest);
      return { path: rule.path, file: rule.file, line: rule.line, fired, ...(stopped ? { stopped } : {}) };
    }),
  };
}

type Failure = NonNullable<BodyExplanation['stopped']>;

function startsOf(rules: readonly { file: string; line: number }[]): Map<string, number[]> {
  const starts = new Map<string, number[]>();
  for (const { file, line } of rules) starts.set(file, [...(starts.get(file) ?? []), line]);
  return starts;
}

/** The rule a line belongs to: the last one that begins at or before it. */
function startOf(lines: readonly number[], line: number): number | undefined {
  return lines.findLast((start) => start <= line);
}
