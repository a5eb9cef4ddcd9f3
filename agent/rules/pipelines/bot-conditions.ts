import { replaceIn } from '../../model/patch.ts';
import { type Expression, walkExpression } from '../../model/pipeline/expression.ts';
import { conditionExpression, expressionsIn } from '../../model/pipeline/spans.ts';
import { conjuncts, eventsReaching, privilegedEvents } from '../../model/pipeline/trust.ts';
import type { Condition, Job, Pipeline, Step, Workflow } from '../../model/pipeline/types.ts';
import { rangeIn } from '../../model/tree/index.ts';
import type { Draft, Fix } from '../../model/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'bot-conditions',
    title: 'Trust in a bot’s name that can be borrowed',
    category: 'pipeline',
    severity: 'high',
    confidence: 'medium',
    why: 'github.actor is whoever caused the last event, not who wrote the pull request.\nAn outsider can let dependabot act last on their own pull request and so pass the check with their code.',
    fix: "Ask who opened the pull request: github.event.pull_request.user.login == 'dependabot[bot]'.",
    sources: ['https://www.synacktiv.com/publications/github-actions-exploitation-dependabot'],
  },
  reads: 'pipeline',
  *check(pipeline) {
    const { workflow } = pipeline;
    for (const job of workflow?.jobs ?? []) {
      if (!workflow) return;
      if (job.condition) yield* judge(pipeline, workflow, job, undefined, job.condition);
      for (const step of job.steps) if (step.condition) yield* judge(pipeline, workflow, job, step, step.condition);
    }
  },
});

function* judge(
  pipeline: Pipeline,
  workflow: Workflow,
  job: Job,
  step: Step | undefined,
  condition: Condition,
): Generator<Draft> {
  if (!condition.node.text.includes('[bot]')) return;
  const expression = conditionExpression(condition.node);
  if (!expression) return;
  const events = eventsReaching(workflow, job, step);
  const privileged = [...events].filter((event) => privilegedEvents.has(event));
  // On pull_request nothing is to be won: the run has no secrets, whoever the actor is.
  if (privileged.length === 0) return;
  const shift = expressionsIn(condition.node)[0]?.textStart ?? 0;
  for (const part of walkExpression(expression)) {
    const actor = spoofable(part);
    if (!actor) continue;
    const range = rangeIn(condition.node, shift + part.start, shift + part.end);
    const sole = conjuncts(expression).includes(part);
    yield {
      path: pipeline.document.path,
      range,
      message: `${actor.path.join('.')} is whoever acted last: an outsider can make it the bot's name on ${privileged[0]}`,
      confidence: sole ? 'high' : 'medium',
      identity: `${job.id}:${actor.path.join('.')}`,
      fixes: () => loginFix(pipeline, condition, actor, shift, privileged),
    };
  }
}

type Context = Extract<Expression, { kind: 'context' }>;

/** `github.actor == 'x[bot]'`: the context that anybody can lend themselves. */
function spoofable(part: Expression): Context | undefined {
  if (part.kind !== 'operator' || part.operator !== '==') return undefined;
  const bot = part.args.some(
    (side) => side.kind === 'literal' && typeof side.value === 'string' && side.value.endsWith('[bot]'),
  );
  const actor = part.args.find(
    (side): side is Context =>
      side.kind === 'context' &&
      /^github\.(?:actor|triggering_actor|event\.sender\.login|event\.pull_request\.sender\.login)$/.test(
        side.path.join('.'),
      ),
  );
  return bot ? actor : undefined;
}

function loginFix(pipeline: Pipeline, condition: Condition, actor: Context, shift: number, events: string[]): Fix[] {
  if (events.some((event) => event !== 'pull_request_target')) return [];
  const text = 'github.event.pull_request.user.login';
  const edits = replaceIn(pipeline.document, condition.node, shift + actor.start, shift + actor.end, text);
  return edits.length > 0 ? [{ title: `Ask for ${text}`, edits, safe: false }] : [];
}
