/** Ways to get a secret past the hooks. `npm run evasion` shows them beside other scanners (docs/evasion.md). */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import type { Case } from '../../scripts/evasion/case.ts';
import { contentCases } from '../../scripts/evasion/content.ts';
import { historyCases } from '../../scripts/evasion/history.ts';
import { ours, plant, pushHook, type Seen, secretOf, seenContent, template } from '../../scripts/evasion/run.ts';
import { sandbox } from '../git/support.ts';

const fresh = template(sandbox());
const page = readFileSync(new URL('../../docs/evasion.md', import.meta.url), 'utf8');
let seen: Seen[] = [];

before(async () => {
  seen = (await seenContent(fresh(), [ours]))[0] as Seen[];
});

for (const [index, one] of contentCases.entries()) {
  test(`evasion ${index + 1}: ${one.name}`, () => {
    assert.equal(seen[index]?.push, isFound(one), 'the push');
    if (!one.pushOnly) assert.equal(seen[index]?.commit, isFound(one), 'the commit');
    isShown(one, index);
  });
}

for (const [at, one] of historyCases.entries()) {
  const index = contentCases.length + at;
  test(`evasion ${index + 1}: ${one.name}`, async () => {
    const r = fresh();
    const { refused, words } = await pushHook(r, plant(one, r, secretOf(index)));
    assert.equal(refused, isFound(one), words);
    assert.ok(!words.includes(secretOf(index)), 'the secret was shown');
    isShown(one, index);
  });
}

const isFound = (one: Case): boolean => one.missed === undefined && one.harmless === undefined;

/** The page is made by a run beside the peers; a case that it does not have was added without one. */
function isShown(one: Case, index: number): void {
  assert.ok(page.includes(`| ${index + 1} | ${one.name} |`), 'docs/evasion.md does not show it: npm run evasion');
}
