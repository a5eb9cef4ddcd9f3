import type { Evaluation, PolicyEngine, PolicySource } from '../policy/types.ts';
import { applyMask, type Maskable, maskRules } from './mask.ts';

/** One answered package, as the engine gave it: the first answer for the input as it is, not the best and worst case. */
export interface Recorded {
  /** `pregate/push`, as OPA's Data API names it. */
  path: string;
  input: unknown;
  result: Record<string, unknown>;
  nowNs: bigint;
  elapsedNs: number;
}

export interface Recorder {
  engine: PolicyEngine;
  recorded(): Recorded[];
  /** Forgets what was recorded, before the same is asked again. */
  reset(): void;
}

/** The same engine, which remembers what it answered. `clock` gives milliseconds. */
export function recorderOf(engine: PolicyEngine, clock: () => number): Recorder {
  let answers = new Map<string, Recorded>();
  const evaluate: PolicyEngine['evaluate'] = (paths, input, options) => {
    const start = clock();
    const evaluation = engine.evaluate(paths, input, options);
    keep(paths, input, evaluation, options.nowNs, Math.round((clock() - start) * 1e6));
    return evaluation;
  };
  function keep(paths: readonly string[], input: unknown, { values }: Evaluation, nowNs: bigint, elapsedNs: number) {
    paths.forEach((full, index) => {
      const [, path = '', rule = ''] = /^data\.(.+)\.([^.]+)$/.exec(full) ?? [];
      const name = path.replaceAll('.', '/');
      let one = answers.get(name);
      if (!one) {
        one = { path: name, input, result: {}, nowNs, elapsedNs };
        answers.set(name, one);
      }
      const isFirst = one.input === input && !Object.hasOwn(one.result, rule);
      if (isFirst && values[index] !== undefined) one.result[rule] = values[index];
    });
  }
  return {
    engine: { ...engine, evaluate },
    recorded: () => [...answers.values()],
    reset: () => {
      answers = new Map();
    },
  };
}

export interface EventContext {
  source: PolicySource;
  version: string;
  /** Names this installation without saying whose it is. */
  id: string;
  /** Makes `decision_id`. */
  uuid: () => string;
  /** ISO 8601 UTC, when the decision was made. */
  timestamp: string;
}

/** Characters of a document beyond which it is left out of the event, and named in `erased`. */
const largest = 1_000_000;

/**
 * The event of one decision in OPA's format (openpolicyagent.org/docs/management-decision-logs), masked by the policy's
 * `data.system.log.mask`; undefined when `data.system.log.drop` says so, or when the mask cannot be had: an event that
 * should have been masked is not written. `labels.simulated` tells it from one of the real gate.
 */
export function eventOf(one: Recorded, engine: PolicyEngine, context: EventContext): Maskable | undefined {
  const { source, version, id, uuid, timestamp } = context;
  const event: Maskable = {
    labels: { id, version, app: 'pregate', simulated: 'true', engine: source.engine ?? engine.name },
    decision_id: uuid(),
    bundles: Object.fromEntries((source.parts ?? [source]).map(({ name, revision }) => [name, { revision }])),
    path: one.path,
    input: one.input,
    result: one.result,
    timestamp,
    metrics: { timer_rego_query_eval_ns: one.elapsedNs },
    nd_builtin_cache: { 'time.now_ns': { '[]': Number(one.nowNs) } },
  };
  const asked = engine.evaluate(['data.system.log.drop', 'data.system.log.mask'], event, { nowNs: one.nowNs });
  if (asked.problems.length > 0 || asked.values[0] === true) return undefined;
  const rules = maskRules(asked.values[1]);
  return rules && withoutLarge(applyMask(event, rules));
}

function withoutLarge(event: Maskable): Maskable {
  const { input, ...rest } = event;
  if (JSON.stringify(input ?? null).length <= largest) return event;
  return { ...rest, erased: [...(event.erased ?? []), '/input'] };
}
