import { type Entrypoint, rulesAt } from './entrypoints.ts';
import { isMeant } from './explain-inputs.ts';
import type { GateInput } from './gate-input.ts';
import type { Gate, PolicyEngine, PolicyRule, RuleExplanation } from './types.ts';

/** The bodies of one gate or rule, as `asked` names it: `push`, `push/secret`, or `secret` in every gate. */
export function explanationsOf(
  engine: PolicyEngine,
  entries: ReadonlyMap<Gate, readonly Entrypoint[]>,
  asked: string,
  input: GateInput,
  nowNs: bigint,
): RuleExplanation[] {
  const rules = engine.rules();
  return [...entries].flatMap(([gate, list]) =>
    list.flatMap((entry) => {
      const own = rulesAt(rules, entry.path);
      const meant = (name: string) => asked === gate || isMeant(asked, [name]);
      if (!own.some(({ id }) => meant(nameOf(gate, entry, id)))) return [];
      const bodies = engine.explain?.(entry.path, input, nowNs) ?? [];
      return bodies.flatMap((body): RuleExplanation[] => {
        const { id, title } = own.find((one) => one.file === body.file && one.line === body.line) ?? {};
        const rule = nameOf(gate, entry, id);
        if (!meant(rule)) return [];
        return [{ ...body, gate, rule, effect: entry.effect, ...(title === undefined ? {} : { title }) }];
      });
    }),
  );
}

/** What the rules of the gates are called: their ids, else the names they have in Rego. */
export function namesOf(entries: ReadonlyMap<Gate, readonly Entrypoint[]>, rules: readonly PolicyRule[]): string[] {
  return [...entries].flatMap(([gate, list]) =>
    list.flatMap((entry) => rulesAt(rules, entry.path).map(({ id }) => nameOf(gate, entry, id))),
  );
}

function nameOf(gate: Gate, { label, foreign }: Entrypoint, id: string | undefined): string {
  return id === undefined ? label : id.includes('/') || foreign ? id : `${gate}/${id}`;
}
