import { describe } from '../match.ts';
import type { Scan } from '../types.ts';
import type { Place } from './place.ts';
import type { Score } from './setting.ts';

/** What a finder of values without a shape has found. */
export interface Guess {
  rule: string;
  title: string;
  start: number;
  end: number;
  value: string;
  confidence: Score['confidence'];
}

/** Reports a value without a shape: tests and documentation make it less sure. */
export function pushGeneric(scan: Scan, place: Place, guess: Guess): void {
  const low = guess.confidence === 'low' || place.test;
  scan.hits.push({
    rule: guess.rule,
    range: [guess.start, guess.end],
    message: describe(guess.title, guess.value.length),
    severity: low ? 'medium' : 'high',
    confidence: low ? 'low' : 'medium',
    identity: guess.value,
    by: 'generic',
  });
}
