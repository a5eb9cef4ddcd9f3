import { asText, at, entriesOf, get, scalarsOf } from '../tree/index.ts';
import type { MapNode, Node } from '../types.ts';
import { outsiderSource } from './contexts.ts';
import type { Expression } from './expression.ts';
import { expressionsIn } from './spans.ts';
import type { Job, Pipeline, Step } from './types.ts';

/**
 * `outsider`: anybody can choose the value. `insider`: somebody with write access, or the caller, can.
 * `unknown`: computed at run time from something that may be either.
 */
export interface Source {
  trust: 'outsider' | 'insider' | 'unknown';
  /** As a person would write it: `github.event.issue.title`. */
  name: string;
  /** The events that fill it; undefined when any event does. */
  events?: readonly string[];
  /** It came through something else, so that we are less sure. */
  indirect: boolean;
}

/** Where an expression stands: what `env`, `matrix`, `steps` and `inputs` mean there. */
export interface ExpressionScope {
  pipeline: Pipeline;
  job?: Job;
  step?: Step;
}

const maxHops = 6;

/**
 * What an attacker may decide of an expression's value. Comparisons, hashes and ternaries of literals decide nothing
 * but a choice, so they give no source.
 */
export function sourcesOf(expression: Expression, scope: ExpressionScope, hops = 0): Source[] {
  if (hops > maxHops) return [];
  switch (expression.kind) {
    case 'literal':
      return [];
    case 'context':
      return contextSources(expression.path, scope, hops);
    case 'access':
      return sourcesOf(expression.base, scope, hops);
    case 'call':
      return callSources(expression.name, expression.args, scope, hops);
    case 'operator':
      return operatorSources(expression.operator, expression.args, scope, hops);
  }
}

function operatorSources(operator: string, args: Expression[], scope: ExpressionScope, hops: number): Source[] {
  if (operator === '||') return args.flatMap((arg) => sourcesOf(arg, scope, hops));
  // `a && b` is b, or an `a` that is false, empty or zero.
  if (operator === '&&') return args[1] ? sourcesOf(args[1], scope, hops) : [];
  return [];
}

function callSources(name: string, args: Expression[], scope: ExpressionScope, hops: number): Source[] {
  if (name === 'format' || name === 'join' || name === 'tojson' || name === 'fromjson') {
    return args.flatMap((arg) => sourcesOf(arg, scope, hops));
  }
  // `case(condition, value, …, default)`: conditions only choose.
  if (name === 'case') {
    return args.flatMap((arg, index) =>
      index % 2 === 1 || index === args.length - 1 ? sourcesOf(arg, scope, hops) : [],
    );
  }
  return [];
}

function contextSources(path: string[], scope: ExpressionScope, hops: number): Source[] {
  const [root, first, second] = path;
  if (root === 'github') {
    const source = outsiderSource(path.slice(1), scope.pipeline.workflow);
    return source ? [{ ...source, name: path.join('.'), indirect: false }] : [];
  }
  if (root === 'env' && first) return envSources(first, scope, hops);
  if (root === 'inputs') return inputSources(path, scope);
  if (root === 'matrix') return matrixSources(path, scope, hops);
  if (root === 'steps' && first && second === 'outputs') return stepOutputSources(path, scope, hops);
  if (root === 'needs' && first && second === 'outputs') return jobOutputSources(path, scope, hops);
  return [];
}

function envSources(name: string, scope: ExpressionScope, hops: number): Source[] {
  for (const env of [scope.step?.env, scope.job?.env, scope.pipeline.workflow?.env]) {
    const entry = entriesOf(env).find(({ key }) => key.text.toLowerCase() === name);
    if (entry) return through(entry.value, scope, hops);
  }
  return [];
}

/** Strings of a manual run come from people who may write; the other types cannot hold code. */
function inputSources(path: string[], scope: ExpressionScope): Source[] {
  const name = path[1] ?? '';
  const events = scope.pipeline.workflow?.triggers ?? [];
  const declared = events
    .filter((trigger) => trigger.name === 'workflow_dispatch' || trigger.name === 'workflow_call')
    .map(
      (trigger) => entriesOf(get(trigger.value, 'inputs')).find(({ key }) => key.text.toLowerCase() === name)?.value,
    );
  const types = declared
    .filter((node): node is Node => node !== undefined)
    .map((node) => asText(get(node, 'type')) ?? 'string');
  if (types.length > 0 && types.every((type) => /^(?:boolean|number|choice|environment)$/.test(type))) return [];
  return [{ trust: 'insider', name: path.join('.'), indirect: false }];
}

function matrixSources(path: string[], scope: ExpressionScope, hops: number): Source[] {
  const matrix = at(scope.job?.node, 'strategy', 'matrix');
  if (!matrix) return [];
  const own = path[1] && matrix.kind === 'map' ? matrixValues(matrix, path[1]) : [matrix];
  return own.flatMap((node) => through(node, scope, hops));
}

function matrixValues(matrix: MapNode, key: string): Node[] {
  const values: Node[] = [];
  for (const entry of matrix.entries) {
    if (!entry.value) continue;
    if (entry.key.text.toLowerCase() === key) values.push(entry.value);
    if (entry.key.text === 'include') values.push(entry.value);
  }
  return values;
}

function stepOutputSources(path: string[], scope: ExpressionScope, hops: number): Source[] {
  const steps = scope.job?.steps ?? scope.pipeline.action?.steps ?? [];
  const producer = steps.find((step) => step.id?.toLowerCase() === path[1]);
  if (!producer) return [];
  const name = path.join('.');
  if (producer.uses) return actionOutputSources(producer, path[3] ?? '', name);
  const script = producer.run?.node;
  if (!script?.text.includes('GITHUB_OUTPUT') && !script?.text.includes('set-output')) return [];
  const inside = [script, ...entriesOf(producer.env).map(({ value }) => value)];
  const inner = { ...scope, step: producer };
  const found = inside.flatMap((node) => through(node, inner, hops));
  if (found.length > 0)
    return found.map((source) => ({ ...source, name: `${name} (from ${source.name})`, indirect: true }));
  return [{ trust: 'unknown', name, indirect: true }];
}

/** Publishers whose actions do not hand outsiders' text on, unless they are in `leaky`. */
const steady =
  /^(?:actions|docker|github|aws-actions|azure|google-github-actions|hashicorp|pypa|gradle|pnpm|oven-sh|denoland)\//i;
/** Outputs that carry names of changed files, branches or comments. */
const leaky: [RegExp, RegExp][] = [
  [/^tj-actions\/(?:changed-files|verify-changed-files)$/i, /files|^(?:added|modified|renamed|deleted|copied)/],
  [/^dorny\/paths-filter$/i, /_files$/],
  [/^(?:jitterbit\/get-changed-files|trilom\/file-changes-action|lots0logs\/gh-action-get-changed-files)$/i, /./],
  [/^(?:xt0rted\/pull-request-comment-branch|alessbell\/pull-request-comment-branch)$/i, /ref/],
  [/^(?:tj-actions\/branch-names)$/i, /head_ref|current_branch|ref_branch/],
  [
    /^(?:peter-murray\/issue-body-parser-action|stefanbuck\/github-issue-parser|zentered\/issue-forms-body-parser)$/i,
    /./,
  ],
  [/^(?:khan\/pull-request-comment-trigger|shanegenschaw\/pull-request-comment-trigger)$/i, /comment_body/],
];

function actionOutputSources(step: Step, output: string, name: string): Source[] {
  const source = step.uses?.source ?? '';
  if (leaky.some(([action, outputs]) => action.test(source) && outputs.test(output))) {
    return [{ trust: 'outsider', name: `${name} (from ${source})`, indirect: true }];
  }
  const isScript = /^actions\/github-script$/i.test(source);
  if ((steady.test(source) && !isScript) || /hit$/.test(output)) return [];
  return [{ trust: 'unknown', name, indirect: true }];
}

function jobOutputSources(path: string[], scope: ExpressionScope, hops: number): Source[] {
  const job = scope.pipeline.workflow?.jobs.find((other) => other.id.toLowerCase() === path[1]);
  const outputs = entriesOf(get(job?.node, 'outputs'));
  if (!job || job.uses) return [];
  const value = outputs.find(({ key }) => key.text.toLowerCase() === path[3])?.value;
  return through(value, { pipeline: scope.pipeline, job }, hops).map((source) => ({ ...source, indirect: true }));
}

/** The sources of all expressions inside a node. */
function through(node: Node | undefined, scope: ExpressionScope, hops: number): Source[] {
  const sources: Source[] = [];
  for (const scalar of scalarsOf(node)) {
    for (const { expression } of expressionsIn(scalar)) {
      if (expression) sources.push(...sourcesOf(expression, scope, hops + 1));
    }
    if (sources.length > 20) return sources;
  }
  return sources;
}
