import type { NpmProject } from '../../model/npm/project.ts';
import { hasForeignLock, isTestMaterial, lockCommand } from '../../model/npm/report.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'npm-no-lock',
    title: 'Application without a lockfile',
    category: 'dependency',
    severity: 'medium',
    confidence: 'high',
    why: 'Without a lockfile nothing holds the versions and hashes of direct and transitive packages.\nWhat was tested is not what is built, and a changed tarball is not noticed.',
    fix: 'Let the package manager write its lockfile and commit it.',
    sources: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json'],
  },
  reads: 'npm',
  *check(project, context) {
    const { manifest, manifestDocument } = project;
    if (!manifest || !manifestDocument || project.lock || project.root) return;
    if (manifest.library || isTestMaterial(project.folder) || hasForeignLock(project.folder, context.document)) return;
    const count = registryDependencies(project);
    if (count === 0) return;
    const packages = count === 1 ? '1 dependency' : `${count} dependencies`;
    const first = manifest.dependencies.find((dependency) => dependency.type !== 'peerDependencies');
    yield {
      path: manifestDocument.path,
      range: first ? manifest.keyRangeOf(first) : [0, 1],
      message: `${packages} and no lockfile: every install may take other versions, and no hash is checked`,
      identity: 'no-lock',
      command: lockCommand(project),
    };
  },
});

/** Of the manifest and, for a workspace root, of its members, whose lock would lie here. */
function registryDependencies(project: NpmProject): number {
  const manifests = [project.manifest!, ...project.members];
  const all = manifests.flatMap((manifest) => manifest.dependencies);
  const kinds = ['exact', 'range', 'tag', 'git', 'url', 'catalog'];
  const counted = all.filter(
    (dependency) =>
      dependency.type !== 'peerDependencies' &&
      kinds.includes(dependency.spec.kind) &&
      !project.memberNames.has(dependency.name),
  );
  return counted.length;
}
