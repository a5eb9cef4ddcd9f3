import type { Decision, Evaluation, GateDecision, PolicyEngine, PolicySource } from '../policy/types.ts';
import { isSupposed } from '../policy/unknown.ts';
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
  /** Another engine, which remembers what it answers to the same list. */
  around(engine: PolicyEngine): PolicyEngine;
  /** The engine that was asked last to be remembered: the one that holds the bundle's own rules. */
  last(): PolicyEngine;
  recorded(): Recorded[];
  /** Forgets what was recorded, before the same is asked again. */
  reset(): void;
}

/** Decisions of one run that are kept: a policy that is asked about every file of a large change has many. */
const mostDecisions = 1_000;

/** The same engine, which remembers what it answered: one decision for each package and input. `clock` gives milliseconds. */
export function recorderOf(engine: PolicyEngine, clock: () => number): Recorder {
  let answers = new Map<string, Map<unknown, Recorded>>();
  let count = 0;
  let newest = engine;
  const around = (inner: PolicyEngine): PolicyEngine => {
    newest = inner;
    const evaluate: PolicyEngine['evaluate'] = (paths, input, options) => {
      const start = clock();
      const evaluation = inner.evaluate(paths, input, options);
      // The best and the worst case of what is unknown are no decisions.
      if (!isSupposed(input)) keep(paths, input, evaluation, options.nowNs, Math.round((clock() - start) * 1e6));
      return evaluation;
    };
    return { ...inner, evaluate };
  };
  function keep(paths: readonly string[], input: unknown, { values }: Evaluation, nowNs: bigint, elapsedNs: number) {
    paths.forEach((full, index) => {
      // A question may carry `with` clauses, such as conftest's name of the file.
      const [, path = '', rule = ''] = /^data\.([\w.]+)\.(\w+)/.exec(full) ?? [];
      const name = path.replaceAll('.', '/');
      const inputs = answers.get(name) ?? new Map<unknown, Recorded>();
      answers.set(name, inputs);
      let one = inputs.get(input);
      if (!one) {
        if (path === '' || count >= mostDecisions) return;
        count++;
        one = { path: name, input, result: {}, nowNs, elapsedNs };
        inputs.set(input, one);
      }
      if (!Object.hasOwn(one.result, rule) && values[index] !== undefined) one.result[rule] = values[index];
    });
  }
  return {
    engine: around(engine),
    around,
    last: () => newest,
    recorded: () => [...answers.values()].flatMap((inputs) => [...inputs.values()]),
    reset: () => {
      answers = new Map();
      count = 0;
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
  /** What rollout, exceptions and the other rules of a gate made of it. */
  decision?: Decision;
}

/** Characters of a document beyond which it is left out of the event, and named in `erased`. */
const largest = 1_000_000;

/**
 * The event of one decision in OPA's format (openpolicyagent.org/docs/management-decision-logs), masked by the policy's
 * `data.system.log.mask`; undefined when `data.system.log.drop` says so, or when the mask cannot be had: an event that
 * should have been masked is not written. `labels.simulated` tells it from one of the real gate.
 */
export function eventOf(one: Recorded, engine: PolicyEngine, context: EventContext): Maskable | undefined {
  const { source, version, id, uuid, timestamp, decision } = context;
  const gate = decision?.gates.find((made) => one.path === `pregate/${made.gate}`);
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
    ...(gate ? { custom: { gate: outcomeOf(gate) } } : {}),
  };
  const asked = engine.evaluate(['data.system.log.drop', 'data.system.log.mask'], event, { nowNs: one.nowNs });
  if (asked.problems.length > 0 || asked.values[0] === true) return undefined;
  const rules = maskRules(asked.values[1]);
  return rules && withoutLarge(applyMask(event, rules));
}

/** The gate's answer, and of each rule what rollout and exceptions left of it. Rules and ids only, no words of the input. */
function outcomeOf({ gate, answer, exactness, reasons }: GateDecision): Record<string, unknown> {
  return {
    gate,
    answer,
    exactness,
    rules: reasons.map(({ rule, effect, rollout, exception }) => ({
      rule,
      effect,
      ...(rollout ? { level: rollout.level, would: rollout.would } : {}),
      ...(exception ? { exception: exception.id, state: exception.state, would: exception.would } : {}),
    })),
  };
}

function withoutLarge(event: Maskable): Maskable {
  const { input, ...rest } = event;
  if (JSON.stringify(input ?? null).length <= largest) return event;
  return { ...rest, erased: [...(event.erased ?? []), '/input'] };
}
