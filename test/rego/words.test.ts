/** Answers and refusals of builtins in OPA's own words, as `opa eval --strict-builtin-errors` (1.22) gives them. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { compile, toJson } from '../../agent/rego/index.ts';

const AWS = '{"aws_access_key": "a", "aws_region": "r", "aws_secret_access_key": "k", "aws_service": "ec2"}';

/** A value as JSON, or the message of the error. Operands are hidden from the type check. */
const ROWS: [call: string, answer: string][] = [
  ['json.unmarshal({""})', 'json.unmarshal: EOF'],
  ['json.unmarshal({"["})', 'json.unmarshal: unexpected EOF'],
  ['json.unmarshal({"trux"})', "json.unmarshal: invalid character 'x' in literal true (expecting 'e')"],
  ['json.unmarshal({"1 2"})', "json.unmarshal: error: invalid character '2' after top-level value"],
  ['json.unmarshal({"{}}"})', "json.unmarshal: invalid character '}' looking for beginning of value"],
  ['json.unmarshal({"\\"\\\\x\\""})', "json.unmarshal: invalid character 'x' in string escape code"],
  ['json.unmarshal({"\'a\'"})', "json.unmarshal: invalid character '\\'' looking for beginning of value"],
  ['json.unmarshal({"1.x"})', "json.unmarshal: invalid character 'x' after decimal point in numeric literal"],
  ['json.marshal({[1.5e-7, 1e3, 1.0, -0]})', '"[1.5e-7,1e3,1.0,-0]"'],
  ['minus({{1}}, {2})', 'minus: operand 2 must be set but got number'],
  ['minus({{1}}, {"a"})', 'minus: operand 2 must be number but got string'],
  ['div({0}, {-2})', '-0'],
  ['mul({-1.5}, {0})', '-0'],
  ['abs({-0.0})', '0'],
  ['max({[1, 1.0]})', '1.0'],
  ['format_int({1e30}, {10})', '"1000000000000000000024696061952"'],
  ['glob.match({"[a"}, {[]}, {"a"})', 'glob.match: glob: syntax error at 2: unexpected end of input'],
  ['glob.match({"[a-cd]"}, {[]}, {"a"})', 'glob.match: glob: syntax error at 5: expected close range character'],
  ['glob.match({"[c-a]"}, {[]}, {"a"})', 'glob.match: glob: syntax error at 5: range hi character is less than lo'],
  ['glob.match({"[]a]"}, {[]}, {"a"})', 'glob.match: glob: syntax error at 2: could not parse range'],
  ['glob.match({"é{a"}, {[]}, {"a"})', 'glob.match: glob: syntax error at 4: unclosed `{`'],
  ['glob.match({"[a\\\\]]"}, {[]}, {"]"})', 'true'],
  ['regex.globs_match({"[a-z]*1"}, {"."})', 'true'],
  [
    'regex.template_match({"a{(}"}, {"x"}, {"{"}, {"}"})',
    'regex.template_match: error parsing regexp: missing closing ): `^($`',
  ],
  ['regex.match({"("}, {1})', 'regex.match: operand 2 must be string but got number'],
  ['net.cidr_contains_matches({["x"]}, {[]})', '[]'],
  [
    'net.cidr_contains_matches({[[1]]}, {"10.0.0.1"})',
    'net.cidr_contains_matches: operand 1 must be string but got number',
  ],
  ['net.cidr_merge({["::ffff:10.0.0.0/104", "11.0.0.0/8"]})', '["10.0.0.0/8","11.0.0.0/8"]'],
  ['uri.parse({"%zz"})', 'uri.parse: parse "%zz": invalid URL escape "%zz"'],
  ['uri.parse({"1a:b"})', 'uri.parse: parse "1a:b": first path segment in URL cannot contain colon'],
  ['uri.parse({"http://[::1"})', 'uri.parse: parse "http://[::1": missing \']\' in host'],
  ['uri.parse({"http://x:y/"})', 'uri.parse: parse "http://x:y/": invalid port ":y" after host'],
  ['uri.parse({"http://a b/"})', 'uri.parse: parse "http://a b/": invalid character " " in host name'],
  ['uri.parse({"http://x]:1"})', '{"hostname":"x]","port":"1","scheme":"http"}'],
  ['time.date({[0.1, 2]})', 'time.date: operand 1 must be string but got number'],
  [
    'time.parse_rfc3339_ns({"\\t"})',
    'time.parse_rfc3339_ns: parsing time "\\x09" as "2006-01-02T15:04:05Z07:00": cannot parse "\\x09" as "2006"',
  ],
  [
    'graphql.parse_query({"{ a(x: 01) }"})',
    'graphql.parse_query: Unexpected <Invalid> in GraphQL string at location 1:9',
  ],
  [
    'graphql.parse({"{ a }"}, {"type Query { __a: Int }"})',
    'graphql.parse: Error in gqlparser SchemaDocument to Schema conversion: input:1:14: ' +
      'Name "__a" must not begin with "__", which is reserved by GraphQL introspection.',
  ],
  ['graphql.parse_and_verify({"{ a }"}, {1})', '[false,{},{}]'],
  [
    `providers.aws.sign_req({{}}, {${AWS}}, {1})`,
    'providers.aws.sign_req: operand 1 missing required request parameters(s): {"method", "url"}',
  ],
  [
    `providers.aws.sign_req({{"method": "get", "url": "http://x"}}, {${AWS}}, {1e9})`,
    'providers.aws.sign_req: operand 3 could not convert time_ns value into a unix timestamp',
  ],
  [
    `providers.aws.sign_req({{"method": "get", "url": "x"}}, {${AWS}}, {-1}).headers["x-amz-date"]`,
    '"19691231T235959Z"',
  ],
];

test('builtins answer and refuse in the words of OPA', () => {
  const rules = ROWS.map(([call], i) => `r${i} := ${hidden(call)}`);
  const { policy, errors } = compile([{ path: 'p.rego', text: `package t\n${rules.join('\n')}\n` }]);
  assert.deepEqual(errors, []);
  for (const [i, [call, wanted]] of ROWS.entries()) {
    const answer = policy?.evalExact(`data.t.r${i}`, { strictBuiltinErrors: true });
    const [error] = answer?.errors ?? [];
    const got = error?.message ?? toJson(answer?.results[0]?.value ?? null);
    assert.equal(got, wanted, call);
  }
});

/** `{x}` as an operand becomes a call that the type check knows nothing about. */
function hidden(call: string): string {
  const open = call.indexOf('(') + 1;
  const close = call.lastIndexOf(')');
  const operands = call.slice(open, close).split('}, {').join(')}, {object.get({}, 0, ');
  const inner = operands.replace(/^\{/, 'object.get({}, 0, ').replace(/\}$/, ')').replaceAll(')}, {', '), ');
  return call.slice(0, open) + inner + call.slice(close);
}
