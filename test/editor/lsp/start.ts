/** Runs the language server from source, on standard input and output. */
import { runLanguageServer } from '../../../agent/lsp/index.ts';

process.exitCode = await runLanguageServer([]);
