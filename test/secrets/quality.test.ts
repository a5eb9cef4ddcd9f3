import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Case, makeCorpus } from '../../bench/quality/corpus.ts';
import { scan } from './helpers.ts';

/** Least share of each set in which every value is found. `npm run bench -- quality` prints where the rest is. */
const least: Record<string, number> = { code: 0.94, config: 0.92, files: 0.94, shapes: 0.9, encoded: 0.95 };

/** The same for the snippets of `bench/quality/loud`, which hold several values each and many weak ones. */
const snippets: Record<string, number> = {
  'loud: blind-code': 0.95,
  'loud: blind-config': 0.95,
  'loud: blind-files': 0.86,
  'loud: blind-lines': 0.88,
  'loud: blind-rest': 0.84,
  'loud: blind-wild': 0.87,
  'loud: wild-second': 0.88,
  'loud: wild-fourth': 0.88,
  'loud: wild-third': 0.9,
  'loud: wild-fifth': 0.92,
  'loud: wild-sixth': 0.92,
  'loud: wild-seventh': 0.93,
  'loud: compiled': 0.84,
  'loud: operations': 0.87,
  'loud: prose': 0.82,
  'loud: scripting': 0.8,
  'loud: shell': 0.89,
  'loud: web': 0.8,
};

const cases = makeCorpus(4);

function isFound(one: Case): boolean {
  const hits = scan(one.text, one.path);
  return one.expected.every((value) => {
    const start = one.text.indexOf(value);
    return hits.some(({ range }) => range[0] < start + value.length && range[1] > start);
  });
}

describe('the generated corpus', () => {
  for (const [set, share] of Object.entries({ ...least, ...snippets })) {
    it(`${set}: at least ${share * 100} % of the cases are found`, () => {
      const all = cases.filter((one) => one.set === set);
      const missed = all.filter((one) => !isFound(one));
      assert.ok(all.length >= 60 && all.every(({ expected }) => expected.length > 0));
      assert.ok(missed.length <= all.length * (1 - share), `${missed.length} of ${all.length} missed`);
    });
  }

  it('negatives: nothing is reported', () => {
    const loud = cases.filter(
      (one) => one.expected.length === 0 && scan(one.text, one.path).some(({ severity }) => severity !== 'info'),
    );
    assert.deepEqual([...new Set(loud.map(({ template }) => template))], []);
  });

  it('nothing that has no vendor’s shape is ever said to be sure', () => {
    for (const one of cases) {
      for (const hit of scan(one.text, one.path)) {
        assert.ok(hit.by !== 'generic' || hit.confidence !== 'high', one.template);
      }
    }
  });
});
