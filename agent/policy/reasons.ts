import type { Config } from '../config.ts';
import { displayText } from '../model/path.ts';
import { rulesAt } from './entrypoints.ts';
import { excuse, type Weighed } from './exceptions.ts';
import type { GateInput } from './gate-input.ts';
import type { Places } from './places.ts';
import { type DeclaredRollouts, type RolledOut, type Rollout, rollOut } from './rollout.ts';
import type { Statement } from './statements.ts';
import type { Gate, PolicyRule, Reason } from './types.ts';

export interface ReasonContext {
  gate: Gate;
  input: GateInput;
  places: Places;
  rules: readonly PolicyRule[];
  config: Config;
  /** The configuration is the base's: only then may it turn down what the policy denies. */
  trusted: boolean;
  rollouts: DeclaredRollouts;
  exceptions: readonly Weighed[];
}

/** Turns what the policy said into a reason: with its place, its source, and its effect after rollout and exceptions. */
export function reasonOf(statement: Statement, context: ReasonContext): Reason {
  const { gate, input, places, rules } = context;
  const index = findingIndex(statement, input);
  const finding = index === undefined ? undefined : input.findings[index];
  const made = sourceOf(statement, rules);
  const source: (Partial<PolicyRule> & { file: string; line: number }) | undefined = statement.call
    ? { file: statement.call.path, line: statement.call.line }
    : (statement.source ?? made?.rule);
  // Several rules under one name and none named by the statement: its settings could be another's.
  const certain = made?.certain ? made.rule : undefined;
  const rule = ruleName(statement, gate, certain);
  const at = index === undefined ? statement.at : `/findings/${index}`;
  const place = statement.place ?? (at === undefined ? undefined : places.at(at));
  const remedy = statement.remedy ?? source?.remedy;
  const rollout = context.rollouts.of(rule, certain, statement.entry.foreign);
  const rolled = rolledOut(statement, rule, finding?.rule, place, rollout, context);
  const subject = at === undefined ? undefined : purlAt(at, input);
  const reason: Reason = {
    gate,
    rule,
    effect: rolled.effect,
    // A subject or path in it may hold what moves a terminal's cursor.
    message: displayText(statement.message),
    exactness:
      rolled.effect === 'depends'
        ? 'unknowable'
        : (statement.exactness ?? (statement.entry.foreign ? 'approximate' : 'exact')),
    ...(place ? { place } : {}),
    ...(remedy === undefined ? {} : { remedy: displayText(remedy) }),
    ...(finding ? { finding: finding.fingerprint, about: finding.rule } : {}),
    ...(subject === undefined ? {} : { subject }),
    ...(statement.unknown ? { unknown: statement.unknown } : {}),
    ...(source ? { source: { file: source.file, line: source.line } } : {}),
    ...(rolled.effectiveOn === undefined ? {} : { effectiveOn: rolled.effectiveOn }),
    ...(rolled.rollout ? { rollout: rolled.rollout } : {}),
  };
  return excuse(reason, context.exceptions, input, rollout.excusable);
}

function findingIndex(statement: Statement, input: GateInput): number | undefined {
  const at = /^\/findings\/(\d+)(\/|$)/.exec(statement.at ?? '')?.[1];
  if (at !== undefined && Number(at) < input.findings.length) return Number(at);
  const index = input.findings.findIndex((finding) => finding.fingerprint === statement.finding);
  return index === -1 ? undefined : index;
}

/** The rule that made the statement: the one with its id, else the first of its path, which is certain if it is alone. */
function sourceOf(
  statement: Statement,
  rules: readonly PolicyRule[],
): { rule: PolicyRule; certain: boolean } | undefined {
  const { path } = statement.entry;
  const candidates = rulesAt(rules, path);
  const named = candidates.find((rule) => rule.id !== undefined && rule.id === statement.rule);
  if (named) return { rule: named, certain: true };
  const [first] = candidates;
  if (!first || (candidates.length > 1 && statement.rule !== undefined)) return undefined;
  return { rule: first, certain: candidates.length === 1 };
}

function ruleName(statement: Statement, gate: Gate, source: PolicyRule | undefined): string {
  const name = statement.rule ?? source?.id;
  if (name === undefined) return statement.entry.label;
  if (name.includes('/') || statement.entry.foreign) return name;
  return `${gate}/${name}`;
}

function rolledOut(
  { effect, effectiveOn, call }: Statement,
  rule: string,
  about: string | undefined,
  place: Reason['place'],
  rollout: Rollout,
  { config, trusted, input }: ReasonContext,
): RolledOut {
  // What the policy could not ask for stays unknown, whatever the rules' settings say.
  if (call || effect === 'note') return { effect };
  const setting = config.rules[rule] ?? (about === undefined ? undefined : config.rules[about]);
  return rollOut({ effect, effectiveOn, rule }, rollout, { input, place, setting, trusted });
}

/** The package a pointer such as `/sbom/components/3` leads to. */
function purlAt(at: string, input: GateInput): string | undefined {
  const match = /^\/(sbom\/components|sbom_diff\/changes)\/(\d+)(\/|$)/.exec(at);
  if (!match) return undefined;
  const list = match[1] === 'sbom/components' ? input.sbom.components : input.sbom_diff.changes;
  return list?.[Number(match[2])]?.purl;
}
