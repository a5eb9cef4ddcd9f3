import { displayText } from '../../model/path.ts';
import { localsText } from '../../model/values-text.ts';
import type { TraceEvent } from '../../rego/index.ts';
import { UsageError } from '../command.ts';

export const MODES = ['notes', 'fails', 'full'] as const;
export type Mode = (typeof MODES)[number];

/** A trace of a large evaluation is not read by anyone; what comes after this many lines is counted only. */
const MAX_LINES = 2000;

export function modeOf(given: string | undefined): Mode | undefined {
  if (given === 'off') return undefined;
  if (given === 'debug') throw new UsageError('--explain debug is not here; full tells every event there is');
  if (given === undefined || MODES.includes(given as Mode)) return given as Mode | undefined;
  throw new UsageError(`--explain knows ${MODES.join(', ')}, not ${JSON.stringify(given)}`);
}

export interface Explanation {
  trace: (event: TraceEvent) => void;
  /** One line for each event: where, what, and the local variables with their values. */
  lines: () => string[];
}

/** Collects the events of a mode: `fails` those that did not hold, `full` all. Notes come from `print` and `trace`. */
export function explanation(mode: Mode): Explanation {
  const kept: { place: string; text: string }[] = [];
  let more = 0;
  return {
    trace: (event) => {
      if (mode === 'notes') return;
      if (mode === 'fails' && event.op !== 'fail' && event.op !== 'builtin-error') return;
      if (kept.length >= MAX_LINES) {
        more++;
        return;
      }
      const locals = event.op === 'eval' || event.op === 'fail' ? localsText(event.locals()) : '';
      const place = event.path === '' ? 'query' : `${event.path}:${event.line}`;
      kept.push({ place, text: `${event.op.padEnd(5)} ${oneLine(event.text)}${locals}` });
    },
    lines: () => {
      const width = Math.min(40, Math.max(0, ...kept.map((line) => line.place.length)));
      const lines = kept.map((line) => displayText(`${line.place.padEnd(width)}  ${line.text}`));
      return more > 0 ? [...lines, `… ${more} more`] : lines;
    },
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').slice(0, 200);
}
