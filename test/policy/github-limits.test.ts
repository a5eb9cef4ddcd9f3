/** What github.com refuses whatever its rulesets say, predicted on a real push of large files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sandbox } from '../git/support.ts';
import { runCli } from '../support/cli.ts';

const box = sandbox();
const megabyte = 1024 * 1024;

function pushTo(url: string, name: string) {
  const repo = box.repository(name);
  repo.commit('readme.md', 'hello\n');
  repo.git('remote', 'add', 'origin', url);
  repo.git('checkout', '-q', '-b', 'topic');
  repo.commit('data/big.bin', '\0'.repeat(101 * megabyte), 'Add data');
  repo.git('rm', '-q', 'data/big.bin');
  repo.git('commit', '-qm', 'Take it out again');
  repo.commit('mid.csv', 'a,b\n'.repeat(15 * megabyte), 'Add a table');
  repo.commit('small.csv', 'a,b\n'.repeat(10 * megabyte), 'Add another');
  return repo;
}

test('a file that GitHub would refuse is told, also where a later commit takes it out, and one it warns of', async () => {
  const repo = pushTo('https://github.com/acme/app.git', 'github');
  const { out, code } = await runCli(['preview', '--json'], { cwd: repo.dir, env: repo.env });
  assert.equal(code, 1);
  const { gates } = JSON.parse(out) as {
    gates: { gate: string; reasons: { rule: string; effect: string; message: string }[] }[];
  };
  const told =
    gates.find(({ gate }) => gate === 'push')?.reasons.filter(({ rule }) => rule === 'forge/large-file') ?? [];
  assert.deepEqual(
    told.map(({ effect, message }) => `${effect} ${message.split(': ')[0]}`),
    [
      'deny GitHub refuses files of more than 100 MB, and data/big.bin has 101.0 MB',
      'warn GitHub warns of files of more than 50 MB, and mid.csv has 60.0 MB',
    ],
  );
  assert.match(told[0]?.message ?? '', /https:\/\/docs\.github\.com\/.*about-large-files-on-github$/);
});

test('nothing of it is said of a push to another forge', async () => {
  const repo = pushTo('https://git.acme.example/acme/app.git', 'other');
  const { out } = await runCli(['preview', '--json'], { cwd: repo.dir, env: repo.env });
  assert.ok(!out.includes('forge/large-file'));
});
