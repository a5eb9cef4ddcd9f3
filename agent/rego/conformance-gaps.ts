/**
 * Cases of the conformance suite that cannot pass here, by id, with the reason. The conformance test fails when a case in
 * this list passes, and when one outside of it fails.
 */
export const CONFORMANCE_GAPS: Record<string, string> = {};
