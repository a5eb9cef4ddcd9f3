import assert from 'node:assert/strict';
import test from 'node:test';
import { compare, equal, fromJs, parseJson, regoText, toJs, toJson } from '../../agent/rego/index.ts';
import { add, divide, multiply, roundNumber, subtract } from '../../agent/rego/values/arithmetic.ts';
import { numberFromText, numberText, type RegoNumber } from '../../agent/rego/values/number.ts';
import { RegoObject, RegoSet } from '../../agent/rego/values/value.ts';

const n = numberFromText;
const text = (v: RegoNumber | undefined): string => (v === undefined ? 'too large' : numberText(v));

test('numbers keep their text through JSON', () => {
  for (const json of ['1', '1.0', '1e3', '0.1', '12345678901234567890123', '-0.000001', '9007199254740993']) {
    assert.equal(toJson(parseJson(json)), json);
  }
});

test('numbers compare by exact value', () => {
  const order: [string, string, number][] = [
    ['1', '1.0', 0],
    ['1e3', '1000', 0],
    ['9007199254740992', '9007199254740993', -1],
    ['1.00000000000000000001', '1', 1],
    ['-1e400', '1e-400', -1],
    ['1e1000000000', '1e999999999', 1],
  ];
  for (const [a, b, want] of order) {
    assert.equal(compare(n(a), n(b)), want, `${a} and ${b}`);
    assert.equal(equal(n(a), n(b)), want === 0);
  }
});

test('arithmetic has the digits of Go', () => {
  assert.equal(text(add(n('0.1'), n('0.2'))), '0.3');
  assert.equal(text(divide(1, 3)), '0.33333333333333333334');
  assert.equal(text(divide(1, 1000000)), '1e-06');
  assert.equal(text(multiply(n('1234567.25'), 2)), '2.4691345e+06');
  assert.equal(text(multiply(n('9007199254740993'), n('9007199254740993'))), '81129638414606699710187514626049');
  assert.equal(text(add(n('100000000000000000000000001'), 1)), '100000000000000000000000002');
  assert.equal(text(subtract(n('0.1'), n('0.1'))), '0');
  assert.equal(text(add(n('1e1000000000'), 1)), 'too large');
  assert.deepEqual(
    [2.5, -2.5, 1.2, -1.2].map((v) => roundNumber(v, 'round')),
    [3, -3, 1, -1],
  );
});

test('values have a total order across types', () => {
  const sorted = [
    'null',
    'false',
    'true',
    '-1',
    '2',
    '"a"',
    '"b"',
    '[]',
    '[1]',
    '[1,0]',
    '[2]',
    '{}',
    '{"a":1}',
    '{"a":2}',
  ];
  for (let i = 1; i < sorted.length; i++) {
    assert.equal(
      compare(parseJson(sorted[i - 1] as string), parseJson(sorted[i] as string)),
      -1,
      `${sorted[i - 1]} < ${sorted[i]}`,
    );
  }
  assert.equal(compare(new RegoObject(), new RegoSet()), -1);
});

test('strings order by code point, not by UTF-16 unit', () => {
  assert.equal(compare('\uffee', '\u{1f600}'), -1);
  assert.deepEqual(new RegoSet().add('\u{1f600}').add('\uffee').items(), ['\uffee', '\u{1f600}']);
});

test('sets and objects take equal keys as one', () => {
  const set = new RegoSet()
    .add(1)
    .add(n('1.0'))
    .add([1])
    .add([n('1.0')]);
  assert.equal(set.size, 2);
  const object = new RegoObject().set([1], 'a').set([n('1e0')], 'b');
  assert.equal(object.size, 1);
  assert.equal(object.get([1]), 'b');
  assert.equal(object.get('[1]'), undefined);
});

test('plain data goes in and out', () => {
  const data = { a: [1, 'x', null, true, { b: {} }], 'k y': 0.5 };
  assert.deepEqual(toJs(fromJs(data)), data);
  assert.deepEqual(toJs(new RegoSet().add(2).add(1)), [1, 2]);
  assert.deepEqual(toJs(new RegoObject().set(1, 'a').set([2], 'b')), { '1': 'a', '[2]': 'b' });
  const hostile = toJs(parseJson('{"__proto__": {"x": 1}}')) as object;
  assert.deepEqual(Object.keys(hostile), ['__proto__']);
  assert.equal(({} as Record<string, unknown>).x, undefined);
});

test('text of values is Rego', () => {
  assert.equal(regoText(parseJson('{"b": [1, "x\\n"], "a": null}')), '{"a": null, "b": [1, "x\\n"]}');
  assert.equal(regoText(new RegoSet()), 'set()');
  assert.equal(regoText(new RegoSet().add('b').add('a')), '{"a", "b"}');
});

test('documents are the same values whichever parser reads them', () => {
  const documents = [
    '{"__proto__": {"a": 1}, "constructor": null, "b": [true, {"": "x"}], "a": -7}',
    '{"b": 1, "a": {"c": 2}, "b": {"d": [[], {}]}}',
    '["a, 1.5, b", "x: 1e5", 123456789012345, 0]',
  ];
  for (const document of documents) {
    const [quick] = parseJson(`[${document}]`) as [RegoObject];
    // A number that has to keep its text sends the whole document to our own reader.
    const [own] = parseJson(`[${document}, 1.0]`) as [RegoObject];
    assert.equal(toJson(quick), toJson(own));
    assert.ok(equal(quick, own) && compare(quick, own) === 0, document);
    assert.deepEqual(toJs(quick), toJs(own));
  }
  const parsed = parseJson('{"a": 1}') as RegoObject;
  assert.deepEqual(
    [parsed.get('toString'), parsed.get('__proto__'), parsed.get(1), parsed.size],
    [undefined, undefined, undefined, 1],
  );
  assert.equal(toJson(parsed.set('b', 2)), '{"a":1,"b":2}');
  assert.equal(toJson(parseJson('["\\ud800", "\ud800"]')), '["\ufffd","\ufffd"]');
});

test('JSON that is none is refused with a reason', () => {
  for (const [json, reason] of [
    ['{"a": ', 'unexpected end of JSON input'],
    ['[1,]', "invalid character ']' looking for beginning of value"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['1 2', "invalid character '2' after top-level value"],
    ['01', "invalid character '1' after top-level value"],
    ['"a', 'unexpected end of JSON input'],
  ] as const) {
    assert.throws(() => parseJson(json), { message: reason }, json);
  }
  assert.throws(() => parseJson('['.repeat(20_000)), { message: 'exceeded max depth' });
});

test('nesting to the limit of JSON costs no stack', () => {
  const depth = 9_999;
  const json = `${'['.repeat(depth)}1${']'.repeat(depth)}`;
  assert.equal(equal(parseJson(json), parseJson(json)), true);
  assert.ok(Array.isArray(toJs(parseJson(json))));
});
