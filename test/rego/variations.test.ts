import assert from 'node:assert/strict';
import test from 'node:test';
import { compile, toJson } from '../../agent/rego/index.ts';
import { VARIATIONS } from './variations.ts';

test('small modules have the values that OPA gives them', () => {
  for (const { body, value, v0 } of VARIATIONS) {
    const { policy, errors } = compile([{ path: 't.rego', text: `package t\n${body}\n`, version: v0 ? 'v0' : 'v1' }]);
    assert.deepEqual(errors, [], body);
    const answer = policy?.evalExact('data.t.p', { nowNs: 0n });
    assert.deepEqual(answer?.errors, [], body);
    const found = answer?.results[0]?.value;
    assert.equal(found === undefined ? undefined : toJson(found), value, body);
  }
});
