import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../agent/gate/check.ts';
import { sandbox } from '../git/support.ts';

const box = sandbox();
// Put together here, so that this file holds no directive of its own.
const ignore = ['pregate', 'ignore'].join('-');

/** Findings on suppressions in one file that no model reads, so that only the rules on text are loaded. */
async function told(comment: string): Promise<string[]> {
  const report = await check(
    { kind: 'text', path: 'notes.py', text: `a = 1\n# ${comment}\nb = 2\n` },
    { cwd: box.folder, env: box.env },
  );
  return report.findings.map((finding) => `${finding.rule}: ${finding.message}`);
}

test('a misspelt rule is reported, also one of a family that was not loaded for this file', async () => {
  const [said = '', ...more] = await told(`${ignore}-next-line unpined-uses -- x`);
  assert.match(said, /^suppression-malformed: .*unpined-uses, which is no rule; did you mean unpinned-uses\?$/);
  assert.deepEqual(more, []);
});

test('a rule that exists but did not run is no spelling mistake', async () => {
  assert.deepEqual(await told(`${ignore}-next-line unpinned-uses -- x`), []);
});

test('a directive that does not exist is reported', async () => {
  const [said = ''] = await told(`${ignore}-file unpinned-images -- x`);
  assert.match(said, /^suppression-malformed: There is no pregate-ignore-file, /);
});
