import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compile } from '../../agent/rego/index.ts';

/** `rule path` of everything that the rules of a package `p` read of the input. */
function reads(body: string, version: 'v0' | 'v1' = 'v1'): string[] {
  const { policy, errors } = compile([{ path: 'p.rego', text: `package p\n\n${body}\n` }], { version });
  assert.ok(policy, JSON.stringify(errors));
  return policy.inputPaths().map(({ rule, path }) => `${rule.slice(7)} ${path.map((key) => key ?? '_').join('.')}`);
}

describe('what rules read of the input', () => {
  it('is followed through variables, loops and patterns', () => {
    assert.deepEqual(reads('a if input.spec.replicas > 1'), ['a spec.replicas']);
    assert.ok(reads('a if { some c in input.spec.containers; c.image }').includes('a spec.containers._.image'));
    assert.ok(reads('a if { every c in input.list { c.ok } }').includes('a list._.ok'));
    assert.ok(reads('a if { s := input.spec; t := s.template; t.x }').includes('a spec.template.x'));
    assert.ok(reads('a if { [k, v] = input.pair; k; v.deep }').includes('a pair._.deep'));
    assert.ok(reads('a if { {"meta": m} := input; m.name }').includes('a meta.name'));
    assert.ok(reads('deny[m] { i := input[_]; i.Cmd == "from"; m := i.Value }', 'v0').includes('deny _.Cmd'));
    assert.ok(reads('import input.request.object as o\n\na if o.kind').includes('a request.object.kind'));
    assert.ok(reads('a := [x | x := input.items[_].name; x.first]').includes('a items._.name.first'));
  });

  it('is followed through helper rules, functions, and builtins that hand on a part', () => {
    const set = 'containers contains c if some c in input.spec.containers\n\n';
    assert.ok(reads(`${set}a if { some c in containers; c.image }`).includes('a spec.containers._.image'));
    assert.ok(reads(`${set}a if containers[c].image`).includes('a spec.containers._.image'));
    assert.ok(reads(`${set}a if { containers[c]; c.name }`).includes('a spec.containers._.name'));
    assert.ok(reads('jobs[n] := j if some n, j in input\n\na if jobs.build.script').includes('a _.script'));
    assert.ok(reads('spec := input.spec\n\na if spec.x').includes('a spec.x'));
    assert.ok(reads('f(o) := o.meta.name\n\na if f(input.object) == "x"').includes('f object.meta.name'));
    assert.ok(reads('f(o) := o.meta\n\na if f(input.object).labels').includes('a object.meta.labels'));
    assert.ok(reads('a if object.get(input, ["a", "b"], 0) == 1').includes('a a.b'));
    assert.ok(reads('a if { walk(input.tree, [_, node]); node.secret }').includes('a tree._.secret'));
    assert.ok(reads('a if object.union(input.x, {}).y').includes('a x.y'));
  });

  it('ends, and leaves out what is not of the input', () => {
    assert.deepEqual(reads('a if data.x.y == 1'), []);
    assert.deepEqual(reads('a if { x := {"kind": 1}; x.kind == 1 }'), []);
    const loop = 'f(x) := g(x.next)\n\ng(x) := y if y := x.other\n\nx := f(input.list) if x := input.a\n\n';
    assert.ok(
      reads(`${loop}p if { some e in input.list; e.next.next.next.next.next.next.next.next.next.next }`).length > 2,
    );
    const long = Array.from({ length: 400 }, (_, index) => `a contains input.k${index}\n`).join('');
    assert.equal(reads(long).length, 400);
  });

  it('names rule and line, each path once for a rule', () => {
    const { policy } = compile([{ path: 'p.rego', text: 'package p\n\na if {\n\tinput.x\n\tinput.x == 1\n}\n' }], {});
    assert.deepEqual(policy?.inputPaths(), [{ path: ['x'], rule: 'data.p.a', file: 'p.rego', line: 4 }]);
  });
});
