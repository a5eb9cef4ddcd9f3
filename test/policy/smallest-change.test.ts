import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Atom, smallestChange } from '../../agent/policy/smallest-change.ts';

const atoms = (count: number, costOf: (index: number) => number = () => 1): Atom[] =>
  Array.from({ length: count }, (_, index) => ({ id: `a${index}`, cost: costOf(index) }));
const find = async (all: readonly Atom[], holds: (ids: Set<string>) => boolean) => {
  let asked = 0;
  const found = await smallestChange(all, async (set) => {
    asked++;
    return holds(new Set(set.map((atom) => atom.id)));
  });
  return { ids: found.map((atom) => atom.id), asked };
};

describe('smallestChange', () => {
  it('keeps what is needed, in the order given', async () => {
    const { ids } = await find(atoms(9), (set) => set.has('a7') && set.has('a2'));
    assert.deepEqual(ids, ['a2', 'a7']);
  });

  it('leaves the dearer of two that do the same', async () => {
    const { ids } = await find(
      atoms(4, (index) => 4 - index),
      (set) => set.has('a0') || set.has('a3'),
    );
    assert.deepEqual(ids, ['a3']);
  });

  it('is minimal also where edits need each other', async () => {
    const holds = (set: Set<string>) => (set.has('a1') && set.has('a2')) || set.size === 6;
    const { ids } = await find(atoms(6), holds);
    assert.deepEqual(ids, ['a1', 'a2']);
    for (const id of ids) assert.equal(holds(new Set(ids.filter((one) => one !== id))), false);
  });

  it('gives none when nothing is needed, and all when each is', async () => {
    assert.deepEqual((await find(atoms(5), () => true)).ids, []);
    assert.equal((await find(atoms(5), (set) => set.size === 5)).ids.length, 5);
  });

  it('asks far less than once for each set', async () => {
    const { ids, asked } = await find(atoms(64), (set) => set.has('a40'));
    assert.deepEqual(ids, ['a40']);
    assert.ok(asked < 200, String(asked));
  });
});
