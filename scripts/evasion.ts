/**
 * `npm run evasion` tries every way in `scripts/evasion/` to get a secret past our hooks, and the same against the scanners
 * that are on the PATH, and writes the table of `docs/evasion.md`. `npm test` runs our side only (test/evasion/).
 */
import './help.ts';
import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sandboxIn } from '../test/git/support.ts';
import type { Case } from './evasion/case.ts';
import { contentCases } from './evasion/content.ts';
import { historyCases } from './evasion/history.ts';
import { rows, text } from './evasion/page.ts';
import { numbered, peers } from './evasion/peers.ts';
import { ours, plant, pushHook, type Seen, secretOf, seenContent, template } from './evasion/run.ts';

const found = peers();
for (const name of ['gitleaks', 'detect-secrets'])
  if (!found.some((one) => one.name === name)) console.log(`${name} is not on the PATH, so it has no column`);
const box = sandboxIn();
try {
  const fresh = template(box);
  const scanners = [ours, ...found.map((one) => ({ staged: numbered(one.staged), pushed: numbered(one.all) }))];
  const content = await seenContent(fresh(), scanners);
  const all: { one: Case; seen: Seen[] }[] = contentCases.map((one, index) => ({
    one,
    seen: content.map((column) => column[index] as Seen),
  }));
  for (const [at, one] of historyCases.entries()) {
    const index = contentCases.length + at;
    const r = fresh();
    const { refused } = await pushHook(r, plant(one, r, secretOf(index)));
    const answers = found.map((peer) => ({ commit: undefined, push: peer.all(r).length > 0 }));
    all.push({ one, seen: [{ commit: undefined, push: refused }, ...answers] });
    rmSync(r.dir, { recursive: true, force: true });
  }
  const table = rows(all, found);
  console.log(table.join('\n'));
  const page = fileURLToPath(new URL('../docs/evasion.md', import.meta.url));
  writeFileSync(page, text(all, found, table));
  const unexpected = all.filter(
    ({ one, seen }) => seen[0]?.push !== (one.missed === undefined && one.harmless === undefined),
  );
  for (const { one } of unexpected) console.log(`not as expected: ${one.name}`);
  process.exitCode = unexpected.length === 0 ? 0 : 1;
} finally {
  rmSync(box.folder, { recursive: true, force: true });
}
