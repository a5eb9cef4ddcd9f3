import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemsAt, propertiesAt, propertyAt, readJson } from '../../agent/model/npm/json-text.ts';

describe('places in JSON text', () => {
  const text = '{ "a\\"b" : [1, {"x": "}"}, "]"] ,\r\n "c":{"d":-1.5e3,"e":null,"d":true}}';

  it('are those of the values, whatever strings hold', () => {
    const read = readJson(text);
    assert.ok(read.ok);
    const found = [...propertiesAt(text, 0)].map(({ key, valueRange }) => [key, text.slice(...valueRange)]);
    assert.deepEqual(found, [
      ['a"b', '[1, {"x": "}"}, "]"]'],
      ['c', '{"d":-1.5e3,"e":null,"d":true}'],
    ]);
    const items = [...itemsAt(text, found.length && text.indexOf('['))].map((range) => text.slice(...range));
    assert.deepEqual(items, ['1', '{"x": "}"}', '"]"']);
  });

  it('of equal keys are those of the last, which is the one that counts', () => {
    const range = propertyAt(text, ['c', 'd'])!.valueRange;
    assert.equal(text.slice(...range), 'true');
    assert.equal(propertyAt(text, ['c', 'absent']), undefined);
  });

  it('survive a byte order mark', () => {
    const marked = `\ufeff{"a":1}`;
    const read = readJson(marked);
    assert.ok(read.ok);
    assert.equal(marked.slice(...propertyAt(read.text, ['a'])!.keyRange), '"a"');
  });

  it('stay where they are when comments and trailing commas are read over', () => {
    const relaxed = '{ // first\n "a": "// no /* comment",\n /* , */ "b": [1, 2, /* x */ ], // last\n}';
    const read = readJson(relaxed, true);
    assert.ok(read.ok);
    assert.deepEqual(read.value, { a: '// no /* comment', b: [1, 2] });
    assert.equal(read.text.length, relaxed.length);
    assert.equal(relaxed.slice(...propertyAt(read.text, ['b'])!.keyRange), '"b"');
    assert.equal(readJson('{"a":1,,}', true).ok, false);
    assert.equal(readJson('{"a":1,}').ok, false);
  });
});
