import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { fromJs, RegoSet, toJs } from '../../agent/rego/index.ts';
import { BUILTIN_TABLE } from './builtin-table.ts';
import { evaluate, ruleValue } from './helpers.ts';

test('builtins answer as OPA does', () => {
  const wrong = BUILTIN_TABLE.flatMap(([expression, want]) => {
    const got = ruleValue(`p := x if { x := ${expression} }`);
    return JSON.stringify(sorted(got)) === JSON.stringify(sorted(want)) ? [] : [{ expression, want, got }];
  });
  assert.deepEqual(wrong, []);
});

/** Keys in one order; a round trip through values sorts them. */
function sorted(v: unknown): unknown {
  return v === undefined ? undefined : toJs(fromJs(v));
}

test('operands of the wrong type are named when errors are asked for', () => {
  const message = (expression: string, input: unknown): string =>
    evaluate(`p := ${expression}`, { input, strictBuiltinErrors: true }).errors[0]?.message ?? '';
  assert.equal(
    message('count(input)', 1),
    'count: operand 1 must be one of {array, object, set, string} but got number',
  );
  assert.equal(message('startswith("a", input)', []), 'startswith: operand 2 must be string but got array');
  assert.equal(
    message('bits.and(1, input)', 1.5),
    'bits.and: operand 2 must be integer number but got floating-point number',
  );
  assert.equal(message('regex.match(input, "a")', '['), 'regex.match: error parsing regexp: missing closing ]: `[`');
  assert.equal(
    message('concat(",", input)', [1]),
    'concat: operand 2 must be array of strings but got array containing number',
  );
});

test('a patch that fails says why', () => {
  const problem = (document: string, operation: string): string =>
    evaluate(`p := json.patch(${document}, [${operation}])`, { strictBuiltinErrors: true }).errors[0]?.message ?? '';
  const texts: [document: string, operation: string, message: string][] = [
    ['{"a": 1}', '{"op": "remove", "path": "/b"}', 'cannot delete child key "b" that does not exist'],
    ['{"a": 1}', '{"op": "add", "path": "/b/c", "value": 1}', 'path "b" does not exist in object term {"a": 1}'],
    [
      '{"a": 1}',
      '{"op": "test", "path": "/a", "value": 2}',
      'value from EditTree != patch value.\n\nExpected: 2\n\nFound: 1',
    ],
    ['{"a": 1}', '{"op": "add", "path": "/a"}', "missing required attribute 'value'"],
    ['{"a": 1}', '{"op": "twist", "path": "/a"}', "unrecognized op: 'twist'"],
    ['["x"]', '{"op": "add", "path": "/2", "value": 1}', 'index for array insertion out of bounds'],
    ['["x"]', '{"op": "add", "path": "/01", "value": 1}', 'leading zeros are not allowed in JSON paths'],
    ['["x"]', '{"op": "remove", "path": "/y"}', 'invalid string for indexing'],
    ['{"a": "x"}', '{"op": "remove", "path": "/a/b"}', 'expected composite type, found value: "x" (type: ast.String)'],
  ];
  for (const [document, operation, message] of texts) {
    assert.equal(problem(document, operation), `json.patch: ${message}`);
  }
});

test('what iterates in a call below not does so outside of it', () => {
  const body = (x: string): string =>
    `p contains "some" if not count(input.x[_]) == 1\np contains ${x} if not count(input.x[i]) == 1`;
  assert.deepEqual(ruleValue(body('i'), { inputJson: '{"x": [[1], [1, 2], [3], []]}' }), [1, 3, 'some']);
  assert.deepEqual(ruleValue(body('i'), { inputJson: '{"x": [[1], [1]]}' }), []);
});

test('tokens are signed and verified', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const input = {
    private: privateKey.export({ format: 'jwk' }),
    public: JSON.stringify(publicKey.export({ format: 'jwk' })),
    pem: publicKey.export({ format: 'pem', type: 'spki' }).toString().trimEnd(),
  };
  const body = `
    token := io.jwt.encode_sign({"alg": "ES256"}, {"iss": "me", "exp": 2000, "aud": ["x"]}, input.private)
    ok := {"cert": input.public, "iss": "me", "aud": "x", "time": 1000000000000}
    p := {
      "verified": io.jwt.verify_es256(token, input.pem),
      "otherAlgorithm": io.jwt.verify_es384(token, input.pem),
      "payload": io.jwt.decode(token)[1].iss,
      "valid": io.jwt.decode_verify(token, ok)[0],
      "expired": io.jwt.decode_verify(token, object.union(ok, {"time": 3000000000000}))[0],
      "otherIssuer": io.jwt.decode_verify(token, object.union(ok, {"iss": "you"}))[0],
      "otherAudience": io.jwt.decode_verify(token, object.union(ok, {"aud": "y"}))[0],
      "tampered": io.jwt.verify_es256(concat("", [token, "AAAA"]), input.pem),
    }`;
  assert.deepEqual(ruleValue(body, { input }), {
    verified: true,
    otherAlgorithm: false,
    payload: 'me',
    valid: true,
    expired: false,
    otherIssuer: false,
    otherAudience: false,
    tampered: false,
  });
});

test('a header that must be understood, unknown algorithms and nesting', () => {
  const verified = (header: object, payload: string): unknown => {
    const parts = [JSON.stringify(header), payload].map((part) => Buffer.from(part).toString('base64url')).join('.');
    const token = `${parts}.${createHmac('sha256', 'k').update(parts).digest('base64url')}`;
    return ruleValue(`p := io.jwt.decode_verify(input, {"secret": "k"})[0]`, { inputJson: JSON.stringify(token) });
  };
  assert.equal(verified({ alg: 'HS256' }, '{}'), true);
  assert.equal(verified({ alg: 'HS256', crit: ['x'] }, '{}'), true);
  assert.equal(verified({ alg: 'HS256', crit: ['x'], x: 1 }, '{}'), false);
  assert.equal(verified({ alg: 'none' }, '{}'), false);
  assert.equal(verified({ alg: 'HS256' }, '[1]'), undefined);
});

test('a token without a signature is not accepted', () => {
  const part = (v: unknown): string => Buffer.from(JSON.stringify(v)).toString('base64url');
  const unsigned = `${part({ alg: 'none' })}.${part({})}.`;
  const key = 'k'.repeat(32);
  const mixed = `${part({ alg: 'HS256' })}.${part({})}`;
  const signed = `${mixed}.${createHmac('sha256', key).update(mixed).digest('base64url')}`;
  const body = 'p := [x | some t in input.tokens; [x, _, _] := io.jwt.decode_verify(t, {"secret": input.key})]';
  assert.deepEqual(ruleValue(body, { input: { tokens: [unsigned, signed], key } }), [false, true]);
});

test('JSON Schema', () => {
  const schema = {
    type: 'object',
    required: ['id'],
    properties: { id: { type: 'integer', minimum: 1 }, tags: { type: 'array', items: { $ref: '#/definitions/tag' } } },
    additionalProperties: false,
    definitions: { tag: { type: 'string', pattern: '^[a-z]+$' } },
  };
  const errors = (document: unknown): unknown =>
    ruleValue('p := [e.error | some e in json.match_schema(input.d, input.s)[1]]', {
      input: { d: document, s: schema },
    });
  assert.deepEqual(errors({ id: 1, tags: ['a'] }), []);
  assert.deepEqual(errors({}), ['(Root): id is required']);
  assert.deepEqual(errors({ id: 0 }), ['id: Must be greater than or equal to 1']);
  assert.deepEqual(errors({ id: 1, x: 1 }), ['(Root): Additional property x is not allowed']);
  assert.deepEqual(errors({ id: 1, tags: ['A'] }), ["tags.0: Does not match pattern '^[a-z]+$'"]);
  const verify = (s: unknown): unknown => ruleValue('p := json.verify_schema(input)[0]', { input: s });
  assert.equal(verify(schema), true);
  assert.equal(verify({ properties: 1 }), false);
  assert.equal(verify({ $ref: 'https://x.example/s' }), false);
});

test('GraphQL', () => {
  const schema = 'type Query { user(id: ID!): User } type User { name: String! friends: [User!] }';
  const valid = (query: string): unknown =>
    ruleValue('p := graphql.is_valid(input.q, input.s)', { input: { q: query, s: schema } });
  assert.equal(valid('{ user(id: 1) { name friends { name } } }'), true);
  assert.equal(valid('query Q($i: ID!) { user(id: $i) { ...F } } fragment F on User { name }'), true);
  for (const query of [
    '{ user { name } }',
    '{ user(id: 1) }',
    '{ user(id: 1) { nope } }',
    '{ user(id: true) { name } }',
    '{ user(id: 1) { ...F } }',
    'query Q($i: ID!) { user(id: 1) { name } }',
    '{ user(id: $x) { name } }',
    'fragment F on User { ...F } { user(id: 1) { ...F } }',
  ]) {
    assert.equal(valid(query), false, query);
  }
});

test('sets survive in results as sorted arrays', () => {
  assert.deepEqual(toJs(new RegoSet().add('b').add(1).add(null)), [null, 1, 'b']);
});
