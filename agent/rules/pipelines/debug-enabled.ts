import { removeEntry } from '../../model/patch.ts';
import type { Pipeline } from '../../model/pipeline/types.ts';
import { asText, entriesOf, entryOf, get } from '../../model/tree/index.ts';
import type { Entry, Fix, MapNode, Node } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'debug-enabled',
    title: 'Debug log switched on for good',
    category: 'pipeline',
    severity: 'medium',
    confidence: 'high',
    why: 'Debug and trace modes print every variable and every command; masking misses values that are encoded or cut.\nIn a public project anybody can read the log.',
    fix: 'Remove it, and switch it on for one run when it is needed.',
    sources: [
      'https://docs.gitlab.com/ci/variables/variables_troubleshooting/#enable-debug-logging',
      'https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging',
      'https://learn.microsoft.com/azure/devops/pipelines/troubleshooting/review-logs',
    ],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const names = variables[pipeline.dialect];
    if (!names) return;
    for (const { holder, key } of holdersOf(pipeline)) {
      const block = entryOf(holder, key);
      for (const entry of entriesOf(block?.value)) {
        if (!block || !names.test(entry.key.text) || !isOn(entry.value)) continue;
        const range = [entry.key.range[0], entry.value?.range[1] ?? entry.key.range[1]] as const;
        yield {
          path: pipeline.document.path,
          range,
          message: `${entry.key.text} prints every variable into the log, secrets that are not masked included`,
          identity: entry.key.text,
          fixes: () => removeFix(pipeline, holder, block, entry),
        };
      }
    }
  },
});

const variables: Partial<Record<Pipeline['dialect'], RegExp>> = {
  'github-workflow': /^ACTIONS_(?:STEP|RUNNER)_DEBUG$/,
  'github-action': /^ACTIONS_(?:STEP|RUNNER)_DEBUG$/,
  gitlab: /^CI_DEBUG_(?:TRACE|SERVICES)$/,
  azure: /^system\.debug$/i,
};

function isOn(value: Node | undefined): boolean {
  const text = asText(value) ?? asText(get(value, 'value'));
  return text !== undefined && /^(?:true|1|yes)$/i.test(text);
}

function* holdersOf(pipeline: Pipeline): Generator<{ holder: MapNode; key: string }> {
  const { workflow, action } = pipeline;
  if (workflow) {
    yield { holder: workflow.root, key: 'env' };
    for (const job of workflow.jobs) {
      yield { holder: job.node, key: 'env' };
      for (const step of job.steps) yield { holder: step.node, key: 'env' };
    }
  }
  for (const step of action?.steps ?? []) yield { holder: step.node, key: 'env' };
  if (pipeline.dialect !== 'gitlab' && pipeline.dialect !== 'azure') return;
  for (const root of pipeline.tree.roots) yield* variableHolders(root, 0);
}

/** Variables stand at the top, in jobs, in stages and in rules. */
function* variableHolders(node: Node, depth: number): Generator<{ holder: MapNode; key: string }> {
  if (depth > 12) return;
  if (node.kind === 'seq') for (const item of node.items) yield* variableHolders(item, depth + 1);
  if (node.kind !== 'map') return;
  if (get(node, 'variables')?.kind === 'map') yield { holder: node, key: 'variables' };
  for (const { key, value } of node.entries)
    if (value && key.text !== 'variables') yield* variableHolders(value, depth + 1);
}

function removeFix(pipeline: Pipeline, holder: MapNode, block: Entry, entry: Entry): Fix[] {
  if (block.value?.kind !== 'map') return [];
  const alone = block.value.entries.length === 1;
  const edits = alone
    ? removeEntry(pipeline.document, holder, block)
    : removeEntry(pipeline.document, block.value, entry);
  return edits.length > 0 ? [{ title: `Remove ${entry.key.text}`, edits, safe: true }] : [];
}
