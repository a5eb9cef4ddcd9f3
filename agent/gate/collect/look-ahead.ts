import type { Document } from '../../model/types.ts';
import { modelGroup } from './names.ts';
import type { Run } from './run.ts';

/**
 * Has a document looked at while others are still being read. One that is silent is forgotten where nothing else will
 * ask for its text, so that a tree need not lie in memory. Where a promise is returned, wait for it before reading on.
 */
export function lookAhead(run: Run, document: Document, keep: Keep): Promise<void> | undefined {
  return run.options.scanner?.take(document, (look) => {
    if (look === 'silent' && keep !== 'all' && document.path !== keep.baseline && isLeaf(document))
      forgetText(run, document);
  });
}

/** What is not forgotten though it is silent. */
export type Keep = 'all' | { baseline: string };

/** Source, markup, pictures and programs: no model is made of them and no other file speaks of what they hold. */
const leaf =
  /\.(?:[cm]?[jt]sx?|map|css|s[ac]ss|less|styl|html?|svg|mdx?|rst|pyi?|ipynb|rb|go|java|kts?|scala|groovy|swift|mm?|cs|vb|fs|c|cc|cpp|cxx|h|hh|hpp|rs|php|vue|svelte|astro|lua|pl|pm|r|dart|ex|exs|erl|hs|clj|ml|zig|proto|glsl|wgsl|png|jpe?g|gif|bmp|webp|avif|ico|tiff?|psd|woff2?|ttf|otf|eot|wasm|node|so|dylib|dll|exe|a|o|pyc|class|mp[34]|m4a|ogg|wav|webm|mov|pdf|snap)$/i;

function isLeaf({ path, kind, text, encoding }: Document): boolean {
  if (kind !== 'file' || text.startsWith('#!') || modelGroup(path) !== undefined) return false;
  return encoding === 'binary' || leaf.test(path);
}

const nothing = new Uint8Array(0);

function forgetText(run: Run, document: Document): void {
  const { length } = document.bytes;
  run.keptBytes -= length;
  Object.assign(document, { bytes: nothing, text: '', forgotten: length } satisfies Partial<Document>);
}
