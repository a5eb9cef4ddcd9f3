/** `--schema` and `schemas` in METADATA: what a JSON Schema says of input and data is held against the rules. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { typeOfSchema } from '../../agent/rego/compile/schema-type.ts';
import { ANY } from '../../agent/rego/compile/types.ts';
import { runCli } from '../support/cli.ts';

const cwd = mkdtempSync(join(tmpdir(), 'pregate-schemas-'));
after(() => rmSync(cwd, { recursive: true }));
mkdirSync(join(cwd, 'all', 'sub'), { recursive: true });
const write = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
const object = (properties: object): object => ({ type: 'object', properties });
write(
  'input.json',
  JSON.stringify({
    ...object({
      name: { type: 'string' },
      list: { type: 'array', items: { type: 'number' } },
      next: { $ref: '#' },
      either: { anyOf: [{ type: 'string' }, object({ q: { type: 'boolean' } })] },
      both: { allOf: [object({ a: { type: 'number' } }), { properties: { b: { type: 'string' } } }] },
    }),
  }),
);
write('all/sub/one.json', JSON.stringify(object({ k: { type: 'number' } })));

const details = async (...words: string[]): Promise<{ line: number; message: string; details?: string[] }[]> => {
  const { code, out } = await runCli(['policy', 'check', '--json', ...words], { cwd, env: {} });
  const { errors } = JSON.parse(out);
  assert.equal(code, errors.length > 0 ? 1 : 0);
  return errors;
};

test('one schema is that of the input', async () => {
  write(
    'p.rego',
    `package p
a if input.nam
b if concat(",", input.list)
c if input.next.next.list[0] == "x"
d if input.either.r
e := [input.both.a, input.both.b, input.both.c]
f if input.next.name == "x"
g if input[x]
`,
  );
  assert.deepEqual(await details('p.rego'), []);
  const errors = await details('--schema', 'input.json', 'p.rego');
  assert.deepEqual(
    errors.map((e) => [e.line, e.message]),
    [
      [2, 'undefined ref: input.nam'],
      [3, 'concat: invalid argument(s)'],
      [4, 'match error'],
      [5, 'undefined ref: input.either.r'],
      [6, 'undefined ref: input.both.c'],
    ],
  );
  assert.equal(errors[0]?.details?.at(-1)?.trim(), 'want (one of): ["both" "either" "list" "name" "next"]');
  assert.equal(errors[1]?.details?.[0], 'have: (string, array[number])');
});

test('METADATA names the schemas of a folder, or has its own', async () => {
  const block = (path: string, schema: string): string => `# METADATA\n# schemas:\n#  - ${path}: ${schema}\n`;
  write(
    'q.rego',
    `package q
${block('input', 'schema.sub.one')}a if input.z
${block('input.k', 'schema.sub.one')}b if { input.k.z; input.other }
${block('data.acl', 'schema["sub"].one')}c if data.acl.z
${block('input', '{type: object, properties: {k: {type: string}}}')}d if input.z
e if input.z
${block('input', 'schema.none')}f if input.z
`,
  );
  const lines = async (...words: string[]): Promise<string[]> => (await details(...words)).map((e) => e.message);
  assert.deepEqual(await lines('-s', 'all', 'q.rego'), [
    'undefined ref: input.z',
    'undefined ref: input.k.z',
    'undefined ref: data.acl.z',
    'undefined ref: input.z',
    'undefined schema: schema.none',
  ]);
  // Their names mean nothing where no schemas are given.
  assert.deepEqual(await lines('q.rego'), ['undefined ref: input.z']);
});

write('ok.rego', 'package ok\np := 1\n');

test('a query is held to the schema of the input, and one that cannot be read is wrong usage', async () => {
  const asked = await runCli(['policy', 'eval', '-d', 'ok.rego', '--schema', 'input.json', 'input.nam'], {
    cwd,
    env: {},
  });
  assert.match(asked.out + asked.err, /undefined ref: input\.nam/);
  const missing = await runCli(['policy', 'check', '--schema', 'nowhere.json', 'p.rego'], { cwd, env: {} });
  assert.equal(missing.code, 2);
  assert.match(missing.err, /the schema nowhere\.json cannot be read/);
});

test('a schema is read once, however often it contains itself', () => {
  let reads = 0;
  const get = (of: object, key: string | symbol): unknown => {
    reads++;
    return Reflect.get(of, key);
  };
  const counted = (schema: object): object => new Proxy(schema, { get });
  const names = Array.from({ length: 20 }, (_, i) => `p${i}`);
  const every = (part: unknown): object => counted(object(Object.fromEntries(names.map((name) => [name, part]))));
  const whole = every({ $ref: '#' });
  assert.equal(typeOfSchema(whole), ANY);
  assert.ok(reads > 0 && reads < 200, `${reads} reads`);
  reads = 0;
  typeOfSchema(whole);
  assert.equal(reads, 0);

  // The same without references: YAML's aliases share parts.
  let shared: object = { type: 'string' };
  for (let i = 0; i < 12; i++)
    shared = i % 2 === 0 ? every(shared) : counted({ anyOf: [shared, { type: 'null' }, shared] });
  typeOfSchema(shared);
  assert.ok(reads > 0 && reads < 200, `${reads} reads`);
  reads = 0;
  const part = counted({ properties: { a: { type: 'string' } } });
  assert.equal(typeOfSchema({ allOf: Array.from({ length: 100_000 }, () => part) }), ANY);
  assert.ok(reads < 100_000, `${reads} reads`);

  const one = typeOfSchema(object({ next: { $ref: '#' }, a: { type: 'string' } }));
  assert.deepEqual(one.kind === 'object' && [...one.fields.keys()], ['next', 'a']);
});

test('a reference that is none may be anything', async () => {
  assert.equal(typeOfSchema({ $ref: '#/%' }), ANY);
  write(
    'r.rego',
    'package r\n# METADATA\n# schemas:\n#  - input: {type: object, properties: {k: {$ref: "#/%"}}}\na if input.k.z\n',
  );
  assert.deepEqual(await details('r.rego'), []);
});
