import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gateInput } from '../../agent/policy/input.ts';
import { bundleOf, collectedOf, commitOf, engineOf, gateOf } from './support.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/gates.md'), 'utf8');

describe('docs/gates.md', () => {
  it('names every rule of the built-in gates', () => {
    const ids = new Set(
      engineOf()
        .rules()
        .map((rule) => rule.id),
    );
    assert.ok(ids.size > 20);
    assert.deepEqual(
      [...ids].filter((id) => id !== undefined && !page.includes(`\`${id}\``)),
      [],
    );
  });

  it('names every key of the input', () => {
    const { input } = gateInput(collectedOf({ commits: [commitOf('1', 'good')] }), []);
    const commit = input.commits[0];
    const keys = [...Object.keys(input), ...Object.keys(commit ?? {}), ...Object.keys(commit?.signature ?? {})];
    assert.deepEqual(
      keys.filter((key) => !new RegExp(`\`${key}(\\[\\])?\``).test(page)),
      [],
    );
  });

  it('shows an example that works', () => {
    const example = /```rego\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
    const engine = engineOf(bundleOf(example));
    const push = (count: number) =>
      gateOf('push', collectedOf({ commits: Array.from({ length: count }, () => commitOf('1', 'good')) }), { engine });
    assert.equal(push(50).answer, 'allow');
    const [reason] = push(51).reasons;
    assert.deepEqual(
      [reason?.effect, reason?.rule, reason?.remedy],
      ['deny', 'push/large-push', 'Push in parts, or ask the platform team.'],
    );
  });
});
