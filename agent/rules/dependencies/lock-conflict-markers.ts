import { lockCommand } from '../../model/npm/report.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'lock-conflict-markers',
    title: 'Merge conflict markers in a lockfile',
    category: 'dependency',
    severity: 'high',
    confidence: 'high',
    why: 'A lockfile with conflict markers cannot be read: installs fail or resolve everything anew,\nand none of its hashes is checked.',
    fix: 'Run the package manager’s install, which merges both sides, and commit the result.',
    sources: ['https://docs.npmjs.com/cli/configuring-npm/package-lock-json', 'https://git-scm.com/docs/git-merge'],
  },
  reads: 'npm',
  *check(project) {
    for (const lock of project.locks) {
      if (!lock.conflict) continue;
      yield {
        path: lock.document.path,
        range: lock.conflict,
        message:
          'The lockfile holds merge conflict markers: no package manager can read it, and nothing in it was checked',
        identity: 'conflict',
        command: lockCommand({ ...project, lock }),
      };
    }
  },
});
