import type { RuleMeta } from '../agent/rules/rule.ts';

/** The page of one rule: what `pregate explain` says, then the hand-written notes with examples. */
export function renderPage(meta: RuleMeta, notes: string | undefined): string {
  const lines = [
    `<!-- Generated from the rule and docs/rules/notes/${meta.id}.md: do not edit. -->`,
    '',
    `# ${meta.id}`,
    '',
    `**${meta.title}**`,
    '',
    `| severity | confidence | family | on by default |`,
    `|---|---|---|---|`,
    `| ${meta.severity} | ${meta.confidence} | ${meta.category} | ${meta.optional ? 'no' : 'yes'} |`,
    '',
    '## Why',
    '',
    meta.why,
    '',
    '## What to do',
    '',
    meta.fix,
    '',
  ];
  if (notes) lines.push(notes.trim(), '');
  lines.push('## Sources', '', ...meta.sources.map((source) => `- <${source}>`), '');
  lines.push('## Not a problem here?', '', suppression(meta.id), '');
  return lines.join('\n');
}

/** The list of all rules, by family. */
export function renderIndex(metas: readonly RuleMeta[]): string {
  const lines = ['<!-- Generated from the rules: do not edit. -->', '', '# Rules', ''];
  for (const category of ['secret', 'dependency', 'pipeline', 'repository'] as const) {
    const list = metas.filter((meta) => meta.category === category);
    if (list.length === 0) continue;
    lines.push(`## ${headings[category]}`, '', '| rule | what | severity |', '|---|---|---|');
    for (const meta of list) {
      lines.push(`| [${meta.id}](${meta.id}.md) | ${meta.title} | ${meta.severity}${meta.optional ? ' (off)' : ''} |`);
    }
    if (category === 'secret') lines.push('', 'Further vendors: [the table of providers](../secrets-providers.md).');
    lines.push('');
  }
  return lines.join('\n');
}

const headings = {
  secret: 'Secrets',
  dependency: 'Dependencies',
  pipeline: 'Pipelines',
  repository: 'Repository',
} as const;

function suppression(id: string): string {
  return [
    'Say why, on the line itself or the one above; the reason is kept, counted and shown to the gate:',
    '',
    '```',
    `# pregate-ignore-next-line ${id} -- <reason> until <YYYY-MM-DD>`,
    '```',
  ].join('\n');
}
