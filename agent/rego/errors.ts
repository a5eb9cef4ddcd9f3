/** An error of parsing, compiling or evaluating, with OPA's codes and, where it belongs to a file, its place. */
export interface RegoError {
  code: string;
  message: string;
  path?: string;
  line?: number;
  column?: number;
  offset?: number;
  /** What is shown below the message: types that were found and wanted. */
  details?: readonly string[];
}

export interface Position {
  file: string;
  line: number;
  column: number;
  offset: number;
}

/** Thrown inside the engine only; the public functions turn it into data. */
export class RegoFailure extends Error {
  readonly code: string;
  readonly position: Position | undefined;
  /** What else is wrong in the same place: OPA reports a term that cannot be read once more as the value of its rule. */
  readonly also: RegoFailure[] = [];
  readonly details: readonly string[] | undefined;

  constructor(code: string, message: string, position?: Position, details?: readonly string[]) {
    // The parser throws these by the thousand where it tries one reading before another; nobody reads their stacks.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = limit;
    this.code = code;
    this.position = position;
    this.details = details;
  }
}

export function toRegoError(e: unknown, fallback: string): RegoError {
  if (e instanceof RegoFailure) {
    const error = regoError(e.code, e.message, e.position);
    return e.details === undefined ? error : { ...error, details: e.details };
  }
  if (e instanceof RangeError && /call stack/i.test(e.message)) {
    return { code: fallback, message: 'nesting is too deep for the evaluation stack' };
  }
  return { code: fallback, message: e instanceof Error ? e.message : String(e) };
}

export function regoError(code: string, message: string, p?: Position): RegoError {
  if (p === undefined) return { code, message };
  return { code, message, path: p.file, line: p.line, column: p.column, offset: p.offset };
}
