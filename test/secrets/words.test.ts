import assert from 'node:assert/strict';
import { it } from 'node:test';
import { wordsOf } from '../../agent/model/secrets/generic/words.ts';
import { randomFrom } from '../support/random.ts';

/** What an identifier's words are, said in three expressions. */
function plainly(identifier: string): string[] {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

it('parts identifiers into words in one walk as three expressions do', () => {
  assert.deepEqual(wordsOf('DBPassword2Key-x_API'), ['db', 'password', 'key', 'x', 'api']);
  const random = randomFrom(11);
  for (let round = 0; round < 20_000; round++) {
    const name = random.text(round % 5 === 0 ? 'aAbBzZ09_$.é\u212a\u0130' : 'aBcD1_-. ', random.below(14));
    assert.deepEqual(wordsOf(name), plainly(name), JSON.stringify(name));
  }
});
