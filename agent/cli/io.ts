import { forLocale, isAsciiLocale } from '../report/plain-signs.ts';
import type { Io } from './command.ts';

/** What programs read stays as it is. */
const forPrograms = /^(?:--json|--sarif|--markdown|--export.*|--format.*|-f.*|lsp|policy)$/;

/** The `Io` of this process. `NO_COLOR` and `TERM=dumb` mean plain text; `FORCE_COLOR` is not read: a pipe stays plain. */
export function processIo(words: readonly string[] = []): Io {
  const terminal = process.stdout.isTTY === true;
  const plain = Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb';
  // A pipe has no width; COLUMNS says what its reader has (POSIX, environment variables).
  const asked = Number(process.env['COLUMNS']);
  const columns = process.stdout.columns ?? (asked > 0 ? asked : 100);
  // A closed pipe (`pregate check | head`) is the reader's choice and not an error of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  });
  const text = isAsciiLocale(process.env) && !words.some((word) => forPrograms.test(word));
  const shown = (said: string) => (text ? forLocale(said, process.env) : said);
  return {
    cwd: process.cwd(),
    env: process.env,
    // Making the stream loads a dozen of Node's modules, and few commands read it.
    get stdin() {
      return process.stdin;
    },
    out: (text: string) => void process.stdout.write(shown(text)),
    err: (text: string) => void process.stderr.write(shown(text)),
    width: Math.max(40, Math.min(100, columns)),
    terminal,
    color: terminal && !plain,
  };
}
