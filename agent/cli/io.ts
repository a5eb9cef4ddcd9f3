import { forLocale, isAsciiLocale } from '../report/plain-signs.ts';
import type { Io } from './command.ts';
import { type Writer, writerTo } from './writer.ts';

/** What programs read stays as it is. */
const forPrograms = /^(?:--json|--sarif|--markdown|--export.*|--format.*|-f.*|lsp|policy)$/;

/** JSON of which a screen would obey no character either: JSON itself escapes C0 only, and the data is the same. */
function jsonForScreens(said: string): string {
  const obeyed = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
  return said.replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The `Io` of this process. `NO_COLOR` and `TERM=dumb` mean plain text; `FORCE_COLOR` is not read: a pipe stays plain. */
export function processIo(words: readonly string[] = []): Io & Pick<Writer, 'isWritten'> {
  const out = writerTo(1);
  let err: Writer | undefined;
  const plain = Boolean(process.env['NO_COLOR']) || process.env['TERM'] === 'dumb';
  // A pipe has no width; COLUMNS says what its reader has (POSIX, environment variables).
  const asked = Number(process.env['COLUMNS']);
  const columns = (out.terminal ? out.stream().columns : undefined) ?? (asked > 0 ? asked : 100);
  const text = isAsciiLocale(process.env) && !words.some((word) => forPrograms.test(word));
  const json = words.some((word) => word === '--json' || word === '--sarif');
  const shown = json ? jsonForScreens : (said: string) => (text ? forLocale(said, process.env) : said);
  return {
    cwd: process.cwd(),
    env: process.env,
    // Making the stream loads a dozen of Node's modules, and few commands read it.
    get stdin() {
      return process.stdin;
    },
    out: (text: string) => out.write(shown(text)),
    err: (text: string) => {
      err ??= writerTo(2);
      err.write(shown(text));
    },
    isWritten: () => out.isWritten() && (err === undefined || err.isWritten()),
    width: Math.max(40, Math.min(100, columns)),
    terminal: out.terminal,
    color: out.terminal && !plain,
  };
}
