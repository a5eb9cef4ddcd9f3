import type { Verdict } from '../../agent/audit/events.ts';

/** A verdict that looked at nothing and found nothing, for tests to say what is different. */
export const none: Verdict['counts'] = {
  documents: 0,
  findings: 0,
  secrets: 0,
  longLived: 0,
  suppressed: 0,
  commits: 0,
  signed: 0,
  skipped: 0,
};
