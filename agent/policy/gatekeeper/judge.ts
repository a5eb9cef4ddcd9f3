import type { Document, Problem } from '../../model/types.ts';
import { quotedLeaf } from '../conventions/where.ts';
import type { Entrypoint } from '../entrypoints.ts';
import type { FurtherAnswer, FurtherJudge, FurtherQuestion } from '../further.ts';
import { manifestsOf } from '../manifests.ts';
import { placesOf, pointer } from '../places.ts';
import type { Statement } from '../statements.ts';
import type { Exactness, Gate } from '../types.ts';
import { askTemplate, type Compiled, withDefaults } from './compile.ts';
import { inventoryOf } from './inventory.ts';
import { matchObject } from './match.ts';
import type { Constraint } from './read.ts';
import { groupVersion, isRecord, type KubeObject, kubeObject, reviewOf } from './review.ts';

export interface GatekeeperPolicy {
  compiled: readonly Compiled[];
  constraints: readonly Constraint[];
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
    return asked.map(({ gate, point }) => {
      const answer: FurtherAnswer = { gate, statements: [], problems: [] };
      if (objects.length === 0) nothing(answer, policy, question);
      for (const one of objects) {
        for (const constraint of policy.constraints)
          judgeOne(answer, point, one, constraint, policy, { ...world, before }, question);
      }
      return answer;
    });
  };
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

/** What tells two objects of a cluster apart; its API may serve one under several versions. */
function nameOf({ apiVersion, kind, metadata }: KubeObject): string {
  return [groupVersion(apiVersion).group, kind, metadata['namespace'], metadata['name']].join('\0');
}

/** The base stands in for the cluster: what it has is updated, what it has not is created. */
function operationOf(object: KubeObject, { before }: World): Record<string, unknown> {
  const old = before?.get(nameOf(object));
  if (old) return { operation: 'UPDATE', oldObject: old };
  return { operation: 'CREATE', ...(before ? { oldObject: null } : {}) };
}

interface Judged {
  object: KubeObject;
  /** JSON pointer of the object in the gate input. */
  at: string;
}

function objectsOf({ built, collected }: FurtherQuestion): Judged[] {
  const touched = new Set(collected.targets.map((document) => document.path));
  return built.input.manifests.flatMap((manifest, index) =>
    touched.has(manifest.from.path) ? expand(manifest.object, pointer('manifests', index, 'object')) : [],
  );
}

/** `kind: List` is a bag of objects. */
function expand(value: unknown, at: string): Judged[] {
  const object = kubeObject(value);
  if (!object) return [];
  if (object.kind !== 'List' || !Array.isArray(object['items'])) return [{ object, at }];
  return object['items'].flatMap((item, index) => expand(item, `${at}/items/${index}`));
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
): void {
  const effect = effectAt(constraint, point);
  const compiled = policy.compiled.find(({ template }) => template.kind === constraint.kind);
  if (!effect || !compiled) return;
  const entry = entryOf(constraint);
  const source = { file: constraint.file, line: constraint.line };
  const say = (statement: Omit<Statement, 'entry'>) => {
    const place = statement.place ?? built.places.at(one.at);
    answer.statements.push({ entry, source, ...(place ? { place } : {}), ...statement });
  };
  const match = matchObject(constraint.match, one.object, world.namespace);
  if ('unknown' in match) {
    if (effect !== 'note') say({ effect: 'depends', message: `[${constraint.name}] depends on ${match.unknown}` });
    return;
  }
  if (!match.matches) return;
  if (!compiled.policy) {
    say({ effect: 'depends', message: `[${constraint.name}] is written in CEL, which is not evaluated here` });
    return;
  }
  const webhook = point === 'validation.gatekeeper.sh';
  const review = webhook ? { ...reviewOf(one.object), ...operationOf(one.object, world) } : reviewOf(one.object);
  const looksBack = webhook && (compiled.mentions('oldObject') || compiled.mentions('operation'));
  const usesInventory = compiled.mentions('inventory');
  const input = {
    review: namespaced(review, one.object, compiled, world),
    parameters: withDefaults(constraint.parameters, parametersSchema(compiled)) ?? {},
    ...(usesInventory ? { inventory: world.inventory } : {}),
  };
  const asked = askTemplate(compiled, input, nowNs, false);
  if (asked.problem !== undefined) {
    const message = `${constraint.file}:${constraint.line}: constraint ${constraint.name}: ${asked.problem}`;
    answer.problems.push({ code: 'gatekeeper-error', message, path: constraint.file, fatal: true });
    return;
  }
  if (asked.offline) {
    say({ effect: 'depends', message: `[${constraint.name}] asks the network, so its answer is not known here` });
    return;
  }
  const open = webhook ? unknownRead(compiled, input, nowNs) : undefined;
  if (open) say({ effect: 'depends', message: `[${constraint.name}] looks at ${open}, which only the cluster knows` });
  const exactness: Exactness = match.approximate || looksBack ? 'approximate' : usesInventory ? 'snapshot' : 'exact';
  for (const { msg } of open ? [] : asked.violations) {
    const { reads } = askTemplate(compiled, input, nowNs, true);
    const own = reads.filter((read) => read.startsWith('/review/object/'));
    const leaf = quotedLeaf(msg, own, input);
    const inside = leaf?.slice('/review/object'.length) ?? '';
    const place = built.places.at(`${one.at}${inside}`);
    say({ effect, message: `[${constraint.name}] ${msg}`, exactness, ...(place ? { place } : {}) });
  }
}

/** What an enforcement point does about a violation; undefined when it does not look at the constraint at all. */
function effectAt(constraint: Constraint, point: string): Statement['effect'] | undefined {
  const action =
    constraint.action === 'scoped'
      ? constraint.scoped.find((one) => one.points.some((name) => name === point || name === '*'))?.action
      : constraint.action;
  return action === undefined ? undefined : ({ deny: 'deny', warn: 'warn', dryrun: 'note' } as const)[action as 'deny'];
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

function parametersSchema({ template }: Compiled): unknown {
  const { schema } = template;
  const properties = isRecord(schema) && isRecord(schema['properties']) ? schema['properties'] : {};
  // Legacy schemas describe the parameters themselves; those of the CRD's spec have them one level below.
  return isRecord(properties['parameters']) ? properties['parameters'] : schema;
}

function entryOf({ kind, name }: Constraint): Entrypoint {
  return { path: `${kind}/${name}`, effect: 'deny', label: `gatekeeper/${kind.toLowerCase()}-${name}`, foreign: true };
}

/** No manifest is judged: fine where the repository has some, an error where it has none. */
function nothing(
  answer: FurtherAnswer,
  { related, constraints }: GatekeeperPolicy,
  { collected }: FurtherQuestion,
): void {
  const first = constraints[0];
  const whole = collected.scope !== 'text' && collected.scope !== 'paths';
  const exists = collected.scope !== 'all' && (related ?? []).some((one) => /\bapiVersion\b/.test(one.text));
  if (whole && !exists) {
    const message = 'There is no Kubernetes manifest for the constraints to judge, so the gate was not decided';
    answer.problems.push({ code: 'policy-feed', message, fatal: true });
  } else if (first) {
    const message = `No manifest in this change, so no constraint was asked (${constraints.length} of Gatekeeper)`;
    answer.statements.push({
      effect: 'note',
      rule: 'gatekeeper/asked',
      message,
      entry: entryOf(first),
      exactness: 'exact',
    });
  }
}
