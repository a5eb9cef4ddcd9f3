import { closest } from '../config/closest.ts';
import type { Report } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import type { GateDecision, Reason, RuleExplanation } from '../policy/types.ts';
import { count, type Style, wrap } from './style.ts';
import { firedLines, gateLines, reasonLines, silentLines } from './why-lines.ts';

/** What a preview knows about a gate, a rule of the policy, or a rule whose findings the gates speak of. */
interface About {
  gates: { gate: GateDecision; reasons: Reason[] }[];
  /** Bodies that held, and whose statements go by other names than theirs. */
  fired: RuleExplanation[];
  silent: RuleExplanation[];
  /** Findings of a rule of this name. */
  findings: number;
}

/** All that stands behind one gate, one policy rule or the findings of one rule: message, place, remedy, and the line of policy that says so. */
export function renderWhy(report: Report, asked: string, style: Style): string {
  const about = lookUp(report, asked);
  const lines = [
    ...about.gates.flatMap(({ gate, reasons }) => [
      ...gateLines(gate, style),
      ...(reasons.length === 0 ? ['    No rule of the policy had anything to say.', ''] : []),
      ...reasons.flatMap((reason) => reasonLines(reason, style)),
    ]),
    ...about.fired.flatMap((one) => firedLines(one, style)),
    ...(about.silent.length > 0 ? [`  ${style.bold('Rules that stayed silent')}`, ''] : []),
    // Gatekeeper's constraints answer at two gates, and are silent for one reason.
    ...new Set(about.silent.map((one) => silentLines(one, style).join('\n'))),
  ];
  return lines.length === 0 ? nothing(report, asked, about.findings, style) : `${lines.join('\n').trimEnd()}\n`;
}

function lookUp({ decision, findings }: Report, asked: string): About {
  const explained = decision.explanations ?? [];
  const own = new Set(findings.filter(({ rule }) => rule === asked).map((one) => one.fingerprint));
  // A rule may be asked for by the name it has in Rego, which is not what its reasons are called.
  const meant = new Set(explained.map(nameOf));
  const isMeant = (reason: Reason): boolean =>
    meant.has(nameOf(reason)) ||
    reason.rule === asked ||
    reason.rule.endsWith(`/${asked}`) ||
    (reason.finding !== undefined && own.has(reason.finding));
  const gates = decision.gates
    .map((gate) => ({ gate, reasons: gate.reasons.filter((reason) => gate.gate === asked || isMeant(reason)) }))
    .filter(({ gate, reasons }) => reasons.length > 0 || gate.gate === asked);
  const told = gates.flatMap(({ reasons }) => reasons);
  const names = new Set(told.map(nameOf));
  const places = new Set(told.map(({ source }) => placeOf(source)));
  const fired = explained.filter((one) => one.fired && !names.has(nameOf(one)) && !places.has(placeOf(one)));
  return {
    gates,
    // Whoever asks for a gate wants its answer, not each body that took part in it.
    fired: asked === fired[0]?.gate ? [] : fired,
    silent: explained.filter((one) => !one.fired),
    findings: own.size,
  };
}

function nameOf({ gate, rule }: Pick<Reason, 'gate' | 'rule'>): string {
  return `${gate}\0${rule}`;
}

function placeOf(source: Reason['source']): string | undefined {
  return source && `${source.file}:${source.line}`;
}

/** Says what could have been asked for, so that a typing error does not read as "no reason". */
function nothing(report: Report, asked: string, findings: number, style: Style): string {
  const name = displayText(asked);
  if (findings > 0) return `  No gate says anything about the ${count(findings, 'finding')} of ${name}.\n`;
  const gates = report.decision.gates.map((gate) => gate.gate);
  const rules = report.decision.gates.flatMap((gate) => gate.reasons).map((reason) => reason.rule);
  const known = [...new Set([...gates, ...rules, ...(report.decision.explainable ?? [])])];
  const more = known.length > 16 ? ` and ${known.length - 16} more` : '';
  const near = closest(asked, known);
  const meant = near === undefined ? '' : ` Did you mean ${displayText(near)}?`;
  const text = `Nothing in this preview is called ${name}.${meant} It has: ${displayText(known.slice(0, 16).join(', '))}${more}`;
  return wrap(text, style.width - 2)
    .map((line) => `  ${line}\n`)
    .join('');
}
