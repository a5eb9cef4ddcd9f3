import type { CoverageReport } from '../../rego/index.ts';

/** Files with the lines no evaluation reached, and the share of those that one did. */
export function coverageText(report: CoverageReport): string {
  const files = Object.entries(report.files);
  const width = Math.max(0, ...files.map(([name]) => name.length));
  const lines = files.map(([name, file]) => {
    const missed = file.not_covered.flatMap(({ start, end }) =>
      Array.from({ length: end.row - start.row + 1 }, (_, i) => start.row + i),
    );
    const told = missed.length === 0 ? '' : `  not reached: ${ranges([...new Set(missed)].sort((a, b) => a - b))}`;
    return `${name.padEnd(width)}  ${file.coverage.toFixed(1).padStart(5)} %${told}`;
  });
  return `${[...lines, `${'all'.padEnd(width)}  ${report.coverage.toFixed(1).padStart(5)} %`].join('\n')}\n`;
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

/** The report as OPA prints it: nothing that is empty, and lines only where there are some. */
export function coverageJson({ files, ...all }: CoverageReport): unknown {
  const shown = Object.entries(files).map(([name, file]) => [
    name,
    Object.fromEntries(
      Object.entries(file).filter(([key, value]) => key === 'coverage' || !(value === 0 || isEmpty(value))),
    ),
  ]);
  return { files: Object.fromEntries(shown), ...all };
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
