import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';
import { compile } from '../agent/model/secrets/compile.ts';

/**
 * Puts the tree of all keywords into a bundle. Making it at run time reads every table of providers and takes longer
 * than a whole cold hook; what makes it is left out, and so are the pages that the tables cite, which no hook shows.
 */
export function vocabularyPlugin(): Plugin {
  return {
    name: 'vocabulary',
    setup(context) {
      context.onLoad({ filter: /agent[\\/]model[\\/]secrets[\\/]compiled\.ts$/ }, () => ({
        contents: `export const compiled = ${JSON.stringify(compile())};`,
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

/** A table of providers whose entries have `-` for the page and do not say whether it was read. Kinds stay as they are. */
export function withoutPages(table: string): string {
  return table.replace(/^([a-z0-9-]+(?: \| [^|\n]*){3}) \| \S+(?: \| read)?$/gm, '$1 | -');
}
