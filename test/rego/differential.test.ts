/** Random programs through our engine and through an `opa` binary, when one is on PATH: both must answer alike. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { compile } from '../../agent/rego/index.ts';

const ROUNDS = 6;
const RULES = 60;

const found = spawnSync('opa', ['version'], { encoding: 'utf8' });

if (found.status !== 0) test('differential', { skip: 'no opa on PATH' }, () => {});
else {
  for (let round = 0; round < ROUNDS; round++) test(`differential: seed ${round}`, () => compareWithOpa(round));
}

const INPUT = { a: 1, b: 'text', c: [1, 2, 3], d: { k: 'v', n: [1, { z: true }] }, e: null, f: 2.5, g: [] };

interface OpaAnswer {
  errors?: { code: string; message: string; location?: { row: number } }[];
  result?: { expressions: { value: unknown }[] }[];
}

function askOpa(text: string): OpaAnswer {
  const folder = mkdtempSync(join(tmpdir(), 'rego-differential-'));
  try {
    writeFileSync(join(folder, 'p.rego'), text);
    writeFileSync(join(folder, 'input.json'), JSON.stringify(INPUT));
    const args = ['eval', '--format', 'json', '-d', join(folder, 'p.rego'), '-i', join(folder, 'input.json'), 'data.t'];
    return JSON.parse(spawnSync('opa', args, { encoding: 'utf8' }).stdout) as OpaAnswer;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Rules that OPA refuses must be refused here with the same code; the others must have the same values. */
function compareWithOpa(seed: number): void {
  const random = generator(seed + 1);
  let rules = Array.from({ length: RULES }, (_, i) => ({ name: `r${i}`, text: randomRule(random, i) }));
  let answer: OpaAnswer = {};
  for (let attempt = 0; attempt < 10; attempt++) {
    answer = askOpa(moduleOf(rules));
    if (answer.errors === undefined) break;
    const refused = new Map<string, string>();
    for (const e of answer.errors) refused.set(ruleAt(rules, e.location?.row ?? 0)?.name ?? '', e.code);
    for (const rule of rules.filter((r) => refused.has(r.name))) {
      const codes = compile([{ path: 'p.rego', text: moduleOf([rule]) }]).errors.map((e) => e.code);
      assert.ok(
        codes.includes(refused.get(rule.name) as string),
        `OPA refuses (${refused.get(rule.name)}): ${rule.text}`,
      );
    }
    rules = rules.filter((r) => !refused.has(r.name));
  }
  const want = answer.result?.[0]?.expressions[0]?.value as Record<string, unknown>;
  assert.ok(Object.keys(want).length > RULES / 4, 'enough rules are left to compare');
  const { policy, errors } = compile([{ path: 'p.rego', text: moduleOf(rules) }]);
  assert.deepEqual(errors, [], rules.find((r) => r.name === ruleAt(rules, errors[0]?.line ?? 0)?.name)?.text);
  const ours = policy?.eval('data.t', { input: INPUT });
  assert.deepEqual(ours?.errors, []);
  const got = ours?.results[0]?.value as Record<string, unknown>;
  for (const { name, text } of rules) assert.deepEqual(got[name], want[name], text);
}

function moduleOf(rules: readonly { text: string }[]): string {
  return `package t\n\n${rules.map((r) => r.text).join('\n\n')}\n`;
}

function ruleAt<T extends { text: string }>(rules: readonly T[], row: number): T | undefined {
  let line = 3;
  return rules.find((r) => {
    const from = line;
    line += r.text.split('\n').length + 1;
    return row >= from && row < line;
  });
}

type Random = (n: number) => number;

/** A small linear generator: the same seed gives the same programs on every machine. */
function generator(seed: number): Random {
  let state = BigInt(seed) * 2862933555777941757n;
  return (n) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(n));
  };
}

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random(list.length)] as T;
}

function randomRule(random: Random, i: number): string {
  const name = `r${i}`;
  switch (random(6)) {
    case 0:
      return `${name} := ${expression(random, 3)}`;
    case 1:
      return `${name} contains x if {\n  some x in ${collection(random)}\n  ${condition(random, ['x'])}\n}`;
    case 2:
      return `${name}[k] := v if {\n  some k, v in ${collection(random)}\n  ${condition(random, ['k', 'v'])}\n}`;
    case 3:
      return `default ${name} := "none"\n\n${name} := "some" if {\n  ${condition(random, [])}\n  ${condition(random, [])}\n}`;
    case 4:
      return `${name} if {\n  every x in ${collection(random)} {\n    ${condition(random, ['x'])}\n    x == x\n  }\n}`;
    default:
      return `${name} := [y | some x in ${collection(random)}; y := ${expression(random, 2, ['x'])}]`;
  }
}

const ATOMS = [
  'input.a',
  'input.b',
  'input.c',
  'input.d',
  'input.e',
  'input.f',
  'input.g',
  'input.none',
  'input.d.n[1].z',
  'input.c[1]',
];

function collection(random: Random): string {
  return pick(random, [
    'input.c',
    'input.d',
    'input.g',
    'input.d.n',
    '{1, 2, "a"}',
    '["x", "y"]',
    'input.none',
    '{"p": 1, "q": [2]}',
  ]);
}

function expression(random: Random, depth: number, vars: readonly string[] = []): string {
  const atom = (): string => pick(random, [...ATOMS, ...vars, ...vars]);
  if (depth === 0) return atom();
  const inner = (): string => expression(random, depth - 1, vars);
  switch (random(14)) {
    case 0:
      return `sprintf("%v|%s", [${inner()}, ${inner()}])`;
    case 1:
      return `count(${atom()})`;
    case 2:
      return `[${inner()}, ${inner()}]`;
    case 3:
      return `{"k": ${inner()}, "l": ${atom()}}`;
    case 4:
      return `${atom()} + ${atom()}`;
    case 5:
      return `${atom()} * ${atom()} - ${atom()}`;
    case 6:
      return `{${inner()}, ${inner()}}`;
    case 7:
      return `object.get(${atom()}, "k", ${inner()})`;
    case 8:
      return `json.marshal(${inner()})`;
    case 9:
      return `[z | some z in ${collection(random)}; ${condition(random, ['z'])}]`;
    case 10:
      return `{z: ${atom()} | some z in ${collection(random)}}`;
    case 11:
      return `$"<{${atom()}}>"`;
    case 12:
      return `sort(${atom()})`;
    default:
      return atom();
  }
}

function condition(random: Random, vars: readonly string[]): string {
  const atom = (): string => pick(random, [...ATOMS, ...vars, ...vars, ...vars]);
  const simple = (): string =>
    pick(random, [
      () => `${atom()} ${pick(random, ['==', '!=', '<', '<=', '>', '>='])} ${atom()}`,
      () => `${atom()} in ${collection(random)}`,
      () => `startswith(${atom()}, "t")`,
      () => `is_number(${atom()})`,
      () => `count(${atom()}) > 1`,
      () => atom(),
      () => `object.get(${atom()}, "k", "v") == ${atom()}`,
    ])();
  return random(3) === 0 ? `not ${simple()}` : simple();
}
