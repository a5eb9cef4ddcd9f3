import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A small file as people write one, before its values are put in. */
export interface Snippet {
  group: string;
  path: string;
  text: string;
}

/**
 * The files of a folder beside this one: each holds many snippets, and `=== path` begins one. `loud` holds those in which
 * every value has to be found, `quiet` those that hold none. Plain text, because most of the signs in them would have to be
 * escaped in TypeScript. A `⁀` (U+2040) is left out: it parts what another scanner would take for a secret of this repository.
 */
export function snippets(folder: 'loud' | 'quiet'): Snippet[] {
  const home = join(import.meta.dirname, folder);
  return readdirSync(home)
    .sort()
    .flatMap((file) =>
      readFileSync(join(home, file), 'utf8')
        .split(/^=== /m)
        .slice(1)
        .map((part) => {
          const end = part.indexOf('\n');
          return {
            group: `${folder}: ${file.replace('.txt', '')}`,
            path: part.slice(0, end),
            text: part
              .slice(end + 1)
              .trimEnd()
              .replaceAll('⁀', ''),
          };
        }),
    );
}
