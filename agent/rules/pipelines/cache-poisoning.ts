import { shown } from '../../model/npm/report.ts';
import { removeEntry, setEntry } from '../../model/patch.ts';
import { inputOf, publishes } from '../../model/pipeline/publish.ts';
import { eventsReaching } from '../../model/pipeline/trust.ts';
import type { Job, Pipeline, Step, Workflow } from '../../model/pipeline/types.ts';
import { entryOf, get, itemsOf } from '../../model/tree/index.ts';
import type { Fix } from '../../model/types.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'cache-poisoning',
    title: 'Release built on a cache that others can fill',
    category: 'pipeline',
    severity: 'high',
    confidence: 'medium',
    why: 'Caches of the default branch can be written by any run on it, and a job that was taken over once can leave files there.\nA release that restores them ships what it finds.',
    fix: 'Build releases without a cache: leave cache: out, or use no cache step in the publishing job.',
    sources: [
      'https://adnanthekhan.com/2024/05/06/the-monsters-in-your-build-cache-github-actions-cache-poisoning/',
      'https://docs.github.com/en/actions/reference/workflows-and-actions/dependency-caching#restrictions-for-accessing-a-cache',
    ],
  },
  reads: 'pipeline',
  *check(pipeline, context) {
    const { workflow } = pipeline;
    for (const job of workflow?.jobs ?? []) {
      if (!workflow || !isRelease(workflow, job)) continue;
      const publisher = job.steps.find((step) => publishes(step, commandsOf(step, context)));
      if (!publisher) continue;
      for (const step of job.steps.slice(0, publisher.index + 1)) {
        const cache = cacheOf(step);
        if (!cache || !step.uses) continue;
        const entry = cache.input ? entryOf(step.with, cache.input) : undefined;
        yield {
          path: pipeline.document.path,
          range: entry ? [entry.key.range[0], entry.value?.range[1] ?? entry.key.range[1]] : step.uses.node.range,
          message: `Job ${shown(job.id)} publishes, and what it builds on comes from a cache that other runs can fill`,
          related: [{ path: pipeline.document.path, range: publisher.node.range, message: 'published here' }],
          identity: `${job.id}:${step.uses.source}:${cache.input ?? ''}`,
          fixes: () => cacheFix(pipeline, step, cache.input),
        };
      }
    }
  },
});

/** Release and tag runs, and runs somebody starts by hand to publish. */
function isRelease(workflow: Workflow, job: Job): boolean {
  const events = eventsReaching(workflow, job);
  if (events.has('release')) return true;
  const push = workflow.triggers.find((trigger) => trigger.name === 'push');
  if (push && events.has('push') && itemsOf(get(push.value, 'tags')).length > 0) return true;
  const condition = job.condition?.node.text ?? '';
  return events.has('push') && /refs\/tags\/|ref_type\s*==\s*'tag'/.test(condition);
}

const always =
  /^(?:actions\/cache|actions\/cache\/restore|swatinem\/rust-cache|mozilla-actions\/sccache-action|gradle\/actions|gradle\/gradle-build-action|hendrikmuhs\/ccache-action)$/i;
/** Input that switches a cache on, and the values that leave it off. */
const switched: [RegExp, string][] = [
  [/^actions\/setup-(?:node|python|java|dotnet)$/i, 'cache'],
  [/^actions\/setup-go$/i, 'cache'],
  [/^ruby\/setup-ruby$/i, 'bundler-cache'],
  [/^(?:astral-sh\/setup-uv)$/i, 'enable-cache'],
  [/^(?:docker\/build-push-action|docker\/bake-action)$/i, 'cache-from'],
  [/^(?:pnpm\/action-setup|oven-sh\/setup-bun)$/i, 'cache'],
];

function cacheOf(step: Step): { input?: string } | undefined {
  const reference = step.uses;
  if (!reference) return undefined;
  const name = reference.path ? `${reference.source}/${reference.path}` : reference.source;
  if (name.toLowerCase() === 'actions/cache/save') return undefined;
  if (always.test(name) || /^gradle\/actions\/setup-gradle$/i.test(name)) {
    if (/^true$/i.test(inputOf(step, 'lookup-only') ?? inputOf(step, 'cache-disabled') ?? '')) return undefined;
    return {};
  }
  const input = switched.find(([action]) => action.test(name))?.[1];
  const value = input ? inputOf(step, input) : undefined;
  if (!input || value === undefined || /^(?:false|)$/i.test(value.trim()) || value.includes('${{')) return undefined;
  // A registry is not the cache that every run shares.
  if (input === 'cache-from' && !/type=gha/.test(value)) return undefined;
  return { input };
}

function commandsOf(step: Step, context: RuleContext) {
  if (!step.run) return [];
  return context.all('script').find((script) => script.block?.node === step.run?.node)?.commands ?? [];
}

function cacheFix(pipeline: Pipeline, step: Step, input: string | undefined): Fix[] {
  const entry = input ? entryOf(step.with, input) : undefined;
  const block = entryOf(step.node, 'with');
  if (!input || !entry || !step.with || !block) return [];
  const { document } = pipeline;
  const boolean = /^(?:true|false)$/i.test(inputOf(step, input) ?? '');
  const edits = boolean
    ? setEntry(document, step.with, input, false)
    : step.with.entries.length === 1
      ? removeEntry(document, step.node, block)
      : removeEntry(document, step.with, entry);
  return edits.length > 0 ? [{ title: `Build without ${input}`, edits, safe: true }] : [];
}
