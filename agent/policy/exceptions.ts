import { globMatcher } from '../config/glob.ts';
import type { CheckedException, ExceptionScope } from '../gate/types.ts';
import { displayText } from '../model/path.ts';
import { parseException } from './exceptions-file.ts';
import type { GateInput } from './gate-input.ts';
import { branchesOf, repositoryName } from './rollout.ts';
import type { Reason } from './types.ts';

/** Longest life of an exception, in days: what lasts longer is a change of the policy and belongs there. */
export const longestDays = 366;

export interface Weighed {
  exception: CheckedException;
  /** Why it does not count; undefined when it does. */
  invalid?: string;
  /** It would count, had its day not passed. */
  expired: boolean;
}

/**
 * Says of each exception whether it counts at `now` (ISO 8601): signed by its approver with an allowed key, narrow, with
 * a reason, not expired, and for at most a year. Those of the bundle's data (`data.pregate.exceptions`) are vouched for
 * by whoever vouches for the bundle; everything else is asked of them too.
 */
export function weighExceptions(
  listed: readonly CheckedException[],
  data: unknown,
  now: string,
): { weighed: Weighed[]; problems: string[] } {
  const own = exceptionsOfData(data);
  const weighed = [...listed, ...own.exceptions].map((exception) => {
    const invalid = invalidBecause(exception, now);
    const expired = invalid === undefined && exception.expires < now.slice(0, 10);
    return { exception, expired, ...(invalid === undefined ? {} : { invalid }) };
  });
  return { weighed, problems: own.problems };
}

/**
 * Takes a refusal or a warning back where an exception fits and counts, and says so in the reason. One that fits and
 * does not count is named as well: expired, unsigned or too wide is what a person needs to know first.
 */
export function excuse(reason: Reason, weighed: readonly Weighed[], input: GateInput, excusable: boolean): Reason {
  if (reason.effect !== 'deny' && reason.effect !== 'warn') return reason;
  const fits = weighed.filter(({ exception }) => fitsReason(exception, reason, input));
  const counting = fits.find((one) => one.invalid === undefined && !one.expired);
  const told = counting ?? fits.find((one) => one.expired) ?? fits[0];
  if (!told) return reason;
  const { id, approver, expires, reason: why } = told.exception;
  const shown = { id, approver: displayText(approver), expires, reason: displayText(why) };
  if (counting && excusable)
    return { ...reason, effect: 'note', exception: { ...shown, state: 'counts', would: reason.effect } };
  const state = counting ? 'not-permitted' : told.expired ? 'expired' : 'invalid';
  const problem = counting ? 'the policy permits no exception from this rule' : told.invalid;
  return { ...reason, exception: { ...shown, state, would: reason.effect, ...(problem ? { problem } : {}) } };
}

/** The line a person reads beside a reason: `expired 2026-11-02, now blocking`. */
export function exceptionText({ effect, exception }: Pick<Reason, 'effect' | 'exception'>): string {
  if (!exception) return '';
  const { id, state, expires, approver, problem } = exception;
  if (state === 'counts') return `excused by ${approver} until ${expires} (${id})`;
  if (state === 'expired')
    return `exception ${id} expired ${expires}, now ${effect === 'deny' ? 'blocking' : 'warning'}`;
  return `exception ${id} does not count: ${problem ?? 'invalid'}`;
}

function fitsReason(exception: CheckedException, reason: Reason, input: GateInput): boolean {
  const { rule, scope } = exception;
  if (rule !== reason.rule && rule !== reason.about) return false;
  const { place } = reason;
  if (scope.repository !== undefined && scope.repository.toLowerCase() !== repositoryName(input)) return false;
  if (scope.path !== undefined && !(place && globMatcher([`/${scope.path}`])(place.path))) return false;
  if (scope.commit !== undefined && scope.commit !== place?.commit) return false;
  if (scope.component !== undefined && scope.component !== reason.subject) return false;
  const { branch } = scope;
  if (branch === undefined) return true;
  const branches = branchesOf(input);
  // All of them: else a second ref in the same push would carry the excuse elsewhere.
  return branches.length > 0 && branches.every(globMatcher([`/${branch}`]));
}

function invalidBecause(exception: CheckedException, now: string): string | undefined {
  const wide = tooWide(exception.scope);
  if (wide) return wide;
  if (exception.created > exception.expires) return 'it ends before it begins';
  const days = (Date.parse(exception.expires) - Date.parse(exception.created)) / 86_400_000;
  if (days > longestDays) return `it lasts ${Math.round(days)} days, and at most ${longestDays} are allowed`;
  // Who signs tomorrow's date would have a year from then.
  if (exception.created > dayAfter(now)) return `it begins on ${exception.created} only`;
  return exception.signature === 'good' ? undefined : (exception.detail ?? exception.signature);
}

function dayAfter(now: string): string {
  return new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10);
}

const probes = ['qz7', 'qz7/k.w9', 'src/qz7.ts', '.qz7/w/k9', 'a/qz7/w9/k'];

/** Whether a scope excuses more than a person could have looked at: everything, or a glob that everything matches. */
export function tooWide(scope: ExceptionScope): string | undefined {
  if (scope.path === undefined && scope.commit === undefined && scope.component === undefined) {
    return 'it is too wide: it names no path, commit or component';
  }
  const { path } = scope;
  if (path !== undefined && scope.commit === undefined && scope.component === undefined) {
    const matches = globMatcher([`/${path}`]);
    if (probes.some((probe) => matches(probe)))
      return `it is too wide: ${displayText(path)} fits files that nobody named`;
  }
  return undefined;
}

function exceptionsOfData(data: unknown): { exceptions: CheckedException[]; problems: string[] } {
  const root = isRecord(data) && isRecord(data['pregate']) ? data['pregate']['exceptions'] : undefined;
  if (root === undefined) return { exceptions: [], problems: [] };
  if (!Array.isArray(root))
    return { exceptions: [], problems: ['data.pregate.exceptions is no list, so none of it counts'] };
  const exceptions: CheckedException[] = [];
  const problems: string[] = [];
  root.forEach((value, index) => {
    const parsed = parseException(value);
    if (typeof parsed === 'string') problems.push(`data.pregate.exceptions[${index}] does not count: ${parsed}`);
    else exceptions.push({ ...parsed, signature: 'good', from: 'the bundle' });
  });
  return { exceptions, problems };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
