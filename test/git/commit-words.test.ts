/** What a person typed behind `git commit`, which git does not tell its hooks. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitWords, signingWord, subcommandOf } from '../../agent/git/commit-words.ts';

const of = (line: string) => commitWords(line.split(' '));

test('words of git commit: values are no options, long ones may be shortened, joined letters count one by one', () => {
  const nothing = { amend: false, unverified: false, cleanup: undefined, verbose: undefined };
  for (const line of ['commit', 'commit -m -n', 'commit -m --amend', 'commit -am -n', 'commit -mn', 'commit -- -n'])
    assert.deepEqual(of(line), nothing, line);
  for (const line of ['commit --message --amend', 'commit --author -n', 'commit -C --amend', 'commit --fixup=amend:x'])
    assert.deepEqual(of(line), nothing, line);
  for (const line of [
    'commit -n',
    'commit -anm x',
    'commit --no-verify',
    'commit --no-veri',
    '-c a.b=c commit x -n',
    '--attr-source HEAD commit -n',
  ])
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

test('the signing switch is read as git reads it: values of other options and paths are none, the last one counts', () => {
  const cases: [string[], boolean | undefined][] = [
    [['commit', '-m', 'x'], undefined],
    [['commit', '-m', '-S3 upload'], undefined],
    [['commit', '--message', '-S'], undefined],
    [['commit', '-mStory'], undefined],
    [['commit', '--', '-S'], undefined],
    [['commit', '-S', '-m', 'x'], true],
    [['commit', '-aSm', 'x'], true],
    [['commit', '--gpg'], true],
    [['commit', '--gpg-sign=ABC', '--no-gpg-sign'], false],
    [['merge', '-S', 'side'], true],
    [['merge', '-s', '-S', 'side'], undefined],
    [['merge', '--no-gpg-sign', 'side'], false],
    [['am', '-S', 'a.patch'], true],
    [['am', '-C', '-S', 'a.patch'], undefined],
    [['am', '-p1', '--no-gpg-sign'], false],
    [['log', '-S', 'text'], undefined],
  ];
  for (const [words, expected] of cases) assert.equal(signingWord(words), expected, words.join(' '));
  assert.deepEqual([commitWords(['commit', '-Sn'])?.sign, commitWords(['commit', '-Sn'])?.unverified], [true, false]);
});
