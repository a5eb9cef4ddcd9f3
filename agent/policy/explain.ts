import type { Entrypoint } from './entrypoints.ts';
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
      const own = rules.filter((rule) => rule.path === entry.path || rule.path.startsWith(`${entry.path}.`));
      const nameOf = (file: string, line: number) => {
        const id = own.find((rule) => rule.file === file && rule.line === line)?.id;
        return id === undefined ? entry.label : id.includes('/') || entry.foreign ? id : `${gate}/${id}`;
      };
      const meant = (name: string) => asked === gate || name === asked || name.endsWith(`/${asked}`);
      if (!own.some((rule) => meant(nameOf(rule.file, rule.line)))) return [];
      const bodies = engine.explain?.(entry.path, input, nowNs) ?? [];
      return bodies.flatMap((body): RuleExplanation[] => {
        const rule = nameOf(body.file, body.line);
        if (!meant(rule)) return [];
        const title = own.find((one) => one.file === body.file && one.line === body.line)?.title;
        return [{ ...body, gate, rule, effect: entry.effect, ...(title === undefined ? {} : { title }) }];
      });
    }),
  );
}

/** What the rules of the gates are called: their ids, else the names they have in Rego. */
export function namesOf(entries: ReadonlyMap<Gate, readonly Entrypoint[]>, rules: readonly PolicyRule[]): string[] {
  return [...entries].flatMap(([gate, list]) =>
    list.flatMap((entry) => {
      const own = rules.filter((rule) => rule.path === entry.path || rule.path.startsWith(`${entry.path}.`));
      return own.map(({ id }) => (id === undefined ? entry.label : id.includes('/') ? id : `${gate}/${id}`));
    }),
  );
}
