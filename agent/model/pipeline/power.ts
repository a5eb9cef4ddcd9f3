import { scalarsOf } from '../tree/index.ts';
import { expressionsIn } from './spans.ts';
import type { Job, Workflow } from './types.ts';

/** The job can change something or holds a secret: what a thief who runs code in it gains. */
export function holdsPower(workflow: Workflow, job: Job): boolean {
  const permissions = job.permissions ?? workflow.permissions;
  if (!permissions || permissions.all === 'write') return true;
  if (permissions.scopes.some((scope) => scope.access === 'write')) return true;
  if (job.secrets) return true;
  for (const node of [job.node, workflow.env]) {
    for (const scalar of scalarsOf(node)) {
      if (expressionsIn(scalar).some(({ text }) => /\bsecrets\b(?!\.GITHUB_TOKEN\b)/i.test(text))) return true;
    }
  }
  return false;
}
