import type { Report } from '../gate/types.ts';
import { displayPath, displayText } from '../model/path.ts';
import type { Finding } from '../model/types.ts';
import { enumerated } from '../model/values-text.ts';
import { withTodos } from '../policy/closed.ts';
import type { Reason } from '../policy/types.ts';
import { blockingFingerprints, bySeverity, otherDenials, problemsOf } from './facts.ts';
import { placeText } from './ladder.ts';
import { alsoAt, oncePerValue, type Places } from './places.ts';
import { besideHead, count, roomBesideHead, type Style, wrap } from './style.ts';

export interface TerminalOptions {
  style: Style;
  /** Findings to print before "and n more"; 0 prints all. */
  limit: number;
  /** Milliseconds the run took, when it should be said. */
  elapsed?: number;
  /** Offer to start from here: there is no baseline yet. */
  offer?: boolean;
}

/** `pregate check` for a person: the answer first, then what to look at, most severe first, then what was not looked at. */
export function renderCheck(report: Report, options: TerminalOptions): string {
  const { style } = options;
  const lines = [headline(report, options), ''];
  // What kept us from an answer stands before what was found in spite of it.
  const fatal = problemLines(report, style, true);
  if (fatal.length > 0) lines.push(...fatal, '');
  lines.push(...findingLines(report, options));
  lines.push(...denialLines(report, style));
  lines.push(...notLooked(report, style), ...(options.offer ? baselineOffer(report, style) : []));
  return `${trimEnd(lines).join('\n')}\n`;
}

/** The findings of a report, one block per file. */
export function findingLines(report: Report, options: Pick<TerminalOptions, 'style' | 'limit'>): string[] {
  const { style, limit } = options;
  const blocking = blockingFingerprints(report.decision);
  const ordered = [...report.findings].sort(
    (a, b) => Number(blocking.has(b.fingerprint)) - Number(blocking.has(a.fingerprint)) || bySeverity(a, b),
  );
  const values = oncePerValue(ordered);
  const shown = limit === 0 ? values : values.slice(0, limit);
  const lines: string[] = [];
  for (const [path, places] of groupByPath(shown)) {
    lines.push(`  ${style.bold(displayPath(path))}`);
    for (const group of alike(places)) lines.push(...findingBlock(group, blocking.has(group[0].fingerprint), style));
    lines.push('');
  }
  const hidden = values.length - shown.length;
  if (hidden > 0)
    lines.push(`  and ${count(hidden, 'more finding')}: --limit 0 prints all, --json is for programs`, '');
  return lines;
}

/** The first look at a repository is a state to start from, not a wall of red; empty where there is little to accept. */
export function baselineOffer(report: Report, style: Style): string[] {
  if (report.findings.length < 2 || report.suppressed.length > 0) return [];
  const others = otherDenials(report.decision).length;
  const but =
    others === 0
      ? ''
      : ` ${count(others, 'refusal')} that ${others === 1 ? 'rests' : 'rest'} on none of them ${others === 1 ? 'stays' : 'stay'}.`;
  return [
    ...wrap(
      `${count(report.findings.length, 'finding')} exist today.${but} To accept them as they are and refuse only new ones:`,
      style.width - 2,
    ).map((line) => `  ${line}`),
    '    pregate baseline create --reason "known when Pregate was introduced"',
  ];
}

function headline(report: Report, options: TerminalOptions): string {
  const { style } = options;
  const blocking = blockingFingerprints(report.decision);
  const blocks = report.findings.filter((finding) => blocking.has(finding.fingerprint)).length;
  const took = options.elapsed === undefined ? '' : ` in ${(options.elapsed / 1000).toFixed(1)} s`;
  const documents = report.scope === 'history' ? '' : `: ${count(report.counts.documents, 'document')}`;
  const looked = `${report.label}${documents}${took}`;
  const fatal = problemsOf(report).filter((problem) => problem.fatal).length;
  const tail = report.suppressed.length > 0 ? `, ${report.suppressed.length} suppressed` : '';
  const others = otherDenials(report.decision).length;
  const found = report.findings.length > 0 ? `, ${count(report.findings.length, 'finding')}` : '';
  const told = (paint: (line: string) => string, verdict: string, rest = `${looked}${tail}`): string =>
    verdictAnd((line) => paint(style.bold(line)), verdict, rest, style.width);
  if (fatal > 0) return told(style.red, `? could not check everything${found}`, looked);
  if (report.findings.length === 0 && others > 0) {
    return told(style.red, `✗ no findings, but ${gatesOf(report)} would refuse`);
  }
  if (report.findings.length === 0) return told(style.green, '✓ nothing found');
  const also = others > 0 ? `, and ${gatesOf(report)} would refuse besides` : '';
  const refused =
    blocks > 0 ? `, ${blocks} would be refused${also}` : others > 0 ? `, and ${gatesOf(report)} would refuse` : '';
  const what = count(report.findings.length, 'finding') + refused;
  return refused !== '' ? told(style.red, `✗ ${what}`) : told(style.yellow, `! ${what}`);
}

/** A verdict and what was looked at, on one line where it fits, else below each other. */
function verdictAnd(paint: (line: string) => string, verdict: string, looked: string, width: number): string {
  if (verdict.length + 3 + looked.length <= width) return `${paint(verdict)}   ${looked}`;
  const below = wrap(looked, width - 2).map((line) => `  ${line}`);
  return [...wrap(verdict, width).map(paint), ...below].join('\n');
}

/** The gates that refuse for a reason that is no finding: `publish and deploy`. */
function gatesOf({ decision }: Report): string {
  return enumerated([...new Set(otherDenials(decision).map(({ gate }) => gate))]);
}

/** Findings of one file that say the same in the same way become one block with all their lines. */
function alike(all: readonly Places[]): Places[] {
  const groups = new Map<string, Places>();
  for (const places of all) {
    const { rule, severity, message, commit, introduced, command, present } = places[0];
    const key = JSON.stringify([rule, severity, message, commit, introduced, command, present]);
    const group = groups.get(key);
    if (group) group.push(...places);
    else groups.set(key, [...places]);
  }
  return [...groups.values()];
}

function findingBlock(group: Readonly<Places>, blocks: boolean, style: Style): string[] {
  const [finding, ...more] = group;
  const place = `${finding.span.line}:${finding.span.column}`.padEnd(9);
  const word = (blocks ? 'refused' : finding.severity).padEnd(9);
  const paint = blocks || finding.severity === 'critical' ? style.red : colourOf(finding, style);
  const head = `    ${style.dim(place)}${paint(word)}`;
  const message = displayText(finding.message);
  const commit = finding.commit ? style.dim(` (${finding.commit.slice(0, 7)})`) : '';
  const room = roomBesideHead(style);
  const [first = '', ...rest] = wrap(message, room);
  const also = more.length === 0 ? '' : `, ${alsoAt(finding, more)}`;
  const fix = finding.command ? `   fix: ${finding.command}` : '';
  const last = `${finding.rule}${finding.introduced === false ? ', not new' : ''}${presence(finding)}${also}${fix}`;
  const below = wrap(last, room).map(style.dim);
  return besideHead(head, [`${first}${commit}`, ...rest, ...below], style);
}

function presence({ present }: Finding): string {
  return present === undefined ? '' : present ? ', still there' : ', removed since';
}

/** What a gate refuses for a reason that is no finding: else the exit code would say more than the page. */
function denialLines(report: Report, style: Style): string[] {
  const denials = otherDenials(report.decision);
  if (denials.length === 0) return [];
  const lines = [`  ${style.bold('Refused by a gate')}`];
  for (const reason of denials.slice(0, 10)) lines.push(...denialBlock(reason, style));
  if (denials.length > 10) lines.push(`    and ${count(denials.length - 10, 'more reason')}: pregate preview`);
  return [...lines, ''];
}

function denialBlock(reason: Reason, style: Style): string[] {
  const place = placeText(reason);
  const room = roomBesideHead(style);
  const below = wrap(`${reason.rule}${place ? `, ${place}` : ''}`, room).map(style.dim);
  const head = `    ${style.dim(reason.gate.padEnd(9))}${style.red('refused  ')}`;
  return besideHead(head, [...wrap(displayText(reason.message), room), ...below], style);
}

function colourOf(finding: Finding, style: Style): (text: string) => string {
  if (finding.severity === 'high' || finding.severity === 'medium') return style.yellow;
  return style.dim;
}

/** Everything else that was not looked at, or only in part. It is said always: silence would read as "clean". */
export function notLooked(report: Report, style: Style): string[] {
  const lines = problemLines(report, style, false);
  const reasons = new Map<string, { detail: string; paths: string[]; partial: boolean }>();
  for (const skip of report.skipped) {
    const group = reasons.get(skip.reason) ?? { detail: skip.detail, paths: [], partial: skip.partial };
    group.paths.push(skip.path);
    reasons.set(skip.reason, group);
  }
  for (const [reason, group] of reasons) {
    const some = group.paths.slice(0, 3).map(displayPath).join(', ');
    const more = group.paths.length > 3 ? `, and ${group.paths.length - 3} more` : '';
    const verb = group.partial ? 'partly read' : 'not read';
    const text = `${count(group.paths.length, 'file')} ${verb} (${reason.replaceAll('-', ' ')}): ${some}${more}`;
    const [first = '', ...rest] = wrap(text, style.width - 4);
    lines.push(style.dim(`  · ${first}`), ...rest.map((line) => style.dim(`    ${line}`)));
  }
  return lines.length > 0 ? [...lines, ''] : [];
}

function problemLines(report: Report, style: Style, fatal: boolean): string[] {
  const lines: string[] = [];
  const problems = problemsOf(report).filter((problem) => problem.fatal === fatal);
  for (const { problem, todo } of withTodos(problems.slice(0, 10))) {
    const sign = fatal ? style.red('  ? ') : '  · ';
    const [first = '', ...rest] = wrap(`${displayText(problem.message)} [${problem.code}]`, style.width - 4);
    const help = todo === undefined ? [] : wrap(todo, style.width - 4);
    lines.push(`${sign}${first}`, ...[...rest, ...help].map((line) => `    ${line}`));
  }
  if (problems.length > 10) lines.push(`    and ${count(problems.length - 10, 'more problem')} (--json)`);
  return lines;
}

function groupByPath(all: readonly Places[]): Map<string, Places[]> {
  const groups = new Map<string, Places[]>();
  for (const places of all) groups.set(places[0].path, [...(groups.get(places[0].path) ?? []), places]);
  return groups;
}

function trimEnd(lines: string[]): string[] {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === '') end--;
  return lines.slice(0, end);
}
