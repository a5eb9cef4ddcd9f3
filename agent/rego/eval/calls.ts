/** Calls of builtins and of the policy's own functions. */
import type { Position, Term } from '../ast.ts';
import { type Builtin, type BuiltinContext, BuiltinFailure, OfflineFailure } from '../builtins/types.ts';
import { RegoFailure } from '../errors.ts';
import { RegoObject, RegoSet, type Value } from '../values/value.ts';
import { type Ctx, ENTRY, type Frame, type Get, grow, ITEM, type Mock, tick } from './context.ts';
import type { Env } from './env.ts';
import { noteWhole } from './lookup.ts';
import { metadataOf } from './metadata.ts';
import { compileGet } from './terms.ts';

export function compileCall(env: Env, t: Term & { kind: 'call' }): Get {
  const name = t.name as string;
  if (name === 'print' || name === 'internal.print') return compilePrint(env, t);
  return compileCallAt(
    env,
    name,
    t.args.map((a) => compileGet(env, a)),
    t.pos,
  );
}

export function compileCallAt(env: Env, name: string, args: Get[], pos: Position | undefined): Get {
  const builtin = name.startsWith('data.') ? undefined : env.engine.program.builtins[name];
  const direct = builtin === undefined ? userCall(env, name) : builtinCall(env, name, builtin, pos);
  const { engine } = env;
  const reads = engine.mode.reads;
  const call = (c: Ctx, values: Value[]): Value | undefined => {
    if (reads) for (const v of values) noteWhole(c, v);
    const mock = c.mocks?.get(name);
    if (mock === undefined) return direct(c, values);
    return callMock(c, mock, (inner, target) => {
      const other = engine.program.builtins[target];
      if (other === undefined) return engine.callFunction(inner, target, values);
      return builtinCall(env, target, other, pos)(inner, values);
    });
  };
  const [first, second] = args;
  const test = builtin?.test;
  if (test !== undefined && first !== undefined && second !== undefined && !reads)
    return comparison(first, second, test, call);
  return (c, f) => {
    const values = evaluate(args, c, f);
    return values === undefined ? undefined : call(c, values);
  };
}

/** A comparison is what a policy does most, and makes nothing that would have to be counted. */
function comparison(first: Get, second: Get, test: NonNullable<Builtin['test']>, call: Direct): Get {
  return (c, f) => {
    const a = first(c, f);
    if (a === undefined) return undefined;
    const b = second(c, f);
    if (b === undefined) return undefined;
    if (c.mocks !== undefined) return call(c, [a, b]);
    tick(c.run);
    return test(a, b);
  };
}

function evaluate(args: Get[], c: Ctx, f: Frame): Value[] | undefined {
  const values: Value[] = new Array(args.length);
  for (let i = 0; i < args.length; i++) {
    const v = (args[i] as Get)(c, f);
    if (v === undefined) return undefined;
    values[i] = v;
  }
  return values;
}

/** Within the function that stands in, every name means the original again. */
function callMock(c: Ctx, mock: Mock, call: (inner: Ctx, target: string) => Value | undefined): Value | undefined {
  if (mock.kind === 'value') return mock.value;
  const inner: Ctx = { ...c, mocks: undefined, documents: [], packages: new Map(), calls: new Map(), outer: c };
  return call(inner, mock.name);
}

/** Enough for any report; an endless loop of failing calls must not fill the memory. */
const MAX_BUILTIN_ERRORS = 10_000;

const finds = new Set(['object.get', 'min', 'max', 'trace']);

/** Of a result that a builtin made; what is within an element was counted when that was made, or with the text it was read from. */
function sizeOf(made: Value | undefined): number {
  if (typeof made === 'string') return made.length;
  if (Array.isArray(made)) return ITEM * made.length;
  return made instanceof RegoSet || made instanceof RegoObject ? ENTRY * made.size : 0;
}

type Direct = (c: Ctx, values: Value[]) => Value | undefined;

function userCall(env: Env, name: string): Direct {
  const { engine } = env;
  return (c, values) => engine.callFunction(c, name, values);
}

function builtinCall(env: Env, name: string, builtin: Builtin, pos: Position | undefined): Direct {
  const contextOf = builtinContext(env);
  // What only looks something up makes nothing.
  const makes = !finds.has(name);
  return (c, values) => {
    tick(c.run);
    try {
      const made = builtin.run(values, contextOf(c));
      if (makes) grow(c.run, sizeOf(made));
      return made;
    } catch (e) {
      if (!(e instanceof BuiltinFailure)) throw placed(e, pos);
      if (e instanceof OfflineFailure) noteOffline(c, name, pos);
      const failure = new RegoFailure(e.code, `${name}: ${e.message}`, pos);
      if (c.run.strictBuiltinErrors) throw failure;
      if (c.run.builtinErrors.length < MAX_BUILTIN_ERRORS) c.run.builtinErrors.push(failure);
      c.run.trace?.({
        op: 'builtin-error',
        text: failure.message,
        path: pos?.file ?? '',
        line: pos?.line ?? 0,
        column: pos?.column ?? 0,
        locals: () => ({}),
      });
      return undefined;
    }
  };
}

/** A failure that ends the evaluation, with the place of the call where it has none of its own. */
function placed(e: unknown, pos: Position | undefined): unknown {
  return e instanceof RegoFailure && e.position === undefined ? new RegoFailure(e.code, e.message, pos) : e;
}

/** Kept by place, so that a call in a loop over thousands of files is one entry. */
function noteOffline(c: Ctx, builtin: string, pos: Position | undefined): void {
  const { file: path = '', line = 0, column = 0 } = pos ?? {};
  c.run.offline.set([builtin, path, line, column].join('\0'), { builtin, path, line, column });
}

/** What the calls of one place are given. */
export function builtinContext(env: Env): (c: Ctx) => BuiltinContext {
  const version = env.rule?.module.version ?? 'v1';
  const file = env.rule?.module.file ?? '';
  const metadata = () => metadataOf(env.engine.program, env.rule);
  return ({ run }) => ({ run, version, file, metadata });
}

/** `print` shows undefined operands too, so each operand is looked at by itself. */
function compilePrint(env: Env, t: Term & { kind: 'call' }): Get {
  const args = t.args.map((a) => compileGet(env, a));
  const shown = env.engine.program.builtins['internal.print'] as Builtin;
  const contextOf = builtinContext(env);
  return (c, f) => {
    const values = args.map((arg): Value => {
      const v = arg(c, f);
      return v === undefined ? [] : [v];
    });
    shown.run([values], contextOf(c));
    return true;
  };
}
