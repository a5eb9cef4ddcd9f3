/** What a person typed behind `git commit`, which git does not tell its hooks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitWords, subcommandOf } from '../../agent/git/commit-words.ts';

const of = (line: string) => commitWords(line.split(' '));

test('words of git commit: values are no options, long ones may be shortened, joined letters count one by one', () => {
  const nothing = { amend: false, unverified: false, cleanup: undefined, verbose: undefined };
  for (const line of [
    'commit',
    'commit -m -n',
    'commit -m --amend',
    'commit -am -n',
    'commit -mn',
    'commit -Sn',
    'commit -- -n',
  ])
    assert.deepEqual(of(line), nothing, line);
  for (const line of ['commit --message --amend', 'commit --author -n', 'commit -C --amend', 'commit --fixup=amend:x'])
    assert.deepEqual(of(line), nothing, line);
  for (const line of ['commit -n', 'commit -anm x', 'commit --no-verify', 'commit --no-veri', '-c a.b=c commit x -n'])
    assert.deepEqual(of(line), { ...nothing, unverified: true }, line);
  for (const line of ['commit --amend', 'commit --ame', '-C commit commit -q --amend --no-edit'])
    assert.deepEqual(of(line), { ...nothing, amend: true }, line);
  assert.equal(of('commit -n --verify')?.unverified, false);
  assert.equal(of('commit --cleanup=verbatim')?.cleanup, 'verbatim');
  assert.equal(of('commit --cl scissors -m x')?.cleanup, 'scissors');
  assert.deepEqual([of('commit -v')?.verbose, of('commit -v --no-verb')?.verbose], [true, false]);
});

test('words of another command are none of git commit', () => {
  for (const line of ['rebase -i commit', 'log commit -n', '-C commit push', '', '--version'])
    assert.equal(of(line), undefined, line);
  assert.deepEqual(subcommandOf(['--git-dir', 'commit', '-p', 'push', 'x']), { name: 'push', rest: ['x'] });
});
