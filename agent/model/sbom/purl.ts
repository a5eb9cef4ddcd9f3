/**
 * Package URLs of npm packages. Source: the package-url specification, type `npm`: the scope is the namespace, its `@`
 * is percent-encoded.
 */
export function npmKey(name: string): string {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  if (slash === -1) return `pkg:npm/${encode(name)}`;
  return `pkg:npm/${encode(name.slice(0, slash))}/${encode(name.slice(slash + 1))}`;
}

export function npmPurl(name: string, version: string): string {
  return version === '' ? npmKey(name) : `${npmKey(name)}@${encode(version)}`;
}

/** A purl without version, qualifiers and subpath. */
export function purlKey(purl: string): string {
  const end = purl.search(/[?#]/);
  const bare = end === -1 ? purl : purl.slice(0, end);
  const at = bare.lastIndexOf('@');
  return at > bare.lastIndexOf('/') ? bare.slice(0, at) : bare;
}

export function qualifiersOf(purl: string): URLSearchParams {
  const start = purl.indexOf('?');
  const end = purl.indexOf('#', start);
  return new URLSearchParams(start === -1 ? '' : purl.slice(start + 1, end === -1 ? undefined : end));
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function encode(text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  // Lone surrogates have no UTF-8 form; a hostile name must not throw.
  return encodeURIComponent(text.replace(loneSurrogate, '\ufffd')).replaceAll('%3A', ':');
}
