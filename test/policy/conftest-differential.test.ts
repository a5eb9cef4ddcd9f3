/** Our reading of files and policies beside the real conftest's, where there is one on PATH. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { documentFromText } from '../../agent/model/document.ts';
import { testInput } from '../../agent/policy/conventions/conftest.ts';
import { parseConfigs, parserOf } from '../../agent/policy/conventions/parse.ts';
import { sandbox } from '../git/support.ts';
import { randomFrom } from '../support/random.ts';
import { bundleOf, engineOf } from './support.ts';

const box = sandbox();
const missing = spawnSync('conftest', ['--version']).error ? 'there is no conftest on PATH' : false;
if (missing) console.log(`skipped conftest: ${missing}`);

const policy = `package main

import rego.v1

deny contains msg if {
	some key, value in input
	is_number(value)
	value > 100
	msg := sprintf("%v is more than 100", [key])
}

deny contains {"msg": "two of a kind", "kind": "pair"} if input.a == input.b

deny_text contains value if {
	some value in input
	is_string(value)
	startswith(value, "n")
}

warn_flag contains "a flag" if {
	some value in input
	value == true
}

violation_null contains {"msg": "nothing"} if {
	some value in input
	value == null
}

exception contains rules if {
	input.excused == true
	rules := ["text", ""]
}
`;

const words = [
  'n1',
  'yes',
  'no',
  'on',
  '~',
  '0777',
  '08',
  '1_000',
  '0x1f',
  '0b11',
  '1.50',
  '1e3',
  '"yes"',
  "'12'",
  'plain text',
  '-4',
  '200',
  'true',
  'False',
  '2020-01-02',
  '12:30:45',
  '""',
  '.5',
  '+7',
  '0o17',
  'null',
  'N',
  'y',
  '1e',
  '190:20',
];
const keys = ['a', 'b', 'c', 'on', 'yes', 'excused', '12', '"d e"'];

type Pick = <T>(list: readonly T[]) => T;

/** An attribute or a block of HCL. */
function hclItem(index: number, pick: Pick, depth: number): string {
  if (depth === 0 || pick([true, true, false])) return `k${index} = ${hclValue(pick, 2)}`;
  const inner = `${hclItem(0, pick, depth - 1)}\n${hclItem(1, pick, depth - 1)}`;
  return `${pick(['b', 'c'])} ${pick(['', '"l"', 'x', '"l" "m"'])} ${pick(['{}', '{ k = 1 }', `{\n${inner}\n}`])}`;
}

function hclValue(pick: Pick, depth: number): string {
  const plain = ['1', '-5', '1.50', '1e3', 'true', 'null', '"s"', 'var.x', 'a.b[0]["k"].c', 'a[*].b', 'f(x, y...)'];
  if (depth === 0 || pick([true, false])) return pick([...plain, '"%%{y} $${x}"', '!true', '(1 + 2)', 'a ? b : "c"']);
  const one = () => hclValue(pick, depth - 1);
  return pick([
    `[${one()}, ${one()}]`,
    `{ a = ${one()}, "q r": ${one()}\n(v) = ${one()} }`,
    `[for k, v in a : ${one()} if v]`,
    `{for x in a : x => ${one()}}`,
    `"x\${${one()}} y"`,
    `"\${${one()}}"`,
    `"%{ if a ~} b \${c} %{ else }d%{ endif }e"`,
    `"%{ for x in a }\${x ~}  y%{ endfor }"`,
    `<<E\n  t \${a}\n$\${b}\nE\n`,
    `<<-E\n    t\n\n      \${a}\n  E\n`,
    `${one()} == ${one()}`,
  ]);
}

function element(pick: Pick, depth: number): string {
  const name = pick(['a', 'b', 'p:c']);
  const text = () => pick(['', ' ', 'x', ' a b ', '&amp;', '<!-- c -->', '<![CDATA[<q>]]>', '\n  y\n']);
  const inner = depth === 0 ? text() : [text(), element(pick, depth - 1), text(), element(pick, depth - 1)].join('');
  return `<${name}${pick(['', ' k="v"', ' k=" x\ty " p:k="&#65;"'])}>${inner}</${name}>`;
}

/** Files in every format, some of which are not what they seem. */
function filesOf(seed: number): Record<string, string> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
  const lines = () => [...new Set(Array.from({ length: 1 + random.below(6) }, () => pick(keys)))];
  const yaml = () =>
    lines()
      .map((key) => `${key}: ${key === 'excused' ? pick(['true', 'false']) : pick(words)}`)
      .join('\n');
  const json = () => {
    const parts = lines().map(
      (key) =>
        `${JSON.stringify(key.replaceAll('"', ''))}: ${pick(['1', '101', 'true', 'null', '"n"', '"x"', '1.5', '[1]', '{}'])}`,
    );
    return `{${parts.join(', ')}}`;
  };
  const plain = () =>
    lines()
      .map((key) => key.replace(/[" ]/g, ''))
      .filter((key) => !/^\d/.test(key));
  return {
    'a.yaml': `${pick(['', '# c\n---\n'])}${yaml()}\n---\n${yaml()}\n${pick(['', '---\n'])}`,
    'b.yml': `base: &base {a: 1, c: n}\nuse: {<<: *base, c: 2}\n${yaml()}\n`,
    'c.json': random.below(2) === 0 ? json() : `[${json()}, ${json()}]`,
    'd.toml': plain()
      .map((key) => `${key} = ${pick(['1', '101', 'true', '"n"', '1.5', '[1, 2]', '2020-01-02', '0x1f', '{ x = 1 }'])}`)
      .join('\n'),
    'e.ini': `[s]\n${plain()
      .map((key) => `${key} = ${pick(['1', 'true', 'n x', '"q r"', '1.5', '007', 'x ; c', '-3', 'yes'])}`)
      .join('\n')}\n`,
    '.env': plain()
      .map((key) => `${pick(['', 'export '])}${key}=${pick(['1', 'n', '"q r"', "'x'", '', 'a # b', '"a\\nb"'])}`)
      .join('\n'),
    'f.properties': plain()
      .map((key) => `${key}${pick(['=', ' = ', ': '])}${pick(['1', 'n', 'x y'])}`)
      .join('\n'),
    '.gitignore': Array.from({ length: 8 }, () =>
      pick([
        '',
        '  ',
        '#',
        '# a  ',
        '##b',
        'a/',
        '*.log  ',
        '  c',
        '!keep',
        '! x ',
        '!',
        '\\#d',
        '\\!e',
        'f\\ ',
        'g\\\\  ',
        'h\t',
        '!\\#i',
        'j k',
      ]),
    ).join('\n'),
    'g.tf': `${Array.from({ length: 4 }, (_, index) => hclItem(index, pick, 2)).join('\n')}\n`,
    'h.xml': `<?xml version="1.0"?>${element(pick, 3)}\n`,
    CODEOWNERS: Array.from({ length: 4 }, () =>
      pick(['* @a', '/docs/ @org/team a@b.com', '# c', '', 'a\\ b @x # note', '*.js', '[A] @b', 'é @a', 'q @a/b/c']),
    ).join('\n'),
    Dockerfile: `FROM ${pick(['node:22', 'node:22 AS build', '--platform=linux/amd64 node'])}\n${Array.from({ length: 4 }, () => pick(['RUN make', 'RUN ["a", "b"]', 'ENV A=b C="d e"', 'LABEL k=v', 'COPY --from=build a /b', 'USER root', 'EXPOSE 80/tcp 81', 'ARG V=1', 'CMD ["x"]', 'WORKDIR /a', 'RUN a && \\\n    b', 'ADD a b c/', 'ENTRYPOINT run it', 'HEALTHCHECK CMD curl x'])).join('\n')}\n`,
  };
}

test('conftest parses the same values and counts the same results', { skip: missing }, (context) => {
  const engine = engineOf(bundleOf(policy));
  const counted = { files: 0, values: 0, tests: 0 };
  for (let seed = 1; seed <= 4; seed++) {
    const folder = box.at(`run-${seed}`);
    mkdirSync(path.join(folder, 'policy'), { recursive: true });
    writeFileSync(path.join(folder, 'policy', 'main.rego'), policy);
    for (const [name, text] of Object.entries(filesOf(seed))) {
      writeFileSync(path.join(folder, name), text);
      const run = (...args: string[]) =>
        spawnSync('conftest', [...args, name], { cwd: folder, env: { ...box.env, NO_COLOR: '1' }, encoding: 'utf8' });
      const parsed = run('parse');
      const { configs, problem } = parseConfigs(documentFromText(name, text), parserOf(name) ?? 'yaml');
      counted.files++;
      const where = `${name} of seed ${seed}\n${text}`;
      if (parsed.status !== 0) {
        assert.ok(problem !== undefined, `conftest cannot read ${where}\n${parsed.stderr}`);
        continue;
      }
      assert.equal(problem, undefined, where);
      const values = configs.map((config) => config.value);
      const theirs = JSON.parse(parsed.stdout) as unknown;
      assert.deepEqual(
        values.length === 1 && !(name === 'Dockerfile' || name === '.gitignore') && !text.startsWith('[{')
          ? values[0]
          : values,
        theirs,
        where,
      );
      counted.values++;
      if (/^(Dockerfile|CODEOWNERS|h\.xml)$/.test(name)) continue;
      const tested = run('test', '-o', 'json');
      const [result] = JSON.parse(tested.stdout) as [Record<string, unknown>];
      const length = (key: string) => (result[key] as unknown[] | undefined)?.length ?? 0;
      const ours = { successes: 0, failures: 0, warnings: 0, exceptions: 0 };
      for (const value of values) {
        const { counts, problems } = testInput(engine, 'data.main', value, { nowNs: 0n });
        assert.deepEqual(problems, []);
        for (const key of Object.keys(ours) as (keyof typeof ours)[]) ours[key] += counts[key];
      }
      const expected = {
        successes: result['successes'],
        failures: length('failures'),
        warnings: length('warnings'),
        exceptions: length('exceptions'),
      };
      assert.deepEqual(ours, expected, where);
      counted.tests++;
    }
  }
  context.diagnostic(`${counted.values} of ${counted.files} files read alike, ${counted.tests} counted alike`);
  assert.ok(counted.values > 30);
});
