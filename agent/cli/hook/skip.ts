import { spool } from '../../audit/spool.ts';
import type { Mask } from '../../gate/redact.ts';
import type { Report } from '../../gate/types.ts';
import { displayText } from '../../model/path.ts';
import { gateOf, problemsOf } from '../../report/facts.ts';
import { stateFolder } from '../../state-folder.ts';

/**
 * `PREGATE_SKIP='rule: reason'` (or `rule, rule: reason`) lets one commit pass although these rules refuse it: a way that
 * is seen, in place of `--no-verify`, which is not. It names every rule that refuses and a reason, or it does nothing.
 */
export function skipOf(env: NodeJS.ProcessEnv): { rules: string[]; reason: string } | undefined {
  const [, names = '', reason = ''] = /^([^:]{1,500}):\s*(\S.{0,499})/s.exec(env['PREGATE_SKIP'] ?? '') ?? [];
  const rules = names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return rules.length > 0 && reason !== '' ? { rules, reason: displayText(reason.trim()) } : undefined;
}

/**
 * The rules that refuse this commit, when `PREGATE_SKIP` names every one; otherwise undefined. What could not be checked
 * cannot be skipped: nobody knows what is in there, and the exit code tells of the denial only.
 */
export function skippedRules(report: Report, env: NodeJS.ProcessEnv): Set<string> | undefined {
  const skip = skipOf(env);
  if (!skip || problemsOf(report).some((one) => one.fatal)) return undefined;
  const denied = gateOf(report.decision, 'commit')?.reasons.filter((reason) => reason.effect === 'deny') ?? [];
  const rules = denied.map(
    (reason) => report.findings.find((one) => one.fingerprint === reason.finding)?.rule ?? reason.rule,
  );
  return rules.length > 0 && rules.every((rule) => skip.rules.includes(rule)) ? new Set(rules) : undefined;
}

/** True when everything that refuses this commit is skipped; each rule then stands in the audit log with the reason. */
export function isSkipped(report: Report, mask: Mask, env: NodeJS.ProcessEnv): boolean {
  const rules = skippedRules(report, env);
  const reason = skipOf(env)?.reason;
  const state = stateFolder(env, process.platform);
  const { commonDir } = report.repo;
  if (!rules || reason === undefined || state === undefined || commonDir === undefined) return false;
  for (const rule of rules) spool(state, commonDir, { event: 'skip', rule, reason: mask(reason) });
  return true;
}
