/** Small modules with the value of their rule `p`, as OPA 1.22.4 gives it: `test/rego/opa/variations.test.ts` asks it again. */

export interface Variation {
  body: string;
  /** The rule's value as OPA prints it; undefined where the rule is. */
  value: string | undefined;
  v0?: true;
}

const V1: readonly (readonly [body: string, value: string | undefined])[] = [
  // References in a head bind what the body needs.
  ['p := [[5, 6, 7][i] | i < 2]', '[5,6]'],
  ['p := {"a": [5, 6, 7][i]} if i > 1', '{"a":7}'],
  ['p[c] := {"a": 1, "d": 2}[c] if c <= "c"', '{"a":1}'],
  ['p contains [{"a": 1, "d": 2}[c], 1] if c <= "c"', '[[1,1]]'],
  ['p := {c: {"a": 1, "d": 2}[c] | c <= "c"}', '{"a":1}'],
  ['f(x) := [7, 8][i] if i == x\np := f(1)', '8'],
  ['p := [[[1, 2, 3][c], [1, 2, 3][d]] | c < 2; d > c]', '[[1,2],[1,3],[2,3]]'],
  // Keys and members of sets are written as the first of them was.
  ['p := {3.0: 1, "a": {3.0}, "b": {-0}}', '{"3.0":1,"a":[3.0],"b":[-0]}'],
  ['p := {3.10: 1, 1e2: 2, 0.50: 3}', '{"0.50":3,"1e2":2,"3.10":1}'],
  ['p := [{3.0, 3}, {3} | {3.0}, {3.0} | {3}, {3.0, 1} - {1}, {3} & {3.0}]', '[[3.0],[3],[3.0],[3.0],[3]]'],
  ['p := [object.union({3.0: 1}, {3: 2}), object.keys({3.0: 1}), {3: 1}[3.0]]', '[{"3.0":2},[3.0],1]'],
  ['p := json.marshal({3.0: [3.0, 1e2]})', '"{\\"3.0\\":[3.0,1e2]}"'],
  ['p[[1]] := 1 if { input.x } else := 2', '{"[1]":2}'],
];

const V0: readonly (readonly [body: string, value: string | undefined])[] = [
  ['p.q', '["q"]'],
  ['p.q { true }', '["q"]'],
  ['p.q.r', '{"q":{"r":true}}'],
  ['p.b.r["foo"]', '{"b":{"r":{"foo":true}}}'],
  ['p.q.r { true }', '{"q":{"r":true}}'],
  ['p.a.b = 1 { input.x } else = 2', '{"a":{"b":2}}'],
  ['import future.keywords.if\np.a := 1 if { input.x } else := 2', '{"a":2}'],
];

export const VARIATIONS: readonly Variation[] = [
  ...V1.map(([body, value]): Variation => ({ body, value })),
  ...V0.map(([body, value]): Variation => ({ body, value, v0: true })),
];
