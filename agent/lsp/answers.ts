import {
  CodeActionKind,
  type Connection,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver/node';
import { type ActionData, editOfFix, editOfFixAll, fixAllAction, fixAllKind, quickFixes } from './actions.ts';
import { completeConfig, isConfigUri } from './config-completion.ts';
import { hoverAt } from './hover.ts';
import { isRego } from './rego.ts';
import type { Session } from './session.ts';
import { resultIdOf } from './workspace-report.ts';

/** Answers what the editor asks about documents: diagnostics, hovers, completions, lenses and fixes. */
export function answerDocuments(connection: Connection, session: Session): void {
  connection.languages.diagnostics.on(async (params, token) => {
    const { uri } = params.textDocument;
    const found = await session.checks.diagnostics(uri, token);
    const items =
      isRego(uri) && !token.isCancellationRequested ? [...found, ...(await session.rego.diagnostics(uri))] : found;
    if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
    const resultId = resultIdOf(items);
    if (resultId === params.previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
  });

  connection.languages.diagnostics.onWorkspace((params, token) =>
    session.reports.answer(params.previousResultIds, token, () =>
      session.repositories.diagnostics(session.options.settings, session.pageUri),
    ),
  );

  connection.onCodeLens(({ textDocument: { uri } }) => (isRego(uri) ? session.rego.lenses(uri) : []));

  connection.onHover(async ({ textDocument, position }) => {
    const judged = await session.checks.judged(textDocument.uri);
    if (!judged) return null;
    const { report } = judged.judgement;
    const findings = report.findings.filter((finding) => finding.path === judged.input.path);
    return hoverAt(findings, position, {
      decision: report.decision,
      meta: (rule) => session.metas.get(rule),
      pageUri: session.pageUri,
    });
  });

  connection.onCompletion(({ textDocument: { uri }, position }) => {
    const document = session.documents.get(uri);
    return document && isConfigUri(uri) ? completeConfig(document.getText(), position, session.metas) : [];
  });

  connection.onCodeAction(async ({ textDocument: { uri }, context }) => {
    const wants = (kind: string) => !context.only || context.only.some((one) => `${kind}.`.startsWith(`${one}.`));
    const judged = await session.checks.judged(uri);
    if (!judged) return [];
    const { judgement, uriOf } = judged;
    const fixes = wants(CodeActionKind.QuickFix)
      ? await quickFixes({ uri, judgement, uriOf, meta: (rule) => session.metas.get(rule) }, context.diagnostics)
      : [];
    const fixable = wants(fixAllKind) && judgement.raw.some((finding) => finding.fixes !== undefined);
    return fixable ? [...fixes, fixAllAction(uri)] : fixes;
  });

  connection.onCodeActionResolve(async (action) => {
    const data = action.data as ActionData | undefined;
    const judged = data && (await session.checks.judged(data.uri));
    if (!data || !judged) return action;
    const context = { uri: data.uri, judgement: judged.judgement, uriOf: judged.uriOf };
    const edit =
      data.type === 'fix'
        ? await editOfFix(context, data.fingerprint, data.index)
        : await editOfFixAll(context, judged.input, judged.again);
    return edit ? { ...action, edit } : action;
  });
}
