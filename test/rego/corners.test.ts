/** Corners of builtins in which OPA 1.22.4 was asked: what it answers, and what it says where it refuses. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { compile, toJson } from '../../agent/rego/index.ts';

const JWK = 'io.jwt.encode_sign: jwk.Parse: failed to parse sole key: jwk.ParseKey: ';
const TAGS =
  '{optional:false explicit:false application:false private:false defaultValue:<nil> tag:<nil> stringType:0 timeType:0 set:false omitEmpty:false}';

/** Each call stands for `call(…)` with operands the type check knows nothing about. */
const ROWS: [call: string, wanted: string][] = [
  ['sprintf("%+q", [128512])', '"\'\\\\U0001f600\'"'],
  ['sprintf("%#q", ["a\\n"])', '"\\"a\\\\n\\""'],
  ['sprintf("%#x|%.3x", ["", "h\u00e9llo"])', '"|68c3a9"'],
  ['sprintf("%.*f", [-5, 1])', '"%!(BADPREC)%!f(int64=1)"'],
  ['sprintf("%w", [9223372036854775808])', '"%!w(*big.Int=\\u0026{false [9223372036854775808]})"'],
  ['format_int(1, f(2.0))', 'format_int: operand 2 must be one of {2, 8, 10, 16}'],
  ['replace("h\u00e9", "", "-")', '"-h-\ufffd-\ufffd-"'],
  ['count("\\ud83d")', '1'],
  ['ceil(123456789012345678901234567890.5)', '123456789012345678899921813504'],
  ['regex.match("(a{100}){100}", "")', 'regex.match: error parsing regexp: invalid repeat count: `{100}`'],
  ['regex.match("(?<=x)", "")', 'regex.match: error parsing regexp: invalid named capture: `(?<=x)`'],
  ['regex.match("{1}", "")', 'regex.match: error parsing regexp: missing argument to repetition operator: `{1}`'],
  ['regex.find_n("\\\\Qab\\\\E+", "abbb", -1)', '["abbb"]'],
  ['regex.replace("ab", "(a)", "$1\u00e9")', '"b"'],
  ['regex.globs_match("y+z", "[a-z]+")', 'true'],
  [
    'regex.globs_match("a", "[a-")',
    "regex.globs_match: input:[a-, pos:3, range character '-' must be followed by a Unicode character: the input provided is invalid",
  ],
  ['time.clock([0, "utc"])', 'time.clock: unknown time zone utc'],
  ['time.format([-1, "America/New_York", "RFC822"])', '"31 Dec 69 18:59 EST"'],
  ['time.parse_rfc3339_ns("2023-11-14T2:13:20Z")', '1699928000000000000'],
  [
    'time.parse_ns("RFC822", "14 Nov 23 22:13 +0100")',
    'time.parse_ns: parsing time "14 Nov 23 22:13 +0100" as "02 Jan 06 15:04 MST": cannot parse "+0100" as "MST"',
  ],
  ['net.cidr_merge(["10.0.0.5"])', '["10.0.0.5/8"]'],
  ['net.cidr_merge(["10.0.0.0/8", "::/1"])', '["::/1"]'],
  ['base64url.decode("YQ=")', 'base64url.decode: illegal base64 data at input byte 3'],
  ['hex.decode("a\\n")', 'hex.decode: encoding/hex: invalid byte: U+000A'],
  ['units.parse("1\\t")', 'units.parse: units.parse: unit \t not recognized'],
  [
    'io.jwt.encode_sign({"alg": "HS256"}, {}, {"kty": "oct", "k": 1})',
    `${JWK}failed to unmarshal JSON into key (*jwk.symmetricKey): failed to unmarshal JSON into key (*jwk.symmetricKey): failed to decode value for key k: error reading next value: json: cannot unmarshal number into Go value of type string`,
  ],
  [
    'io.jwt.encode_sign({"alg": "HS256"}, {}, {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"})',
    `${JWK}jwk.Parse: key validation failed: key validation failed: jwk.ECDSAPublicKey: invalid "x" length (1) for curve "P-256"`,
  ],
  [
    'io.jwt.encode_sign({"alg": "RS256"}, {}, {"kty": "oct", "k": "AA"})',
    "io.jwt.encode_sign: jwsbb.Sign: invalid key type *jwk.symmetricKey. *rsa.PrivateKey is required: failed to produce rsa.PrivateKey from *jwk.symmetricKey: jwk.Export: no suitable exporter found for key type '*jwk.symmetricKey'",
  ],
  ['io.jwt.encode_sign({"alg": "HS256"}, {}, {"keys": []})', 'io.jwt.encode_sign: no keys found in JWK set'],
  ['io.jwt.decode("W10.e30.AA")', 'io.jwt.decode: bad JWT header: decoded JSON type was not an Object'],
  [
    'io.jwt.decode_verify("eyJhbGciOiJub25lIiwia2lkIjoxfQ.e30.AA", {"secret": "x"})',
    'io.jwt.decode_verify: kid: must be a string',
  ],
  [
    'crypto.x509.parse_certificate_request("AAAA")',
    `crypto.x509.parse_certificate_request: asn1: structure error: tags don't match (16 vs {class:0 tag:0 length:0 isCompound:false}) ${TAGS} certificateRequest @2`,
  ],
  ['yaml.marshal(1e400)', '"1e400\\n"'],
  ['yaml.unmarshal("a: 1e400")', '{"a":"1e400"}'],
  ['yaml.unmarshal("a: |\\n  x\\n  y")', '{"a":"x\\ny"}'],
  ['yaml.unmarshal("%YAML 1.2\\n---\\na: 1")', 'yaml.unmarshal: yaml: found incompatible YAML document'],
  [
    'strings.render_template("{{.a}}", {"a": {1}})',
    "strings.render_template: invalid character '1' looking for beginning of object key string",
  ],
  [
    'strings.render_template("{{len .a}}{{slice .s 1 3}}{{js .j}}", {"a": 10, "s": "h\u00e9llo", "j": "<a\'b>"})',
    '"2\u00e9\\\\u003Ca\\\\\'b\\\\u003E"',
  ],
  [
    'strings.render_template("{{if .z}}x{{end}}{{eq .z `0`}}{{printf `%d %s` .z .z}}", {"z": 0})',
    '"xtrue%!d(json.Number=0) 0"',
  ],
  [
    'strings.render_template("{{printf `%05d|%-05d|%+08.3f|%0007d|%10s|%%` 1 2 3.5 4 .s}}", {"s": "x"})',
    '"00001|2    |+003.500|0000004|         x|%"',
  ],
  // Zeros are flags, and no width begins with one: many of them can be read in one way only.
  [`strings.render_template("{{printf \`a%${'0'.repeat(60_000)}\`}}", {})`, '"a%!(NOVERB)"'],
  [
    'strings.render_template("{{define `t`}}<{{.}}>{{end}}{{template `t` .a}}{{block `b` .o}}{{$.k}}{{end}}", {"a": 1, "o": {"k": "v"}})',
    '"\\u003c1\\u003ev"',
  ],
  [
    'strings.render_template("{{range $i := 3}}{{$i}}{{end}}{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", {})',
    '"0122"',
  ],
  [
    'strings.render_template("a\\n{{nope}}", {})',
    'strings.render_template: template: template:2: function "nope" not defined',
  ],
  [
    'strings.render_template("{{break}}", {})',
    'strings.render_template: template: template:1: {{break}} outside {{range}}',
  ],
  ['units.parse("1-")', 'units.parse: units.parse: could not parse amount to a number'],
  ['units.parse_bytes("-x")', 'units.parse_bytes: units.parse_bytes: byte unit x not recognized'],
  ['units.parse("1\u00c9a")', 'units.parse: units.parse: unit \ufffd\ufffda not recognized'],
  ['json.patch({}, [f({})])', "json.patch: missing required attribute 'path'"],
  [
    'json.patch({"a": [1]}, [{"op": "move", "from": "/a", "path": "/a/0"}])',
    'json.patch: cannot unfold the already deleted composite node for key "a"',
  ],
  [
    'json.patch({"a": [1]}, [{"op": "test", "path": "/a/-", "value": 1}])',
    'json.patch: path 1 does not exist in array term [1]',
  ],
  ['json.patch([1], [{"op": "remove", "path": [null]}])', 'json.patch: invalid type for indexing'],
  [
    'rego.parse_module("m.rego", "package a.")',
    'rego.parse_module: 1 error occurred: m.rego:1: rego_parse_error: unexpected eof token: expected identifier\n\tpackage a.\n\t         ^',
  ],
  [
    'rego.parse_module("m.rego", "package a\\np := 1 2\\nq := 3 4")',
    'rego.parse_module: 2 errors occurred:\nm.rego:2: rego_parse_error: number cannot be used for rule name\nm.rego:3: rego_parse_error: number cannot be used for rule name',
  ],
  [
    'providers.aws.sign_req({"foo": 1}, {"aws_access_key": "a", "aws_region": "r", "aws_secret_access_key": "k", "aws_service": "s3"}, 1)',
    'providers.aws.sign_req: operand 1 invalid request parameters(s): {"foo"}',
  ],
  [
    'graphql.parse("query ($x: Int) { a(n: $x) }", "type Query { a(n: Int!): Int }")',
    'graphql.parse: Variable "$x" of type "Int" used in position expecting type "Int!" in GraphQL string at location 1:24',
  ],
  [
    'graphql.is_valid("{ u { ... on A { x: b } ... on B { x: b } } }", "type Query { u: U } union U = A | B type A { b: Int } type B { b: String }")',
    'false',
  ],
  [
    'graphql.parse("{ a }", "type Query { a: [Nope] }")',
    'graphql.parse: Error in gqlparser SchemaDocument to Schema conversion: input:1:18: Undefined type Nope.',
  ],
  ['graphql.schema_is_valid("union U type Query { a: U }")', 'false'],
  ['crypto.x509.parse_certificates("MAA=")', 'crypto.x509.parse_certificates: x509: malformed tbs certificate'],
  ['crypto.x509.parse_rsa_private_key("-----BEGIN X-----\\nAAAA\\n-----END X-----\\n")', 'null'],
];

test('corners of builtins are as in OPA', () => {
  const rules = ROWS.map(([call], i) => `r${i} := ${call}`);
  const helper = 'f(x) := x';
  const { policy, errors } = compile([{ path: 'p.rego', text: `package t\n${helper}\n${rules.join('\n')}\n` }]);
  assert.deepEqual(errors, []);
  for (const [i, [call, wanted]] of ROWS.entries()) {
    const answer = policy?.evalExact(`data.t.r${i}`, { strictBuiltinErrors: true, nowNs: 0n });
    const [error] = answer?.errors ?? [];
    assert.equal(error?.message ?? toJson(answer?.results[0]?.value ?? null), wanted, call);
  }
});
