import type { Document, Problem } from '../../model/types.ts';
import { quotedLeaf } from '../conventions/where.ts';
import type { Entrypoint } from '../entrypoints.ts';
import type { FurtherAnswer, FurtherJudge, FurtherQuestion } from '../further.ts';
import { manifestsOf } from '../manifests.ts';
import { placesOf, pointer } from '../places.ts';
import type { Statement } from '../statements.ts';
import type { Exactness, Gate } from '../types.ts';
import { effectAt } from './actions.ts';
import { sayCel } from './cel.ts';
import { askTemplate, type Compiled } from './compile.ts';
import { inventoryOf } from './inventory.ts';
import { matchObject } from './match.ts';
import { expand, type Judged, nameOf } from './objects.ts';
import { parametersSchema, withDefaults } from './parameters.ts';
import type { AdmissionPolicy, Constraint } from './read.ts';
import { type KubeObject, reviewOf } from './review.ts';
import { explainConstraint, type Tried } from './why.ts';

export interface GatekeeperPolicy {
  compiled: readonly Compiled[];
  constraints: readonly Constraint[];
  admission: readonly AdmissionPolicy[];
  problems: readonly Problem[];
  /** Every manifest of the repository beside those that are judged; undefined where they were not read. */
  related?: readonly Document[];
}

/** Where constraints are enforced, and the gate that stands for it. */
const points: { gate: Gate; point: string }[] = [
  { gate: 'push', point: 'gator.gatekeeper.sh' },
  { gate: 'deploy', point: 'validation.gatekeeper.sh' },
];

/**
 * Gatekeeper's answer to the manifests of a change, twice: the gate *deploy* answers as the admission webhook would, the
 * gate *push* as the check before the merge is meant to (`gator.gatekeeper.sh`).
 */
export function gatekeeperJudge(policy: GatekeeperPolicy): FurtherJudge {
  return (question) => {
    const asked = points.filter(({ gate }) => question.gates.includes(gate));
    if (policy.problems.length > 0) {
      return asked.map(({ gate }) => ({ gate, statements: [], problems: [...policy.problems] }));
    }
    const objects = objectsOf(question);
    const world = inventoryOf([...objects.map((one) => one.object), ...relatedObjects(policy)]);
    const before = beforeOf(policy, question);
    const deleted = deletedOf(policy, question, objects);
    return asked.map(({ gate, point }) => {
      const answer: FurtherAnswer = { gate, statements: [], problems: [] };
      if (objects.length === 0) nothing(answer, policy, question);
      const tried = judgeAll(answer, point, objects, policy, { ...world, before }, question);
      if (question.explain !== undefined) Object.assign(answer, explained(gate, tried, policy, question));
      if (gate === 'deploy') for (const old of deleted) sayDeletion(answer, old, policy, world, question);
      if (gate === 'deploy' && objects.length > 0) sayCel(answer, policy, entryOf);
      return answer;
    });
  };
}

/** Asks every constraint about every object; gives what each was tried on. */
function judgeAll(
  answer: FurtherAnswer,
  point: string,
  objects: readonly Judged[],
  policy: GatekeeperPolicy,
  world: World,
  question: FurtherQuestion,
): Map<Constraint, Tried[]> {
  const tried = new Map<Constraint, Tried[]>(policy.constraints.map((constraint) => [constraint, []]));
  for (const one of objects) {
    for (const [constraint, list] of tried) {
      const found = judgeOne(answer, point, one, constraint, policy, world, question);
      if (found) list.push(found);
    }
  }
  return tried;
}

function explained(
  gate: Gate,
  tried: ReadonlyMap<Constraint, Tried[]>,
  { compiled }: GatekeeperPolicy,
  { explain: asked = '', nowNs }: FurtherQuestion,
): Pick<FurtherAnswer, 'explanations' | 'explainable'> {
  const parts = [...tried].map(([constraint, list]) => {
    const template = compiled.find((one) => one.template.kind === constraint.kind);
    return explainConstraint(gate, constraint, template, entryOf(constraint), list, { asked, nowNs });
  });
  return {
    explanations: parts.flatMap((part) => part.explanations ?? []),
    explainable: parts.flatMap((part) => part.explainable ?? []),
  };
}

function notMatched({ name, match }: Constraint, { object }: Judged, field = ''): string {
  const wanted = JSON.stringify(match[field]);
  return `[${name}] is not about ${object.kind} ${String(object.metadata['name'] ?? '')}: its match.${field} is ${wanted}`;
}

type World = ReturnType<typeof inventoryOf> & { before: ReadonlyMap<string, KubeObject> | undefined };

/** The objects as the base has them, by name; undefined where there is no base or no template looks back. */
function beforeOf({ compiled }: GatekeeperPolicy, { collected }: FurtherQuestion): World['before'] {
  const looksBack = compiled.some((one) => one.mentions('oldObject') || one.mentions('operation'));
  if (!looksBack || collected.base.length === 0) return undefined;
  const { manifests } = manifestsOf(collected.base, [], placesOf());
  const objects = manifests.flatMap((manifest) => expand(manifest.object, '').map((one) => one.object));
  return new Map(objects.map((object) => [nameOf(object), object]));
}

/** The base stands in for the cluster: what it has is updated, what it has not is created. */
function operationOf(object: KubeObject, { before }: World): Record<string, unknown> {
  const old = before?.get(nameOf(object));
  if (old) return { operation: 'UPDATE', oldObject: old };
  return { operation: 'CREATE', ...(before ? { oldObject: null } : {}) };
}

function objectsOf({ built, collected }: FurtherQuestion): Judged[] {
  const touched = new Set(collected.targets.map((document) => document.path));
  return built.input.manifests.flatMap((manifest, index) =>
    touched.has(manifest.from.path) ? expand(manifest.object, pointer('manifests', index, 'object')) : [],
  );
}

/** What the base has and the repository no longer holds, where a template looks at deletions. */
function deletedOf(policy: GatekeeperPolicy, { collected }: FurtherQuestion, objects: readonly Judged[]): KubeObject[] {
  if (!policy.compiled.some((one) => one.mentions('DELETE'))) return [];
  const kept = new Set([...objects.map((one) => one.object), ...relatedObjects(policy)].map(nameOf));
  const { manifests } = manifestsOf(collected.base, [], placesOf());
  const old = manifests.flatMap((manifest) => expand(manifest.object, '').map((one) => one.object));
  return old.filter((object) => !kept.has(nameOf(object)));
}

/** A webhook sees deletions only where the cluster's administrators ask for them, so a refusal is never certain here. */
function sayDeletion(
  answer: FurtherAnswer,
  old: KubeObject,
  { compiled, constraints }: GatekeeperPolicy,
  world: ReturnType<typeof inventoryOf>,
  { nowNs }: FurtherQuestion,
): void {
  for (const constraint of constraints) {
    const template = compiled.find((one) => one.template.kind === constraint.kind);
    const effect = effectAt(constraint, 'validation.gatekeeper.sh');
    const match = matchObject(constraint.match, old, world.namespace);
    if (!template?.mentions('DELETE') || !effect || effect === 'note' || 'unknown' in match || !match.matches) continue;
    const review = { ...reviewOf(old), operation: 'DELETE', oldObject: old };
    const input = {
      review: namespaced(review, old, template, world),
      parameters: withDefaults(constraint.parameters, parametersSchema(template.template)) ?? {},
      ...(template.mentions('inventory') ? { inventory: world.inventory } : {}),
    };
    const { violations, problem } = askTemplate(template, input, nowNs, false);
    const name = `${old.kind} ${String(old.metadata['name'] ?? '')}`;
    for (const said of problem === undefined ? violations.map((one) => one.msg) : [problem]) {
      const message = `[${constraint.name}] would not let ${name} be deleted, where the webhook is sent deletions: ${said}`;
      const source = { file: constraint.file, line: constraint.line };
      answer.statements.push({
        effect: effect === 'deny' ? 'depends' : 'note',
        message,
        entry: entryOf(constraint),
        source,
      });
    }
  }
}

function relatedObjects({ related }: GatekeeperPolicy): KubeObject[] {
  const { manifests } = manifestsOf(related ?? [], [], placesOf());
  return manifests.flatMap((manifest) => expand(manifest.object, '').map((one) => one.object));
}

function judgeOne(
  answer: FurtherAnswer,
  point: string,
  one: Judged,
  constraint: Constraint,
  policy: GatekeeperPolicy,
  world: World,
  { built, nowNs }: FurtherQuestion,
): Tried | undefined {
  const effect = effectAt(constraint, point);
  const compiled = policy.compiled.find(({ template }) => template.kind === constraint.kind);
  if (!effect || !compiled) return undefined;
  const entry = entryOf(constraint);
  const source = { file: constraint.file, line: constraint.line };
  const say = (statement: Omit<Statement, 'entry'>) => {
    const place = statement.place ?? built.places.at(one.at);
    answer.statements.push({ entry, source, ...(place ? { place } : {}), ...statement });
  };
  const match = matchObject(constraint.match, one.object, world.namespace);
  if ('unknown' in match) {
    if (effect !== 'note') say({ effect: 'depends', message: `[${constraint.name}] depends on ${match.unknown}` });
    return undefined;
  }
  const place = built.places.at(one.at);
  if (!match.matches) return { place, why: notMatched(constraint, one, match.field) };
  if (!compiled.policy) {
    say({ effect: 'depends', message: `[${constraint.name}] is written in CEL, which is not evaluated here` });
    return undefined;
  }
  const webhook = point === 'validation.gatekeeper.sh';
  const review = webhook ? { ...reviewOf(one.object), ...operationOf(one.object, world) } : reviewOf(one.object);
  const looksBack = webhook && (compiled.mentions('oldObject') || compiled.mentions('operation'));
  const usesInventory = compiled.mentions('inventory');
  const input = {
    review: namespaced(review, one.object, compiled, world),
    parameters: withDefaults(constraint.parameters, parametersSchema(compiled.template)) ?? {},
    ...(usesInventory ? { inventory: world.inventory } : {}),
  };
  const asked = askTemplate(compiled, input, nowNs, false);
  if (asked.problem !== undefined) {
    const message = `${constraint.file}:${constraint.line}: constraint ${constraint.name}: ${asked.problem}`;
    answer.problems.push({ code: 'gatekeeper-error', message, path: constraint.file, fatal: true });
    return { place, input };
  }
  if (asked.offline) {
    say({ effect: 'depends', message: `[${constraint.name}] ${asks(asked.offline)}, so its answer is not known here` });
    return { place, input };
  }
  const open = webhook ? unknownRead(compiled, input, nowNs) : undefined;
  if (open) say({ effect: 'depends', message: `[${constraint.name}] looks at ${open}, which only the cluster knows` });
  const exactness: Exactness = match.approximate || looksBack ? 'approximate' : usesInventory ? 'snapshot' : 'exact';
  for (const { msg } of open ? [] : asked.violations) {
    const { reads } = askTemplate(compiled, input, nowNs, true);
    const own = reads.filter((read) => read.startsWith('/review/object/'));
    const leaf = quotedLeaf(msg, own, input);
    const inside = leaf?.slice('/review/object'.length) ?? '';
    const leafPlace = built.places.at(`${one.at}${inside}`);
    say({ effect, message: `[${constraint.name}] ${msg}`, exactness, ...(leafPlace ? { place: leafPlace } : {}) });
  }
  return { place, input };
}

function asks(builtin: string): string {
  return builtin === 'external_data' ? 'asks a provider of external data' : `asks the network (${builtin})`;
}

function namespaced(
  review: Record<string, unknown>,
  object: KubeObject,
  compiled: Compiled,
  world: ReturnType<typeof inventoryOf>,
): Record<string, unknown> {
  const name = object.metadata['namespace'];
  if (!compiled.mentions('namespaceObject') || typeof name !== 'string') return review;
  const found = world.namespace(name);
  return found ? { ...review, namespaceObject: found } : review;
}

const clusterOnly = ['userInfo', 'oldObject', 'dryRun', 'uid', 'options', 'namespaceObject'];

/** A field of the request that the rules look at and that no manifest holds. */
function unknownRead(compiled: Compiled, input: { review: object }, nowNs: bigint): string | undefined {
  const mentioned = clusterOnly.filter((name) => compiled.mentions(name) && !(name in input.review));
  if (mentioned.length === 0) return undefined;
  const nulls = Object.fromEntries(mentioned.map((name) => [name, {}]));
  // Without a base nobody knows whether the object is new, so a rule about updates is given one to look at.
  const update = 'oldObject' in nulls ? { operation: 'UPDATE' } : {};
  const { reads } = askTemplate(compiled, { ...input, review: { ...input.review, ...nulls, ...update } }, nowNs, true);
  const found = mentioned.find((name) =>
    reads.some((read) => read === `/review/${name}` || read.startsWith(`/review/${name}/`)),
  );
  return found === undefined ? undefined : `review.${found}`;
}

function entryOf({ kind, name }: Pick<Constraint, 'kind' | 'name'>): Entrypoint {
  return { path: `${kind}/${name}`, effect: 'deny', label: `gatekeeper/${kind.toLowerCase()}-${name}`, foreign: true };
}

/** No manifest is judged, in this change or in the whole repository: no cluster would be asked about anything. */
function nothing(
  answer: FurtherAnswer,
  { related, constraints }: GatekeeperPolicy,
  { collected }: FurtherQuestion,
): void {
  const [first] = constraints;
  if (!first) return;
  const whole = collected.scope !== 'text' && collected.scope !== 'paths';
  const exists = collected.scope !== 'all' && (related ?? []).some((one) => /\bapiVersion\b/.test(one.text));
  const none = whole && !exists;
  answer.statements.push({
    effect: 'note',
    rule: none ? 'gatekeeper/nothing-to-judge' : 'gatekeeper/asked',
    message: none
      ? 'Nothing to judge: no Kubernetes manifest in this repository'
      : `No manifest in this change, so no constraint was asked (${constraints.length} of Gatekeeper)`,
    entry: entryOf(first),
    exactness: 'exact',
  });
}
