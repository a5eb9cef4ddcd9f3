import type { AuditEvent, Verdict } from '../../../agent/audit/events.ts';
import { spool } from '../../../agent/audit/spool.ts';
import { ensureState, stateFolder } from '../../../agent/state.ts';

const day = 86_400_000;
const none = { documents: 3, findings: 0, secrets: 0, longLived: 0, suppressed: 0, commits: 0, signed: 0, skipped: 0 };
const policy = { name: 'built-in gates', revision: '1', digest: '0'.repeat(64) };

/**
 * Leaves four weeks of commits and pushes in the spool, as the hooks would have left them: two of 60 pushed commits are
 * unsigned in this repository, none of the last week, and another repository signs nothing.
 */
export function fillAuditLog(root: string, env: NodeJS.ProcessEnv, now = Date.now()): void {
  const state = stateFolder(env);
  ensureState(env, 'audit', 'spool');
  const leave = (commonDir: string, at: number, event: AuditEvent) => {
    spool(state, commonDir, event, new Date(at));
  };
  const verdict = (over: Omit<Partial<Verdict>, 'counts'>, counts: Partial<Verdict['counts']> = {}): AuditEvent => ({
    ...{ event: 'verdict', hook: 'pre-commit', gate: 'commit', verdict: 'pass', rules: [], policy, ms: 40, by: 'cold' },
    ...over,
    counts: { ...none, ...counts },
  });
  const push = (commits: number, signed: number, over: Omit<Partial<Verdict>, 'counts'> = {}) =>
    verdict({ hook: 'pre-push', gate: 'push', ms: 220, ...over }, { commits, signed });
  const own = `${root}/.git`;
  for (let back = 28; back >= 1; back--) {
    // Nothing happens at weekends.
    if (back % 7 === 2 || back % 7 === 3) continue;
    const at = now - back * day;
    for (let one = 0; one < 3; one++) leave(own, at + one * 60_000, verdict({ ms: 24 + ((back * 7 + one * 13) % 60) }));
    const signed = back === 25 || back === 18 ? 2 : 3;
    const refused: Omit<Partial<Verdict>, 'counts'> = back === 26 ? { verdict: 'refused', rules: ['secret'] } : {};
    const tip = `${back}`.padStart(40, 'a');
    leave(own, at + 300_000, push(3, signed, { ms: 180 + ((back * 37) % 240), commits: [tip], ...refused }));
    leave(own, at + 360_000, { event: 'statement', commit: tip, statement: 'svr', sbom: back < 20 });
    if (back === 15) leave(own, at + 400_000, { event: 'bypass', how: 'no-verify', commit: tip });
    if (back === 25) {
      const rules = ['github-token'];
      const late = verdict({ verdict: 'refused', rules, detectedAfterMs: 1_500_000 }, { secrets: 1, longLived: 1 });
      leave(own, at + 500_000, late);
    }
  }
  leave(`${root}-other/.git`, now - day, push(4, 0));
}
