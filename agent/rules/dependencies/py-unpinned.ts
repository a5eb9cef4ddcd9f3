import { listed, shown } from '../../model/npm/report.ts';
import { isDevelopmentFile, pinsIn, satisfiesPlainly } from '../../model/python/pins.ts';
import type { Requirement, Requirements } from '../../model/python/requirements.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'py-unpinned',
    title: 'Python requirement that can move',
    category: 'dependency',
    severity: 'medium',
    confidence: 'high',
    why: 'pip takes the newest version that fits, at every install.\nA release that was taken over reaches every build at once, and two builds of one commit differ.',
    fix: 'Write ==version; best, compile the file with hashes from an input file (uv pip compile --generate-hashes).',
    sources: [
      'https://pip.pypa.io/en/stable/topics/repeatable-installs/',
      'https://github.com/ossf/scorecard/blob/main/docs/checks.md#pinned-dependencies',
    ],
  },
  reads: 'requirements',
  *check(file, context) {
    // An input file or a constraints file states bounds on purpose; what is compiled from it is checked.
    if (file.constraints || file.document.path.endsWith('.in')) return;
    const pinned = constrainedNames(file, context);
    const open = file.requirements.filter((each) => isOpen(each) && !(each.name && pinned.has(each.name)));
    const severity = isDevelopmentFile(file.document.path) ? ('low' as const) : ('medium' as const);
    const { path } = file.document;
    if (open.length > 10) {
      const names = listed(open.map((each) => each.name ?? each.specifier));
      const message = `${open.length} requirements are not pinned, so each install decides their versions anew: ${names}`;
      yield { path, range: open[0]!.range, message, severity, identity: 'many' };
      return;
    }
    for (const each of open) yield { ...draftOf(file, each, context), severity };
  },
});

function isOpen(requirement: Requirement): boolean {
  if (requirement.hashes.length > 0) return false;
  if (requirement.kind === 'vcs') return !/@[0-9a-f]{40}(?=$|[#&?])/i.test(requirement.url!);
  if (requirement.kind === 'url') return !/^file:/i.test(requirement.url!);
  return requirement.kind === 'range' || requirement.kind === 'any';
}

/** Names that a constraints file given by `-c` in this very file pins. */
function constrainedNames(file: Requirements, context: RuleContext): Set<string> {
  const folder = file.document.path.slice(0, file.document.path.lastIndexOf('/') + 1);
  const names = new Set<string>();
  for (const option of file.options) {
    if (option.name !== '--constraint') continue;
    const path = folder + option.value.replace(/^\.\//, '');
    const other = context.all('requirements').find((each) => each.document.path === path);
    for (const each of other?.requirements ?? []) if (each.kind === 'exact' && each.name) names.add(each.name);
  }
  return names;
}

function draftOf(file: Requirements, requirement: Requirement, context: RuleContext): Draft {
  const name = shown(requirement.name ?? requirement.specifier);
  return {
    path: file.document.path,
    range: requirement.range,
    message: sentence(requirement, name),
    identity: requirement.name ?? requirement.specifier,
    fixes: () => pinFixes(file, requirement, context),
  };
}

function sentence({ kind, specifier }: Requirement, name: string): string {
  if (kind === 'vcs') return `${name} comes from a repository without a full commit id: its next push is installed`;
  if (kind === 'url') return `${name} comes from an address without a hash: its owner can replace it`;
  if (kind === 'any') return `${name} has no version: each install takes the newest`;
  return `${name} may be any version of ${shown(specifier)}: each install decides anew`;
}

function pinFixes(file: Requirements, requirement: Requirement, context: RuleContext): Fix[] {
  if (requirement.name === undefined || (requirement.kind !== 'range' && requirement.kind !== 'any')) return [];
  const versions = pinsIn(file, requirement.name, context);
  const [version] = versions;
  if (version === undefined || versions.size > 1 || !satisfiesPlainly(version, requirement.specifier)) return [];
  const edit = { path: file.document.path, range: requirement.specifierRange, text: `==${version}` };
  return [{ title: `Pin to ${version}, as elsewhere in this repository`, edits: [edit], safe: false }];
}
