import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { compile } from '../agent/model/secrets/compile.ts';
import { storeVocabulary } from '../agent/model/secrets/stored.ts';

/** The file that all bundles read it from. */
export const vocabularyFile = 'hook-words.bin';
const idBytes = 16;

/**
 * Leaves what makes the tables of all keywords out of a bundle, which reads them from a file instead. Making them at run time
 * reads every table of providers and takes longer than a whole cold hook. The pages that the tables cite are left out too,
 * since no hook shows them.
 */
export function vocabularyPlugin(): Plugin {
  return {
    name: 'vocabulary',
    setup(context) {
      context.onLoad({ filter: /agent[\\/]model[\\/]secrets[\\/]compiled\.ts$/ }, () => ({
        contents: reader(),
        loader: 'js',
      }));
      context.onLoad({ filter: /agent[\\/]model[\\/]secrets[\\/]compile\.ts$/ }, () => ({
        contents: `export const compile = () => undefined;`,
        loader: 'js',
      }));
      context.onLoad({ filter: /secrets[\\/]providers[\\/]table[\\/][a-z]+\.ts$/, namespace: 'file' }, ({ path }) => ({
        contents: withoutPages(readFileSync(path, 'utf8')),
        loader: 'ts',
      }));
    },
  };
}

/** Writes the file that the bundles of this build read. */
export function writeVocabulary(folder: string): void {
  const { id, bytes } = vocabulary();
  writeFileSync(join(folder, vocabularyFile), Buffer.concat([id, bytes]));
}

let made: { id: Buffer; bytes: Uint8Array } | undefined;

function vocabulary(): { id: Buffer; bytes: Uint8Array } {
  if (!made) {
    const bytes = storeVocabulary(compile());
    made = { bytes, id: createHash('sha256').update(bytes).digest().subarray(0, idBytes) };
  }
  return made;
}

/** A file of another build, or half of one, is none: without the tables no gate opens. */
function reader(): string {
  const { id, bytes } = vocabulary();
  return `import { readFileSync } from 'node:fs';
import { join } from 'node:path';
export function storedVocabulary() {
  const file = readFileSync(join(__dirname, ${JSON.stringify(vocabularyFile)}));
  if (file.length !== ${idBytes + bytes.length} || file.toString('hex', 0, ${idBytes}) !== '${id.toString('hex')}')
    throw new Error('${vocabularyFile} is of another build');
  return file.subarray(${idBytes});
}`;
}

/** A table of providers whose entries have `-` for the page and do not say whether it was read. Kinds stay as they are. */
export function withoutPages(table: string): string {
  return table.replace(/^([a-z0-9-]+(?: \| [^|\n]*){3}) \| \S+(?: \| read)?$/gm, '$1 | -');
}
