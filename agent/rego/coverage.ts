/** Which lines of the policy an evaluation reached. */
import type { Expr } from './ast.ts';
import type { Program } from './compile/program.ts';
import type { CompiledRule } from './compile/tree.ts';

export interface CoverageReport {
  files: Record<string, { covered: number[]; notCovered: number[]; percent: number }>;
  percent: number;
}

export function coverageOf(program: Program, covered: ReadonlySet<object>): CoverageReport {
  const lines = new Map<string, Map<number, boolean>>();
  const mark = (file: string, line: number, hit: boolean): void => {
    let of = lines.get(file);
    if (of === undefined) {
      of = new Map();
      lines.set(file, of);
    }
    of.set(line, (of.get(line) ?? false) || hit);
  };
  for (const group of program.tree.groups) {
    for (const rule of [...group.rules, ...group.defaults]) {
      for (let at: CompiledRule | undefined = rule; at !== undefined; at = at.else) {
        mark(at.pos.file, at.pos.line, covered.has(at.source.head));
        markBody(at.body, covered, mark);
      }
    }
  }
  return report(lines);
}

function markBody(
  body: Expr[],
  covered: ReadonlySet<object>,
  mark: (file: string, line: number, hit: boolean) => void,
): void {
  for (const e of body) {
    if (e.kind !== 'some') mark(e.pos.file, e.pos.line, covered.has(e));
    if (e.kind === 'every') markBody(e.body, covered, mark);
  }
}

function report(lines: Map<string, Map<number, boolean>>): CoverageReport {
  const files: CoverageReport['files'] = {};
  let all = 0;
  let hits = 0;
  for (const [file, of] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const sorted = [...of].sort((a, b) => a[0] - b[0]);
    const hit = sorted.filter(([, h]) => h).map(([line]) => line);
    const missed = sorted.filter(([, h]) => !h).map(([line]) => line);
    files[file] = { covered: hit, notCovered: missed, percent: percentOf(hit.length, of.size) };
    all += of.size;
    hits += hit.length;
  }
  return { files, percent: percentOf(hits, all) };
}

function percentOf(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10;
}
