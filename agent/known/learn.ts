import type { Judgement } from '../gate/judge.ts';
import { directivesIn } from '../suppress/directive.ts';
import type { Known } from './known.ts';

/**
 * Remembers what a judgement has looked at and had nothing to say about: no finding of any rule, suppressed or not, no
 * problem, and no comment that suppresses, since that would be idle. What was cut is never remembered.
 */
export function learn(known: Known, judgement: Pick<Judgement, 'run' | 'raw' | 'hidden' | 'report'>): void {
  const { run, raw, hidden, report } = judgement;
  if (report.problems.some((problem) => problem.fatal)) return;
  // What was found in an archive, or could not be opened there, is said of the archive.
  const gaps = report.skipped.filter(({ reason }) => reason === 'archive');
  const places = [...raw, ...hidden, ...report.problems, ...gaps].map((one) => one.path ?? '');
  const spoken = new Set([...places, ...places.map((place) => place.split('!/', 1)[0])]);
  for (const document of [...run.targets, ...(run.history ?? [])]) {
    if (document.kind !== 'file' && document.kind !== 'symlink') continue;
    if (document.partial || spoken.has(document.path) || directivesIn(document).length > 0) continue;
    known.add(document);
  }
}
