import { shown } from '../../model/npm/report.ts';
import { asText, entryOf } from '../../model/tree/index.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'hardcoded-container-credentials',
    title: 'Registry password written into a workflow',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'Everybody who can read the repository, and every fork and clone of it, has this password.\nIt stays in the history after the line is gone.',
    fix: 'Store it as a secret and write ${{ secrets.NAME }}; then change the password, since this one is known.',
    sources: [
      'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idcontainercredentials',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    for (const job of pipeline.workflow?.jobs ?? []) {
      const containers = [...(job.container ? [job.container] : []), ...job.services];
      for (const container of containers) {
        const password = entryOf(container.credentials, 'password')?.value;
        const text = asText(password);
        if (!password || text === undefined || text.trim() === '' || text.includes('${{')) continue;
        yield {
          path: pipeline.document.path,
          range: password.range,
          message: `The registry password of ${shown(container.name)} stands here in plain text`,
          identity: `${job.id}:${container.name}`,
        };
      }
    }
  },
});
