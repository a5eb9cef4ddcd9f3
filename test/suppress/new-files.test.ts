/** A suppression that comes with the push it excuses, where the push only adds files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check } from '../../agent/gate/check.ts';
import { line, pushed } from '../git/outgoing-support.ts';
import { sandbox } from '../git/support.ts';
import { generateSecret, kindsOf } from '../support/secrets.ts';

const box = sandbox();

test('a comment of the same push does not excuse a secret, though nothing of the base had to be read', async () => {
  const r = pushed(box);
  r.git('checkout', '-qb', 'feature');
  // Each kind in turn: one with a valid checksum is refused for that alone.
  kindsOf('github-token').forEach((_, at) => {
    const secret = generateSecret('github-token', at + 1);
    r.write(`t${at}.ts`, `// pregate-ignore-next-line github-token -- not real\nconst t = '${secret}';\n`);
  });
  r.git('add', '-A');
  r.git('commit', '-qm', 'add');
  const refs = [line(r, 'feature', 'refs/heads/feature')];
  const url = r.git('remote', 'get-url', 'origin');
  const report = await check({ kind: 'outgoing', remote: 'origin', url, refs }, { cwd: r.dir, env: r.env });
  const excused = report.suppressed.filter((one) => one.rule === 'github-token');
  assert.ok(excused.length > 0);
  for (const one of excused) assert.equal(one.suppressed?.introduced, true, one.path);
  const push = report.decision.gates.find((one) => one.gate === 'push');
  const denied = push?.reasons.filter((one) => one.effect === 'deny') ?? [];
  assert.equal(denied.length, kindsOf('github-token').length);
  assert.ok(denied.some((one) => one.rule === 'push/unreviewed-suppression'));
});
