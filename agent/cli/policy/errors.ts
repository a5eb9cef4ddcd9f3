import { Exit, type ExitCode } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import type { RegoError } from '../../rego/index.ts';
import type { Io } from '../command.ts';
import type { Sources } from './sources.ts';

/**
 * Compile errors with the line they stand on and a mark below the place, as a compiler of any language shows them. Errors
 * without a file are those of the query.
 */
export function printErrors(errors: readonly RegoError[], sources: Sources, io: Io, query?: string): void {
  const texts = new Map(sources.modules.map((m) => [m.path, m.text]));
  for (const e of errors) {
    const isQuery = !e.path && query !== undefined && e.line !== undefined;
    const place = isQuery
      ? `query:${e.line}:${e.column ?? 0}: `
      : e.path
        ? `${e.path}:${e.line ?? 0}:${e.column ?? 0}: `
        : '';
    io.err(`${displayText(place)}${e.code}: ${displayText(e.message)}\n`);
    const text = isQuery ? query : e.path === undefined ? undefined : texts.get(e.path);
    const line = text?.split('\n')[(e.line ?? 0) - 1];
    if (line !== undefined && line.length <= 200) {
      io.err(`  ${displayText(line.replaceAll('\t', ' '))}\n  ${' '.repeat(Math.max(0, (e.column ?? 1) - 1))}^\n`);
    }
    for (const detail of e.details ?? []) io.err(`    ${displayText(detail)}\n`);
  }
}

/** The first `most` errors (0: all), and one that says that there are more, as OPA does. */
export function firstErrors(errors: readonly RegoError[], most: number): readonly RegoError[] {
  if (most === 0 || errors.length <= most) return errors;
  return [...errors.slice(0, most), { code: 'rego_compile_error', message: 'error limit reached' }];
}

/** Errors as OPA writes them in JSON. */
export function opaErrors(errors: readonly RegoError[]): unknown[] {
  return errors.map(({ code, message, path, line, column }) => ({
    message: displayText(message),
    ...(code === 'policy-unreadable' ? {} : { code }),
    ...(line === undefined ? {} : { location: { file: path ?? '', row: line, col: column ?? 0 } }),
  }));
}

/** The policy does not compile: nothing was evaluated. */
export function refused(errors: readonly RegoError[], sources: Sources, io: Io): ExitCode {
  printErrors(errors, sources, io);
  io.err(
    `pregate: ${errors.length === 1 ? '1 error' : `${errors.length} errors`}; nothing was evaluated [policy-compile]\n`,
  );
  return Exit.couldNotCheck;
}
