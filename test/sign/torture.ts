/**
 * The long run of `differential.test.ts`: `node test/sign/torture.ts [mutants] [first seed]`, part of `npm run torture`.
 * Prints how many mutants both sides judged, what they disagree on, and exits 1 when one was good for us alone.
 */
import { rmSync } from 'node:fs';
import { sandboxIn } from '../git/support.ts';
import { compare } from './differential.ts';
import { laboratory } from './mutants.ts';

const batch = 1000;

export async function tortureSignatures(count: number, first: number, say: (line: string) => void): Promise<boolean> {
  const box = sandboxIn();
  const stricter = new Map<string, number>();
  const falseGood: string[] = [];
  let good = 0;
  try {
    for (let done = 0; done < count; done += batch) {
      // A repository of its own for each batch: a hundred thousand loose objects would slow git down.
      const lab = laboratory(box, `batch-${done}`);
      const result = await compare(lab, first + done, Math.min(batch, count - done));
      good += result.good;
      falseGood.push(...result.falseGood);
      for (const [kind, number] of result.stricter) stricter.set(kind, (stricter.get(kind) ?? 0) + number);
      rmSync(lab.repo.dir, { recursive: true, force: true });
      say(`signatures: ${done + result.mutants} mutants, ${good} good for both, ${falseGood.length} good for us alone`);
    }
  } finally {
    rmSync(box.folder, { recursive: true, force: true });
  }
  for (const line of falseGood) say(`✗ ${line}`);
  const strict = [...stricter].map(([kind, number]) => `${kind} ${number}`).join(', ');
  say(`signatures: stricter than git on ${strict || 'nothing'}`);
  return falseGood.length === 0;
}

if (import.meta.main) {
  const [count = '100000', first = '1'] = process.argv.slice(2);
  const held = await tortureSignatures(Number(count), Number(first), (line) => console.log(line));
  process.exitCode = held ? 0 : 1;
}
