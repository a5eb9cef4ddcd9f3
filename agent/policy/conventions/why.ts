import { type Entrypoint, rulesAt } from '../entrypoints.ts';
import { explainInputs, isMeant, maximumTraced } from '../explain-inputs.ts';
import type { FurtherAnswer, FurtherQuestion } from '../further.ts';
import type { PolicyBundle, PolicyEngine, RuleExplanation } from '../types.ts';
import type { Ask } from './asks.ts';
import { seesFile, withFile } from './conftest.ts';
import type { Feed } from './feeds.ts';

type Explained = Pick<FurtherAnswer, 'explanations' | 'explainable'>;

interface Around extends Pick<FurtherQuestion, 'explain' | 'nowNs'> {
  engine: PolicyEngine;
  bundle: PolicyBundle;
  said: Pick<FurtherAnswer, 'statements' | 'problems'>;
}

/**
 * Why the rules of a feed fired or not, where `--why` asks for them: by gate, package, or rule, as it is shown
 * (`main/deny-latest`) or written (`data.main.deny_latest`). A rule that was asked about nothing says so.
 */
export function explainFeed(
  feed: Feed,
  entries: readonly Entrypoint[],
  asks: readonly Ask[],
  around: Around,
): Explained {
  const { explain: asked, engine, bundle, nowNs, said } = around;
  if (asked === undefined) return {};
  const rules = engine.rules();
  const explanations = entries.flatMap((entry): RuleExplanation[] => {
    if (asked !== feed.gate && !isMeant(asked, namesOf(entry, engine))) return [];
    if (asks.length === 0) {
      const own = rulesAt(rules, entry.path)[0];
      const unasked = (said.problems[0] ?? said.statements.at(-1))?.message;
      if (!own || unasked === undefined) return [];
      const { file, line, path } = own;
      return [{ path, file, line, fired: false, gate: feed.gate, rule: entry.label, effect: entry.effect, unasked }];
    }
    const inputs = (entry.effect === 'allow' ? refused(asks, entry) : asks).slice(0, maximumTraced).map((ask) => {
      const file = feed.input === 'files' && seesFile(bundle);
      const query = `${entry.path}${file && ask.file ? withFile(ask.file) : ''}`;
      return { place: ask.place(''), bodies: engine.explain?.(entry.path, ask.input, nowNs, query) ?? [] };
    });
    return explainInputs(feed.gate, entry, rules, inputs);
  });
  return { explanations, explainable: entries.map((entry) => entry.label) };

  /** What an `allow` lets through needs no explanation, where anything else does. */
  function refused(all: readonly Ask[], { path }: Entrypoint): readonly Ask[] {
    const left = all.filter((ask) => engine.evaluate([path], ask.input, { nowNs }).values[0] !== true);
    return left.length > 0 ? left : all;
  }
}

/** As it is shown, as Rego has it, its package, and the ids that METADATA gives. */
function namesOf({ path, label }: Entrypoint, engine: PolicyEngine): string[] {
  const dotted = path.replace(/^data\./, '');
  const name = dotted.slice(dotted.lastIndexOf('.') + 1);
  const pack = dotted.slice(0, -name.length - 1);
  const ids = engine.rules().flatMap((rule) => (rule.path.startsWith(path) && rule.id !== undefined ? [rule.id] : []));
  return [label, path, dotted, pack, `data.${pack}`, `${pack}/${name}`, ...ids, ...ids.map((id) => `${pack}.${id}`)];
}
