import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'pregate-new-rule-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function newRule(...words: string[]) {
  const script = join(root, 'scripts/new-rule.ts');
  const env = { ...process.env, PREGATE_NEW_RULE_ROOT: folder };
  return spawnSync(process.execPath, [script, ...words], { env, encoding: 'utf8' });
}

describe('npm run new-rule', () => {
  it('makes the rule, its fixtures and its page', () => {
    const result = newRule('my-new-rule');
    assert.equal(result.status, 0, result.stderr);
    const rule = readFileSync(join(folder, 'agent/rules/pipelines/my-new-rule.ts'), 'utf8');
    assert.match(rule, /id: 'my-new-rule'/);
    for (const path of ['ng.first/tree/README.md', 'ng.first/expected.txt', 'ok.neighbour/tree/README.md']) {
      assert.ok(existsSync(join(folder, 'test/rules/my-new-rule', path)), path);
    }
    assert.ok(existsSync(join(folder, 'docs/rules/notes/my-new-rule.md')));
  });

  it('does not overwrite, and takes only kebab-case ids', () => {
    assert.match(newRule('my-new-rule').stderr, /exists already; nothing was written/);
    assert.equal(newRule('My_Rule').status, 2);
    assert.equal(newRule('x', '--family', 'poems').status, 2);
  });
});

it('the registry, the built-in policy and the rule pages are what the sources say', () => {
  const result = spawnSync(process.execPath, [join(root, 'scripts/generate.ts'), '--check'], { encoding: 'utf8' });
  assert.equal(result.status, 0, result.stderr);
});
