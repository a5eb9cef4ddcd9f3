import { UsageError } from '../command.ts';
import { durationText } from './values.ts';

/** Where an evaluation spent its time, by line; in OPA's words. */
export interface LineProfile {
  total_time_ns: number;
  num_eval: number;
  num_redo: number;
  /** Expressions of the line that were evaluated. */
  num_gen_expr: number;
  location: { file: string; row: number; col: number };
}

const FIELDS = ['total_time_ns', 'num_eval', 'num_redo', 'num_gen_expr', 'file', 'line'];

type Place = { path: string; line: number; column: number };

/** Counts expressions; the time between two events belongs to the expression of the first. */
export function newProfiler(): { note: (op: 'eval' | 'redo', place: Place) => void; lines: () => LineProfile[] } {
  const lines = new Map<string, LineProfile & { columns: Set<number> }>();
  let running: LineProfile | undefined;
  let since = performance.now();
  return {
    note: (op, { path, line, column }) => {
      const now = performance.now();
      if (running !== undefined) running.total_time_ns += (now - since) * 1e6;
      const key = `${path}:${line}`;
      let of = lines.get(key);
      if (of === undefined) {
        const location = { file: path, row: line, col: column };
        of = { total_time_ns: 0, num_eval: 0, num_redo: 0, num_gen_expr: 0, location, columns: new Set() };
        lines.set(key, of);
      }
      of.columns.add(column);
      of[op === 'eval' ? 'num_eval' : 'num_redo']++;
      running = of;
      since = performance.now();
    },
    lines: () =>
      [...lines.values()].map(({ columns, ...of }) => ({
        ...of,
        total_time_ns: Math.round(of.total_time_ns),
        num_gen_expr: columns.size,
      })),
  };
}

/** The lines in the order asked for, slowest first otherwise; `limit` 0 is all. Throws `UsageError`. */
export function sortedProfile(lines: readonly LineProfile[], by: readonly string[], limit: number): LineProfile[] {
  for (const field of by)
    if (!FIELDS.includes(field))
      throw new UsageError(`--profile-sort knows ${FIELDS.join(', ')}, not ${JSON.stringify(field)}`);
  const order = [...by, 'total_time_ns', 'num_eval', 'num_redo', 'num_gen_expr', 'file', 'line'];
  const sorted = [...lines].sort((a, b) => {
    for (const field of order) {
      const found =
        field === 'file' ? compareText(a.location.file, b.location.file) : figureOf(b, field) - figureOf(a, field);
      if (found !== 0) return found;
    }
    return 0;
  });
  return limit === 0 ? sorted : sorted.slice(0, limit);
}

/** The table below the answer in `pretty`; a line of the query shows the query. */
export function profileRows(lines: readonly LineProfile[], query: string): string[][] {
  return lines.map(({ total_time_ns, num_eval, num_redo, num_gen_expr, location }) => [
    durationText(total_time_ns / 1e6),
    ...[num_eval, num_redo, num_gen_expr].map(String),
    location.file === '' ? query : `${location.file}:${location.row}`,
  ]);
}

function figureOf(line: LineProfile, field: string): number {
  return field === 'line' ? line.location.row : (line[field as 'num_eval'] ?? 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
