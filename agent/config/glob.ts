/**
 * Turns a glob of `exclude` and baselines into a test on repository paths.
 * `*` and `?` stay inside one part, `**` crosses parts, a pattern without a slash matches at any depth, and a trailing
 * slash means everything below (gitignore's reading, https://git-scm.com/docs/gitignore). Linear in the path: there is
 * no backtracking, so that a hostile pattern cannot stall a hook.
 */
export function globMatcher(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.map(compile);
  return (path) => {
    const parts = path.split('/');
    return compiled.some((pattern) => matchParts(pattern, parts));
  };
}

function compile(pattern: string): string[] {
  const anchored = pattern.startsWith('/') || pattern.slice(0, -1).includes('/');
  const trimmed = pattern.replace(/^\.?\//, '').replace(/\/$/, '/**');
  const parts = trimmed.split('/').filter((part) => part !== '');
  return anchored ? parts : ['**', ...parts];
}

/** Greedy match with one restart point, as for `*` in text: enough because `**` accepts any number of parts. */
function matchParts(pattern: string[], parts: string[]): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let restart = 0;
  while (s < parts.length) {
    if (pattern[p] === '**') {
      star = p++;
      restart = s;
    } else if (p < pattern.length && matchText(pattern[p] as string, parts[s] as string)) {
      p++;
      s++;
    } else if (star !== -1) {
      p = star + 1;
      s = ++restart;
    } else return p === pattern.length && p > 0;
  }
  while (pattern[p] === '**') p++;
  return p === pattern.length;
}

function matchText(pattern: string, text: string): boolean {
  let p = 0;
  let s = 0;
  let star = -1;
  let restart = 0;
  while (s < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      restart = s;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[s])) {
      p++;
      s++;
    } else if (star !== -1) {
      p = star + 1;
      s = ++restart;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
