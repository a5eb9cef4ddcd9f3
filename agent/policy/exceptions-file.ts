import type { ExceptionScope, PolicyException } from '../gate/types.ts';

/** Where a repository keeps its exceptions; only the file on the protected base counts. */
export const exceptionsPath = '.pregate/exceptions.jsonl';

export interface ExceptionLine {
  /** From 1. */
  line: number;
  exception?: PolicyException;
  /** Base64 of the SSHSIG blob, without armour. */
  signature?: string;
  /** Why the line could not be read. */
  problem?: string;
}

/**
 * Reads the file: one JSON object per line, written as `exceptionText` writes it. A line that differs from that by one
 * byte is refused, so that nothing in it can be what the signature does not cover.
 */
export function parseExceptions(text: string): ExceptionLine[] {
  return text.split('\n').flatMap((raw, index): ExceptionLine[] => {
    const line = index + 1;
    if (raw.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch {
      return [{ line, problem: 'it is no JSON object' }];
    }
    if (typeof value !== 'object' || value === null) return [{ line, problem: 'it is no JSON object' }];
    const { signature, ...rest } = value as Record<string, unknown>;
    const exception = parseException(rest);
    if (typeof exception === 'string') return [{ line, problem: exception }];
    if (signature !== undefined && typeof signature !== 'string')
      return [{ line, exception, problem: 'its signature is no text' }];
    if (raw !== exceptionLine(exception, signature))
      return [{ line, exception, problem: 'it is not written in canonical form' }];
    return [{ line, exception, ...(signature === undefined ? {} : { signature }) }];
  });
}

/** The bytes that are signed, as text: canonical JSON, keys sorted, nothing between the parts. */
export function signedText(exception: PolicyException): string {
  return canonical(exception);
}

/** One line of the file. */
export function exceptionLine(exception: PolicyException, signature: string | undefined): string {
  return canonical(signature === undefined ? exception : { ...exception, signature });
}

/** Checks the fields of an exception; a text says what is wrong. Unknown fields are wrong: they might mean to narrow it. */
export function parseException(value: unknown): PolicyException | string {
  if (!isRecord(value)) return 'it is no object';
  const { v, id, rule, scope, reason, approver, created, expires, ...rest } = value;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return `unknown field ${JSON.stringify(unknown)}`;
  if (v !== 1) return '`v` must be 1';
  if (!isText(id) || !/^[a-z0-9][a-z0-9-]{2,63}$/.test(id)) return '`id` must be lower-case letters, digits and dashes';
  if (!isText(rule)) return '`rule` is missing';
  if (!isText(reason) || reason.trim().length < 10) return '`reason` must say why, in at least ten characters';
  if (!isText(approver)) return '`approver` is missing';
  if (!isDay(created)) return '`created` must be a date such as 2026-03-31';
  if (!isDay(expires)) return '`expires` must be a date such as 2026-03-31';
  const read = parseScope(scope);
  if (typeof read === 'string') return read;
  return { v: 1, id, rule, scope: read, reason, approver, created, expires };
}

const scopeKeys = ['path', 'commit', 'component', 'branch', 'repository'] as const;

function parseScope(scope: unknown): ExceptionScope | string {
  if (!isRecord(scope)) return '`scope` is missing';
  const out: ExceptionScope = {};
  for (const [key, value] of Object.entries(scope)) {
    const known = scopeKeys.find((one) => one === key);
    if (!known || !isText(value)) return `\`scope.${key}\` is not understood`;
    if (known === 'commit' && !/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value))
      return '`scope.commit` must be a whole commit id';
    out[known] = value;
  }
  return out;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 2000 && value.isWellFormed();
}

function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
