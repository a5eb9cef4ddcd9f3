import assert from 'node:assert/strict';
import { it } from 'node:test';
import { forms } from '../../agent/model/secrets/generic/signs.ts';
import { firstCharacters } from '../support/first-characters.ts';

it('no form is passed over for a character with which its sign can begin', () => {
  const missed = forms.flatMap(({ sign, first }) =>
    first === undefined
      ? []
      : [...firstCharacters(sign)].filter((one) => !first.includes(one)).map((one) => `${one} begins ${sign.source}`),
  );
  assert.deepEqual(missed, []);
});

it('the first characters of an expression are those with which a match can begin', () => {
  assert.deepEqual([...firstCharacters(/^\s{1,3}(?:a|b\d)?[=:]/)].sort(), [':', '=', 'a', 'b']);
  assert.deepEqual([...firstCharacters(/^(?!x)(?= ?["'])y?/)].sort(), ['"', "'"]);
  assert.deepEqual([...firstCharacters(/^P{2}/i)].sort(), ['P', 'p']);
  assert.equal(firstCharacters(/^[^=]{0,3}/).size, 128);
});
