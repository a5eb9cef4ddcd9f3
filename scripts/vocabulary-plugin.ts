import type { Plugin } from 'esbuild';
import { compile } from '../agent/model/secrets/compile.ts';

/**
 * Puts the tree of all keywords into a bundle. Making it at run time reads every table of providers and takes longer
 * than a whole cold hook; what makes it is left out.
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
    },
  };
}
