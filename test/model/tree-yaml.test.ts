import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import {
  asText,
  at,
  commentAfter,
  entryOf,
  get,
  parseYaml,
  rangeIn,
  scalarsOf,
  trailingComment,
} from '../../agent/model/tree/index.ts';
import type { Node, ScalarNode } from '../../agent/model/types.ts';

const read = (text: string) => {
  const document = documentFromText('a.yml', text);
  return { document, tree: parseYaml(document) };
};
const scalar = (node: Node | undefined): ScalarNode => {
  assert.equal(node?.kind, 'scalar');
  return node as ScalarNode;
};

describe('YAML tree', () => {
  it('keeps on, yes and off as strings, and source text of numbers', () => {
    const root = read('on: push\na: yes\nb: off\nversion: 1.10\nc: true\nd: 0x10\n').tree.roots[0];
    assert.deepEqual(
      ['on', 'a', 'b', 'version'].map((key) => asText(get(root, key))),
      ['push', 'yes', 'off', '1.10'],
    );
    assert.equal(scalar(get(root, 'c')).value, true);
    assert.equal(scalar(get(root, 'd')).value, 16);
  });

  it('gives ranges that hold exactly what is written', () => {
    const text = 'a: "x"\nb:\n  - one # c\n  - {k: v}\n\n# about d\nd: |\n  t\n\n';
    const { tree } = read(text);
    const root = tree.roots[0];
    const slice = (node: Node | undefined) => node && text.slice(...node.range);
    assert.equal(slice(get(root, 'a')), '"x"');
    assert.equal(slice(get(root, 'b')), '- one # c\n  - {k: v}');
    assert.equal(slice(at(root, 'b', 1)), '{k: v}');
    assert.equal(slice(get(root, 'd')), '|\n  t');
  });

  for (const newline of ['\n', '\r\n']) {
    it(`maps every character of a scalar back to the document (${JSON.stringify(newline)})`, () => {
      const text = [
        'plain: abc def',
        "single: 'it''s here'",
        'double: "tab\\tA\\u0042\\U0001F600 end"',
        'literal: |2-',
        '    deeper',
        '   less',
        '',
        '  ${{ x }}',
        'folded: >',
        '  one two',
        '  three',
        '',
        '  four',
        'multi: first',
        '  second',
        'list: [a, "b"]',
        '',
      ].join(newline);
      const { document, tree } = read(text);
      let exact = 0;
      for (const node of scalarsOf(tree.roots[0])) {
        for (let index = 0; index < node.text.length; index++) {
          const there = document.text[node.offsetAt(index)];
          const here = node.text[index];
          if (there === here) exact += 1;
          else assert.ok(' \n'.includes(here as string) || there === '\\' || there === '\r', `${here} at ${there}`);
          if (index > 0) assert.ok(node.offsetAt(index) >= node.offsetAt(index - 1));
        }
      }
      assert.ok(exact > 70, String(exact));
      const double = scalar(get(tree.roots[0], 'double'));
      assert.equal(document.text.slice(...rangeIn(double, double.text.indexOf('end'), double.text.length)), 'end');
      const literal = scalar(get(tree.roots[0], 'literal'));
      assert.equal(literal.text.replaceAll('\r', ''), '  deeper\n less\n\n${{ x }}');
      assert.equal(document.text.slice(literal.offsetAt(literal.text.indexOf('$')), literal.range[1]), '${{ x }}');
    });
  }

  it('resolves aliases to their node and merge keys to their entries', () => {
    const text = 'base: &b\n  image: node:18\n  x: 1\njob:\n  <<: *b\n  x: 2\nother: *b\n';
    const { tree } = read(text);
    const root = tree.roots[0];
    assert.equal(asText(at(root, 'job', 'image')), 'node:18');
    assert.equal(asText(at(root, 'job', 'x')), '2');
    assert.equal(get(root, 'other'), get(root, 'base'));
  });

  it('stops at cycles, bombs and depth, and says so', () => {
    const codes = (text: string) => read(text).tree.problems.map((problem) => problem.code);
    assert.deepEqual(codes('a: &a [*a]\n'), ['yaml-alias-cycle']);
    let bomb = 'a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n';
    for (let level = 1; level < 12; level++) bomb += `a${level}: &a${level} [${`*a${level - 1},`.repeat(10)}]\n`;
    assert.ok(codes(bomb).includes('yaml-alias-bomb'));
    assert.ok(codes(`${'[ '.repeat(300)}`).length > 0);
    assert.ok(codes('- '.repeat(100_000)).length > 0);
    assert.deepEqual(codes(`a: ${'x'.repeat(5_000_001)}`), ['yaml-too-large']);
  });

  it('reads what it can of a broken file', () => {
    const { tree } = read('on: push\nkey: [unclosed\njobs:\n  a: 1\n');
    assert.deepEqual(
      tree.problems.map((problem) => problem.code),
      ['yaml-syntax'],
    );
    assert.equal(asText(get(tree.roots[0], 'on')), 'push');
    assert.equal(asText(at(tree.roots[0], 'jobs', 'a')), '1');
    for (const text of [
      '',
      '\u0000',
      '%',
      '&',
      '*x',
      '? ',
      '- - -',
      '"',
      "'",
      '|',
      '{',
      '}',
      ':',
      '\t- a',
      '!!x',
      '--- ---',
    ])
      read(text);
  });

  it('gives one root per document of a stream', () => {
    assert.equal(read('a: 1\n---\nb: 2\n---\n').tree.roots.length, 2);
  });

  it('keeps both of two equal keys; the last one counts', () => {
    const root = read('a: 1\na: 2\n').tree.roots[0];
    assert.equal(root?.kind === 'map' && root.entries.length, 2);
    assert.equal(asText(get(root, 'a')), '2');
  });

  it('is linear in the number of keys', () => {
    const text = Array.from({ length: 20_000 }, (_, index) => `key${index}: ${index}`).join('\n');
    const root = read(text).tree.roots[0];
    for (let index = 0; index < 20_000; index++) assert.equal(asText(get(root, `key${index}`)), String(index));
  });

  it('finds the comment of a line and of a node, not a hash inside quotes', () => {
    const { document, tree } = read("a: x # one\nb: 'y # no' # two\nc: it's # three\nd: x#y\ne: {f: g} # four\n");
    const texts = [1, 2, 3, 4, 5].map((line) => trailingComment(document, line)?.text);
    assert.deepEqual(texts, ['one', 'two', 'three', undefined, 'four']);
    const end = get(get(tree.roots[0], 'e'), 'f')?.range[1] as number;
    assert.equal(commentAfter(document, end)?.text, 'four');
    assert.equal(commentAfter(document, entryOf(tree.roots[0], 'd')?.value?.range[1] as number), undefined);
  });
});
