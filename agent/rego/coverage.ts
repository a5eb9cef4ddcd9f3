/** Which parts of the policy an evaluation reached, as `opa eval --coverage` reports it. */
import type { Expr, Module } from './ast.ts';
import type { Program } from './compile/program.ts';
import type { CompiledRule } from './compile/tree.ts';
import { walkExpr, walkTerm } from './compile/walk.ts';

export interface Place {
  row: number;
  col: number;
}

/** `end` is the place just after the last character. */
export interface Range {
  start: Place;
  end: Place;
}

export interface FileCoverage {
  covered: Range[];
  not_covered: Range[];
  /** A line on which one part was reached and another was not counts in both, as in OPA. */
  covered_lines: number;
  not_covered_lines: number;
  /** Percent. */
  coverage: number;
}

/** In OPA's words and shape. */
export interface CoverageReport {
  files: Record<string, FileCoverage>;
  covered_lines: number;
  not_covered_lines: number;
  coverage: number;
}

export function coverageOf(program: Program, covered: ReadonlySet<object>): CoverageReport {
  const files = new Map<string, { hit: Range[]; missed: Range[]; range: ReturnType<typeof rangesIn> }>();
  for (const group of program.tree.groups) {
    for (const rule of [...group.rules, ...group.defaults]) {
      let of = files.get(rule.module.file);
      if (of === undefined) {
        of = { hit: [], missed: [], range: rangesIn(rule.module.text) };
        files.set(rule.module.file, of);
      }
      const { hit, missed, range } = of;
      for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
        (covered.has(at.source.head) ? hit : missed).push(range(...headOf(at, rule.module)));
        const expr = (e: Expr): void => {
          // Declarations and iterations of `some` are never missed, only reached.
          if (covered.has(e)) hit.push(range(e.pos.offset, e.end));
          else if (e.kind !== 'some' && e.kind !== 'some-in') missed.push(range(e.pos.offset, e.end));
        };
        for (const e of at.body) walkExpr(e, { expr });
        for (const t of [at.member, at.value, ...at.keys]) if (t !== undefined) walkTerm(t, { expr });
      }
    }
  }
  const byName = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return report(byName.map(([name, { hit, missed }]) => [name, [hit, missed]]));
}

/** The reports of several evaluations as one: a part counts as reached when any of them reached it. */
export function mergeCoverage(reports: readonly CoverageReport[]): CoverageReport {
  const files = new Map<string, Map<string, [Range, boolean]>>();
  for (const { files: of } of reports) {
    for (const [name, { covered, not_covered }] of Object.entries(of)) {
      const parts = files.get(name) ?? new Map<string, [Range, boolean]>();
      files.set(name, parts);
      for (const range of not_covered) if (!parts.has(keyOf(range))) parts.set(keyOf(range), [range, false]);
      for (const range of covered) parts.set(keyOf(range), [range, true]);
    }
  }
  return report(
    [...files].map(([name, parts]) => {
      const all = [...parts.values()];
      const of = (wanted: boolean): Range[] => all.filter(([, hit]) => hit === wanted).map(([range]) => range);
      return [name, [of(true), of(false)]];
    }),
  );
}

function report(files: [string, [Range[], Range[]]][]): CoverageReport {
  const made: CoverageReport['files'] = {};
  let [all, reached] = [0, 0];
  for (const [name, [hit, missed]] of files) {
    const covered = sorted(hit);
    // What lies within a part that was reached was not missed: the part stands for it.
    const not_covered = sorted(missed).filter((range) => !covered.some((outer) => holds(outer, range)));
    const [of, not] = [linesOf(covered), linesOf(not_covered)];
    made[name] = {
      covered,
      not_covered,
      covered_lines: of,
      not_covered_lines: not,
      coverage: percent(of, of + not),
    };
    all += of + not;
    reached += of;
  }
  return { files: made, covered_lines: reached, not_covered_lines: all - reached, coverage: percent(reached, all) };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

function linesOf(ranges: readonly Range[]): number {
  const rows = new Set<number>();
  for (const { start, end } of ranges) for (let row = start.row; row <= end.row; row++) rows.add(row);
  return rows.size;
}

function keyOf({ start, end }: Range): string {
  return `${start.row}:${start.col}-${end.row}:${end.col}`;
}

function sorted(ranges: readonly Range[]): Range[] {
  const unique = new Map(ranges.map((range) => [keyOf(range), range]));
  return [...unique.values()].sort((a, b) => before(a.start, b.start) || before(a.end, b.end));
}

function before(a: Place, b: Place): number {
  return a.row - b.row || a.col - b.col;
}

function holds(outer: Range, range: Range): boolean {
  return before(outer.start, range.start) <= 0 && before(range.end, outer.end) <= 0;
}

/** The head of a rule: what stands before `if`, or the whole rule where there is no body. */
function headOf(rule: CompiledRule, { text }: Module): [from: number, to: number] {
  const { pos, end } = rule.source;
  const first = rule.source.body[0];
  const stop = first !== undefined && first.pos.offset > pos.offset ? first.pos.offset : end;
  const head = text.slice(pos.offset, stop).replace(stop === end ? /\s+$/ : /(\s+if)?[\s{]*$/, '');
  return [pos.offset, pos.offset + head.length];
}

/** Turns offsets of a text into ranges. */
function rangesIn(text: string): (from: number, to: number) => Range {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const placeOf = (offset: number): Place => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { row: low + 1, col: offset - (starts[low] as number) + 1 };
  };
  return (from, to) => ({
    start: placeOf(from),
    end: placeOf(from + text.slice(from, to).trimEnd().length),
  });
}
