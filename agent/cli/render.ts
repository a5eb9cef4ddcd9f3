import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Judgement } from '../gate/judge.ts';
import type { Report } from '../gate/types.ts';
import { grouped } from '../model/grouped.ts';
import { jsonReport } from '../report/json.ts';
import { markdownReport } from '../report/markdown.ts';
import { makeStyle, type Style } from '../report/style.ts';
import { version } from '../version.ts';
import { type Args, type Io, type Option, UsageError } from './command.ts';

/** The options that choose a format; the same on every command that reports. */
export const formatOptions: Record<string, Option> = {
  json: { type: 'boolean', help: 'print JSON (schema pregate.report/v1)' },
  sarif: { type: 'boolean', help: 'print SARIF 2.1.0' },
  markdown: { type: 'boolean', help: 'print Markdown for a merge request' },
};

export type Format = 'terminal' | 'json' | 'sarif' | 'markdown';

/** The format asked for; two at once is a mistake. */
export function formatOf(args: Args): Format {
  const asked = (['json', 'sarif', 'markdown'] as const).filter((name) => args.flags[name]);
  if (asked.length > 1) throw new UsageError(`--${asked[0]} and --${asked[1]} exclude each other`);
  return asked[0] ?? 'terminal';
}

/** Prints a report in a machine format. For `terminal` each command has its own page. */
export async function printReport(report: Report, format: Exclude<Format, 'terminal'>, io: Io): Promise<void> {
  if (format === 'json') io.out(`${JSON.stringify(jsonReport(report, version), null, 2)}\n`);
  else if (format === 'markdown') io.out(markdownReport(report));
  else {
    const [{ sarifReport }, { allMetas }] = await Promise.all([
      import('../report/sarif.ts'),
      import('../rules/registry.ts'),
    ]);
    io.out(`${JSON.stringify(sarifReport(report, version, await allMetas()), null, 2)}\n`);
  }
}

/** The style for this terminal. */
export function styleOf(io: Io): Style {
  return makeStyle({ color: io.color, width: io.width });
}

/**
 * A progress line on stderr, only on a terminal and only once a second has passed: what is fast stays silent.
 * Call the result with what is known; call `done` before printing anything else.
 */
export function progressOf(io: Io): {
  report: (p: { done: number; total: number; label: string }) => void;
  done: () => void;
} {
  const start = performance.now();
  let last = 0;
  let drawn = false;
  return {
    report: ({ done, total, label }) => {
      const now = performance.now();
      if (!io.terminal || now - start < 1000 || now - last < 100) return;
      last = now;
      drawn = true;
      io.err(`\r\u001b[K${label}${total > 0 ? ` ${grouped(done)} of ${grouped(total)}` : ''}`);
    },
    done: () => {
      if (drawn) io.err('\r\u001b[K');
    },
  };
}

/** Whether what is there today has been accepted already: the offer to do so is made once. */
export function hasBaseline({ report, config }: Pick<Judgement, 'report' | 'config'>): boolean {
  return existsSync(join(report.repo.root, config.baseline));
}
