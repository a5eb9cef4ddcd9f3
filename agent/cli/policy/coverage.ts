import type { CoverageReport } from '../../rego/index.ts';

/** Files with the lines no evaluation reached, and the share of those that one did. */
export function coverageText(report: CoverageReport): string {
  const files = Object.entries(report.files);
  const width = Math.max(0, ...files.map(([name]) => name.length));
  const lines = files.map(([name, file]) => {
    const missed = file.notCovered.length === 0 ? '' : `  not reached: ${ranges(file.notCovered)}`;
    return `${name.padEnd(width)}  ${file.percent.toFixed(1).padStart(5)} %${missed}`;
  });
  return `${[...lines, `${'all'.padEnd(width)}  ${report.percent.toFixed(1).padStart(5)} %`].join('\n')}\n`;
}

/** `3, 7–9`. */
function ranges(lines: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < lines.length; i++) {
    const from = lines[i] as number;
    while (lines[i + 1] === (lines[i] as number) + 1) i++;
    const to = lines[i] as number;
    parts.push(from === to ? `${from}` : `${from}–${to}`);
  }
  return parts.join(', ');
}

/** The reports of several evaluations as one: a line counts as reached when any of them reached it. */
export function mergeCoverage(reports: readonly CoverageReport[]): CoverageReport {
  const hits = new Map<string, Map<number, boolean>>();
  for (const report of reports) {
    for (const [name, file] of Object.entries(report.files)) {
      const of = hits.get(name) ?? new Map<number, boolean>();
      hits.set(name, of);
      for (const line of file.covered) of.set(line, true);
      for (const line of file.notCovered) if (!of.has(line)) of.set(line, false);
    }
  }
  const files: CoverageReport['files'] = {};
  let [all, reached] = [0, 0];
  for (const [name, of] of hits) {
    const lines = [...of].sort((a, b) => a[0] - b[0]);
    const covered = lines.filter(([, hit]) => hit).map(([line]) => line);
    const notCovered = lines.filter(([, hit]) => !hit).map(([line]) => line);
    files[name] = { covered, notCovered, percent: percent(covered.length, of.size) };
    all += of.size;
    reached += covered.length;
  }
  return { files, percent: percent(reached, all) };
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((part / whole) * 1000) / 10;
}
