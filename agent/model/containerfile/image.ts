import type { ImageReference } from './types.ts';

/**
 * Takes an image reference apart, after https://github.com/distribution/reference (grammar in its reference.go).
 * Undefined for text that cannot be one: empty, with white space, or with a variable in it.
 */
export function parseImage(text: string): ImageReference | undefined {
  if (text === '' || text.length > 512 || /[\s${}<>"'%\\]|^[-/]|\/\//.test(text)) return undefined;
  let rest = text;
  let digest: string | undefined;
  const at = rest.indexOf('@');
  if (at !== -1) {
    digest = rest.slice(at + 1);
    rest = rest.slice(0, at);
    if (!/^[a-z0-9+._-]+:[0-9a-fA-F]{32,128}$/i.test(digest)) return undefined;
  }
  let tag: string | undefined;
  const colon = rest.lastIndexOf(':');
  if (colon > rest.lastIndexOf('/')) {
    tag = rest.slice(colon + 1);
    rest = rest.slice(0, colon);
    if (!/^\w[\w.-]{0,127}$/.test(tag)) return undefined;
  }
  const slash = rest.indexOf('/');
  const first = slash === -1 ? '' : rest.slice(0, slash);
  const registry = first === 'localhost' || /[.:]/.test(first) || first !== first.toLowerCase() ? first : undefined;
  const repository = registry ? rest.slice(slash + 1) : rest;
  if (!/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(repository)) return undefined;
  return {
    ...(registry ? { registry } : {}),
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
}
