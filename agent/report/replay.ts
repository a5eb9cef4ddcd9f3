import { grouped } from '../model/grouped.ts';
import { displayText } from '../model/path.ts';
import type { Outcome } from '../replay/outcome.ts';
import type { Replay, ReplayedStep } from '../replay/replay.ts';
import { escapeMarkdown } from './markdown.ts';
import { count, type Style } from './style.ts';

/** The steps in which one rule of one of the policies says something the other does not. */
export interface RuleFlips {
  rule: string;
  steps: ReplayedStep[];
}

export interface ReplayTable {
  /** Passed, and would be stopped; by the rules of the new policy that stop them. */
  stops: ReplayedStep[];
  stopsBy: RuleFlips[];
  /** Were stopped by the old policy, and would pass. */
  frees: ReplayedStep[];
  freesBy: RuleFlips[];
  /** New warnings, where nothing is stopped that was not before. */
  warnsBy: RuleFlips[];
  undecided: ReplayedStep[];
}

/** Groups what differs by rule, the rule that stops most first. */
export function replayTable({ steps }: Replay): ReplayTable {
  const decided = steps.filter((step) => step.old.problems.length === 0 && step.new.problems.length === 0);
  const stops = decided.filter((step) => step.new.deny.length > 0 && step.old.deny.length === 0);
  const frees = decided.filter((step) => step.new.deny.length === 0 && step.old.deny.length > 0);
  const warns = decided.filter((step) => !stops.includes(step));
  return {
    stops,
    stopsBy: byRule(stops, (step) => step.new.deny),
    frees,
    freesBy: byRule(frees, (step) => step.old.deny),
    warnsBy: byRule(warns, (step) => step.new.warn.filter((rule) => !says(step.old, rule))),
    undecided: steps.filter((step) => !decided.includes(step)),
  };
}

/** `pregate policy replay` for a person: how many would have been stopped, by which rule, and which they were. */
export function renderReplay(replay: Replay, style: Style, elapsed: number): string {
  const table = replayTable(replay);
  const word = replay.kind === 'pushes' ? 'push' : 'commit';
  const many = (steps: readonly unknown[]) => count(steps.length, word, `${word}${word === 'push' ? 'es' : 's'}`);
  const lines = [
    `  ${style.bold(`${nameOf(replay.old)} → ${nameOf(replay.new)}`)}   ${many(replay.steps)}`,
    '',
    `    ${table.stops.length > 0 ? style.red('✗') : style.green('✓')} ${many(table.stops)} that passed would be stopped`,
    `    ${table.frees.length > 0 ? style.yellow('!') : style.green('✓')} ${many(table.frees)} that were stopped would pass`,
  ];
  if (table.undecided.length > 0) lines.push(`    ${style.blue('?')} ${many(table.undecided)} could not be decided`);
  lines.push(...block('Would be stopped by', table.stopsBy, 5, style));
  lines.push(...block('Would pass, stopped so far by', table.freesBy, 5, style));
  lines.push(...block('New warnings of', table.warnsBy, 1, style));
  const seconds = (elapsed / 1000).toFixed(1);
  lines.push(
    '',
    style.dim(
      `  Judged in ${seconds} s, ${grouped(replay.remembered)} of them remembered; everything as of ${replay.now.slice(0, 10)}.`,
    ),
  );
  return `${lines.join('\n')}\n`;
}

export function replayMarkdown(replay: Replay): string {
  const table = replayTable(replay);
  const lines = [
    `### Pregate: ${escapeMarkdown(nameOf(replay.old))} → ${escapeMarkdown(nameOf(replay.new))}`,
    '',
    `${count(replay.steps.length, replay.kind === 'pushes' ? 'push' : 'commit', replay.kind)} judged: ${table.stops.length} more would be stopped, ${table.frees.length} fewer.`,
    '',
    '| | rule | how many | for example |',
    '|---|---|---|---|',
  ];
  const rows: [string, readonly RuleFlips[]][] = [
    ['✗ stopped', table.stopsBy],
    ['✓ passes', table.freesBy],
    ['! warns', table.warnsBy],
  ];
  for (const [sign, list] of rows) {
    for (const { rule, steps } of list) {
      const examples = steps
        .slice(-3)
        .map((step) => `${step.to.slice(0, 7)} ${escapeMarkdown(step.subject.slice(0, 50))}`);
      lines.push(`| ${sign} | ${escapeMarkdown(rule)} | ${steps.length} | ${examples.join('<br>')} |`);
    }
  }
  if (table.undecided.length > 0) lines.push('', `${table.undecided.length} could not be decided.`);
  return `${lines.join('\n')}\n`;
}

export function replayJson(replay: Replay, elapsed: number): string {
  const table = replayTable(replay);
  const ids = (list: readonly RuleFlips[]) =>
    list.map(({ rule, steps }) => ({ rule, count: steps.length, steps: steps.map((step) => step.to) }));
  const document = {
    schema: 'pregate.replay/v1',
    time: replay.now,
    kind: replay.kind,
    milliseconds: Math.round(elapsed),
    remembered: replay.remembered,
    old: replay.old,
    new: replay.new,
    summary: {
      judged: replay.steps.length,
      stops: table.stops.length,
      frees: table.frees.length,
      undecided: table.undecided.length,
    },
    stops: ids(table.stopsBy),
    frees: ids(table.freesBy),
    warns: ids(table.warnsBy),
    steps: replay.steps,
    problems: replay.problems,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function block(title: string, list: readonly RuleFlips[], examples: number, style: Style): string[] {
  if (list.length === 0) return [];
  const lines = ['', `  ${style.bold(title)}`];
  for (const { rule, steps } of list.slice(0, 20)) {
    lines.push(`    ${displayText(rule).padEnd(36)} ${grouped(steps.length).padStart(6)}`);
    for (const step of steps.slice(-examples).reverse()) {
      const subject = displayText(step.subject);
      const room = style.width - 18 - (step.at ? 12 : 0);
      const cut = subject.length > room ? `${subject.slice(0, room - 1)}…` : subject;
      lines.push(style.dim(`        ${step.to.slice(0, 7)}  ${step.at ? `${step.at.slice(0, 10)}  ` : ''}${cut}`));
    }
    if (steps.length > examples) lines.push(style.dim(`        and ${grouped(steps.length - examples)} more (--json)`));
  }
  return lines;
}

function byRule(steps: readonly ReplayedStep[], rulesOf: (step: ReplayedStep) => readonly string[]): RuleFlips[] {
  const rules = new Map<string, ReplayedStep[]>();
  for (const step of steps) for (const rule of rulesOf(step)) rules.set(rule, [...(rules.get(rule) ?? []), step]);
  return [...rules]
    .map(([rule, list]) => ({ rule, steps: list }))
    .sort((a, b) => b.steps.length - a.steps.length || (a.rule < b.rule ? -1 : 1));
}

function says({ deny, warn }: Outcome, rule: string): boolean {
  return deny.includes(rule) || warn.includes(rule);
}

function nameOf(source: Replay['old']): string {
  return displayText(`${source.name}${source.revision ? `@${source.revision}` : ''}`);
}
