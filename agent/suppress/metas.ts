import type { RuleMeta } from '../rules/rule.ts';

const sources = ['https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317661'];

/** What this stage itself reports: a suppression that is void, late or idle hides the state of the repository. */
export const suppressionMetas: readonly RuleMeta[] = [
  {
    id: 'suppression-without-reason',
    title: 'Suppression without a reason',
    category: 'repository',
    severity: 'medium',
    confidence: 'high',
    why: 'A suppression counts only with a reason: the next reader has to know why it was safe.\nThis one is ignored, and what it meant to hide is reported.',
    fix: 'Add the reason behind two hyphens: pregate-ignore <rule> -- why this is safe [until YYYY-MM-DD].',
    sources,
  },
  {
    id: 'suppression-malformed',
    title: 'Suppression that names no known rule or no real date',
    category: 'repository',
    severity: 'medium',
    confidence: 'high',
    why: 'It is ignored as it stands: a suppression of everything, or of nothing that exists, would hide more than was meant.',
    fix: 'Name the rule as findings show it, and write dates as 2026-03-31.',
    sources,
  },
  {
    id: 'suppression-refused',
    title: 'Comment on a token whose checksum is valid',
    category: 'repository',
    severity: 'medium',
    confidence: 'high',
    why: 'A checksum is right by chance once in millions: the token was issued, and a comment cannot say that it is none.\nThe comment is ignored, and the token is reported.',
    fix: 'Revoke the token and remove it. If it is known to be dead: pregate suppress <path>:<line> --reason "revoked on …".',
    sources,
  },
  {
    id: 'suppression-expired',
    title: 'Suppression past its date',
    category: 'repository',
    severity: 'medium',
    confidence: 'high',
    why: 'The date was set so that somebody looks again. It has passed, and the suppression no longer counts.',
    fix: 'Mend what it hid and remove it, or look again and set a new date with a reason.',
    sources,
  },
  {
    id: 'suppression-unused',
    title: 'Suppression of nothing',
    category: 'repository',
    severity: 'low',
    confidence: 'high',
    why: 'What it hid is gone. Left in place it would hide the next finding of the same rule on that line.',
    fix: 'Remove it.',
    sources,
  },
];
