/** What the callee of a call names: a builtin, or a function by its path under `data`. */
import type { Term } from '../ast.ts';
import type { Builtin } from '../builtins/types.ts';
import type { Value } from '../values/value.ts';
import type { Resolver } from './resolver.ts';
import type { Scope } from './scope.ts';

/** See `Resolver.plain`. */
export function plainBuiltins(builtins: Readonly<Record<string, Builtin>>): ReadonlyMap<string, number> {
  const plain = new Map<string, number>();
  for (const [name, { args, variadic, deprecated }] of Object.entries(builtins)) {
    if (!variadic && !deprecated && !name.startsWith('data.')) plain.set(name, args.length);
  }
  return plain;
}

/** A function that is named, as the value of `with` may, not called. */
export function namesBuiltin(r: Resolver, t: Term, scope: Scope): boolean {
  const name = t.kind === 'var' || t.kind === 'ref' ? callName(r, t, scope) : undefined;
  return name !== undefined && r.isBuiltin(name);
}

/** The full name, or undefined where a local variable or something computed is called. */
export function callName(r: Resolver, fn: Term, scope: Scope): string | undefined {
  if (fn.kind === 'var') {
    if (scope.sees(fn.name)) return undefined;
    if (!r.globals.has(fn.name)) return fn.name;
  }
  const [key] = fn.kind === 'ref' ? fn.path : [];
  const known = key?.kind === 'const' ? dottedName(r, fn as Term & { kind: 'ref' }, key.value, scope) : undefined;
  return known ?? callPath(r, fn, scope)?.join('.');
}

/** Most names have two parts, and few are different: each is put together once. */
function dottedName(r: Resolver, fn: Term & { kind: 'ref' }, last: Value, scope: Scope): string | undefined {
  if (fn.path.length !== 1 || typeof last !== 'string' || fn.head.kind !== 'var') return undefined;
  const first = fn.head.name;
  if (scope.sees(first)) return undefined;
  const global = r.globals.get(first);
  if (global !== undefined) r.used.add(first);
  const names = r.dotted.get(first) ?? new Map<string, string>();
  if (names.size === 0) r.dotted.set(first, names);
  const name = names.get(last) ?? [...(global ?? [first]), last].join('.');
  names.set(last, name);
  return name;
}

/** The fixed path of a function or document, or undefined when there is none. */
export function callPath(r: Resolver, fn: Term, scope: Scope): string[] | undefined {
  const head = fn.kind === 'ref' ? fn.head : fn;
  if (head.kind !== 'var') return undefined;
  const rest: string[] = [];
  for (const p of fn.kind === 'ref' ? fn.path : []) {
    if (p.kind !== 'const' || typeof p.value !== 'string') return undefined;
    rest.push(p.value);
  }
  if (scope.sees(head.name)) return undefined;
  const global = r.globals.get(head.name);
  if (global !== undefined) r.used.add(head.name);
  return [...(global ?? [head.name]), ...rest];
}
