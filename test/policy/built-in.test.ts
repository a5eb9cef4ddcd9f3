import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { builtInPolicy } from '../../agent/policy/built-in.ts';
import { defaultBundle } from '../../agent/policy/default.ts';
import { nowNs } from '../../agent/policy/input.ts';
import { type Evaluation, gates } from '../../agent/policy/types.ts';
import { compile } from '../../agent/rego/index.ts';
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
