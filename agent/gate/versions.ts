import type { Document } from '../model/types.ts';
import type { RawFinding } from '../rules/run.ts';

interface Judged {
  findings: RawFinding[];
  suppressed: RawFinding[];
}

/**
 * A history holds a file in many versions, and most of them hold the same finding. Each is told once, at the version
 * that brought it, with whether HEAD still has it. Who has answered for it in one version has answered for all.
 * `history` is in the order in which its documents came, oldest first.
 */
export function foldVersions<T extends Judged>(
  judged: T,
  history: readonly Document[],
  present: ReadonlySet<string>,
): T {
  const place = new Map(history.map((document, index) => [`${document.commit ?? ''}\0${document.path}`, index]));
  const indexOf = (finding: RawFinding) => place.get(`${finding.commit ?? ''}\0${finding.path}`);
  const there = new Set<string>();
  for (const finding of [...judged.findings, ...judged.suppressed]) {
    const oid = history[indexOf(finding) ?? -1]?.oid;
    if (oid !== undefined && present.has(oid)) there.add(finding.fingerprint);
  }
  const fold = (findings: readonly RawFinding[]): RawFinding[] => {
    const first = new Map<string, RawFinding>();
    for (const finding of findings) {
      const known = first.get(finding.fingerprint);
      if (!known || (indexOf(finding) ?? 0) < (indexOf(known) ?? 0)) first.set(finding.fingerprint, finding);
    }
    for (const finding of first.values()) {
      if (indexOf(finding) !== undefined) finding.present = there.has(finding.fingerprint);
    }
    return findings.filter((finding) => first.get(finding.fingerprint) === finding);
  };
  const suppressed = fold(judged.suppressed);
  const answered = new Set(suppressed.map((finding) => finding.fingerprint));
  return { ...judged, suppressed, findings: fold(judged.findings).filter((one) => !answered.has(one.fingerprint)) };
}
