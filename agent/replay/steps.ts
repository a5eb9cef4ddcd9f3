import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Repository } from '../gate/collect/run.ts';
import { gitOutput, isOid, isZero } from '../git/run.ts';

/** One thing that went through a gate once: a commit of the main line, or a push. */
export interface Step {
  /** What stood before it; null for the first commit. */
  from: string | null;
  to: string;
  /** The remote's ref that a push changed. */
  ref?: string;
  /** A push, by when it happened, ISO 8601. */
  at?: string;
}

/** The newest `last` commits of the first-parent line from HEAD, oldest first: each as if it had been pushed alone. */
export async function commitSteps({ git, place }: Repository, last: number): Promise<Step[]> {
  if (place.head === null) return [];
  const output = await gitOutput(git, ['rev-list', '--first-parent', '--parents', `--max-count=${last}`, 'HEAD']);
  const lines = output
    .toString('latin1')
    .trim()
    .split('\n')
    .filter((line) => line !== '');
  return lines.reverse().map((line) => {
    const [to = '', from] = line.split(' ');
    return { from: from ?? null, to };
  });
}

/**
 * The newest `last` pushes that this clone remembers, oldest first: git writes `update by push` into the reflog of a
 * tracking ref (builtin/send-pack), and forgets it after 90 days unless `gc.reflogExpire` says otherwise.
 */
export async function pushSteps({ git, place, objects }: Repository, last: number): Promise<Step[]> {
  const refs = (await gitOutput(git, ['for-each-ref', '--format=%(refname)', 'refs/remotes/'])).toString('utf8');
  const steps: (Step & { seconds: number })[] = [];
  for (const ref of refs.split('\n').filter((name) => name !== '' && !name.endsWith('/HEAD'))) {
    for (const line of readLog(path.join(place.commonDir, 'logs', ref))) {
      const match = /^([0-9a-f]+) ([0-9a-f]+) .*> (\d+) [+-]\d{4}\tupdate by push$/.exec(line);
      const [, from = '', to = '', seconds = '0'] = match ?? [];
      if (!isOid(to) || isZero(to)) continue;
      steps.push({
        from: isZero(from) ? null : from,
        to,
        ref,
        at: new Date(Number(seconds) * 1000).toISOString(),
        seconds: Number(seconds),
      });
    }
  }
  steps.sort((a, b) => a.seconds - b.seconds);
  const newest = steps.slice(-last);
  // A push of what git has forgotten since cannot be looked at again.
  const here = await Promise.all(
    newest.flatMap((step) => [step.from ?? step.to, step.to]).map((oid) => objects.read(oid)),
  );
  return newest
    .filter((_, index) => here[2 * index] !== undefined && here[2 * index + 1] !== undefined)
    .map(({ seconds: _, ...step }) => step);
}

function readLog(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
