export type Random = (bound: number) => number;

export function generator(seed: number): Random {
  let state = BigInt(seed + 1) * 2862933555777941757n;
  return (n) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(n));
  };
}

/** What a module's generator knows: the variables bound so far, and the rules that may be used. */
export interface Scope {
  random: Random;
  vars: string[];
  rules: Known[];
  /** Number of the next new variable. */
  fresh: { n: number };
  v0: boolean;
}

export interface Known {
  name: string;
  kind: 'value' | 'set' | 'object' | 'function1' | 'function2';
}

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

export function inner(scope: Scope): Scope {
  return { ...scope, vars: [...scope.vars] };
}

export function newVar(scope: Scope): string {
  return pick(scope.random, ['x', 'y', 'z', 'k', 'v']) + scope.fresh.n++;
}
