import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { serve } from './server.ts';

/**
 * Runs the language server until the editor ends it. The transport is what the command line names (`--node-ipc`,
 * `--stdio`, `--socket=PORT`, `--pipe=NAME`), as LSP clients pass it; without any it is standard input and output.
 */
export function runLanguageServer(words: readonly string[] = process.argv): Promise<0> {
  const named = words.some((word) => /^--(node-ipc|stdio|socket|pipe)(=|$)/.test(word));
  const connection = named
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  return new Promise((resolve) => {
    connection.onExit(() => resolve(0));
    serve(connection);
  });
}
