import { documentFromText } from '../model/document.ts';
import { displayPath } from '../model/path.ts';
import type { SuppressParams, SuppressResult } from '../protocol.ts';
import { suppressionEdit } from '../suppress.ts';
import { staysWhenIgnored } from './actions.ts';
import { rangeOf } from './convert.ts';
import type { DocumentChecks } from './documents.ts';

/**
 * The comment that takes a finding out, with the reason a person has given, as an edit of the document. Where the format
 * has no comments, the command that writes it into the baseline.
 */
export async function suppressionEdits(documents: DocumentChecks, params: SuppressParams): Promise<SuppressResult> {
  const { uri, rule, fingerprint, line, reason, expires } = params;
  const judged = await documents.judged(uri);
  if (!judged) return refused('This file cannot be read here, so nothing was suppressed.');
  const { report, run } = judged.judgement;
  // The finding may have moved since the tree was drawn: the fingerprint finds it, the line is only where it was.
  const finding =
    report.findings.find((one) => one.fingerprint === fingerprint) ??
    report.findings.find((one) => one.rule === rule && one.span.line === line + 1);
  if (!finding) return refused('This finding is not in the file any more, so nothing was suppressed.');
  if (staysWhenIgnored(judged.judgement, finding)) {
    const place = `${displayPath(finding.path)}:${finding.span.line}`;
    return refused(
      `Its checksum is valid, so a comment does not hide it. If it is revoked: pregate suppress ${place} --reason "revoked on …"`,
    );
  }
  const document =
    run.targets.find((one) => one.path === finding.path) ?? documentFromText(judged.input.path, judged.input.text);
  const edit = suppressionEdit(document, {
    rule: finding.rule,
    line: finding.span.line,
    reason: reason.slice(0, 500),
    ...(expires !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(expires) ? { expires } : {}),
  });
  if (!edit) {
    const message = 'This file has no comments, so the reason goes into the baseline: pregate suppress --help';
    return refused(message);
  }
  return { edits: [{ range: rangeOf(document, edit.range), newText: edit.text }] };
}

function refused(message: string): SuppressResult {
  return { edits: [], message };
}
