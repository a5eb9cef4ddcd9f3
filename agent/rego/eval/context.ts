/** What one evaluation carries: the budget it shares, and the documents it sees (which `with` replaces). */

import type { Group, TreeNode } from '../compile/tree.ts';
import { type Position, RegoFailure } from '../errors.ts';
import type { RegoObject, Value } from '../values/value.ts';

export interface TraceEvent {
  op: 'enter' | 'exit' | 'eval' | 'fail' | 'builtin-error';
  /** The rule (`data.a.deny`) or, for expressions, their text. */
  text: string;
  path: string;
  line: number;
  column: number;
  /** Local variables bound so far, as plain data; computed when called. */
  locals: () => Record<string, unknown>;
  /** Parts of the expression that had a value before it ran, such as both sides of a comparison; computed when called. */
  values?: () => { text: string; value: unknown }[];
}

/** A call of a builtin that needs the network, where none is given. Line and column count from 1; 0 in a query. */
export interface OfflineCall {
  /** `http.send` */
  builtin: string;
  /** The policy's file; empty when the query itself calls. */
  path: string;
  line: number;
  column: number;
}

/** Everything one call of `eval` shares. */
export interface Run {
  steps: number;
  maxSteps: number;
  /** Bytes of the values made so far, counted and not measured, so that the same policy always ends in the same place. */
  bytes: number;
  maxBytes: number;
  signal: AbortSignal | undefined;
  deadline: (() => boolean) | undefined;
  nowNs: bigint | undefined;
  env: Record<string, string> | undefined;
  seed: string;
  strictBuiltinErrors: boolean;
  builtinErrors: RegoFailure[];
  /** Calls that only the network could answer, by place. */
  offline: Map<string, OfflineCall>;
  prints: string[];
  trace: ((event: TraceEvent) => void) | undefined;
  profile: ((op: 'eval' | 'redo', place: { path: string; line: number; column: number }) => void) | undefined;
  covered: Set<object> | undefined;
  /** Where a container of the input stands, and the places read so far. Undefined: nobody asks for what it holds. */
  places: Map<object, string | undefined> | undefined;
  reads: Set<string>;
  /** Memory of builtins within one evaluation: compiled patterns, random values by key. */
  memory: Map<string, unknown>;
}

/** What stands in for a function under `with`. */
export type Mock = { kind: 'value'; value: Value } | { kind: 'function'; name: string };

export const UNDEFINED = Symbol('undefined');
export type Cached = Value | typeof UNDEFINED;

export interface Ctx {
  run: Run;
  input: Value | undefined;
  data: RegoObject;
  /** Paths under `data` that `with` replaced; rules below them are not evaluated. */
  overrides: string[][] | undefined;
  mocks: Map<string, Mock> | undefined;
  /** Values of rules by group, and of packages by node. */
  documents: (Cached | undefined)[];
  packages: Map<TreeNode, Value>;
  calls: Map<Group, Map<unknown, unknown>>;
  /** The context outside of the `with` that made this one. */
  outer: Ctx | undefined;
}

export type Frame = (Value | undefined)[];
export type Get = (c: Ctx, f: Frame) => Value | undefined;
/** Goes on with the evaluation; true means that enough is known and iteration can stop. */
export type Next = (c: Ctx, f: Frame) => boolean;
export type Gen = (next: Next) => Next;

export function newContext(run: Run, input: Value | undefined, data: RegoObject): Ctx {
  return {
    run,
    input,
    data,
    overrides: undefined,
    mocks: undefined,
    documents: [],
    packages: new Map(),
    calls: new Map(),
    outer: undefined,
  };
}

/** Counts one step and stops the evaluation when its budget is used up. */
export function tick(run: Run): void {
  if (++run.steps > run.maxSteps) throw new RegoFailure('eval_budget_error', `more than ${run.maxSteps} steps`);
  if ((run.steps & 1023) === 0) pause(run);
}

/** Counts the size of something a builtin is about to make, so that a short call cannot make gigabytes. */
export function charge(run: Run, cells: number): void {
  run.steps += cells;
  if (run.steps > run.maxSteps) throw new RegoFailure('eval_budget_error', `more than ${run.maxSteps} steps`);
  pause(run);
}

/** What a value takes beside its own letters: an element of an array, an entry of a set or object. */
export const ITEM = 24;
export const ENTRY = 96;

/** Counts the memory of something that was made, and stops the evaluation when its budget is used up. */
export function grow(run: Run, bytes: number): void {
  run.bytes += bytes;
  if (run.bytes <= run.maxBytes) return;
  throw new RegoFailure('eval_memory_error', `more than ${Math.round(run.maxBytes / 1e6)} MB of values were made`);
}

/** Throws when the evaluation was cancelled or its time is over. */
export function pause(run: Run): void {
  if (!run.signal?.aborted && !run.deadline?.()) return;
  throw new RegoFailure('eval_cancel_error', 'evaluation was stopped: time is over or it was cancelled');
}

export function conflict(message: string, pos: Position | undefined): RegoFailure {
  return new RegoFailure('eval_conflict_error', message, pos);
}
