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
  // null is a value, also the second time.
  ['p := [q | some _ in [1, 2]]\nq := null', '[null,null]'],
  ['p := [f(1) | some _ in [1, 2]]\nf(_) := null', '[null,null]'],
  ['p if { every x in [1, 2] { f(3); x } }\nf(_) := null', 'true'],
  ['p := object.get({"a": null}, "a", 1)', 'null'],
  // What heads promise without their bodies, and where another rule computes a key.
  ['p[1].l contains 1 if input.x\np.z.l contains 1', '{"1":{"l":[]},"z":{"l":[1]}}'],
  ['p[1].l contains 1 if input.x\np[y].l contains 1 if y := "z"', '{"z":{"l":[1]}}'],
  ['p.a.b contains 1 if input.x\np.a[y] := 1 if { y := "c"; input.x }', '{"a":{}}'],
  ['p.a[y] := 1 if { y := 2; input.x }\np.b contains 1 if input.x', '{"a":{},"b":[]}'],
  ['p.a.b[y] := 1 if { y := 2; input.x }\np.a[y] := 1 if { y := 3; input.x }', '{"a":{}}'],
  // A part of a document is there though another part has two values.
  ['p := q.a\nq[k] := v if some [k, v] in [["a", 1], ["b", 1], ["b", 2]]', '1'],
  ['p := q.b.d\nq.b[k] := v if some [k, v] in [["a", 1], ["a", 2], ["d", 3]]', '3'],
  ['p := {x | some x in ["a", "c"]; q[x]}\nq[k] := v if some [k, v] in [["a", 1], ["b", 1], ["b", 2]]', '["a"]'],
  // The last value of a key that is written twice.
  ['p := {"a": input.x, "a": 2}', '{"a":2}'],
  ['p := {y: input.x, "b": 1, y: 2} if y := 5', '{"5":2,"b":1}'],
  // Functions stand in for builtins under `not` as elsewhere.
  ['p if { not count([1]) == 1 with count as f }\nf(_) := 3', 'true'],
  ['p if { not f(1) with f as g.h }\nf(x) := x\ng.h(x) := false', 'true'],
  // A call binds its result once its arguments are known.
  ['p[x] := [7, 8][x] if { walk([x], [k, 1]) }', '{"1":8}'],
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
