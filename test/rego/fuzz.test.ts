/** Broken modules: whatever is done to the text, the compiler answers with a result or with errors that say where. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { compile } from '../../agent/rego/index.ts';

const SOURCES = [
  `# METADATA
# title: x
# custom:
#   level: [1, 2]
package a.b["c"]

import data.x.y as z
import input.q

default p(_) := {"a": [1, -2.5e3], "b": {1, "x"}}

p(x) := y if {
	some k, v in input.items[_].tags with input as {"items": []}
	not startswith(k, "a\\u00e9\\n")
	every i in v { i > 1; i != \`raw\` }
	y := {k: w | w := z[k].f(x)[0]; w == [1 | 2]} | {3}
} else := sum([n | n := x[_]]) % 7 if x

q contains $"a {input.x + 1} \\{ {p(2)} b" if { a := 1; [a, b] = [1, {"k": 2}]; {"k": b} = {"k": 3} }
r.s[t].u := true if some t in numbers.range(1, 3)
`,
];
const PIECES = [
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '|',
  ':',
  ':=',
  '=',
  '"',
  '`',
  '$"',
  '#',
  '\n',
  ' ',
  'not ',
  'some ',
  'every ',
  'in ',
  'if ',
  'else ',
  'with ',
  'default ',
  'import ',
  'contains ',
  '_',
  '.',
  ',',
  '1e',
  '0x',
  '-',
  '\\\\',
  '\u0000',
  '\ud800',
  'é',
  '# METADATA\n# x: [',
  'set(',
  'null',
];

/** Numbers that are the same for the same seed. */
function generator(seed: number): (limit: number) => number {
  let state = seed * 2654435761 + 1;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % limit;
  };
}

function mutated(text: string, random: (limit: number) => number): string {
  let made = text;
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(made.length + 1);
    const size = random(random(8) === 0 ? 200 : 6);
    const piece = PIECES[random(PIECES.length)] as string;
    const kinds = [
      () => made.slice(0, at) + made.slice(at + size),
      () => made.slice(0, at) + piece + made.slice(at),
      () => made.slice(0, at) + piece + made.slice(at + size),
      () => made.slice(0, at) + made.slice(at, at + size).repeat(2 + random(40)) + made.slice(at + size),
      () => made.slice(0, at),
      () => made.slice(at) + made.slice(0, at),
    ];
    made = (kinds[random(kinds.length)] as () => string)();
  }
  return made;
}

test('mutated modules give a result or errors with places', () => {
  let refused = 0;
  for (let seed = 0; seed < 1500; seed++) {
    const text = mutated(SOURCES[0] as string, generator(seed));
    const { policy, errors } = compile([{ path: 'm.rego', text }], { version: seed % 3 === 0 ? 'v0' : 'v1' });
    assert.ok((policy === undefined) === errors.length > 0, JSON.stringify(text));
    const lines = text.split('\n').length;
    for (const e of errors) {
      assert.match(e.code, /^rego_[a-z_]+_error$/, JSON.stringify(text));
      assert.ok(e.message.length > 0);
      assert.ok(e.line !== undefined && e.line >= 0 && e.line <= lines, JSON.stringify([e, text]));
    }
    if (errors.length > 0) refused++;
  }
  assert.ok(refused > 500 && refused < 1500, 'some of them are broken, and not all');
});

test('deep nesting of every kind is an error or a result, never a crash', () => {
  const deep: [open: string, middle: string, close: string][] = [
    ['[', '1', ']'],
    ['{"k": ', '1', '}'],
    ['{', '1', '}'],
    ['(', '1', ')'],
    ['[x | x := ', '1', ']'],
    ['count(', '[]', ')'],
    ['-', '1', ''],
    ['1 + ', '1', ''],
    ['input[', '0', ']'],
    ['$"{', '1', '}"'],
    ['not ', 'input', ''],
    ['', 'input', '.a'],
  ];
  for (const [open, middle, close] of deep) {
    const text = `package t\np := ${open.repeat(10_000)}${middle}${close.repeat(10_000)}\n`;
    const { policy, errors } = compile([{ path: 'm.rego', text }]);
    assert.ok(policy !== undefined || errors[0]?.line !== undefined, open);
  }
});
