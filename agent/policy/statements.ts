import type { Problem } from '../model/types.ts';
import type { Entrypoint } from './entrypoints.ts';
import type { Exactness, OfflineCall, Place } from './types.ts';

/** One element of a policy's `deny`, `warn` or `depends`, read from whatever shape it has. */
export interface Statement {
  effect: 'deny' | 'warn' | 'depends' | 'note';
  /** As the policy names it, without a gate; undefined when it names none. */
  rule?: string;
  message: string;
  at?: string;
  finding?: string;
  remedy?: string;
  unknown?: string[];
  effectiveOn?: string;
  /** Conforma's: what of the input it is about, how severe it is, and the collections of its rule. */
  term?: string;
  severity?: string;
  collections?: string[];
  entry: Entrypoint;
  /** Where the policy asks the network: its place stands for the rule's, and no setting turns it down. */
  call?: OfflineCall;
  /** Where it points, when that is known already; else `at` and `finding` say it. */
  place?: Place;
  /** How sure it is, when that is not what its package would say. */
  exactness?: Exactness;
  /** The file and line that says so, when it is not a rule of the engine: a constraint, a snapshot of the forge. */
  source?: { file: string; line: number };
  /** Line of the file it was asked about, from 1, and that file where it is one of several: conftest's `_loc`. */
  line?: number;
  file?: string;
}

/**
 * Reads the value of a decision path. Elements are texts or objects with `msg` (conftest, Gatekeeper), beside it `rule`
 * or `code` (Conforma), `finding`, `at`, `remedy`, `unknown`, `effective_on`. `allow` is a statement when it is not true.
 */
export function statementsOf(entry: Entrypoint, value: unknown): { statements: Statement[]; problems: Problem[] } {
  if (entry.effect === 'allow') {
    if (isRecord(value)) return objectStatements(entry, value);
    const message = value === undefined ? 'The policy does not allow it' : 'The policy says that it is not allowed';
    return { statements: value === true ? [] : [{ effect: 'deny', message, entry }], problems: [] };
  }
  const { effect } = entry;
  if (value === undefined || value === false) return { statements: [], problems: [] };
  if (value === true) return { statements: [{ effect, message: `${entry.path} is true`, entry }], problems: [] };
  if (typeof value === 'string') return statementsOf(entry, [value]);
  const elements = Array.isArray(value) ? value : typeof value === 'object' && value ? [value] : undefined;
  if (!elements) return { statements: [], problems: [unreadable(entry)] };
  const statements: Statement[] = [];
  const problems: Problem[] = [];
  for (const element of elements) {
    const statement = statementOf(entry, effect, element);
    if (statement) statements.push(statement);
    else problems.push(unreadable(entry));
  }
  return { statements, problems: problems.slice(0, 1) };
}

/** A decision as an object: `{"allow": false, "reasons": ["…"]}`; without `allow` it says nothing that can be trusted. */
function objectStatements(
  entry: Entrypoint,
  value: Record<string, unknown>,
): { statements: Statement[]; problems: Problem[] } {
  const allow = value.allow ?? value.allowed ?? value.result;
  if (allow === true) return { statements: [], problems: [] };
  if (typeof allow !== 'boolean') return { statements: [], problems: [unreadable(entry)] };
  const listed = value.reasons ?? value.reason ?? value.messages ?? value.violations ?? value.deny ?? value.msg;
  const list = Array.isArray(listed) ? listed : listed === undefined ? [] : [listed];
  const read = list.map((one) => statementOf(entry, 'deny', one));
  const statements = read.filter((one) => one !== undefined);
  const message = 'The policy says that it is not allowed';
  return { statements: statements.length > 0 ? statements : [{ effect: 'deny', message, entry }], problems: [] };
}

/** What makes two statements of two evaluations the same; the words may cite a value that differs. */
export function keyOf(statement: Statement): string {
  const where = statement.finding ?? statement.at ?? statement.message;
  return [statement.entry.path, statement.rule ?? '', where].join('\0');
}

function statementOf(entry: Entrypoint, effect: Statement['effect'], element: unknown): Statement | undefined {
  if (typeof element === 'string') return { effect, message: element, entry };
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return undefined;
  const fields = element as Record<string, unknown>;
  const message = textOf(fields.msg) ?? textOf(fields.message);
  if (message === undefined) return undefined;
  const rule = textOf(fields.rule) ?? textOf(fields.code);
  const at = textOf(fields.at);
  const finding = textOf(fields.finding);
  const remedy = textOf(fields.remedy) ?? textOf(fields.solution);
  const effectiveOn = textOf(fields.effective_on);
  const line = isRecord(fields._loc) && Number.isInteger(fields._loc.line) ? (fields._loc.line as number) : undefined;
  const file = isRecord(fields._loc) ? textOf(fields._loc.file) : undefined;
  const unknown = Array.isArray(fields.unknown) ? fields.unknown.filter((one) => typeof one === 'string') : undefined;
  const [term, severity] = [textOf(fields.term), textOf(fields.severity)];
  const { collections } = fields;
  return {
    effect,
    message,
    entry,
    ...(term === undefined ? {} : { term }),
    ...(severity === undefined ? {} : { severity }),
    ...(Array.isArray(collections) ? { collections: collections.filter((one) => typeof one === 'string') } : {}),
    ...(rule === undefined ? {} : { rule }),
    ...(at === undefined ? {} : { at }),
    ...(finding === undefined ? {} : { finding }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(effectiveOn === undefined ? {} : { effectiveOn }),
    ...(unknown === undefined ? {} : { unknown }),
    ...(line === undefined || line < 1 ? {} : { line, ...(file === undefined ? {} : { file }) }),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(entry: Entrypoint): Problem {
  return {
    code: 'policy-value',
    message: `${entry.path} gave something that is neither a text nor an object with msg, so the gate was not decided`,
    fatal: true,
  };
}
