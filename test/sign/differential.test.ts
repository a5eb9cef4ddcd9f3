import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sandbox } from '../git/support.ts';
import { compare } from './differential.ts';
import { laboratory } from './mutants.ts';

const box = sandbox();

describe('our verifier beside git’s', () => {
  it('calls none of a thousand mutants good that git does not', async () => {
    const result = await compare(laboratory(box), 1, 1000, 10);
    assert.deepEqual(result.falseGood, []);
    // Both agree on a good many, or the comparison would say nothing.
    assert.ok(result.good >= 50, `${result.good} of ${result.mutants} are good for both`);
  });
});
