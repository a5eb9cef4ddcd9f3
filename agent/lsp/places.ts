import { displayPath, displayText } from '../model/path.ts';
import type { Finding, Problem, Span } from '../model/types.ts';
import type { Place, Reason } from '../policy/types.ts';
import type { FindingItem, PlaceData, ProblemItem, ReasonItem } from '../protocol.ts';
import { keptText } from '../report/ladder.ts';
import { remedyOf } from '../report/remedy.ts';
import { spanToRange } from './convert.ts';
import { fileUriOf } from './uri.ts';

/** Where a line of the tree or the web view leads. Undefined when the place has no file that an editor could open. */
export function placeData(root: string, place: Place): PlaceData | undefined {
  // A commit, a ref and a message are no files that an editor could open.
  const message = /^(commit:|refs\/|COMMIT_EDITMSG$)/.test(place.path);
  const uri = message ? undefined : fileUriOf(root, place.path);
  if (uri === undefined) return undefined;
  return {
    uri,
    label: labelOf(place.path, place.span),
    ...(place.span ? { range: spanToRange(place.span) } : {}),
    ...(place.commit === undefined ? {} : { commit: place.commit }),
  };
}

export function findingItem(root: string, finding: Finding, blocking: ReadonlyMap<string, unknown>): FindingItem {
  const place = placeData(root, finding);
  return {
    rule: finding.rule,
    message: displayText(finding.message),
    weight: finding.suppressed ? 'suppressed' : blocking.has(finding.fingerprint) ? 'blocks' : 'advice',
    place: place ?? { uri: '', label: labelOf(finding.path, finding.span) },
    fingerprint: finding.fingerprint,
    ...(finding.suppressed ? { reason: displayText(finding.suppressed.reason) } : {}),
  };
}

export function reasonItem(root: string, reason: Reason, findings: readonly Finding[]): ReasonItem {
  const remedy = remedyOf(reason, findings);
  const place = reason.place ? placeData(root, reason.place) : undefined;
  const kept = keptText(reason);
  const owner = reason.effect === 'note' ? undefined : reason.rollout?.owner;
  return {
    effect: reason.effect,
    rule: displayText(reason.rule),
    message: displayText(reason.message),
    exactness: reason.exactness,
    ...(place ? { place } : {}),
    ...(remedy === undefined ? {} : { remedy: displayText(remedy) }),
    ...(reason.source ? { source: `${displayPath(reason.source.file)}:${reason.source.line}` } : {}),
    ...(reason.effectiveOn === undefined ? {} : { effectiveOn: reason.effectiveOn }),
    ...(kept === '' ? {} : { kept: displayText(kept) }),
    ...(owner === undefined ? {} : { owner }),
    ...(reason.unknown && reason.unknown.length > 0 ? { unknown: reason.unknown.map(displayText) } : {}),
  };
}

export function problemItem(root: string, problem: Problem): ProblemItem {
  const place = problem.path === undefined ? undefined : placeData(root, { path: problem.path });
  return {
    code: problem.code,
    message: displayText(problem.message),
    fatal: problem.fatal,
    ...(place ? { place } : {}),
  };
}

function labelOf(path: string, span: Span | undefined): string {
  return span ? `${displayPath(path)}:${span.line}` : displayPath(path);
}
