import { grouped } from '../model/grouped.ts';
import { displayText } from '../model/path.ts';
import type { SbomPreview } from '../sbom/preview.ts';
import { count, type Style, wrap } from './style.ts';

/** The SBOM preview for a person: what it describes and how complete it is first, then the changes, most dangerous first. */
export function renderSbom(preview: SbomPreview, style: Style): string {
  const { counts } = preview;
  const base = preview.base === undefined ? '' : `compared with ${displayText(preview.base)}`;
  // Zeros would read as an answer where nothing could be read.
  const unread = !preview.complete && counts.components === 0;
  const lines = unread
    ? [`  ${style.bold(`Components as ${displayText(preview.label)}: not known`)}`]
    : head(preview, base, style);
  for (const problem of preview.problems) {
    const [first = '', ...rest] = wrap(displayText(problem.message), style.width - 6);
    lines.push(`  ${style.red('?')} ${first}`, ...rest.map((line) => `    ${line}`));
  }
  if (preview.unread) {
    const [first = '', ...rest] = wrap(displayText(leftOut(preview.unread)), style.width - 6);
    lines.push(`  ${style.yellow('?')} ${first}`, ...rest.map((line) => `    ${line}`));
  }
  if (preview.base !== undefined && !(unread && preview.rows.length === 0))
    lines.push('', ...changeLines(preview, style));
  return `${lines.join('\n')}\n`;
}

/** An SBOM that is complete for npm must not pass for one of the whole repository. */
export function leftOut(unread: string): string {
  return `Not in it, and unknown: ${unread}. Only npm is read.`;
}

function head(preview: SbomPreview, base: string, style: Style): string[] {
  const { counts } = preview;
  const state = preview.complete ? style.green('complete') : style.red(style.bold('incomplete'));
  const kind = { cyclonedx: preview.spec ?? 'CycloneDX', inventory: 'own inventory', lock: 'lockfile' }[preview.kind];
  const number = (amount: number) => grouped(amount);
  const what = `Components as ${displayText(preview.label)}: ${count(counts.components, 'component')}`;
  const parts = `(${number(counts.direct)} direct, ${number(counts.development)} development),`;
  const facts = `${kind}${preview.tool ? ` by ${preview.tool}` : ''}; ${number(counts.withHash)} with a hash, ${number(counts.withLicence)} with a licence, ${number(counts.installScripts)} with an install script`;
  const dim = (text: string) => (text === '' ? [] : wrap(text, style.width - 2).map((line) => style.dim(`  ${line}`)));
  const plain = `  ${what} ${parts} ${preview.complete ? 'complete' : 'incomplete'}`;
  // Where one line does not hold it all, the answer stands before the figures.
  if (plain.length + 3 + base.length > style.width) {
    const [first = '', ...rest] = wrap(what, style.width - 16);
    const all = [first, ...rest].map((line) => `  ${style.bold(line)}`);
    return [
      `${all.join('\n')}, ${state}`,
      ...dim([parts.slice(1, -2), base].filter(Boolean).join('; ')),
      ...dim(facts),
    ];
  }
  const beside = base === '' ? '' : style.dim(`   ${base}`);
  return [`  ${style.bold(what)} ${parts} ${state}${beside}`, ...dim(facts)];
}

const loud = new Set(['hash-changed', 'source-changed', 'install-script-added', 'downgraded']);

function changeLines(preview: SbomPreview, style: Style): string[] {
  if (preview.rows.length === 0) {
    return [preview.complete ? `  ${style.green('✓')} no component changed` : '  · no change in what could be read'];
  }
  const subjects = preview.rows.map((row) => displayText(row.subject));
  const width = Math.min(34, Math.max(...subjects.map((subject) => subject.length)));
  return preview.rows.map((row, index) => {
    const word = row.word.padEnd(15);
    const paint = loud.has(row.class) ? style.red : row.class === 'removed' ? style.dim : (text: string) => text;
    const rest = [row.detail, row.broughtBy].filter(Boolean).map(displayText).join('   ');
    const hint = row.class === 'hash-changed' && index === 0 ? '← look at this first' : '';
    const subject = subjects[index] as string;
    const line = `  ${word}${subject.padEnd(width + 2)}${rest}${hint === '' ? '' : `   ${hint}`}`.trimEnd();
    if (line.length <= style.width) {
      const first = hint === '' ? '' : style.yellow(`   ${hint}`);
      return `  ${paint(word)}${subject.padEnd(width + 2)}${rest}${first}`.trimEnd();
    }
    const below = [...(hint === '' ? [] : [hint]), row.detail, row.broughtBy].filter((part) => part);
    const wrapped = wrap(below.map((part) => displayText(part as string)).join('; '), style.width - 6);
    return [`  ${paint(word)}${subject}`, ...wrapped.map((text) => `      ${text}`)].join('\n');
  });
}

/** The same as Markdown. */
export function markdownSbom(preview: SbomPreview): string {
  const { counts } = preview;
  const escaped = (text: string) =>
    displayText(text).replace(/[|\\`<>@]/g, (character) => `&#${character.charCodeAt(0)};`);
  const lines = [
    `### Components as ${escaped(preview.label)}: ${counts.components} (${counts.direct} direct), ${preview.complete ? 'complete' : '**incomplete**'}`,
    '',
  ];
  for (const problem of preview.problems) lines.push(`- ${escaped(problem.message)}`);
  if (preview.unread) lines.push(`- ${escaped(leftOut(preview.unread))}`);
  if (preview.base !== undefined) {
    lines.push('', `Compared with ${escaped(preview.base)}:`, '', '| change | component | |', '|---|---|---|');
    for (const row of preview.rows) {
      lines.push(
        `| ${row.word} | ${escaped(row.subject)} | ${escaped([row.detail, row.broughtBy].filter(Boolean).join(', '))} |`,
      );
    }
    if (preview.rows.length === 0) lines.push('| none | | |');
  }
  return `${lines.join('\n')}\n`;
}
