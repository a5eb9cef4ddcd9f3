import type { MapNode } from '../types.ts';
import type { Expression } from './expression.ts';
import { conditionExpression } from './spans.ts';
import type { Condition, Job, Pipeline, Step, Workflow } from './types.ts';

/**
 * Events that anybody on the platform can cause and that run with the base repository's token and secrets.
 * https://docs.github.com/en/actions/reference/security/secure-use
 */
export const privilegedEvents: ReadonlySet<string> = new Set([
  'pull_request_target',
  'workflow_run',
  'issue_comment',
  'issues',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'gollum',
]);

/** Events that carry a fork's content but run without its repository's secrets and with a read-only token. */
export const forkEvents: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'commit_comment',
]);

/** Every step of a workflow or a composite action. */
export function* stepsOf(pipeline: Pipeline): Generator<Step> {
  // Anchors let two jobs share steps: one place, one finding.
  const seen = new Set<MapNode>();
  const all = [...(pipeline.workflow?.jobs ?? []).flatMap((job) => job.steps), ...(pipeline.action?.steps ?? [])];
  for (const step of all) {
    if (seen.has(step.node)) continue;
    seen.add(step.node);
    yield step;
  }
}

/** Names of a workflow's triggers. */
export function eventsOf(workflow: Workflow | undefined): Set<string> {
  return new Set(workflow?.triggers.map((trigger) => trigger.name) ?? []);
}

/** The events under which a job, or a step of it, runs: the triggers that its conditions leave. */
export function eventsReaching(workflow: Workflow | undefined, job?: Job, step?: Step): Set<string> {
  let events = eventsOf(workflow);
  for (const condition of conditionsOf(job, step))
    events = new Set([...events].filter((event) => allows(condition, event)));
  return events;
}

/** A condition restricts the job or step to this repository's own branches, or to people it trusts. */
export function guardOf(job?: Job, step?: Step): 'same-repository' | 'trusted-people' | undefined {
  let guard: 'trusted-people' | undefined;
  for (const condition of conditionsOf(job, step)) {
    for (const part of conjuncts(condition)) {
      if (isSameRepository(part)) return 'same-repository';
      if (isTrustedPeople(part)) guard = 'trusted-people';
    }
  }
  return guard;
}

/** The parts that must all hold: `a && b` gives a and b. */
export function conjuncts(expression: Expression): Expression[] {
  if (expression.kind === 'operator' && expression.operator === '&&') return expression.args.flatMap(conjuncts);
  return [expression];
}

function conditionsOf(job: Job | undefined, step: Step | undefined): Expression[] {
  return [job?.condition, step?.condition]
    .filter((condition): condition is Condition => condition !== undefined)
    .map((condition) => conditionExpression(condition.node))
    .filter((expression): expression is Expression => expression !== undefined);
}

/** False only when the condition surely excludes the event. */
function allows(expression: Expression, event: string): boolean {
  if (expression.kind !== 'operator') return true;
  const [left, right] = expression.args;
  if (!left) return true;
  if (expression.operator === '&&') return allows(left, event) && (!right || allows(right, event));
  if (expression.operator === '||') return allows(left, event) || !right || allows(right, event);
  const name = equality(expression, 'event_name');
  if (name === undefined) return true;
  return expression.operator === '==' ? name === event : expression.operator === '!=' ? name !== event : true;
}

/** The literal that `github.<key>` is compared with. */
function equality(expression: Expression, key: string): string | undefined {
  if (expression.kind !== 'operator' || expression.args.length !== 2) return undefined;
  const [left, right] = expression.args as [Expression, Expression];
  const context = left.kind === 'context' ? left : right;
  const literal = left.kind === 'literal' ? left : right;
  if (context.kind !== 'context' || literal.kind !== 'literal') return undefined;
  return context.path.join('.') === `github.${key}` ? String(literal.value).toLowerCase() : undefined;
}

function isSameRepository(part: Expression): boolean {
  if (part.kind === 'operator' && part.operator === '!') {
    const [inner] = part.args;
    return inner?.kind === 'context' && isForkFlag(inner.path);
  }
  if (part.kind !== 'operator' || part.args.length !== 2) return false;
  const [left, right] = part.args as [Expression, Expression];
  const names = [left, right].map((side) => (side.kind === 'context' ? side.path.join('.') : ''));
  if (part.operator === '==') {
    const head = names.some((name) =>
      /^github\.event\.(?:pull_request\.head\.repo|workflow_run\.head_repository)\./.test(name),
    );
    const own = names.some((name) =>
      /^github\.(?:repository|repository_id|event\.repository\.|event\.pull_request\.base\.repo\.)/.test(name),
    );
    const flag = [left, right].some((side) => side.kind === 'context' && isForkFlag(side.path));
    const no = [left, right].some((side) => side.kind === 'literal' && side.value === false);
    return (head && own) || (flag && no);
  }
  if (part.operator !== '!=') return false;
  const flag = [left, right].some((side) => side.kind === 'context' && isForkFlag(side.path));
  return flag && [left, right].some((side) => side.kind === 'literal' && side.value === true);
}

function isForkFlag(path: string[]): boolean {
  return path.join('.') === 'github.event.pull_request.head.repo.fork';
}

/** `contains('["OWNER","MEMBER"]', …author_association)`, `…author_association == 'OWNER'`. */
function isTrustedPeople(part: Expression): boolean {
  if (part.kind === 'operator' && part.operator === '||') return part.args.every(isTrustedPeople);
  const isAssociation = (side: Expression) => side.kind === 'context' && side.path.at(-1) === 'author_association';
  if (part.kind === 'call' && part.name === 'contains') return part.args.some(isAssociation);
  if (part.kind !== 'operator' || part.operator !== '==') return false;
  return (
    part.args.some(isAssociation) &&
    part.args.some((side) => side.kind === 'literal' && /^(?:OWNER|MEMBER|COLLABORATOR)$/i.test(String(side.value)))
  );
}
