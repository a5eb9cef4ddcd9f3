/** The daemon stays for hours, so what one large commit or push has touched must not stay with it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { generateSecret } from '../support/secrets.ts';
import { until } from '../support/until.ts';
import { world } from './support.ts';

const w = world();

/** Lines of text that git can hardly pack and no rule knows: 24 KB. */
function text(seed: string): string {
  const word = createHash('sha256').update(seed).digest('hex').slice(0, 12);
  return Array.from({ length: 600 }, (_, line) => `const v${line} = call(${word}, ${line}, "${seed}");\n`).join('');
}

test('after large commits and a large push it is as small as before', async () => {
  const repo = w.box.repository('large');
  repo.commit('README.md', '# Example\n');
  const { pid } = await w.start();
  for (let turn = 0; turn < 6; turn++) {
    for (let file = 0; file < 400; file++) repo.write(`d${turn}/f${file}.js`, text(`${turn}-${file}`));
    repo.git('add', '-A');
    assert.equal(w.hook(repo, ['pre-commit']).code, 0);
  }
  // What a refusal, a workflow, a lock and a push need stays loaded.
  repo.write('bad.env', `TOKEN=${generateSecret('github-token', 1)}\n`);
  repo.write(
    '.github/workflows/ci.yml',
    'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: a/b@v1\n',
  );
  repo.write('package.json', '{"name":"a","version":"1.0.0","dependencies":{"b":"^1.0.0"}}\n');
  repo.git('add', '-A');
  assert.equal(w.hook(repo, ['pre-commit']).code, 1);
  repo.git('-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'large');
  const head = repo.git('rev-parse', 'HEAD');
  const input = `refs/heads/main ${head} refs/heads/main ${'0'.repeat(40)}\n`;
  assert.equal(w.hook(repo, ['pre-push', 'origin', 'file:///nowhere'], { input }).code, 1);
  const size = async () => {
    const { rss = Infinity, threads = 1 } = (await w.status()) ?? {};
    return { megabytes: Math.round(rss / 1e6), threads };
  };
  // The same one: a daemon that was begun anew would be small whatever it keeps.
  assert.equal((await w.status())?.pid, pid);
  // A second thread, which may have been needed, has 30 MB and goes after a minute (pool.ts).
  const small = async () => {
    const { megabytes, threads } = await size();
    return megabytes <= 90 + 30 * threads;
  };
  await until(small, JSON.stringify(await size()));
});
