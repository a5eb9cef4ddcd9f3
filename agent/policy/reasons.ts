import type { Config, Enforcement } from '../config.ts';
import { displayText } from '../model/path.ts';
import type { FindingInput, GateInput } from './gate-input.ts';
import type { Places } from './places.ts';
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
}

/** Turns what the policy said into a reason: with its place, its source, and its effect after the rollout settings. */
export function reasonOf(statement: Statement, context: ReasonContext): Reason {
  const { gate, input, places, rules } = context;
  const index = findingIndex(statement, input);
  const finding = index === undefined ? undefined : input.findings[index];
  const source: (Partial<PolicyRule> & { file: string; line: number }) | undefined = statement.call
    ? { file: statement.call.path, line: statement.call.line }
    : sourceOf(statement, rules);
  const rule = ruleName(statement, gate, source);
  const at = index === undefined ? statement.at : `/findings/${index}`;
  const place = at === undefined ? undefined : places.at(at);
  const remedy = statement.remedy ?? source?.remedy;
  const rolled = rollOut(statement, rule, finding, context);
  return {
    gate,
    rule,
    effect: rolled.effect,
    // A subject or path in it may hold what moves a terminal's cursor.
    message: displayText(statement.message),
    exactness: rolled.effect === 'depends' ? 'unknowable' : statement.entry.foreign ? 'approximate' : 'exact',
    ...(place ? { place } : {}),
    ...(remedy === undefined ? {} : { remedy: displayText(remedy) }),
    ...(finding ? { finding: finding.fingerprint } : {}),
    ...(statement.unknown ? { unknown: statement.unknown } : {}),
    ...(source ? { source: { file: source.file, line: source.line } } : {}),
    ...(rolled.effectiveOn === undefined ? {} : { effectiveOn: rolled.effectiveOn }),
  };
}

function findingIndex(statement: Statement, input: GateInput): number | undefined {
  const at = /^\/findings\/(\d+)(\/|$)/.exec(statement.at ?? '')?.[1];
  if (at !== undefined && Number(at) < input.findings.length) return Number(at);
  const index = input.findings.findIndex((finding) => finding.fingerprint === statement.finding);
  return index === -1 ? undefined : index;
}

/** The rule that made the statement: the one with its id, else the first of its path. */
function sourceOf(statement: Statement, rules: readonly PolicyRule[]): PolicyRule | undefined {
  const { path } = statement.entry;
  const candidates = rules.filter((rule) => rule.path === path || rule.path.startsWith(`${path}.`));
  const named = candidates.find((rule) => rule.id !== undefined && rule.id === statement.rule);
  return named ?? (candidates.length === 1 || statement.rule === undefined ? candidates[0] : undefined);
}

function ruleName(statement: Statement, gate: Gate, source: Partial<PolicyRule> | undefined): string {
  const name = statement.rule ?? (source?.id === undefined ? undefined : source.id);
  if (name === undefined) return statement.entry.label;
  if (name.includes('/') || statement.entry.foreign) return name;
  return `${gate}/${name}`;
}

function rollOut(
  statement: Statement,
  rule: string,
  finding: FindingInput | undefined,
  { config, trusted, input }: ReasonContext,
): { effect: Reason['effect']; effectiveOn?: string } {
  const setting: Enforcement | undefined = config.rules[rule] ?? (finding ? config.rules[finding.rule] : undefined);
  const later = isLater(statement.effectiveOn, input.time.now);
  const effectiveOn = later ? { effectiveOn: statement.effectiveOn as string } : {};
  const { effect } = statement;
  // What the policy could not ask for stays unknown, whatever the rules' settings say.
  if (statement.call) return { effect };
  if (setting === 'enforce') return { effect: effect === 'warn' ? 'deny' : effect, ...effectiveOn };
  if (trusted && (setting === 'off' || setting === 'shadow')) return { effect: 'note', ...effectiveOn };
  if (later && effect === 'deny') return { effect: 'warn', ...effectiveOn };
  if (trusted && setting === 'warn' && effect === 'deny') return { effect: 'warn', ...effectiveOn };
  return { effect, ...effectiveOn };
}

/** A date that cannot be read counts as past, so that a typing error does not open the gate (as Conforma does). */
function isLater(date: string | undefined, now: string): boolean {
  if (date === undefined) return false;
  const [then, instant] = [Date.parse(date), Date.parse(now)];
  return !Number.isNaN(then) && !Number.isNaN(instant) && then > instant;
}
