/** What one report says of a push of several branches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { propertiesOf } from '../../agent/attest/statements.ts';
import { stopText } from '../../agent/cli/hook/text.ts';
import { check } from '../../agent/gate/check.ts';
import { mergeReports } from '../../agent/gate/split.ts';
import { Exit } from '../../agent/gate/types.ts';
import { exitCodeOf, gateOf, problemsOf } from '../../agent/report/facts.ts';
import { line, pushed } from '../git/outgoing-support.ts';
import { sandbox } from '../git/support.ts';
import { generateSecret } from '../support/secrets.ts';

const box = sandbox();

test('point 15: of several branches the verdict, its exactness and what could not be checked are one', async () => {
  const r = pushed(box);
  const branch = (name: string, file: string, content: string) => {
    r.git('checkout', '-qb', name, 'main');
    r.commit(file, content);
    return line(r, name, `refs/heads/${name}`);
  };
  const small = branch('small', 'a.txt', 'fine\n');
  const large = branch('large', 'b.txt', 'fine\n'.repeat(2000));
  const secret = branch('secret', 'c.env', `TOKEN=${generateSecret('github-token', 7)}\n`);
  const limits = { fullBytes: 4000, edgeBytes: 400 };
  const push = (...refs: (typeof small)[]) =>
    check(
      { kind: 'outgoing', remote: 'origin', url: r.git('remote', 'get-url', 'origin'), refs },
      { cwd: r.dir, env: r.env, limits, gates: ['push'] },
    );
  // A pass is only as exact as what was read of any branch, whichever comes first, and the line says why.
  assert.ok(propertiesOf(await push(small)).includes('PREGATE_GATE_PUSH_PASSED'));
  for (const refs of [
    [small, large],
    [large, small],
  ]) {
    const report = await push(...refs);
    const gate = gateOf(report.decision, 'push');
    assert.deepEqual([gate?.answer, gate?.exactness], ['allow', 'approximate']);
    assert.match(gate?.summary ?? '', /not looked at/);
    assert.ok(!propertiesOf(report).includes('PREGATE_GATE_PUSH_PASSED'));
  }
  // One exact reason makes a denial exact, also beside a branch that was not read whole.
  const refused = await push(large, secret);
  const gate = gateOf(refused.decision, 'push');
  assert.deepEqual([gate?.answer, gate?.exactness], ['deny', 'exact']);
  const text = stopText(refused, { gate: 'push', what: 'push', code: exitCodeOf(refused, ['push']) });
  assert.match(text, /Nothing was sent\. Enforced by policy /);

  const report = await push(small);
  const about = (path: string, fatal: boolean) => ({
    ...report,
    problems: [{ code: 'unread', message: 'It was not read.', path, fatal }],
  });
  const merged = mergeReports([about('a', true), about('a', false), about('b', false)]);
  assert.deepEqual(
    problemsOf(merged).map(({ path, fatal }) => [path, fatal]),
    [
      ['a', true],
      ['b', false],
    ],
  );
  assert.equal(exitCodeOf(merged, ['push']), Exit.couldNotCheck);
});
