/** References with free variables: every way to bind them, one after another. */
import type { Term } from '../ast.ts';
import type { TreeNode } from '../compile/tree.ts';
import { allVars } from '../compile/vars.ts';
import { RegoObject, RegoSet, sortValues, type Value } from '../values/value.ts';
import { builtinContext } from './calls.ts';
import type { Ctx, Frame, Gen, Get } from './context.ts';
import { tick } from './context.ts';
import { type Engine, type Env, slotOf } from './env.ts';
import { basePath, deref, derefStored, isOverridden, note } from './lookup.ts';
import { compileMatch, type Match } from './match.ts';
import { fixedPart } from './refs.ts';
import { compileGet } from './terms.ts';

type Ref = Term & { kind: 'ref' };
type Visit = (c: Ctx, f: Frame, v: Value) => boolean;

/** One key of the path: known, or matched against every key there is. */
type Step = { get: Get; match: undefined } | { get: undefined; match: Match };

/** True when some variable in the path is not bound yet. */
export function needsScan(env: Env, t: Ref): boolean {
  return t.path.some((p) => isFree(env, p));
}

function isFree(env: Env, t: Term): boolean {
  if (t.kind === 'const') return false;
  for (const name of allVars(t, env.engine.program.locals)) if (!env.bound.has(name)) return true;
  return false;
}

/** Binds the free variables of the reference and puts its value into the variable `target`. */
export function scan(env: Env, t: Ref, target: Term & { kind: 'var' }): Gen {
  const { engine } = env;
  const data = t.head.kind === 'var' && t.head.name === 'data';
  const fixed = data ? fixedPart(engine.root, t.path) : undefined;
  const start = fixed === undefined ? 0 : fixed.used;
  const from = startGet(env, t, start);
  const steps = t.path.slice(start).map((p) => compileStep(env, p));
  const slot = slotOf(env, target.name);
  env.bound.add(target.name);
  const node = fixed?.group === undefined ? fixed?.node : undefined;
  return (next) => {
    const end: Visit = (c, f, v) => {
      f[slot] = v;
      return next(c, f);
    };
    if (node !== undefined) return (c, f) => scanTree(engine, c, f, node, basePath(c, node.path), steps, 0, end);
    const look = data && fixed?.group === undefined ? derefStored : derefValue;
    const visit = steps.reduceRight((then, step) => visitStep(step, then, engine.mode.reads, look), end);
    return (c, f) => {
      const v = from(c, f);
      return v === undefined ? false : visit(c, f, v);
    };
  };
}

function startGet(env: Env, t: Ref, used: number): Get {
  if (t.head.kind === 'var' && t.head.name === 'input') return (c) => c.input;
  if (t.head.kind === 'var' && t.head.name === 'data') return compileGet(env, { ...t, path: t.path.slice(0, used) });
  return compileGet(env, t.head);
}

function compileStep(env: Env, p: Term): Step {
  if (!isFree(env, p)) return { get: compileGet(env, p), match: undefined };
  return { get: undefined, match: compileMatch(env, p) };
}

function derefValue(_: Ctx, v: Value, key: Value): Value | undefined {
  return deref(v, key);
}

function visitStep(step: Step, then: Visit, reading: boolean, look: typeof derefValue): Visit {
  if (step.get !== undefined) {
    const get = step.get;
    return (c, f, v) => {
      const key = get(c, f);
      if (key === undefined) return false;
      const found = look(c, v, key);
      if (reading) note(c, v, key, found);
      return found === undefined ? false : then(c, f, found);
    };
  }
  const match = step.match;
  return (c, f, v) => {
    if (Array.isArray(v)) return visitArray(c, f, v, match, then, reading);
    const keys = v instanceof RegoObject ? v.keys() : v instanceof RegoSet ? v.items() : undefined;
    if (keys === undefined) return false;
    for (const key of keys) {
      tick(c.run);
      if (!match(c, f, key)) continue;
      const found = v instanceof RegoObject ? (v.get(key) as Value) : key;
      if (reading) note(c, v, key, found);
      if (then(c, f, found)) return true;
    }
    return false;
  };
}

function visitArray(c: Ctx, f: Frame, v: readonly Value[], match: Match, then: Visit, reading: boolean): boolean {
  for (let i = 0; i < v.length; i++) {
    tick(c.run);
    if (!match(c, f, i)) continue;
    if (reading) note(c, v, i, v[i]);
    if (then(c, f, v[i] as Value)) return true;
  }
  return false;
}

/** Iterates over packages: the names of rules and packages together with the keys of the base data. */
function scanTree(
  engine: Engine,
  c: Ctx,
  f: Frame,
  node: TreeNode | undefined,
  base: Value | undefined,
  steps: Step[],
  at: number,
  end: Visit,
): boolean {
  const virtual = node === undefined || isOverridden(c, node.path) ? undefined : node;
  if (virtual === undefined || virtual.group !== undefined) {
    const v = virtual?.group === undefined ? base : engine.evalGroup(c, virtual.group);
    if (v === undefined) return false;
    const look = virtual?.group === undefined ? derefStored : derefValue;
    const visit = steps.slice(at).reduceRight((then, step) => visitStep(step, then, engine.mode.reads, look), end);
    return visit(c, f, v);
  }
  const step = steps[at];
  if (step === undefined) {
    const v = engine.nodeValue(c, virtual);
    return v === undefined ? false : end(c, f, v);
  }
  const keys = step.get === undefined ? keysOf(virtual, base) : [step.get(c, f)];
  for (const key of keys) {
    if (key === undefined) continue;
    tick(c.run);
    if (step.match !== undefined && !step.match(c, f, key)) continue;
    const child = typeof key === 'string' ? virtual.children.get(key) : undefined;
    const value = base === undefined ? undefined : derefStored(c, base, key);
    if (child === undefined && value === undefined) continue;
    if (scanTree(engine, c, f, child, value, steps, at + 1, end)) return true;
  }
  return false;
}

function keysOf(node: TreeNode, base: Value | undefined): readonly Value[] {
  const keys: Value[] = [...node.children.keys()];
  if (base instanceof RegoObject) for (const key of base.keys()) if (!keys.includes(key)) keys.push(key);
  return sortValues(keys);
}

/** A builtin with many results, such as `walk`. */
export function scanCall(env: Env, t: Term & { kind: 'call' }, target: Term & { kind: 'var' }): Gen {
  const args = t.args.map((a) => compileGet(env, a));
  const builtin = env.engine.program.builtins[t.name as string];
  const slot = slotOf(env, target.name);
  const contextOf = builtinContext(env);
  env.bound.add(target.name);
  return (next) => (c, f) => {
    const values: Value[] = [];
    for (const arg of args) {
      const v = arg(c, f);
      if (v === undefined) return false;
      values.push(v);
    }
    const each = (v: Value): boolean => {
      tick(c.run);
      f[slot] = v;
      return next(c, f);
    };
    return builtin?.relation?.(values, contextOf(c), each) ?? false;
  };
}
