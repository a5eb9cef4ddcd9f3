/** The message of a commit as git will keep it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitWords } from '../../agent/git/commit-words.ts';
import { sandbox } from './support.ts';

test('point 10: the message that will be kept', async () => {
  const box = sandbox();
  const r = box.repository();
  r.commit('a', 'x');
  const message = Buffer.from(
    'Subject\n\n# a comment\nbody\n# ------------------------ >8 ------------------------\n# Do not touch\ndiff of a secret\n',
  );
  const whole = message.toString();
  const text = async (GIT_EDITOR: string, line?: string) => {
    const typed = line === undefined ? undefined : commitWords(line.split(' '));
    const options = { env: { ...box.env, GIT_EDITOR }, ...(typed ? { typed } : {}) };
    return (await r.collect({ kind: 'staged', message }, options)).targets.map((document) => document.text).join();
  };
  const [cut, stripped] = ['Subject\n\nbody\n', 'Subject\n\nbody\ndiff of a secret\n'];
  assert.equal(await text('vi'), cut);
  assert.equal(await text(':'), whole);
  // A line of that look is the person's own where git has written none.
  assert.equal(await text('vi', 'commit'), stripped);
  for (const line of ['commit -v', 'commit --verbose -a']) assert.equal(await text('vi', line), cut, line);
  assert.equal(await text('vi', 'commit --cleanup=scissors'), whole.slice(0, whole.indexOf('# ---')));
  assert.equal(await text(':', 'commit --cleanup=scissors -m x'), whole);
  assert.equal(await text(':', 'commit --cleanup=strip -m x'), stripped);
  for (const mode of ['verbatim', 'whitespace']) assert.equal(await text('vi', `commit --cleanup=${mode}`), whole);
  r.git('config', 'core.commentChar', ';');
  assert.match(await text('vi'), /# a comment/);
  r.git('config', 'commit.cleanup', 'verbatim');
  assert.equal(await text('vi'), whole);
  r.git('config', 'commit.cleanup', 'scissors');
  assert.equal(await text(':', 'commit -m x'), whole);
});
