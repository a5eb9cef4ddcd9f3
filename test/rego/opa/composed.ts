import { BY_TYPE, TEXTS } from './pools.ts';

const COMPOSED: Record<string, () => readonly string[][]> = {
  'time.format': () => {
    const whole = TEXTS.time.map((t) => [t]);
    const zones = ['"UTC"', '"Europe/Berlin"', '"America/New_York"', '"Local"', '"Asia/Kolkata"'];
    return [...whole, ...TEXTS.layout.flatMap((l) => zones.map((z) => [`[1714979289123456789, ${z}, ${l}]`]))];
  },
  'regex.replace': () => {
    const into = ['"x"', '"$1"', '"${n}"', '"$0!"', '"$1x"', '"$$"', '"${1}x"', '""', '"\\\\1"', '"$"', '"${"'];
    return TEXTS.subject.flatMap((s) => TEXTS.regex.flatMap((r) => into.map((i) => [s, r, i])));
  },
  'regex.template_match': () => {
    const templates = [
      '"urn:foo:{.*}"',
      '"a{b*}c"',
      '"{"',
      '"}"',
      '"a"',
      '"{[a-z]+}-{\\\\d+}"',
      '"{a{2}}"',
      '"<x*>"',
      '"{[}"',
    ];
    const texts = ['"urn:foo:bar"', '"abbbc"', '"a"', '"abc-12"', '"aa"', '"xx"', '""'];
    return templates.flatMap((t) =>
      texts.flatMap((s) => [
        [t, s, '"{"', '"}"'],
        [t, s, '"<"', '">"'],
        [t, s, '""', '"}"'],
        [t, s, '"{{"', '"}"'],
      ]),
    );
  },
  'net.cidr_expand': () =>
    ['"192.168.1.0/30"', '"10.1.2.3/31"', '"::1/127"', '"x"', '"10.0.0.1"', '"10.0.0.0/33"', '"10.0.0.1/32"'].map(
      (t) => [t],
    ),
  'net.cidr_merge': () =>
    [
      '["10.0.0.0/9", "10.128.0.0/9"]',
      '{"10.0.0.1", "10.0.0.0"}',
      '[]',
      '["x"]',
      '["10.0.0.0/24", "10.0.1.0/24", "2001:db8::/33", "2001:db8:8000::/33"]',
      '["10.0.0.0/8", "10.1.0.0/16"]',
      '[1]',
      '["::1"]',
      '["10.0.0.0/33"]',
      '["0.0.0.0/1", "128.0.0.0/1"]',
      '["::ffff:10.0.0.0/104", "11.0.0.0/8"]',
      '{"192.0.128.0/24", "192.0.2.112/28"}',
    ].map((t) => [t]),
  'net.cidr_contains_matches': () => {
    const a = [
      '"10.0.0.0/8"',
      '["10.0.0.0/8", "1.1.1.0/24"]',
      '{"10.0.0.0/8"}',
      '{"x": "10.0.0.0/8", "y": ["1.1.1.0/24", "z"]}',
      '[["10.0.0.0/8", "tag"]]',
      '["x"]',
      '[1]',
      '[[]]',
      '[[1]]',
    ];
    const b = [
      '"10.1.1.1"',
      '["10.1.0.0/16", "1.1.1.1"]',
      '{["10.1.1.1", 3]}',
      '{"k": "1.1.1.5"}',
      '"x"',
      '[{}]',
      '[]',
    ];
    return a.flatMap((x) => b.map((y) => [x, y]));
  },
  'json.filter': () => BY_TYPE['object']!.flatMap((o) => TEXTS.paths.map((p) => [o, p])),
  'json.remove': () => BY_TYPE['object']!.flatMap((o) => TEXTS.paths.map((p) => [o, p])),
  format_int: () => BY_TYPE['number']!.flatMap((n) => TEXTS.base.map((b) => [n, b])),
  'array.slice': () =>
    BY_TYPE['array']!.flatMap((a) => TEXTS.offset.flatMap((x) => TEXTS.offset.map((y) => [a, x, y]))),
  to_number: () =>
    [
      '"1"',
      '"1.50"',
      '"0x10"',
      '"1e3"',
      '"1_0"',
      '" 1"',
      '"NaN"',
      '"Inf"',
      '""',
      '"-0"',
      '"+1"',
      '".5"',
      '"5."',
      '"1e400"',
      '"00012"',
      '"12345678901234567890123"',
      '"0b1"',
      '"1e"',
      '"--1"',
      '"1.0"',
      'null',
      'true',
      'false',
      '[]',
      '5',
    ].map((t) => [t]),
  'urlquery.encode_object': () =>
    [
      '{"a": "b c", "d": ["x", "y"], "e": {"z", "é"}}',
      '{}',
      '{"a": 1}',
      '{"a": [1]}',
      '{1: "a"}',
      '{"a": []}',
      '{"a&b": "c=d"}',
      '{"a": {1}}',
    ].map((t) => [t]),
  'object.get': () =>
    BY_TYPE['object']!.flatMap((o) =>
      [
        '"a"',
        '["a", "b"]',
        '["a", "b", 0]',
        '1',
        '[]',
        '[1]',
        '[[1]]',
        'null',
        '["zz"]',
        '["a", "b", 1, "c"]',
        '["d", "x"]',
      ].map((k) => [o, k, '"dflt"']),
    ),
  'rand.intn': () => [],
};

/** Whole rows of operands for builtins whose operands belong together. */
export function composed(name: string): readonly string[][] | undefined {
  return COMPOSED[name]?.();
}
