const words = (text: string) => new Set(text.split(' '));

/** Words of the form that answers are printed in, and usual names of rules. None of them names a credential. */
const frame = words(
  'result results expressions value text location row col bindings problems allow deny warn violation main true false null undefined',
);

/** What the path of a query is usually made of: any name could be that of a credential, so only these count. */
const segments = words(
  'allow deny warn violation main policy policies rules example test kubernetes k8s terraform app http',
);

/**
 * True for a text in which no secret can stand, because it holds nothing but the frame of an answer, short numbers and
 * the path of the query: it needs no look through the hundreds of kinds of secrets. Everything else is false.
 */
export function isPlain(text: string): boolean {
  if (text.length > 2000) return false;
  return (text.match(/[^\s"{}[\],:]+/g) ?? []).every(
    (word) => frame.has(word) || /^-?\d{1,5}$/.test(word) || isUsualPath(word),
  );
}

function isUsualPath(word: string): boolean {
  const [root, ...rest] = word.split('.');
  return root === 'data' && rest.every((part) => /^[a-z]$/.test(part) || segments.has(part));
}
