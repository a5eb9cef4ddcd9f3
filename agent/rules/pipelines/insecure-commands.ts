import { removeEntry } from '../../model/patch.ts';
import type { Pipeline } from '../../model/pipeline/types.ts';
import { asText, entryOf, scalarsOf } from '../../model/tree/index.ts';
import type { Entry, Fix, MapNode } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'insecure-commands',
    title: 'Workflow commands of old switched on again',
    category: 'pipeline',
    severity: 'high',
    confidence: 'high',
    why: 'ACTIONS_ALLOW_UNSECURE_COMMANDS lets anything that is printed set environment variables and PATH of the later steps.\nA line in a test’s output is then enough to run code.',
    fix: 'Remove it; write to $GITHUB_ENV and $GITHUB_PATH instead of ::set-env:: and ::add-path::.',
    sources: ['https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/'],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const { workflow, action } = pipeline;
    const holders: (MapNode | undefined)[] = [workflow?.root];
    for (const job of workflow?.jobs ?? []) holders.push(job.node, ...job.steps.map((step) => step.node));
    for (const step of action?.steps ?? []) holders.push(step.node);
    for (const holder of holders) {
      const env = entryOf(holder, 'env');
      const entry = entryOf(env?.value, variable);
      const text = asText(entry?.value);
      if (!holder || !env || !entry || text === undefined) continue;
      const computed = text.includes('${{');
      if (!computed && !/^(?:true|1)$/i.test(text)) continue;
      const range = [entry.key.range[0], entry.value?.range[1] ?? entry.key.range[1]] as const;
      const message =
        'Any printed line can set variables and PATH of the later steps: ::set-env and ::add-path are on again';
      const fixes = () => removeFix(pipeline, holder, env, entry);
      yield {
        path: pipeline.document.path,
        range,
        message,
        confidence: computed ? 'low' : 'high',
        identity: variable,
        fixes,
      };
    }
    for (const block of pipeline.scripts) {
      const at = block.node.text.search(/ACTIONS_ALLOW_UNSECURE_COMMANDS\s*=\s*["']?(?:true|1)/i);
      if (at === -1) continue;
      const start = block.node.offsetAt(at);
      const message =
        'The script switches ::set-env and ::add-path on again: any printed line can set variables and PATH';
      yield {
        path: pipeline.document.path,
        range: [start, start + variable.length],
        message,
        identity: `${variable} in script`,
      };
    }
  },
});

const variable = 'ACTIONS_ALLOW_UNSECURE_COMMANDS';

function removeFix(pipeline: Pipeline, holder: MapNode, env: Entry, entry: Entry): Fix[] {
  if (env.value?.kind !== 'map') return [];
  const alone = env.value.entries.length === 1;
  const edits = alone ? removeEntry(pipeline.document, holder, env) : removeEntry(pipeline.document, env.value, entry);
  // A script that still uses the old commands would fail, which a person should expect.
  return edits.length > 0 ? [{ title: `Remove ${variable}`, edits, safe: !usesOldCommands(holder) }] : [];
}

function usesOldCommands(holder: MapNode): boolean {
  for (const scalar of scalarsOf(holder)) if (/::(?:set-env|add-path)\b/.test(scalar.text)) return true;
  return false;
}
