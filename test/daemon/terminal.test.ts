/** A daemon has no terminal: what the text may look like it is told, or sees at the terminal of the git that asks. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { type HookOptions, world } from './support.ts';

const w = world();
const repo = w.box.repository('r');
repo.commit('README.md', '# Example\n');
repo.write('config/of/a/service/deploy.env', `TOKEN=${generateSecret('github-token')}\n`);
repo.git('add', '-A');
const index = { GIT_INDEX_FILE: '.git/index' };

/** What the daemon says; it must be the word of a hook on its own. */
async function told(env: NodeJS.ProcessEnv): Promise<string> {
  const options: HookOptions = { env: { ...index, ...env } };
  const cold = w.hook(repo, ['pre-commit'], { ...options, warm: false });
  assert.equal(cold.code, 1);
  await answered(() => assert.deepEqual(w.hook(repo, ['pre-commit'], options), cold));
  return cold.err;
}

/** On a machine that is busy elsewhere the daemon may leave one to the hook itself. */
async function answered(ask: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    const before = await w.start();
    ask();
    const after = await w.status();
    if (after?.cold === before.cold && after?.served === before.served + 1) return;
    assert.ok(tries < 10, 'the daemon answers');
  }
}

/** The first line is a dialog's, and a command stays whole. */
const widest = (text: string) => {
  const lines = text.split('\n').slice(1);
  return Math.max(...lines.filter((line) => !line.includes('pregate ')).map((line) => line.length));
};

test('the locale and the width that the environment names', async () => {
  assert.match(await told({ LC_ALL: 'C.UTF-8' }), /…/);
  const plain = await told({ LC_ALL: 'C' });
  assert.doesNotMatch(plain, /[^\n -~]/);
  assert.match(await told({ LC_CTYPE: 'en_US.UTF-8', LANG: 'C' }), /…/);
  assert.ok(widest(await told({ COLUMNS: '120' })) > 90);
  const narrow = await told({ COLUMNS: '60' });
  assert.ok(widest(narrow) <= 60, narrow);
});

/** What a terminal shows in the end: progress, which a hook draws when it takes more than a second, is wiped away. */
const withoutDrawing = (text: string) =>
  text.replace(/\r\u001b\[K(?:Pregate: [a-z][a-z ]*,? [\d,]+(?: of [\d,]+)?(?: KB)?)?/g, '');

const script = spawnSync('script', ['--version']).status === 0 ? {} : { skip: 'there is no script(1)' };
test('the width of the terminal that git runs in', script, async () => {
  const dispatch = path.join(w.state, 'hooks/dispatch');
  const run = (columns: number, daemon: 'on' | 'off') => {
    // A command after the hook's keeps the shell, which stands for git: the hook's parent with the same terminal.
    const line = `stty cols ${columns}; '${dispatch}' pre-commit; exit $?`;
    const env = { ...w.env, ...index, PREGATE_DAEMON: daemon, SHELL: '/bin/sh' };
    const options = { cwd: repo.dir, env, encoding: 'utf8' as const, timeout: 60_000 };
    return withoutDrawing(spawnSync('script', ['-qec', line, '/dev/null'], options).stdout);
  };
  for (const columns of [50, 118]) {
    const cold = run(columns, 'off');
    assert.match(cold, /Pregate stopped this commit/);
    await answered(() => assert.equal(run(columns, 'on'), cold));
    assert.equal(widest(cold) > 90, columns > 100, cold);
  }
});
