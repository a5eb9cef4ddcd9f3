import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readBundle } from '../../agent/bundles/load.ts';
import { termFromText, termText } from '../../agent/policy/engines/term-text.ts';
import { loadWasm } from '../../agent/policy/engines/wasm-host.ts';
import { engineFor } from '../../agent/policy/engines.ts';
import type { PolicyBundle, PolicyEngine } from '../../agent/policy/types.ts';
import { compare, parseJson } from '../../agent/rego/index.ts';
import { folder, good, root } from './folder.ts';

const source = join(import.meta.dirname, 'wasm');
const opa = spawnSync('opa', ['version']).status === 0;
const nowNs = 1_800_000_000_000_000_000n;

const inputs: unknown[] = [
  {},
  { commits: [], changes: [], list: [], object: {} },
  {
    commits: [
      { subject: 'fix "it"', committer: { date: '2001-01-01T00:00:00Z' } },
      { subject: 'Ok', committer: { date: '2026-01-01T00:00:00Z' } },
    ],
  },
  { changes: [1, 2, 3, 4], list: [1, 'x', null, 2.5, '7'], object: { a: { 'ü"': [true] } } },
  { list: [[], {}, 'é\n\u0001'], object: [], ask: true },
];
const paths = ['data.pregate.push.deny', 'data.pregate.push.warn', 'data.pregate.commit.deny', 'data.acme.report'];

async function bundleAt(path: string): Promise<PolicyBundle> {
  const { bundle, problems } = await readBundle(path, path);
  assert.deepEqual(problems, []);
  assert.ok(bundle);
  return bundle;
}

async function engineAt(path: string): Promise<PolicyEngine> {
  const { engine, problems } = engineFor(await bundleAt(path));
  assert.deepEqual(problems, []);
  assert.ok(engine);
  return engine;
}

/** The source alone, without the archive beside it. */
function regoFolder(): string {
  const files = readdirSync(source).filter((name) => /\.(rego|json)$/.test(name));
  return folder(Object.fromEntries(files.map((name) => [name, readFileSync(join(source, name), 'utf8')])));
}

describe('compiled policy', () => {
  it('answers as the source it was compiled from', async () => {
    const [wasm, own] = [await engineAt(join(source, 'gates.tar.gz')), await engineAt(regoFolder())];
    assert.equal(wasm.name, 'WebAssembly');
    for (const input of inputs) {
      const [a, b] = [wasm, own].map((engine) => engine.evaluate(paths, input, { nowNs }));
      assert.deepEqual(sorted(a?.values), sorted(b?.values), JSON.stringify(input));
      assert.deepEqual([a?.problems, b?.problems], [[], []]);
      assert.deepEqual(
        a?.offline?.map((call) => call.builtin),
        b?.offline?.map((call) => call.builtin),
      );
    }
  });

  it('is stopped after so many steps of its own code, and after 256 MB', async () => {
    const bundle = await bundleAt(join(source, 'gates.tar.gz'));
    const { bytes } = bundle.compiled as NonNullable<PolicyBundle['compiled']>;
    const input = JSON.stringify({
      commits: Array.from({ length: 300 }, () => ({ subject: 'x', committer: { date: '2001-01-01T00:00:00Z' } })),
    });
    const entry = 'pregate/push';
    const [free, short] = [loadWasm(bytes, '{}'), loadWasm(bytes, '{}', 20_000)];
    assert.notEqual(free.evaluate(entry, input, nowNs).json, '[]');
    assert.throws(() => short.evaluate(entry, input, nowNs), {
      code: 'eval_budget_error',
      message: /^more than 20000 steps/,
    });
    // What gave up is started anew, and an input that takes less is answered.
    assert.equal(short.evaluate(entry, '{}', nowNs).json, free.evaluate(entry, '{}', nowNs).json);
    const engine = await engineAt(join(source, 'gates.tar.gz'));
    const large = { list: ['x'.repeat(140_000_000)] };
    const { values, problems } = engine.evaluate(['data.pregate.push.deny'], large, { nowNs });
    assert.deepEqual(
      [values, problems.map((problem) => [problem.code, problem.fatal])],
      [[undefined], [['policy-memory', true]]],
    );
  });

  it('answers again and again without remembering the question before', async () => {
    const wasm = await engineAt(join(source, 'gates.tar.gz'));
    const first = inputs.map((input) => wasm.evaluate(paths, input, { nowNs }).values);
    for (let round = 0; round < 50; round++) {
      const index = (round * 7) % inputs.length;
      assert.deepEqual(wasm.evaluate(paths, inputs[index], { nowNs }).values, first[index]);
    }
  });

  it('knows its rules from its entrypoints, and what METADATA says of them', async () => {
    const rules = (await engineAt(join(source, 'gates.tar.gz'))).rules();
    const named = rules.map((rule) => rule.path);
    for (const path of paths.slice(0, 3)) assert.ok(named.includes(path), path);
    const big = rules.find((rule) => rule.path === 'data.pregate.commit.deny');
    assert.deepEqual([big?.id, big?.remedy], ['big-commit', 'Commit in parts.']);
  });

  it('that is damaged, or is no policy, is a compile error and no pass', async () => {
    const empty = 'AGFzbQEAAAA=';
    for (const bytes of [Buffer.from('not wasm'), Buffer.from(empty, 'base64'), Buffer.alloc(0)]) {
      const path = folder(good);
      writeFileSync(join(path, 'policy.wasm'), bytes);
      const { engine, problems } = engineFor(await bundleAt(path));
      assert.equal(engine, undefined);
      assert.match(problems[0]?.message ?? '', /policy\.wasm cannot be used/);
      assert.deepEqual([problems[0]?.code, problems[0]?.fatal], ['policy-compile', true]);
    }
  });

  it('is what the real opa builds from its source now', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const target = join(mkdtempSync(join(root, 'built-')), 'gates.tar.gz');
    const files = readdirSync(source).filter((name) => /\.(rego|json)$/.test(name));
    const entries = ['pregate/push', 'pregate/commit/deny', 'acme/report'].flatMap((entry) => ['-e', entry]);
    const run = spawnSync('opa', ['build', '-t', 'wasm', ...entries, ...files, '-o', target], {
      cwd: source,
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    const [fresh, kept] = [await engineAt(target), await engineAt(join(source, 'gates.tar.gz'))];
    for (const input of inputs) {
      assert.deepEqual(fresh.evaluate(paths, input, { nowNs }), kept.evaluate(paths, input, { nowNs }));
    }
  });

  it('answers as the real opa answers for its source', async (test) => {
    if (!opa) return test.skip('there is no opa on the PATH');
    const wasm = await engineAt(join(source, 'gates.tar.gz'));
    const plain = regoFolder();
    for (const input of inputs) {
      const query = `[${paths.map((path) => `[x | x := ${path} with time.now_ns as ${nowNs}]`).join(', ')}]`;
      const run = spawnSync('opa', ['eval', '--stdin-input', '-d', plain, '-f', 'json', query], {
        input: JSON.stringify(input),
        encoding: 'utf8',
      });
      const { result } = JSON.parse(run.stdout) as { result: { expressions: { value: unknown[][] }[] }[] };
      const theirs = result[0]?.expressions[0]?.value.map((list) => list[0]);
      assert.deepEqual(sorted(wasm.evaluate(paths, input, { nowNs }).values), sorted(theirs), JSON.stringify(input));
    }
  });
});

it('numbers of the data are what they were written as, for the own engine and for opa', async (test) => {
  const files = {
    'a.rego': 'package a\n\ntext := sprintf("%v %v %v %v", [data.n.list, data.y.v, data.z.big, data.n.plain])\n',
    'n/data.json': '{"list": [1.50, 1e2, 12345678901234567890.10], "plain": 1, "__proto__": {"x": 1}}',
    'y/data.yaml': 'v: 12345678901234567890\n',
    'z/data.json': '{"big": 123456789012345678901234567890}',
  };
  const path = folder(files);
  const engine = await engineAt(path);
  const [text] = engine.evaluate(['data.a.text'], {}, { nowNs }).values;
  assert.match(String(text), /12345678901234567890\.10?\] 12345678901234567890 123456789012345678901234567890 1$/);
  if (!opa) return test.skip('there is no opa on the PATH to compare with');
  const run = spawnSync('opa', ['eval', '-b', path, '-f', 'raw', 'data.a.text'], { encoding: 'utf8' });
  assert.equal(text, run.stdout.trim());
});

it('values pass to compiled policy and back unchanged', () => {
  for (const text of [
    'null',
    '[]',
    '{}',
    '[1,-2.5e10,"a\\"\\\\\\u0001",{"a":{"b":[true,false]}}]',
    '12345678901234567890.10',
  ]) {
    const value = parseJson(text);
    assert.equal(compare(termFromText(termText(value)), value), 0);
  }
  for (const text of ['set()', '{1,2,{"a":1}}', '{1:2,{3}:[4]}', '{set(),{}}']) {
    assert.equal(termText(termFromText(text)).length, text.length, text);
  }
});

/** Through JSON: the order of keys and prototypes are no part of an answer. */
function sorted(value: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? null));
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, inner]) => [key, walk(inner)]),
    );
  };
  return walk(plain);
}
