import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'smol-toml';
import { documentFromText } from '../../agent/model/document.ts';
import { asText, get, parseJson, parseToml } from '../../agent/model/tree/index.ts';
import type { Node } from '../../agent/model/types.ts';

const json = (text: string) => parseJson(documentFromText('a.json', text));

function plain(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(plain);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
}

describe('JSON tree', () => {
  it('reads what JSON.parse reads, and the ranges parse to the same values', () => {
    const value = {
      'a"b': [1, -2.5e3, true, null, 'x\n\u2028\ud83d\ude00"\\'],
      '': {},
      deep: [[[{ k: [] }]]],
      '/*no*/': '// no',
    };
    for (const text of [
      JSON.stringify(value),
      JSON.stringify(value, null, 2),
      `\ufeff${JSON.stringify(value, null, '\t')}`,
    ]) {
      const tree = json(text);
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(plain(tree.roots[0]), value);
      const visit = (node: Node | undefined): void => {
        if (!node) return;
        assert.deepEqual(JSON.parse(text.slice(...node.range)), plain(node));
        if (node.kind === 'map') for (const entry of node.entries) visit(entry.value);
        if (node.kind === 'seq') node.items.forEach(visit);
      };
      visit(tree.roots[0]);
    }
  });

  it('tolerates comments and trailing commas without a problem', () => {
    const tree = json('{ // one\n "a": [1, /* two */ 2,],\n "b": 3,\n}');
    assert.deepEqual(tree.problems, []);
    assert.deepEqual(plain(tree.roots[0]), { a: [1, 2], b: 3 });
  });

  it('reads the rest of a broken file and says what is wrong', () => {
    const tree = json('{"a": tru, "b" 1, "c": , "d": "open\n, "e": [1 2}, "f": 5');
    assert.ok(tree.problems.length >= 4);
    assert.ok(tree.problems.every((problem) => problem.code === 'json-syntax'));
    assert.equal(asText(get(tree.roots[0], 'a')), 'tru');
    for (const text of [
      '',
      ' ',
      '[',
      '{',
      '"',
      '{"',
      '}',
      ']',
      ',',
      ':',
      '{:}',
      '[,]',
      '\u0000',
      '/*',
      '//',
      '{"a":{"b":[}',
    ]) {
      assert.ok(Array.isArray(json(text).problems));
    }
    assert.equal(json('').problems[0]?.code, 'json-empty');
  });

  it('does not go down a file that is nested without end', () => {
    assert.ok(json('['.repeat(200_000)).problems.some((problem) => problem.code === 'json-too-deep'));
    assert.ok(json('{"a":'.repeat(100_000)).problems.some((problem) => problem.code === 'json-too-deep'));
  });

  it('reads a large file when it is looked at, with true ranges', () => {
    const entry = (index: number) =>
      `"node_modules/p${index}":{"version":"1.0.${index}","integrity":"${'x'.repeat(90)}"}`;
    const text = `{"name":"x","packages":{${Array.from({ length: 70_000 }, (_, index) => entry(index)).join(',')}}}`;
    assert.ok(text.length > 8_000_000);
    const packages = get(json(text).roots[0], 'packages');
    const version = get(get(packages, 'node_modules/p69999'), 'version');
    assert.equal(asText(version), '1.0.69999');
    assert.equal(version && text.slice(...version.range), '"1.0.69999"');
  });
});

describe('TOML tree', () => {
  const text = [
    'title = "T" # c',
    'nums = [1, 2_000,',
    '  3.5, # x',
    ']',
    "path = 'C:\\x'",
    'multi = """',
    'one \\',
    '   two"""',
    '[a.b]',
    'c.d = true',
    '"quoted key" = 0x1F',
    'inline = { x = 1, y.z = "w" }',
    '[[package]]',
    'name = "one"',
    '[[package]]',
    'name = "two"',
    '[package.source]',
    'git = "g"',
    '',
  ].join('\n');

  it('reads what smol-toml reads', () => {
    const tree = parseToml(documentFromText('a.toml', text));
    assert.deepEqual(tree.problems, []);
    assert.deepEqual(plain(tree.roots[0]), JSON.parse(JSON.stringify(parse(text))));
  });

  it('knows where values stand', () => {
    const root = parseToml(documentFromText('a.toml', text)).roots[0];
    const slice = (node: Node | undefined) => node && text.slice(...node.range);
    assert.equal(slice(get(root, 'title')), '"T"');
    assert.equal(slice(get(get(get(root, 'a'), 'b'), 'quoted key')), '0x1F');
    const packages = get(root, 'package');
    assert.equal(packages?.kind === 'seq' && slice(get(packages.items[1], 'name')), '"two"');
  });

  it('goes on after an error and stays linear', () => {
    const broken = parseToml(documentFromText('a.toml', 'a = \nb = 2\n[x\nc = "open\nd = [1, 2\n'));
    assert.equal(broken.problems[0]?.code, 'toml-syntax');
    assert.equal(asText(get(broken.roots[0], 'b')), '2');
    const many = Array.from({ length: 50_000 }, (_, index) => `[t${index}]\nk = 1`).join('\n');
    assert.equal(asText(get(get(parseToml(documentFromText('b.toml', many)).roots[0], 't49999'), 'k')), '1');
    for (const hostile of ['[', '[[', '=', '"', "'''", '[a]]', 'a.', 'a = {', 'a = [[[', '\u0000']) {
      assert.ok(parseToml(documentFromText('c.toml', hostile)).roots.length === 1);
    }
  });
});
