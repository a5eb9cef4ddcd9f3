/** Rules to values: complete rules with their `else`, partial sets and objects, functions; each computed once. */
import type { Term } from '../ast.ts';
import type { Program } from '../compile/program.ts';
import type { CompiledRule, Group } from '../compile/tree.ts';
import { equal, type Value } from '../values/value.ts';
import { type Cached, type Ctx, conflict, ENTRY, type Frame, grow, type Next, tick, UNDEFINED } from './context.ts';
import { type Engine, type Mode, newEnv } from './env.ts';
import { bodyWith } from './exprs.ts';
import { type Indexed, indexOf } from './indexed.ts';
import { traceRule } from './instrument.ts';
import { nodeValue } from './lookup.ts';
import { compileMatch, type Match } from './match.ts';
import { Collector } from './partial.ts';
import { promisesOf } from './promises.ts';

/** Runs a rule in a new frame; the result is left in slot 0. */
interface RuleCode {
  rule: CompiledRule;
  match: Match[];
  run: Next;
  else: RuleCode | undefined;
  /** Only where coverage is asked for: see `indexOf`. */
  indexed: Indexed | undefined;
  /** Every rule of the document gives the same: the first that holds is enough, for OPA does not look at the others. */
  decides: boolean;
}

export function newEngine(program: Program, mode: Mode): Engine {
  const code: RuleCode[][] = [];
  const codeOf = (group: Group): RuleCode[] => {
    code[group.id] ??= [...group.rules, ...group.defaults].map((rule) => compileRule(engine, group, rule));
    return code[group.id] as RuleCode[];
  };
  const engine: Engine = {
    program,
    mode,
    root: program.tree.root,
    evalGroup: (c, group) => {
      const known = c.documents[group.id];
      if (known !== undefined) return known === UNDEFINED ? undefined : known;
      tick(c.run);
      const value =
        group.kind === 'partial' ? evalPartial(c, group, codeOf(group)) : evalComplete(c, group, codeOf(group));
      c.documents[group.id] = value === undefined ? UNDEFINED : value;
      return value;
    },
    partOfGroup: (c, group, keys) => {
      tick(c.run);
      return evalPartial(c, group, codeOf(group), keys);
    },
    nodeValue: (c, node) => nodeValue(engine, c, node),
    callFunction: (c, name, args) => {
      const group = program.tree.functions.get(name);
      return group === undefined ? undefined : callFunction(c, group, codeOf(group), args);
    },
  };
  return engine;
}

function compileRule(engine: Engine, group: Group, rule: CompiledRule): RuleCode {
  const env = newEnv(engine, rule);
  const match = (rule.args ?? []).map((a) => compileMatch(env, a));
  const otherwise = rule.else === undefined ? undefined : compileRule(engine, group, rule.else);
  const indexed = engine.mode.coverage ? indexOf(env, rule) : undefined;
  const decides = engine.mode.coverage && isUniform(group);
  const code = { rule, match, else: otherwise, indexed, decides };
  if (group.kind === 'partial') return { ...code, run: partialBody(env, rule) };
  const value = rule.value as Term;
  const first = value.kind === 'const' && !engine.mode.trace;
  const message =
    group.kind === 'function'
      ? 'functions must not produce multiple outputs for same inputs'
      : 'complete rules must not produce multiple outputs';
  const run = bodyWith(env, rule.body, [value], ([get]) => (c, f) => {
    const v = get?.(c, f);
    if (v === undefined) return false;
    if (f[0] === undefined) f[0] = v;
    else if (!equal(f[0], v)) throw conflict(message, rule.pos);
    return first;
  });
  return { ...code, run };
}

function isUniform({ rules }: Group): boolean {
  const [first] = rules;
  if (first?.value?.kind !== 'const') return false;
  const { value } = first.value;
  return rules.every((r) => r.else === undefined && r.value?.kind === 'const' && equal(r.value.value, value));
}

/** A rule of a partial document puts what it finds into the collector in slot 0. */
function partialBody(env: ReturnType<typeof newEnv>, rule: CompiledRule): Next {
  const leaf = rule.member ?? (rule.value as Term);
  const isMember = rule.member !== undefined;
  return bodyWith(env, rule.body, [...rule.keys, leaf], (gets) => (c, f) => {
    const collector = f[0] as unknown as Collector;
    const keys: Value[] = [];
    for (let i = 0; i < gets.length; i++) {
      const v = gets[i]?.(c, f);
      if (v === undefined) return false;
      keys.push(v);
    }
    const value = keys.pop() as Value;
    grow(c.run, ENTRY);
    if (isMember) collector.addMember(keys, value, rule.pos);
    else collector.put(keys, value, rule.pos);
    return false;
  });
}

function evalRule(c: Ctx, code: RuleCode, args: readonly Value[] | undefined): Value | undefined {
  let at: RuleCode | undefined = code;
  while (at !== undefined) {
    const value = evalOne(c, at, args);
    if (value !== undefined) return value;
    at = at.else;
  }
  return undefined;
}

function evalOne(c: Ctx, code: RuleCode, args: readonly Value[] | undefined): Value | undefined {
  const f: Frame = [undefined];
  if (args !== undefined) {
    for (let i = 0; i < args.length; i++) if (!code.match[i]?.(c, f, args[i] as Value)) return undefined;
  }
  if (code.indexed?.(c, f) === false) return undefined;
  enter(c, code.rule);
  code.run(c, f);
  if (f[0] !== undefined) exit(c, code.rule);
  return f[0];
}

function enter(c: Ctx, rule: CompiledRule): void {
  tick(c.run);
  c.run.covered?.add(rule.source);
  if (c.run.trace !== undefined) traceRule(c, 'enter', `data.${rule.fixed.join('.')}`, rule.pos);
}

function exit(c: Ctx, rule: CompiledRule): void {
  c.run.covered?.add(rule.source.head);
  if (c.run.trace !== undefined) traceRule(c, 'exit', `data.${rule.fixed.join('.')}`, rule.pos);
}

function evalComplete(c: Ctx, group: Group, code: RuleCode[]): Value | undefined {
  return evalAlternatives(c, group, code, undefined, 'complete rules must not produce multiple outputs');
}

function evalAlternatives(
  c: Ctx,
  group: Group,
  code: RuleCode[],
  args: readonly Value[] | undefined,
  message: string,
): Value | undefined {
  let value: Value | undefined;
  for (let i = 0; i < group.rules.length; i++) {
    const v = evalRule(c, code[i] as RuleCode, args);
    if (v === undefined) continue;
    if (value === undefined) value = v;
    else if (!equal(value, v)) throw conflict(message, code[i]?.rule.pos);
    if (code[i]?.decides) break;
  }
  if (value === undefined && group.defaults.length > 0) return evalRule(c, code[group.rules.length] as RuleCode, args);
  return value;
}

function evalPartial(c: Ctx, group: Group, code: RuleCode[], only?: readonly Value[]): Value | undefined {
  const collector = new Collector(group, only);
  for (const { keys, isSet, pos } of promisesOf(group)) collector.reserve(keys, isSet, pos);
  for (let i = 0; i < code.length; i++) {
    const isDefault = i >= group.rules.length;
    for (let at: RuleCode | undefined = code[i]; at !== undefined; at = at.else) {
      const before = collector.count;
      const f: Frame = [collector as unknown as Value];
      if (at.indexed?.(c, f) === false) continue;
      enter(c, at.rule);
      collector.onlyMissing = isDefault;
      at.run(c, f);
      if (collector.count > before) exit(c, at.rule);
      if (collector.count > before) break;
    }
  }
  return collector.result;
}

const FUNCTION_CONFLICT = 'functions must not produce multiple outputs for same inputs';

/** Results are kept by arguments: scalars by value, collections by identity, which is enough as they never change. */
function callFunction(c: Ctx, group: Group, code: RuleCode[], args: readonly Value[]): Value | undefined {
  let cache = c.calls.get(group);
  if (cache === undefined) {
    cache = new Map();
    c.calls.set(group, cache);
  }
  let level: Map<unknown, unknown> = cache;
  for (let i = 0; i < args.length - 1; i++) {
    let below = level.get(args[i]) as Map<unknown, unknown> | undefined;
    if (below === undefined) {
      below = new Map();
      level.set(args[i], below);
    }
    level = below;
  }
  const last = args.length === 0 ? null : args[args.length - 1];
  const known = level.get(last) as Cached | undefined;
  if (known !== undefined) return known === UNDEFINED ? undefined : known;
  tick(c.run);
  const value = evalAlternatives(c, group, code, args, FUNCTION_CONFLICT);
  grow(c.run, ENTRY * args.length);
  level.set(last, value === undefined ? UNDEFINED : value);
  return value;
}
