import { closest } from '../config/closest.ts';
import type { Report } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import type { RuleExplanation } from '../policy/types.ts';
import { keptText, placeText, signs } from './ladder.ts';
import { count, type Style, wrap } from './style.ts';

/** All that stands behind one gate, one policy rule or the findings of one rule: message, place, remedy, and the line of policy that says so. */
export function renderWhy(report: Report, asked: string, style: Style): string {
  const lines: string[] = [];
  const fingerprints = new Set(report.findings.filter(({ rule }) => rule === asked).map((one) => one.fingerprint));
  const explained = report.decision.explanations ?? [];
  // A rule may be asked for by the name it has in Rego, which is not what its reasons are called.
  const meant = new Set(explained.map((one) => `${one.gate}\0${one.rule}`));
  const told = new Set<string>();
  for (const gate of report.decision.gates) {
    const reasons = gate.reasons.filter(
      (reason) =>
        gate.gate === asked ||
        meant.has(`${gate.gate}\0${reason.rule}`) ||
        reason.rule === asked ||
        reason.rule.endsWith(`/${asked}`) ||
        (reason.finding !== undefined && fingerprints.has(reason.finding)),
    );
    if (reasons.length === 0 && gate.gate !== asked) continue;
    const [first = '', ...rest] = wrap(
      `${gate.gate}   ${displayText(gate.summary)} (${gate.exactness})`,
      style.width - 4,
    );
    const head = `${style.bold(gate.gate)}${first.slice(gate.gate.length)}`;
    lines.push(`  ${signs[gate.answer]} ${head}`, ...rest.map((line) => `    ${line}`), '');
    if (reasons.length === 0) lines.push('    No rule of the policy had anything to say.', '');
    for (const reason of reasons) {
      told.add(`${reason.source?.file}:${reason.source?.line}`).add(`${gate.gate}\0${reason.rule}`);
      lines.push(`    ${style.bold(reason.rule)}   ${reason.effect}, ${reason.exactness}`);
      for (const line of wrap(displayText(reason.message), style.width - 6)) lines.push(`      ${line}`);
      const place = placeText(reason);
      if (place) lines.push(`      where    ${place}`);
      for (const [index, line] of wrap(displayText(reason.remedy ?? ''), style.width - 15).entries()) {
        if (line !== '') lines.push(`      ${index === 0 ? 'remedy  ' : '        '} ${line}`);
      }
      if (reason.unknown?.length) lines.push(`      unknown  ${reason.unknown.join(', ')}`);
      if (reason.effectiveOn) lines.push(`      refuses  from ${reason.effectiveOn}`);
      const kept = keptText(reason);
      if (kept !== '') lines.push(`      rollout  ${displayText(kept)}`);
      if (reason.rollout?.owner) lines.push(`      owner    ${reason.rollout.owner}`);
      if (reason.source) lines.push(style.dim(`      policy   ${reason.source.file}:${reason.source.line}`));
      lines.push('');
    }
  }
  const silent = explained.filter((one) => !one.fired);
  const fired = explained.filter(
    (one) => one.fired && !told.has(`${one.gate}\0${one.rule}`) && !told.has(`${one.file}:${one.line}`),
  );
  if (asked !== fired[0]?.gate) for (const one of fired) lines.push(...firedLines(one, style));
  if (silent.length > 0) lines.push(`  ${style.bold('Rules that stayed silent')}`, '');
  // Gatekeeper's constraints answer at two gates, and are silent for one reason.
  const blocks = new Set(silent.map((one) => silentBlock(one, style).join('\n')));
  lines.push(...blocks);
  if (lines.length === 0) return nothing(report, asked, fingerprints.size, style);
  return `${lines.join('\n').trimEnd()}\n`;
}

/** A body that held, and whose statements go by names of their own. */
function firedLines(one: RuleExplanation, style: Style): string[] {
  const title = one.title === undefined ? '' : `   ${displayText(one.title)}`;
  const asked = one.place ? [`      asked    ${placeText({ place: one.place })}`] : [];
  const policy = style.dim(`      policy   ${displayPath(one.file)}:${one.line}`);
  return [`    ${style.bold(displayText(one.rule))}   ${one.effect}, fired${title}`, ...asked, policy, ''];
}

/** Why a body did not hold: the expression that stopped it, with what its parts were. */
function silentBlock(one: RuleExplanation, style: Style): string[] {
  const title = one.title === undefined ? '' : `   ${displayText(one.title)}`;
  const lines = [`    ${style.bold(displayText(one.rule))}   ${one.effect}${title}`];
  const at = (line: number) => style.dim(`      policy   ${displayPath(one.file)}:${line}`);
  const { stopped } = one;
  if (one.unasked !== undefined) {
    return [
      ...lines,
      ...wrap(displayText(one.unasked), style.width - 6).map((line) => `      ${line}`),
      at(one.line),
      '',
    ];
  }
  const others = (one.inputs ?? 1) > 1 ? ` (of ${one.inputs} it came furthest there)` : '';
  if (one.place && one.inputs !== undefined) lines.push(`      asked    ${placeText({ place: one.place })}${others}`);
  if (!stopped) return [...lines, '      its body was never reached', at(one.line), ''];
  for (const [index, line] of wrap(displayText(oneLine(stopped.text)), style.width - 17).entries()) {
    lines.push(`      ${index === 0 ? 'stopped ' : '        '} ${line}`);
  }
  for (const { text, value } of stopped.values) {
    const words = `${displayText(oneLine(text))} is ${displayText(shown(value))}`;
    for (const line of wrap(words, style.width - 17)) lines.push(`               ${line}`);
  }
  const told = new Set(stopped.values.map(({ text }) => text));
  for (const [name, value] of Object.entries(stopped.locals).slice(0, 6)) {
    if (told.has(name) || shown(value).length > 60 || !new RegExp(`\\b${name}\\b`).test(stopped.text)) continue;
    for (const line of wrap(`with ${displayText(name)} = ${displayText(shown(value))}`, style.width - 17)) {
      lines.push(`               ${style.dim(line)}`);
    }
  }
  return [...lines, at(stopped.line), ''];
}

function shown(value: unknown): string {
  if (value === undefined) return 'undefined';
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
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
  return [
    `Nothing in this preview is called ${name}.${meant} It has: ${displayText(known.slice(0, 16).join(', '))}${more}`,
  ]
    .flatMap((text) => wrap(text, style.width - 2))
    .map((line) => `  ${line}\n`)
    .join('');
}
