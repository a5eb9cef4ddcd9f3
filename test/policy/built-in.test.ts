import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInPolicy } from '../../agent/policy/built-in.ts';
import { defaultBundle } from '../../agent/policy/default.ts';
import { nowNs } from '../../agent/policy/input.ts';
import { type Evaluation, gates } from '../../agent/policy/types.ts';
import { compile } from '../../agent/rego/index.ts';
import { parseModule, parseQueryText } from '../../agent/rego/parser/index.ts';
import { loadModule, queryOfPaths, storeModule } from '../../agent/rego/stored.ts';
import { RegoObject, RegoSet } from '../../agent/rego/values/value.ts';
import { storedTrees } from '../../scripts/gates-plugin.ts';
import { randomInput } from './random-input.ts';
import { now } from './support.ts';

describe('the built-in gates with the few builtins they call', () => {
  for (const gate of gates) {
    it(`compile for ${gate} alone`, () => {
      const { engine, problems } = builtInPolicy([gate]);
      assert.deepEqual(problems, []);
      assert.ok(engine?.rules().some((rule) => rule.path.startsWith(`data.pregate.${gate}.`)));
    });
  }

  it('answer as the whole engine does', () => {
    const { engine } = builtInPolicy();
    // `regoEngine` would give the engine that was compiled a line above: both keep what they made by the bundle's digest.
    const { policy } = compile(defaultBundle().modules);
    assert.ok(engine && policy);
    const paths = [...new Set(engine.rules().map((rule) => rule.path))].filter((path) =>
      /\.(deny|warn|depends)$/.test(path),
    );
    assert.ok(paths.length >= gates.length);
    let said = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const input = randomInput(seed);
      const answer: Evaluation = engine.evaluate(paths, input, { nowNs: nowNs(now) });
      assert.deepEqual(answer.problems, []);
      const expected: unknown[] = paths.map(
        (path) => policy.eval(path, { input, nowNs: nowNs(now) }).results[0]?.value,
      );
      assert.deepEqual(answer.values, expected, `seed ${seed}`);
      said += answer.values.flat().length;
    }
    assert.ok(said > 0, 'no input made any gate say anything');
  });
});

it('the trees that the build writes are those that the parser makes, and so is the query', () => {
  const stored = storedTrees();
  assert.deepEqual(Object.keys(stored).sort(), ['commit.rego', 'lib.rego', 'push.rego']);
  for (const { path, text } of defaultBundle().modules.filter(({ path }) => path in stored)) {
    const parsed = parseModule(path, text, 'v1');
    const loaded = loadModule(stored[path] as string, text);
    assert.deepEqual(withoutUndefined(loaded), withoutUndefined(parsed));
    // Sets and objects are values with members of their own, which a comparison of fields does not see.
    assert.deepEqual(constantsOf(loaded.rules), constantsOf(parsed.rules));
  }
  const text = '[[x | x := data.pregate.push.deny], [x | x := data.pregate.push.warn_later]]';
  const made = queryOfPaths(['data.pregate.push.deny', 'data.pregate.push.warn_later'], text);
  assert.equal(withoutPlaces(made), withoutPlaces(parseQueryText(text, 'v1')));
  const annotated = parseModule('a.rego', '# METADATA\n# title: A\npackage a\n', 'v1');
  assert.throws(() => storeModule(annotated), /a\.rego cannot be stored/);
  assert.throws(() => storeModule(parseModule('a.rego', 'package a\nx = \n', 'v1')), /cannot be stored/);
});

function withoutUndefined(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof RegoSet || value instanceof RegoObject)
    return value;
  if (Array.isArray(value)) return value.map(withoutUndefined);
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries.map(([key, one]) => [key, withoutUndefined(one)]));
}

/** What the sets and objects of a tree hold, in the tree's order. */
function constantsOf(tree: unknown): unknown[] {
  const out: unknown[] = [];
  JSON.stringify(tree, (_, value) => {
    if (value instanceof RegoSet) out.push(value.items());
    if (value instanceof RegoObject) out.push([...value.entries()]);
    return value;
  });
  return out;
}

function withoutPlaces(tree: unknown): string {
  return JSON.stringify(tree, (key, value) => (key === 'pos' || key === 'end' ? 0 : value));
}
