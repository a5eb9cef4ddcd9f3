/** A comment's sign begins the line, at most 120 characters before `at`. Looks back at 200 characters. */
export function isComment(text: string, at: number, hash: boolean): boolean {
  const low = Math.max(0, at - 200);
  const begin = low + text.slice(low, at).lastIndexOf('\n') + 1;
  let sign = begin;
  while (sign < at && (text.charCodeAt(sign) === 32 || text.charCodeAt(sign) === 9)) sign++;
  if (sign - begin > 80) return false;
  const length = signLength(text, sign, hash);
  return length > 0 && sign + length <= at && at - sign - length <= 120;
}

function signLength(text: string, at: number, hash: boolean): number {
  const sign = text[at] ?? ' ';
  if (sign === '*' || sign === ';' || sign === '%' || (hash && sign === '#')) return 1;
  if ((sign === '/' || sign === '-') && text[at + 1] === sign) return 2;
  if (sign === '/' && text[at + 1] === '*') return 2;
  return text.startsWith('<!--', at) ? 4 : 0;
}
