import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editText } from '../../agent/fix.ts';
import { documentFromText } from '../../agent/model/document.ts';
import {
  insertEntry,
  removeEntry,
  replaceIn,
  replaceScalar,
  setEntry,
  setTrailingComment,
} from '../../agent/model/patch.ts';
import { at, entryOf, get, parseJson, parseToml, parseYaml } from '../../agent/model/tree/index.ts';
import type { Document, Edit, Entry, MapNode, ScalarNode } from '../../agent/model/types.ts';

const parsers = { yaml: parseYaml, json: parseJson, toml: parseToml };

/** Applies an edit built from the root and gives the text, after parsing it once more without a problem. */
function patched(
  language: keyof typeof parsers,
  text: string,
  build: (document: Document, root: MapNode) => Edit[],
): string {
  const document = documentFromText(`a.${language}`, text);
  const root = parsers[language](document).roots[0] as MapNode;
  const edits = build(document, root);
  assert.ok(edits.length > 0, 'no edit');
  const after = editText(text, edits) as string;
  assert.deepEqual(parsers[language](documentFromText(`b.${language}`, after)).problems, []);
  return after;
}
const scalarAt = (root: MapNode, ...path: (string | number)[]) => at(root, ...path) as ScalarNode;

describe('patch', () => {
  it('replaces a scalar and keeps its quotes', () => {
    const text = 'a: x\nb: \'y\'\nc: "z"\nd: [p, q]\n';
    assert.equal(
      patched('yaml', text, (d, r) => replaceScalar(d, scalarAt(r, 'a'), 'new')),
      text.replace('x', 'new'),
    );
    assert.equal(
      patched('yaml', text, (d, r) => replaceScalar(d, scalarAt(r, 'b'), "it's")),
      text.replace("'y'", "'it''s'"),
    );
    assert.equal(
      patched('yaml', text, (d, r) => replaceScalar(d, scalarAt(r, 'c'), 'a"b')),
      text.replace('"z"', '"a\\"b"'),
    );
    assert.equal(
      patched('yaml', text, (d, r) => replaceScalar(d, scalarAt(r, 'd', 0), 'a, b')),
      text.replace('p', "'a, b'"),
    );
    assert.equal(
      patched('yaml', text, (d, r) => replaceScalar(d, scalarAt(r, 'a'), 'true')),
      text.replace('x', "'true'"),
    );
    assert.equal(
      patched('yaml', text, (d, r) => replaceScalar(d, scalarAt(r, 'a'), '${{ x }}')),
      text.replace('x', '${{ x }}'),
    );
    assert.equal(
      patched('json', '{"a": "x"}', (d, r) => replaceScalar(d, scalarAt(r, 'a'), 'a"b')),
      '{"a": "a\\"b"}',
    );
    assert.equal(
      patched('toml', "a = 'x'\n", (d, r) => replaceScalar(d, scalarAt(r, 'a'), 'y')),
      "a = 'y'\n",
    );
  });

  it('replaces characters inside a scalar of any style, behind multi-byte text too', () => {
    const text = 'a: "é😀 \\u0041 X"\nb: |\n  é😀 X\n  rest\nc: é X\n';
    for (const key of ['a', 'b', 'c']) {
      const after = patched('yaml', text, (d, r) => {
        const node = scalarAt(r, key);
        return replaceIn(d, node, node.text.indexOf('X'), node.text.indexOf('X') + 1, 'New');
      });
      assert.equal(after.split('New').length, 2);
      assert.equal(after.length, text.length + 2);
    }
  });

  it('adds an entry where it belongs, comments and line ends kept', () => {
    const text = '- name: x # n\n  run: |\n    a\n\n    b\n\n# tail\n- y: 1\n';
    const document = documentFromText('a.yml', text);
    const step = at(parseYaml(document).roots[0], 0) as MapNode;
    const add = (place: { before?: Entry; after?: Entry }) =>
      editText(text, insertEntry(document, step, 'env', { A: '${{ b }}' }, place)) as string;
    assert.equal(add({}), text.replace('    b\n', '    b\n  env:\n    A: ${{ b }}\n'));
    assert.equal(
      add({ before: entryOf(step, 'name') as Entry }),
      text.replace('- name', '- env:\n    A: ${{ b }}\n  name'),
    );
    assert.equal(
      add({ after: entryOf(step, 'name') as Entry }),
      text.replace('# n\n', '# n\n  env:\n    A: ${{ b }}\n'),
    );
    const marked = patched('yaml', '\ufeffa: 1\nb: 2\n', (d, r) =>
      insertEntry(d, r, 'c', 3, { after: entryOf(r, 'a') as Entry }),
    );
    assert.equal(marked, '\ufeffa: 1\nc: 3\nb: 2\n');
    const windows = patched('yaml', 'a: 1\r\nb: 2', (d, r) => insertEntry(d, r, 'c', { d: 3 }));
    assert.equal(windows, 'a: 1\r\nb: 2\r\nc:\r\n  d: 3');
  });

  it('adds to flow maps, JSON and TOML in their own form', () => {
    assert.equal(
      patched('yaml', 'a: {b: 1}\n', (d, r) => insertEntry(d, get(r, 'a') as MapNode, 'c', 'x, y')),
      "a: {b: 1, c: 'x, y'}\n",
    );
    assert.equal(
      patched('yaml', 'a: {}\n', (d, r) => insertEntry(d, get(r, 'a') as MapNode, 'c', true)),
      'a: { c: true }\n',
    );
    assert.equal(
      patched('json', '{\n  "a": 1\n}\n', (d, r) => insertEntry(d, r, 'b', [1])),
      '{\n  "a": 1,\n  "b": [1]\n}\n',
    );
    assert.equal(
      patched('json', '{}', (d, r) => insertEntry(d, r, 'b', 'c')),
      '{\n  "b": "c"\n}',
    );
    assert.equal(
      patched('toml', '[t]\na = 1 # x\n[u]\n', (d, r) => insertEntry(d, get(r, 't') as MapNode, 'b', 'c')),
      '[t]\na = 1 # x\nb = "c"\n[u]\n',
    );
  });

  it('sets an entry: a scalar, a map for a scalar, a value for none', () => {
    assert.equal(
      patched('yaml', 'a: x # c\nb: 1\n', (d, r) => setEntry(d, r, 'a', { c: 'd' })),
      'a:\n  c: d # c\nb: 1\n',
    );
    assert.equal(
      patched('yaml', 'a:\nb: 1\n', (d, r) => setEntry(d, r, 'a', 'v')),
      'a: v\nb: 1\n',
    );
    assert.equal(
      patched('yaml', 'a: 1\n', (d, r) => setEntry(d, r, 'z', false)),
      'a: 1\nz: false\n',
    );
  });

  it('removes an entry with its line, also the first of a list item and one in a flow map', () => {
    const text = 'a: 1 # c\nb:\n  x: 1\n  y: 2\nc: [1]\n';
    const remove = (source: string, path: (string | number)[], key: string) =>
      patched('yaml', source, (d, r) => {
        const map = (path.length === 0 ? r : at(r, ...path)) as MapNode;
        return removeEntry(d, map, entryOf(map, key) as Entry);
      });
    assert.equal(remove(text, [], 'a'), 'b:\n  x: 1\n  y: 2\nc: [1]\n');
    assert.equal(remove(text, ['b'], 'y'), 'a: 1 # c\nb:\n  x: 1\nc: [1]\n');
    assert.equal(remove(text, [], 'b'), 'a: 1 # c\nc: [1]\n');
    assert.equal(remove('s:\n  - a: 1\n    b: 2\n', ['s', 0], 'a'), 's:\n  - b: 2\n');
    assert.equal(remove('s: {a: 1, b: 2}\n', ['s'], 'a'), 's: {b: 2}\n');
    assert.equal(remove('s: {a: 1, b: 2}\n', ['s'], 'b'), 's: {a: 1}\n');
    assert.equal(remove('s:\n  a: 1\n', ['s'], 'a'), 's:\n  {}\n');
  });

  it('writes a comment behind a value, and only where there is room for one', () => {
    assert.equal(
      patched('yaml', 'a: x\n', (d, r) => setTrailingComment(d, scalarAt(r, 'a'), 'v1')),
      'a: x # v1\n',
    );
    assert.equal(
      patched('yaml', 'a: x   # old\n', (d, r) => setTrailingComment(d, scalarAt(r, 'a'), 'v1')),
      'a: x   # v1\n',
    );
    const document = documentFromText('a.yml', 'a: {b: x, c: y}\n');
    const root = parseYaml(document).roots[0];
    assert.deepEqual(setTrailingComment(document, scalarAt(root as MapNode, 'a', 'b'), 'v1'), []);
  });

  it('does not touch what an anchor brought in', () => {
    const document = documentFromText('a.yml', 'b: &b\n  x: 1\nc:\n  <<: *b\n  y: 2\n');
    const map = get(parseYaml(document).roots[0], 'c') as MapNode;
    assert.deepEqual(removeEntry(document, map, entryOf(map, 'x') as Entry), []);
    assert.deepEqual(setEntry(document, map, 'x', 'n'), []);
  });
});
