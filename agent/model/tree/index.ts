import type { Document, Tree } from '../types.ts';
import { readJson } from './json.ts';
import { readToml } from './toml.ts';
import { readYaml } from './yaml.ts';

export {
  asBoolean,
  asMap,
  asScalar,
  asSeq,
  asText,
  at,
  entriesOf,
  entryOf,
  get,
  itemsOf,
  rangeIn,
  scalarsOf,
} from './access.ts';
export type { Comment } from './comments.ts';
export { commentAfter, trailingComment } from './comments.ts';

export type TreeLanguage = 'yaml' | 'json' | 'toml';

const trees: Record<TreeLanguage, WeakMap<Document, Tree>> = {
  yaml: new WeakMap(),
  json: new WeakMap(),
  toml: new WeakMap(),
};
const languages = new WeakMap<Document, TreeLanguage>();

/**
 * YAML 1.2 (core schema), one root per document of the stream, aliases resolved to the node they name.
 * Duplicate keys are kept. Broken input gives what could be read and problems; it never throws.
 */
export function parseYaml(document: Document): Tree {
  return memoised(document, 'yaml', readYaml);
}

/**
 * JSON; comments and trailing commas are tolerated, as editors' own files have them. One root.
 * Above 8 MB the inside of a map or sequence is read when it is first looked at.
 */
export function parseJson(document: Document): Tree {
  return memoised(document, 'json', readJson);
}

/** TOML 1.0. One root, a map; `[[table]]` gives a sequence of maps, dotted keys give nested maps. */
export function parseToml(document: Document): Tree {
  return memoised(document, 'toml', readToml);
}

/** The language a document was parsed as, so that edits are written in it. */
export function languageOf(document: Document): TreeLanguage | undefined {
  return languages.get(document);
}

function memoised(document: Document, language: TreeLanguage, read: (document: Document) => Tree): Tree {
  let tree = trees[language].get(document);
  if (!tree) {
    tree = read(document);
    trees[language].set(document, tree);
    languages.set(document, language);
  }
  return tree;
}
