/** The vocabulary as a build stores it is the one that the sources make. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../agent/model/secrets/compile.ts';
import { buildFinder } from '../../agent/model/secrets/keywords.ts';
import { loadVocabulary, storeVocabulary } from '../../agent/model/secrets/stored.ts';

const compiled = compile();
const stored = storeVocabulary(compiled);

test('it holds the tables of the pass, what each keyword leads to, and the ids', () => {
  // At every place in memory: a table of numbers cannot lie at each of them.
  for (let shift = 0; shift < 4; shift++) {
    const moved = new Uint8Array(stored.length + 4).subarray(shift, shift + stored.length);
    moved.set(stored);
    const { finder, targetsOf, ids } = loadVocabulary(moved);
    const made = buildFinder(compiled.keywords);
    for (const name of ['entries', 'bits', 'shorts', 'heads'] as const)
      assert.deepEqual(finder[name], made[name], name);
    assert.deepEqual(Buffer.from(finder.letters), Buffer.from(made.letters));
    const targets = compiled.targets.split('\n').map((_, keyword) => targetsOf(keyword));
    assert.equal(targets.join('\n'), compiled.targets);
    assert.equal(ids, compiled.ids);
  }
});

test('what is cut off or goes on is none', () => {
  for (const length of [0, 3, 4, 100, stored.length - 1])
    assert.throws(() => loadVocabulary(stored.subarray(0, length)), RangeError, `${length}`);
  assert.throws(() => loadVocabulary(Buffer.concat([stored, Buffer.alloc(4)])), RangeError);
});
