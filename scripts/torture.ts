/**
 * `npm run torture [-- names…] [--seed N] [--count N] [--progress FILE]` breaks the hooks on purpose and proves afterwards, without our own
 * code, that nothing planted reached the remote. Bounded in time: ten minutes at most for each scenario.
 * A small seeded part of it runs in `npm test` (test/torture/).
 */
import './help.ts';
import { tortureSignatures } from '../test/sign/torture.ts';
import { scenarios } from './torture/scenarios.ts';
import { tortureWorld } from './torture/world.ts';

const words = process.argv.slice(2);
const option = (name: string, otherwise: number) => {
  const at = words.indexOf(name);
  return at === -1 ? otherwise : Number(words[at + 1]);
};
const seed = option('--seed', Date.now() % 1_000_000);
const count = option('--count', 0);
const names = words.filter((word, index) => !word.startsWith('--') && !(words[index - 1] ?? '').startsWith('--'));

console.log(`seed ${seed}`);
let failed = false;
for (const [name, scenario] of Object.entries(scenarios)) {
  if (names.length > 0 && !names.some((word) => name.includes(word))) continue;
  const world = tortureWorld(seed);
  try {
    const result = await scenario.run(world, count || scenario.usual);
    const bad = result.wrong.length > 0;
    failed ||= bad;
    const counts = Object.entries(result.counts).map(([what, number]) => `${number} ${what}`);
    console.log(`${bad ? '✗' : result.skipped ? '–' : '✓'} ${name}: ${result.skipped ?? counts.join(', ')}`);
    for (const wrong of result.wrong.slice(0, 20)) console.log(`    ${wrong}`);
  } finally {
    world.close();
  }
}
// No hooks take part in this one: a hundred thousand mangled signatures, judged by us and by git.
if (names.length === 0 || names.some((word) => 'signatures'.includes(word))) {
  const progress = words.includes('--progress') ? words[words.indexOf('--progress') + 1] : undefined;
  const say = (line: string) => console.log(line);
  failed = !(await tortureSignatures({ count: count || 100_000, first: seed, say, progress })) || failed;
}
process.exit(failed ? 1 : 0);
