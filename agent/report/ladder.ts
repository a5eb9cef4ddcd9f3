import type { Report } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import { withTodos } from '../policy/closed.ts';
import { exceptionText } from '../policy/exceptions.ts';
import type { GateDecision, Reason } from '../policy/types.ts';
import { problemsOf } from './facts.ts';
import { policyLines } from './policy-lines.ts';
import { remedyOf } from './remedy.ts';
import { count, narrow, type Style, wrap } from './style.ts';
import { policyTitle, reportTitle } from './title.ts';
import { signs, summaryBesideWord, verdictOf, wordOf } from './verdict.ts';

export interface LadderOptions {
  style: Style;
  /** Reasons to print below each gate; 0 prints only the ladder. */
  reasons: number;
}

/** `pregate preview` for a person: the verdict, one line per gate, then the way out, then what stands behind each answer. */
export function renderLadder(report: Report, options: LadderOptions): string {
  const { style } = options;
  const shared = sharedSummary(report);
  const problems = problemLines(report, style);
  // Where nothing was decided the reason is the verdict, and stands first.
  const lines = shared && problems.length > 0 ? [...problems, ''] : [];
  lines.push(...title(report, style, lines.length === 0), ...policyLines(report, style), '');
  const told = options.reasons > 0;
  for (const gate of report.decision.gates) {
    lines.push(...rung(shared ? { ...gate, summary: shared } : gate, style, told));
  }
  const { title: heading, steps } = waysOut(report);
  if (steps.length > 0) lines.push('', `  ${style.bold(`${heading}:`)}`);
  steps.forEach(({ places, text }, index) => {
    const [first = '', ...rest] = [
      ...wrap(displayText(text), style.width - 7),
      ...wrap(displayText(places.join(', ')), style.width - 7).map((line) => style.dim(line)),
    ].filter((line) => line !== '');
    lines.push(`    ${index + 1}. ${first}`, ...rest.map((line) => `       ${line}`));
  });
  const reasons = options.reasons > 0 ? reasonLines(report, options) : [];
  if (reasons.length > 0) lines.push('', ...reasons);
  if (!shared && problems.length > 0) lines.push('', ...problems);
  return `${lines.join('\n')}\n`;
}

function problemLines(report: Report, style: Style): string[] {
  return withTodos(problemsOf(report)).flatMap(({ problem, todo }) => {
    const said = displayText(problem.message);
    const [first = '', ...rest] = wrap(problem.fatal ? `${said} [${problem.code}]` : said, style.width - 4);
    const help = todo === undefined ? [] : wrap(todo, style.width - 4);
    return [`  ${problem.fatal ? style.red('?') : '·'} ${first}`, ...[...rest, ...help].map((line) => `    ${line}`)];
  });
}

/** When nothing could be decided, every gate says the same; the reason then stands once, below. */
function sharedSummary(report: Report): string | undefined {
  return isUndecided(report) ? 'not decided' : undefined;
}

/** Something that could not be done kept every gate from an answer. */
export function isUndecided(report: Report): boolean {
  const { gates } = report.decision;
  const first = gates[0]?.summary;
  const fatal = problemsOf(report).some((problem) => problem.fatal);
  return fatal && gates.length > 1 && gates.every(({ summary }) => summary === first);
}

/** The verdict, unless a reason stands above already, and what it is about; then by which policy. */
function title(report: Report, style: Style, isFirst: boolean): string[] {
  const { answer, text } = verdictOf(report);
  const verdict = `${signs[answer]} ${text}`;
  const what = reportTitle(report);
  const policy = wrap(policyTitle(report), style.width - 2).map((line) => `  ${style.dim(line)}`);
  // Where nothing could be looked at there is nothing to name.
  if (!isFirst && report.label === 'nothing') return policy;
  if (!isFirst) return [...wrap(what, style.width - 2).map((line) => `  ${line}`), ...policy];
  const said = paintOf(answer, style)(style.bold(verdict));
  if (verdict.length + 3 + what.length <= style.width) return [`${said}   ${what}`, ...policy];
  const [first = '', ...rest] = wrap(verdict, style.width);
  const below = rest.map((line) => `  ${line}`);
  return [
    ...[first, ...below].map((line) => paintOf(answer, style)(style.bold(line))),
    ...wrap(what, style.width - 2).map((line) => `  ${line}`),
    ...policy,
  ];
}

function paintOf(answer: GateDecision['answer'], style: Style): (text: string) => string {
  return { allow: style.green, warn: style.yellow, deny: style.red, depends: style.blue }[answer];
}

function rung(gate: GateDecision, style: Style, told: boolean): string[] {
  const paint = paintOf(gate.answer, style);
  const exactness = gate.exactness;
  const thin = style.width < narrow;
  const room = thin ? style.width - 7 : style.width - 27 - exactness.length - 2;
  const [first = '', ...rest] = wrap(displayText(told ? shortened(gate, room) : summaryBesideWord(gate)), room);
  const head = `    ${paint(signs[gate.answer])} ${style.bold(gate.gate.padEnd(9))}${paint(wordOf(gate).padEnd(9))}`;
  if (thin) return [`${head}${style.dim(exactness)}`, ...[first, ...rest].map((line) => `      ${line}`)];
  return [`${head}${first.padEnd(room)}  ${style.dim(exactness)}`, ...rest.map((line) => `${' '.repeat(24)}${line}`)];
}

/** What is wrong without its consequence, cut where even that does not fit on the line: the reason below says all of it. */
function shortened(gate: GateDecision, room: number): string {
  const { answer, reasons } = gate;
  const summary = summaryBesideWord(gate);
  if (summary.length <= room || (answer !== 'deny' && answer !== 'warn') || reasons.length === 0) return summary;
  const more = / \(and [\d,]+ more\)$/.exec(summary)?.[0] ?? '';
  const whole = summary.slice(0, summary.length - more.length);
  // A colon between quotes belongs to what is quoted: a pattern, a name.
  const what = /^((?:"[^"]*"|[^"])+?): /s.exec(whole)?.[1];
  const short = what === undefined ? summary : what + more;
  if (short.length <= room || answer !== 'deny') return short;
  const head = (what ?? whole).slice(0, room - more.length - 1);
  return `${head.slice(0, head.lastIndexOf(' '))} …${more}`;
}

function reasonLines(report: Report, options: LadderOptions): string[] {
  const { style } = options;
  const lines: string[] = [];
  const told = new Map<string, Reason['effect']>();
  // Who has a refusal to mend reads that, and asks for the warnings when it is done.
  const refused = report.decision.gates.some((gate) => gate.answer === 'deny');
  for (const gate of report.decision.gates) {
    const all = gate.reasons.filter((reason) => reason.effect !== 'note' || keptText(reason) !== '');
    // The same finding under a second gate says nothing new, unless that one refuses where the first warned.
    const fresh = all.filter(({ finding, effect }) => finding === undefined || told.get(finding) !== effect);
    for (const { finding, effect } of fresh) if (finding !== undefined) told.set(finding, effect);
    const urgent = refused ? fresh.filter((reason) => reason.effect !== 'warn') : fresh;
    const listed = together(urgent);
    const shown = listed.slice(0, options.reasons);
    const warnings = fresh.length - urgent.length;
    if (shown.length === 0 && (fresh.length === 0 || refused)) continue;
    lines.push(`  ${style.bold(gate.gate)}`);
    for (const [reason, places] of shown) lines.push(...reasonBlock(reason, places, style));
    const more = [
      listed.length > shown.length ? `${listed.length - shown.length} more` : '',
      warnings > 0 ? count(warnings, 'warning') : '',
      all.length > fresh.length ? `${all.length - fresh.length} named above` : '',
    ].filter((one) => one !== '');
    if (more.length > 0) {
      const how = `and ${more.join(', ')}: pregate preview ${scopeFlag(report)}--why ${gate.gate}`;
      lines.push(...wrap(how, style.width - 6).map((line) => style.dim(`      ${line}`)));
    }
  }
  return lines;
}

/** The flag that asks for the same scope again; without it the answer would be about something else. */
function scopeFlag(report: Report): string {
  return report.scope === 'staged' || report.scope === 'all' ? `--${report.scope} ` : '';
}

/** Reasons that say the same of several places are one to a person: the first of each, with all places. */
function together(reasons: readonly Reason[]): [Reason, string[]][] {
  const out = new Map<string, [Reason, string[]]>();
  for (const reason of reasons) {
    const place = placeText(reason);
    const key = [reason.effect, reason.rule, reason.message, keptText(reason)].join('\0');
    const known = out.get(key);
    if (!known) out.set(key, [reason, place === '' ? [] : [place]]);
    else if (place !== '' && !known[1].includes(place)) known[1].push(place);
  }
  return [...out.values()];
}

function reasonBlock(reason: Reason, places: readonly string[], style: Style): string[] {
  const sign = { deny: style.red('✗'), warn: style.yellow('!'), depends: style.blue('?'), note: '·' }[reason.effect];
  const [first = '', ...rest] = wrap(displayText(reason.message), style.width - 8);
  const lines = [`    ${sign} ${first}`, ...rest.map((line) => `      ${line}`)];
  const until = reason.effectiveOn && reason.effect === 'warn' ? `, refuses from ${reason.effectiveOn}` : '';
  const owner = reason.rollout?.owner && reason.effect !== 'note' ? `, owner: ${reason.rollout.owner}` : '';
  const where = [few(places).join(', '), reason.rule + until + owner].filter(Boolean);
  const fits = where.join('   ').length <= style.width - 6;
  for (const line of fits ? [where.join('   ')] : where) lines.push(style.dim(`      ${line}`));
  const kept = keptText(reason);
  if (kept !== '') for (const line of wrap(displayText(kept), style.width - 8)) lines.push(`      ${line}`);
  return lines;
}

/** Why a reason does not have the effect its rule asks for, or why an exception does not help; empty when there is nothing to say. */
export function keptText(reason: Reason): string {
  if (reason.exception) return exceptionText(reason);
  const { rollout, effect } = reason;
  if (!rollout || rollout.level === 'off' || rollout.why === undefined) return '';
  if (rollout.level === 'shadow' && effect === 'note') {
    return `in shadow, would ${rollout.would === 'deny' ? 'refuse' : rollout.would === 'warn' ? 'warn' : 'depend'}: ${rollout.why}`;
  }
  return effect === rollout.would && !rollout.why.includes('does not permit') ? '' : rollout.why;
}

/** `path:line`, with a short commit id when only that commit has it, or the id alone: where a person has to look. */
export function placeText({ place }: Pick<Reason, 'place'>): string {
  if (!place) return '';
  const commit = place.commit?.slice(0, 7);
  if (place.span) return `${displayPath(place.path)}:${place.span.line}${commit ? ` (${commit})` : ''}`;
  return commit ?? displayPath(place.path);
}

export interface Step {
  /** Where it is to be done; a few, then how many more. */
  places: string[];
  text: string;
}

/** The remedies of everything that denies, each once and with its places, and what doing them all achieves. */
export function waysOut(report: Report): { title: string; steps: Step[] } {
  const { gates } = report.decision;
  // In commits that exist already the push gate knows the better way: editing the file does not change them.
  const late = report.scope === 'outgoing' || report.scope === 'range';
  const ordered = late ? [...gates].sort((a, b) => Number(b.gate === 'push') - Number(a.gate === 'push')) : gates;
  const denials = ordered.flatMap((gate) => gate.reasons).filter((reason) => reason.effect === 'deny');
  const done = new Set<string>();
  const ways = new Map<string, string[]>();
  for (const reason of denials) {
    const remedy = remedyOf(reason, report.findings);
    if (remedy === undefined || (reason.finding !== undefined && done.has(reason.finding))) continue;
    if (reason.finding !== undefined) done.add(reason.finding);
    const places = ways.get(remedy) ?? [];
    const place = placeText(reason);
    ways.set(remedy, place === '' || places.includes(place) ? places : [...places, place]);
  }
  const steps = [...ways].map(([text, places]) => ({ places: few(places), text }));
  const all = denials.every(
    ({ remedy, finding }) => remedy !== undefined || (finding !== undefined && done.has(finding)),
  );
  const open = gates.some((gate) => gate.reasons.some((reason) => reason.effect === 'depends'));
  const end = open ? 'nothing is refused' : 'it passes';
  return { title: all ? `${count(steps.length, 'step')} and ${end}` : 'What helps', steps };
}

function few(places: readonly string[]): string[] {
  return places.length <= 3 ? [...places] : [...places.slice(0, 2), `${places.length - 2} more places`];
}
