/** The daemon stays for hours, so what one large commit or push has touched must not stay with it. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { until } from '../support/until.ts';
import { world } from './support.ts';

const w = world();

/** Lines of text that git can hardly pack and no rule knows: 24 KB. */
function text(seed: string): string {
  const word = createHash('sha256').update(seed).digest('hex').slice(0, 12);
  return Array.from({ length: 600 }, (_, line) => `const v${line} = call(${word}, ${line}, "${seed}");\n`).join('');
}

test('after large commits it is as small as before', async () => {
  const repo = w.box.repository('large');
  repo.commit('README.md', '# Example\n');
  await w.start();
  for (let turn = 0; turn < 6; turn++) {
    for (let file = 0; file < 400; file++) repo.write(`d${turn}/f${file}.js`, text(`${turn}-${file}`));
    repo.git('add', '-A');
    assert.equal(w.hook(repo, ['pre-commit']).code, 0);
  }
  const megabytes = async () => Math.round(((await w.status())?.rss ?? Infinity) / 1e6);
  await until(async () => (await megabytes()) <= 130, `${await megabytes()} MB`);
});
