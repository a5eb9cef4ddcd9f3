/**
 * The long run of `differential.test.ts`: `node test/sign/torture.ts [different mutants] [first seed] [progress file] [sample]`, part of
 * `npm run torture`. Prints how many mutants both sides judged, what they disagree on, and exits 1 when one was good for us alone.
 * With a progress file it goes on where an earlier run was stopped.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { sandboxIn } from '../git/support.ts';
import { compare } from './differential.ts';
import { type Laboratory, laboratory } from './mutants.ts';

const batch = 2500;

export interface SignatureTorture {
  /** How many commits, different from one another, to judge. */
  count: number;
  first: number;
  say: (line: string) => void;
  /** Where to write what was reached, and to read it from; without it every run begins anew. */
  progress?: string | undefined;
  /** Git is asked about all that we call good, and about one in so many of the others. */
  sample?: number;
}

interface Progress {
  first: number;
  mutants: number;
  distinct: number;
  asked: number;
  good: number;
  falseGood: string[];
  stricter: Record<string, number>;
}

/** Answers whether no mutant was good for us alone. */
export async function tortureSignatures(options: SignatureTorture): Promise<boolean> {
  const { count, first, say, progress, sample = 40 } = options;
  const box = sandboxIn();
  const at = readProgress(progress, first);
  if (at.mutants > 0) say(`signatures: goes on after ${at.mutants} mutants`);
  let lab: Laboratory | undefined;
  let batches = 0;
  try {
    while (at.distinct < count) {
      // New keys now and then, and never so many loose objects that git becomes slow.
      if (!lab || batches++ % 8 === 0) {
        if (lab) rmSync(lab.repo.dir, { recursive: true, force: true });
        lab = laboratory(box, `batch-${at.mutants}`);
      }
      const result = await compare(lab, first + at.mutants, Math.min(batch, 2 * (count - at.distinct)), sample);
      for (const key of ['mutants', 'distinct', 'asked', 'good'] as const) at[key] += result[key];
      at.falseGood.push(...result.falseGood);
      for (const [kind, number] of result.stricter) at.stricter[kind] = (at.stricter[kind] ?? 0) + number;
      if (progress !== undefined) {
        writeFileSync(`${progress}.new`, `${JSON.stringify(at, undefined, 2)}\n`);
        renameSync(`${progress}.new`, progress);
      }
      say(
        `signatures: ${at.mutants} mutants (${at.distinct} different commits), git asked about ${at.asked}, ` +
          `${at.good} mutants good for both, ${at.falseGood.length} good for us alone`,
      );
    }
  } finally {
    rmSync(box.folder, { recursive: true, force: true });
  }
  for (const line of at.falseGood) say(`✗ ${line}`);
  const strict = Object.entries(at.stricter).map(([kind, number]) => `${kind} ${number}`);
  say(`signatures: stricter than git, of those asked about, on ${strict.join(', ') || 'nothing'}`);
  return at.falseGood.length === 0;
}

function readProgress(file: string | undefined, first: number): Progress {
  const begin = { first, mutants: 0, distinct: 0, asked: 0, good: 0, falseGood: [], stricter: {} };
  if (file === undefined || !existsSync(file)) return begin;
  const found = JSON.parse(readFileSync(file, 'utf8')) as Progress;
  if (found.first === first) return found;
  throw new Error(`${file} is of a run with first seed ${found.first}`);
}

if (import.meta.main) {
  const [count = '100000', first = '1', progress, sample = '40'] = process.argv.slice(2);
  const say = (line: string) => console.log(line);
  const held = await tortureSignatures({
    count: Number(count),
    first: Number(first),
    say,
    progress,
    sample: Number(sample),
  });
  process.exitCode = held ? 0 : 1;
}
