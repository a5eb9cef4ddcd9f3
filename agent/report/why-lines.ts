/** How `preview --why` tells one gate, one reason of it, and one body of the policy. */
import { displayPath, displayText } from '../model/path.ts';
import type { GateDecision, Reason, RuleExplanation } from '../policy/types.ts';
import { keptText, placeText } from './ladder.ts';
import { type Style, wrap } from './style.ts';
import { signs } from './verdict.ts';

/** Enough of a value or of the variables beside it to see what was meant. */
const limits = { value: 120, local: 60, locals: 6 };

export function gateLines({ gate, answer, summary, exactness }: GateDecision, style: Style): string[] {
  const [first = '', ...rest] = wrap(`${gate}   ${displayText(summary)} (${exactness})`, style.width - 4);
  const head = `${style.bold(gate)}${first.slice(gate.length)}`;
  return [`  ${signs[answer]} ${head}`, ...rest.map((line) => `    ${line}`), ''];
}

export function reasonLines(reason: Reason, style: Style): string[] {
  const kept = keptText(reason);
  return [
    `    ${style.bold(reason.rule)}   ${reason.effect}, ${reason.exactness}`,
    ...wrap(displayText(reason.message), style.width - 6).map((line) => `      ${line}`),
    ...field('where', placeText(reason)),
    ...wrappedField('remedy', displayText(reason.remedy ?? ''), style),
    ...field('unknown', reason.unknown?.join(', ')),
    ...field('refuses', reason.effectiveOn && `from ${reason.effectiveOn}`),
    ...field('rollout', displayText(kept)),
    ...field('owner', reason.rollout?.owner),
    ...field('policy', reason.source && `${reason.source.file}:${reason.source.line}`).map(style.dim),
    '',
  ];
}

/** A body that held, and whose statements go by names of their own. */
export function firedLines(one: RuleExplanation, style: Style): string[] {
  return [
    headOf(one, `${one.effect}, fired`, style),
    ...field('asked', placeText(one)),
    policyLine(one.file, one.line, style),
    '',
  ];
}

/** Why a body did not hold: the expression that stopped it, with what its parts were. */
export function silentLines(one: RuleExplanation, style: Style): string[] {
  const head = headOf(one, one.effect, style);
  const { stopped } = one;
  if (one.unasked !== undefined) {
    const why = wrap(displayText(one.unasked), style.width - 6).map((line) => `      ${line}`);
    return [head, ...why, policyLine(one.file, one.line, style), ''];
  }
  const others = (one.inputs ?? 1) > 1 ? ` (of ${one.inputs} it came furthest there)` : '';
  const asked = one.place && one.inputs !== undefined ? field('asked', `${placeText(one)}${others}`) : [];
  if (!stopped) return [head, ...asked, '      its body was never reached', policyLine(one.file, one.line, style), ''];
  return [
    head,
    ...asked,
    ...wrappedField('stopped', displayText(oneLine(stopped.text)), style, 17),
    ...stopped.values.flatMap(({ text, value }) => valueLines(`${oneLine(text)} is`, value, style)),
    ...localLines(stopped, style),
    policyLine(one.file, stopped.line, style),
    '',
  ];
}

/** Variables that the expression names and whose values have not been told with it. */
function localLines({ text, values, locals }: NonNullable<RuleExplanation['stopped']>, style: Style): string[] {
  const told = new Set(values.map((one) => one.text));
  return Object.entries(locals)
    .slice(0, limits.locals)
    .filter(([name, value]) => {
      const isNamed = new RegExp(`\\b${name}\\b`).test(text);
      return isNamed && !told.has(name) && shown(value).length <= limits.local;
    })
    .flatMap(([name, value]) => valueLines(`with ${name} =`, value, style).map(style.dim));
}

function valueLines(words: string, value: unknown, style: Style): string[] {
  const text = `${displayText(words)} ${displayText(shown(value))}`;
  return wrap(text, style.width - 17).map((line) => `               ${line}`);
}

function headOf({ rule, title }: RuleExplanation, how: string, style: Style): string {
  return `    ${style.bold(displayText(rule))}   ${how}${title === undefined ? '' : `   ${displayText(title)}`}`;
}

function policyLine(file: string, line: number, style: Style): string {
  return style.dim(`      policy   ${displayPath(file)}:${line}`);
}

/** A name in a column of its own and what is said of it; nothing where there is nothing to say. */
function field(name: string, text: string | undefined): string[] {
  return text ? [`      ${name.padEnd(8)} ${text}`] : [];
}

function wrappedField(name: string, text: string, style: Style, margin = 15): string[] {
  if (text === '') return [];
  return wrap(text, style.width - margin).map((line, index) => `      ${(index === 0 ? name : '').padEnd(8)} ${line}`);
}

function shown(value: unknown): string {
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value);
  return text.length > limits.value ? `${text.slice(0, limits.value - 1)}…` : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
