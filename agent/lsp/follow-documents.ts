import type { Connection } from 'vscode-languageserver/node';
import { isRego } from './rego.ts';
import type { Session } from './session.ts';

/** Follows documents as they are opened, changed, saved and closed. */
export function followDocuments(connection: Connection, session: Session): void {
  session.documents.onDidOpen(({ document }) => session.addRepositoryOf(document.uri));
  session.documents.onDidChangeContent(({ document }) => {
    // The first event is the opening: what is opened is checked at once.
    if (document.version > 1) session.checks.changed(document.uri);
    // The box of the commit message is no editor tab, so nobody pulls for it: its diagnostics are pushed.
    if (document.uri.startsWith('vscode-scm:')) void pushMessage(connection, session, document.uri);
  });
  session.documents.onDidClose(({ document }) => {
    session.checks.closed(document.uri);
    if (document.uri.startsWith('vscode-scm:')) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
    else session.reports.closed(document.uri);
  });
  // Tests run on what is saved, and a rule of one file may break the test of another.
  session.documents.onDidSave(({ document }) => {
    if (isRego(document.uri)) session.refresh();
  });
}

async function pushMessage(connection: Connection, session: Session, uri: string): Promise<void> {
  const diagnostics = await session.checks.diagnostics(uri, never);
  if (session.documents.get(uri)) await connection.sendDiagnostics({ uri, diagnostics });
}

const never = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) };
