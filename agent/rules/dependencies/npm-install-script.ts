import { type LineNode, readLines, valueAt } from '../../model/npm/lines.ts';
import type { Lock, LockEntry } from '../../model/npm/lock.ts';
import { settingsOf } from '../../model/npm/npmrc.ts';
import type { NpmProject } from '../../model/npm/project.ts';
import { labelOf, listed, shown } from '../../model/npm/report.ts';
import { setEntry } from '../../model/patch.ts';
import { asMap, get, parseJson } from '../../model/tree/index.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-install-script',
    title: 'Package that runs a script at install time',
    category: 'dependency',
    severity: 'medium',
    confidence: 'high',
    why: 'Install scripts run with the rights of whoever installs, developers and build servers alike, before any test.\nThey are the usual way a taken-over package acts.',
    fix: 'Look at the script; then allow it or deny it by name (allowScripts, onlyBuiltDependencies), or set ignore-scripts.',
    sources: ['https://docs.npmjs.com/cli/using-npm/scripts', 'https://pnpm.io/settings#onlybuiltdependencies'],
  },
  reads: 'npm',
  *check(project) {
    if (scriptsOff(project)) return;
    for (const lock of project.locks) {
      const running = lock.entries.filter((entry) => entry.hasInstallScript && !isDecided(project, entry));
      const before = project.base.locks.filter((base) => !base.problem);
      const known = new Set(before.flatMap((base) => base.entries.filter(hasScript).map((entry) => entry.name)));
      // Without a base nothing can be new: the packages are then named once, as information.
      const fresh = before.length === 0 ? [] : running.filter((entry) => !known.has(entry.name));
      const freshNames = new Set(fresh.map((entry) => entry.name));
      const first = new Map([...fresh].reverse().map((entry) => [entry.name, entry]));
      for (const entry of [...first.values()].reverse().slice(0, 50)) yield added(project, lock, entry);
      if (first.size > 50) yield existing(lock, [...first.values()], 'medium');
      const old = running.filter((entry) => !freshNames.has(entry.name));
      if (old.length > 0) yield existing(lock, old, 'info');
    }
  },
});

function hasScript(entry: LockEntry): boolean {
  return entry.hasInstallScript;
}

/** The repository already says by name whether this package may. */
function isDecided(project: NpmProject, entry: LockEntry): boolean {
  const { allowScripts } = project;
  return allowScripts.has(entry.name) || allowScripts.has(`${entry.name}@${entry.version}`);
}

function scriptsOff(project: NpmProject): boolean {
  return project.settings.some((document) => {
    if (document.path.endsWith('.yml')) return valueAt(rootOf(document.text), 'enableScripts') === 'false';
    if (!document.path.endsWith('.npmrc')) return false;
    return settingsOf(document).findLast(({ key }) => key === 'ignore-scripts')?.value === 'true';
  });
}

function rootOf(text: string): LineNode {
  return readLines(text)[0]!;
}

function added(project: NpmProject, lock: Lock, entry: LockEntry): Draft {
  return {
    path: lock.document.path,
    range: lock.rangeOf(entry),
    message: `${labelOf(entry)} is new here and runs a script at install time, on every machine that installs`,
    identity: `new ${entry.name}`,
    fixes: () => denyFixes(project, lock, entry),
  };
}

/** npm 11 reads `allowScripts`; the other managers deny by default or ask in files of their own. */
function denyFixes(project: NpmProject, lock: Lock, entry: LockEntry): Fix[] {
  const document = (project.root ?? project.manifest)?.document;
  const root = document && asMap(parseJson(document).roots[0]);
  if (lock.kind !== 'npm' || !document || !root) return [];
  const map = asMap(get(root, 'allowScripts'));
  const edits = map
    ? setEntry(document, map, entry.name, false)
    : setEntry(document, root, 'allowScripts', { [entry.name]: false });
  return edits.length === 0 ? [] : [{ title: `Deny scripts of ${shown(entry.name)}`, edits, safe: false }];
}

function existing(lock: Lock, entries: readonly LockEntry[], severity: 'info' | 'medium'): Draft {
  const one = entries.length === 1;
  return {
    path: lock.document.path,
    range: lock.rangeOf(entries[0]!),
    message: `${entries.length} ${one ? 'package runs a script' : 'packages run scripts'} at install time: ${listed(entries.map(labelOf), 5)}`,
    severity,
    identity: severity === 'info' ? 'existing' : 'many new',
  };
}
