/**
 * True when some line of a text matches the patterns one after the other. Taking the first match of each is enough, and
 * stays linear where one expression with gaps in it would try every combination.
 */
export function lineHas(text: string, ...patterns: RegExp[]): boolean {
  return text.split('\n').some((line) => inOrder(line, patterns));
}

function inOrder(line: string, patterns: readonly RegExp[]): boolean {
  let rest = line;
  for (const pattern of patterns) {
    const match = pattern.exec(rest);
    if (!match) return false;
    rest = rest.slice(match.index + match[0].length);
  }
  return true;
}
