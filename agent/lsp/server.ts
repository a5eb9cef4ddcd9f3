import { join } from 'node:path';
import type { Connection } from 'vscode-languageserver/node';
import { answerDocuments } from './answers.ts';
import { followDocuments } from './follow-documents.ts';
import { answerRequests } from './requests.ts';
import { createSession } from './session.ts';
import { followWorkspace } from './workspace.ts';

/**
 * The language server on one connection. It holds no detection of its own: every answer is made from what the gate's
 * engine says about the same bytes.
 */
export function serve(connection: Connection): void {
  const session = createSession(connection);
  const { roots, repositories, checks, discover } = session;
  followWorkspace(connection, session);
  followDocuments(connection, session);
  answerDocuments(connection, session);
  answerRequests(connection, {
    options: () => session.options,
    repositories,
    rootOf: (path) => roots.of(path) ?? roots.of(join(path, '..')),
    metas: () => session.metas,
    documents: checks,
    discover,
  });
  session.documents.listen(connection);
  connection.listen();
}
