import type { Plugin } from 'esbuild';
import { defaultBundle } from '../agent/policy/default.ts';
import { parseModule } from '../agent/rego/parser/index.ts';
import { storeModule } from '../agent/rego/stored.ts';

/** The files that the gates *commit* and *push* are made of. A hook asks no other gate. */
const files = new Set(['commit.rego', 'push.rego', 'lib.rego']);

/** Puts the syntax trees of these gates into a bundle: parsing them takes longer than reading them. */
export function gatesPlugin(): Plugin {
  return {
    name: 'gates',
    setup(context) {
      context.onLoad({ filter: /agent[\\/]policy[\\/]stored-gates\.ts$/ }, () => ({
        contents: `export const storedGates = ${JSON.stringify(storedTrees())};`,
        loader: 'js',
      }));
    },
  };
}

/** By file, what `storedGates` holds in the hook's bundle. */
export function storedTrees(): Record<string, string> {
  const modules = defaultBundle().modules.filter(({ path }) => files.has(path));
  return Object.fromEntries(modules.map(({ path, text }) => [path, storeModule(parseModule(path, text, 'v1'))]));
}
