import type { DependencySet } from './component.ts';
import type { Change, ChangeClass } from './diff.ts';

export interface SbomCounts {
  components: number;
  /** Different packages and versions, wherever installed. */
  unique: number;
  direct: number;
  development: number;
  optional: number;
  withHash: number;
  withLicence: number;
  installScripts: number;
  deprecated: number;
  firstParty: number;
}

/** One line of the preview: what happened, to whom, and the rest of what is known. Plain text, escaped by the sink. */
export interface SummaryRow {
  class: ChangeClass;
  /** `changed hash`, `new direct`, `updated` … */
  word: string;
  subject: string;
  detail: string;
  /** `brought by vite`; empty for direct dependencies. */
  broughtBy: string;
  changes: Change[];
}

export interface SbomSummary {
  counts: SbomCounts;
  rows: SummaryRow[];
}

const words: Record<ChangeClass, string> = {
  'hash-changed': 'changed hash',
  'source-changed': 'changed source',
  'install-script-added': 'new script',
  'direct-added': 'new direct',
  downgraded: 'downgrade',
  'licence-changed': 'licence',
  'transitive-added': 'new',
  updated: 'updated',
  'scope-changed': 'scope',
  removed: 'removed',
};

/** What a person needs to see of a set and its changes: the counts, and one row per change or per group of harmless ones. */
export function summaryOf(set: DependencySet, changes: readonly Change[]): SbomSummary {
  const grouped: ChangeClass[] = ['transitive-added', 'updated', 'removed'];
  const rows: SummaryRow[] = [];
  for (const change of changes) if (!grouped.includes(change.class)) rows.push(singleRow(change));
  const added = changes.filter((change) => change.class === 'transitive-added');
  if (added.length > 0) rows.push(transitiveRow(added));
  for (const kind of ['updated', 'removed'] as const) {
    const some = changes.filter((change) => change.class === kind);
    if (some.length > 0) rows.push(countRow(kind, some));
  }
  const order = Object.keys(words);
  rows.sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class));
  return { counts: countsOf(set), rows };
}

export function countsOf(set: DependencySet): SbomCounts {
  const counts: SbomCounts = {
    components: 0,
    unique: 0,
    direct: 0,
    development: 0,
    optional: 0,
    withHash: 0,
    withLicence: 0,
    installScripts: 0,
    deprecated: 0,
    firstParty: 0,
  };
  const unique = new Set<string>();
  for (const component of set.components) {
    counts.components++;
    unique.add(component.purl);
    if (component.direct) counts.direct++;
    if (component.scope === 'development') counts.development++;
    if (component.scope === 'optional') counts.optional++;
    if (component.hashes.length > 0) counts.withHash++;
    if (component.licence !== undefined) counts.withLicence++;
    if (component.installScript) counts.installScripts++;
    if (component.deprecated !== undefined) counts.deprecated++;
    if (component.firstParty) counts.firstParty++;
  }
  counts.unique = unique.size;
  return counts;
}

function singleRow(change: Change): SummaryRow {
  return {
    class: change.class,
    word: words[change.class],
    subject: change.class === 'downgraded' ? `${change.name} ${change.before} → ${change.after}` : label(change),
    detail: detailOf(change),
    broughtBy: change.via[0] === undefined ? '' : `brought by ${change.via[0]}`,
    changes: [change],
  };
}

function label(change: Change): string {
  return `${change.name} ${change.after ?? change.before ?? ''}`.trim();
}

function detailOf(change: Change): string {
  if (change.class === 'hash-changed') return 'same version, different content';
  if (change.class === 'install-script-added') return 'runs a script at install time';
  if (change.from !== undefined) return `${change.from} → ${change.to}`;
  return change.class === 'direct-added' ? (change.licence ?? '') : '';
}

function transitiveRow(changes: Change[]): SummaryRow {
  const origins = new Map<string, number>();
  for (const { via } of changes) origins.set(via[0] ?? '', (origins.get(via[0] ?? '') ?? 0) + 1);
  const known = [...origins].filter(([name]) => name !== '').sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const shown = known.slice(0, 4).map(([name, count]) => `${name} (${count})`);
  const more = known.length > 4 ? ` and ${known.length - 4} more` : '';
  return {
    class: 'transitive-added',
    word: words['transitive-added'],
    subject: `${changes.length} transitive`,
    detail: '',
    broughtBy: shown.length === 0 ? '' : `brought by ${shown.join(', ')}${more}`,
    changes,
  };
}

function countRow(kind: 'updated' | 'removed', changes: Change[]): SummaryRow {
  const major = changes.filter((change) => change.step === 'major').length;
  const detail = major > 0 ? `${major} major` : '';
  return { class: kind, word: words[kind], subject: String(changes.length), detail, broughtBy: '', changes };
}
