import { shown } from '../../model/npm/report.ts';
import { setEntry } from '../../model/patch.ts';
import type { Job, Pipeline } from '../../model/pipeline/types.ts';
import { asText, entriesOf, get } from '../../model/tree/index.ts';
import type { Fix } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'secrets-inherit',
    title: 'All secrets handed to another workflow',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'high',
    why: 'secrets: inherit gives the called workflow every secret of this repository and its organisation, those added later as well.\nWhat it needs cannot be seen here, and a change over there can use more.',
    fix: 'Name the secrets the called workflow needs: secrets: { TOKEN: ${{ secrets.TOKEN }} }.',
    sources: [
      'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idsecretsinherit',
    ],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    for (const job of pipeline.workflow?.jobs ?? []) {
      if (!job.uses || asText(job.secrets) !== 'inherit' || !job.secrets) continue;
      const local = job.uses.kind === 'local';
      yield {
        path: pipeline.document.path,
        range: job.secrets.range,
        message: `${shown(job.uses.text)} gets every secret of this repository, whatever it needs`,
        // The callee lies in this repository and is reviewed with it.
        severity: local ? 'low' : 'medium',
        identity: `${job.id}:${job.uses.source}/${job.uses.path ?? ''}`,
        fixes: () => namedFix(pipeline, job, context),
      };
    }
  },
});

/** A callee in this repository says which secrets it takes. */
function namedFix(pipeline: Pipeline, job: Job, context: RuleContext): Fix[] {
  if (job.uses?.kind !== 'local' || job.node.flow) return [];
  const path = job.uses.text.replace(/^(?:\.\/|\$\/)/, '');
  const callee = context.all('pipeline').find((each) => each.document.path === path)?.workflow;
  const trigger = callee?.triggers.find((each) => each.name === 'workflow_call');
  const declared = get(trigger?.value, 'secrets');
  if (!callee || !trigger || !declared) return [];
  const names = entriesOf(declared).map(({ key }) => key.text);
  if (names.length === 0 || names.some((name) => !/^[A-Za-z_]\w*$/.test(name))) return [];
  const secrets = Object.fromEntries(names.map((name) => [name, `\${{ secrets.${name} }}`]));
  const edits = setEntry(pipeline.document, job.node, 'secrets', secrets);
  return edits.length > 0 ? [{ title: `Name the ${names.length} it declares`, edits, safe: false }] : [];
}
