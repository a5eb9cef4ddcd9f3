import { builtinTable } from '../../rego/builtins/index.ts';
import { type Builtin, type BuiltinContext, BuiltinFailure, OfflineFailure } from '../../rego/builtins/types.ts';
import { RegoFailure } from '../../rego/errors.ts';
import type { OfflineCall, Run } from '../../rego/eval/context.ts';
import type { Value } from '../../rego/values/value.ts';
import { termFromText, termText } from './term-text.ts';
import { FUEL, metered } from './wasm-meter.ts';

/** What one evaluation of compiled policy came to. */
export interface WasmAnswer {
  /** JSON text of OPA's result set; `[]` when the entrypoint is undefined. */
  json: string;
  offline: OfflineCall[];
}

export interface WasmPolicy {
  entrypoints: string[];
  /** Evaluates one entrypoint for input as JSON text. Throws an `Error` with one line when the policy gives up. */
  evaluate(entrypoint: string, inputJson: string | undefined, nowNs: bigint | undefined): WasmAnswer;
}

/** What is used of the platform's WebAssembly; Node's types leave it to those of a browser. */
interface Platform {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: Record<string, Record<string, unknown>>) => { exports: unknown };
  Memory: new (limits: { initial: number; maximum: number }) => Memory;
}

interface Memory {
  buffer: ArrayBuffer;
}

const { Module, Instance, Memory } = (globalThis as unknown as { WebAssembly: Platform }).WebAssembly;

/** Exports of OPA's WebAssembly ABI 1.2 and later (openpolicyagent.org/docs/wasm). */
interface Exports {
  opa_wasm_abi_version: { value: unknown } | undefined;
  opa_wasm_abi_minor_version: { value: unknown } | undefined;
  entrypoints(): number;
  builtins(): number;
  opa_malloc(size: number): number;
  opa_json_parse(at: number, length: number): number;
  opa_json_dump(value: number): number;
  opa_value_parse(at: number, length: number): number;
  opa_value_dump(value: number): number;
  opa_heap_ptr_get(): number;
  opa_heap_ptr_set(at: number): void;
  [FUEL]: { value: number };
  opa_eval(a: number, entry: number, data: number, input: number, length: number, heap: number, format: number): number;
}

/** Pages of 64 KB: what a policy may take before the evaluation is given up. */
const maximumPages = 4096;
const maximumSteps = 20_000_000;
/** Calls of functions and rounds of loops: some seconds. An input of 4 MB takes about a tenth of it to be read. */
const maximumFuel = 1_000_000_000;

/**
 * Loads `policy.wasm` as `opa build -t wasm` makes it. Builtins that the policy does not bring itself are those of our
 * Rego engine, so that texts, numbers and errors are OPA's; a network builtin is undefined, and said to be.
 * Throws an `Error` when it is no such module or needs a builtin that does not exist.
 */
export function loadWasm(bytes: Uint8Array, dataJson: string, fuel: number = maximumFuel): WasmPolicy {
  const module = new Module(metered(bytes));
  const first = start(module, dataJson, fuel);
  let host: Host | undefined = first;
  return {
    entrypoints: [...first.entrypoints.keys()],
    evaluate: (entrypoint, inputJson, nowNs) => {
      host ??= start(module, dataJson, fuel);
      const here = host;
      try {
        return here.evaluate(entrypoint, inputJson, nowNs);
      } catch (error) {
        // What gave up in the middle has left its memory as it was then.
        host = undefined;
        throw error;
      }
    },
  };
}

interface Host {
  entrypoints: Map<string, number>;
  evaluate: WasmPolicy['evaluate'];
}

function start(module: object, dataJson: string, fuel: number): Host {
  const memory = new Memory({ initial: 5, maximum: maximumPages });
  const names = new Map<number, string>();
  const table = builtinTable({});
  let run = newRun(undefined);
  const call = (id: number, ...addresses: number[]): number => {
    const name = names.get(id) ?? '';
    const result = callBuiltin(
      name,
      table[name],
      addresses.map((at) => termFromText(text(wasm.opa_value_dump(at)))),
      run,
    );
    return result === undefined ? 0 : parse(wasm.opa_value_parse, termText(result));
  };
  const env = {
    memory,
    opa_abort: (at: number) => {
      throw new Error(text(at));
    },
    opa_println: (at: number) => void run.prints.push(text(at)),
    opa_builtin0: (id: number) => call(id),
    opa_builtin1: (id: number, _: number, a: number) => call(id, a),
    opa_builtin2: (id: number, _: number, a: number, b: number) => call(id, a, b),
    opa_builtin3: (id: number, _: number, a: number, b: number, c: number) => call(id, a, b, c),
    opa_builtin4: (id: number, _: number, a: number, b: number, c: number, d: number) => call(id, a, b, c, d),
  };
  const wasm = new Instance(module, { env }).exports as unknown as Exports;
  checkVersion(wasm);
  wasm[FUEL].value = maximumFuel;
  function text(at: number): string {
    const bytes = new Uint8Array(memory.buffer);
    const end = bytes.indexOf(0, at);
    return new TextDecoder().decode(bytes.subarray(at, end));
  }
  function write(json: string): [at: number, length: number] {
    const bytes = new TextEncoder().encode(json);
    const at = wasm.opa_malloc(bytes.length + 1);
    const into = new Uint8Array(memory.buffer);
    into.set(bytes, at);
    into[at + bytes.length] = 0;
    return [at, bytes.length];
  }
  function parse(how: (at: number, length: number) => number, json: string): number {
    const value = how(...write(json));
    if (value === 0) throw new Error('the compiled policy could not read a value');
    return value;
  }
  const namesAt = (at: number) => JSON.parse(text(wasm.opa_json_dump(at))) as Record<string, number>;
  for (const [name, id] of Object.entries(namesAt(wasm.builtins()))) {
    if (!Object.hasOwn(table, name)) throw new Error(`it needs the builtin ${name}, which does not exist here`);
    names.set(id, name);
  }
  const entrypoints = new Map(Object.entries(namesAt(wasm.entrypoints())));
  const data = parse(wasm.opa_json_parse, dataJson);
  const heap = wasm.opa_heap_ptr_get();
  return {
    entrypoints,
    evaluate: (entrypoint, inputJson, nowNs) => {
      const entry = entrypoints.get(entrypoint);
      if (entry === undefined) return { json: '[]', offline: [] };
      run = newRun(nowNs);
      wasm[FUEL].value = fuel;
      try {
        wasm.opa_heap_ptr_set(heap);
        const [at, length] = inputJson === undefined ? [0, 0] : write(inputJson);
        const json = text(wasm.opa_eval(0, entry, data, at, length, wasm.opa_heap_ptr_get(), 0));
        return { json, offline: [...run.offline.values()] };
      } catch (error) {
        throw reasonOf(error, wasm[FUEL].value < 0 ? fuel : 0, memory.buffer.byteLength);
      }
    },
  };
}

/** What a trap was about: WebAssembly says "unreachable" to all of it. */
function reasonOf(error: unknown, spent: number, bytes: number): unknown {
  if (spent > 0) return new RegoFailure('eval_budget_error', `more than ${spent} steps of compiled code`);
  // OPA's allocator says so where a request is refused; elsewhere the memory has simply come near its end.
  const refused = error instanceof Error && error.message.includes('opa_malloc');
  if (error instanceof RegoFailure || (!refused && bytes < (maximumPages * 65_536 * 3) / 4)) return error;
  return new RegoFailure('eval_memory_error', `more than ${(maximumPages * 65_536) >> 20} MB of memory`);
}

/** `opa_eval` came with 1.2; a later major version would mean something else by the same names. */
function checkVersion(wasm: Exports): void {
  const major = Number(wasm.opa_wasm_abi_version?.value);
  const minor = Number(wasm.opa_wasm_abi_minor_version?.value);
  if (major !== 1 || !(minor >= 2))
    throw new Error(`it speaks OPA's ABI ${major}.${minor}; 1.2 and later are understood`);
}

/** Undefined where the builtin refuses its operands, as in Rego. */
function callBuiltin(name: string, builtin: Builtin | undefined, args: Value[], run: Run): Value | undefined {
  try {
    return builtin?.run(args, { run, version: 'v1', file: '' } satisfies BuiltinContext);
  } catch (error) {
    if (!(error instanceof BuiltinFailure)) throw error;
    if (error instanceof OfflineFailure)
      run.offline.set(name, { builtin: name, path: 'policy.wasm', line: 0, column: 0 });
    return undefined;
  }
}

function newRun(nowNs: bigint | undefined): Run {
  return {
    steps: 0,
    maxSteps: maximumSteps,
    bytes: 0,
    maxBytes: maximumPages * 65_536,
    deadline: undefined,
    signal: undefined,
    nowNs,
    env: undefined,
    seed: 'pregate',
    strictBuiltinErrors: false,
    builtinErrors: [],
    offline: new Map(),
    prints: [],
    trace: undefined,
    profile: undefined,
    covered: undefined,
    places: undefined,
    reads: new Set(),
    memory: new Map(),
  };
}
