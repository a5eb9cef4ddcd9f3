import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readBundle } from '../../agent/bundles/load.ts';
import { entrypointsOf } from '../../agent/policy/entrypoints.ts';
import { evaluateGate } from '../../agent/policy/evaluate.ts';
import type { GateInput } from '../../agent/policy/gate-input.ts';
import { nowNs } from '../../agent/policy/input.ts';
import { runRegoTests } from '../../agent/policy/test.ts';
import { gates } from '../../agent/policy/types.ts';
import { generatedPath, policyFolder, renderDefaultPolicy } from '../../scripts/generate-policy.ts';
import { randomInput, unknownIn } from './random-input.ts';
import { engineOf, now } from './support.ts';

const temporary = mkdtempSync(join(tmpdir(), 'pregate-opa-'));
after(() => rmSync(temporary, { recursive: true }));

const hasOpa = spawnSync('opa', ['version']).status === 0;
const { bundle } = await readBundle(policyFolder, 'default');
assert.ok(bundle);

describe('the built-in gates', () => {
  it('are generated from their Rego', () => {
    assert.equal(readFileSync(generatedPath, 'utf8'), renderDefaultPolicy(), 'run npm run generate');
  });

  const { tests, errors } = runRegoTests(bundle, [], nowNs(now));
  it('compile with their tests, for every gate', () => {
    assert.deepEqual(errors, []);
    for (const gate of gates)
      assert.ok(
        tests.some((test) => test.path.includes(`.${gate}_test.`)),
        gate,
      );
  });
  for (const test of tests) it(test.path, () => assert.equal(test.outcome, 'pass', test.detail));

  it('give every statement an id, a title and, where it denies, a remedy', () => {
    for (const rule of engineOf().rules()) {
      const [, gate, kind] = /^data\.pregate\.(\w+)\.(deny|warn|depends)/.exec(rule.path) ?? [];
      if (!kind || !gates.some((one) => one === gate)) continue;
      // `weakened-gate` has two effects and says what it is above the first.
      if (rule.id === undefined && gate === 'push' && kind === 'warn') continue;
      assert.ok(rule.id && rule.title, `${rule.file}:${rule.line} has no METADATA`);
      if (kind === 'deny') assert.ok(rule.remedy, `${rule.file}:${rule.line} has no remedy`);
    }
  });

  it('are asked no less where their text spares the search for what they read', () => {
    const { mayRead: _, ...thorough } = engineOf();
    let unsure = 0;
    for (let seed = 0; seed < 60; seed++) {
      const random = randomInput(seed);
      const input = { ...random, unknown: unknownIn(random) } as unknown as GateInput;
      for (const gate of gates) {
        const entries = entrypointsOf(thorough.rules(), gate);
        const quick = evaluateGate(engineOf(), entries, input, nowNs(now));
        assert.deepEqual(quick, evaluateGate(thorough, entries, input, nowNs(now)), `seed ${seed}, ${gate}`);
        unsure += quick.statements.filter((statement) => statement.effect === 'depends').length;
      }
    }
    assert.ok(unsure > 50, `only ${unsure} unsure statements`);
  });

  it('name only rules that exist', () => {
    const named = new Set<string>();
    for (const module of bundle.modules) {
      if (module.path.endsWith('_test.rego')) continue;
      for (const [, set] of module.text.matchAll(/(?:finding\.rule (?:in|==|!=)|:=) (\{[^{}:]*\}|"[a-z-]+")/g)) {
        for (const [, id] of (set as string).matchAll(/"([a-z][a-z-]+)"/g)) named.add(id as string);
      }
      // Rules with a remedy each are the keys of an object.
      for (const [, pairs] of module.text.matchAll(/^\w+ := \{\n((?:\t"[a-z-]+": ".*",\n)+)\}/gm)) {
        for (const [, id] of (pairs as string).matchAll(/^\t"([a-z-]+)":/gm)) named.add(id as string);
      }
    }
    assert.ok(named.has('template-injection') && named.has('conflict-markers'), 'the search finds nothing');
    const rules = join(policyFolder, '../../rules');
    const missing = [...named].filter((id) => !ruleFiles.some((family) => existsSync(join(rules, family, `${id}.ts`))));
    assert.deepEqual(missing, []);
  });
});

const ruleFiles = ['secrets', 'dependencies', 'pipelines', 'repository'];

describe('opa', { skip: hasOpa ? false : 'there is no opa on PATH' }, () => {
  it('passes the tests of the built-in gates', () => {
    const run = spawnSync('opa', ['test', '-b', policyFolder], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stdout + run.stderr);
  });

  it('formats and checks them', () => {
    assert.equal(spawnSync('opa', ['fmt', '--list', policyFolder], { encoding: 'utf8' }).stdout, '');
    assert.equal(spawnSync('opa', ['check', '--strict', '-b', policyFolder]).status, 0);
  });

  it('says the same as our engine about generated inputs', () => {
    const engine = engineOf(bundle);
    const paths = gates.flatMap((gate) => ['deny', 'warn', 'depends'].map((kind) => `data.pregate.${gate}.${kind}`));
    const defined = paths.filter((path) => engine.rules().some((rule) => rule.path === path));
    const inputs = Array.from({ length: 150 }, (_, seed) => randomInput(seed));
    const file = join(temporary, 'inputs.json');
    writeFileSync(file, JSON.stringify({ inputs }));
    const query = `[x | some i in input.inputs; x := [${defined
      .map((path) => `y | y := ${path} with input as i`)
      .map((one) => `[${one}]`)
      .join(', ')}]]`;
    const run = spawnSync('opa', ['eval', '-b', policyFolder, '-i', file, '--format=raw', query], {
      encoding: 'utf8',
      maxBuffer: 1e9,
    });
    assert.equal(run.status, 0, run.stderr);
    const theirs = JSON.parse(run.stdout) as unknown[][][];
    let statements = 0;
    inputs.forEach((input, index) => {
      const { values, problems } = engine.evaluate(defined, input, { nowNs: nowNs(now) });
      assert.deepEqual(problems, []);
      const ours = values.map((value) => [value]);
      assert.deepEqual(ours, theirs[index], `seed ${index}`);
      statements += values.reduce<number>((sum, value) => sum + (value as unknown[]).length, 0);
    });
    // Agreement on silence would prove nothing.
    assert.ok(statements > 500, `only ${statements} statements`);
  });
});
