/** The order in which Go's yaml.v3 writes keys: by character, letters after others, numbers within by their value. */
export function compareKeys(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  let digits = false;
  for (let i = 0; i < left.length && i < right.length; i++) {
    const [x, y] = [left[i] as string, right[i] as string];
    if (x === y) {
      digits = isDigit(x);
      continue;
    }
    const [letterX, letterY] = [isLetter(x), isLetter(y)];
    if (letterX && letterY) return order(codeOf(x), codeOf(y));
    // Behind digits a letter comes first, elsewhere last.
    if (letterX || letterY) return (digits ? letterX : letterY) ? -1 : 1;
    return compareNumbers(left, right, i);
  }
  return order(left.length, right.length);
}

function compareNumbers(left: string[], right: string[], at: number): number {
  let start = 0n;
  if (left[at] === '0' || right[at] === '0') {
    for (let j = at - 1; j >= 0 && isDigit(left[j] as string); j--) {
      if (left[j] !== '0') start = 1n;
    }
  }
  const [x, y] = [numberAt(left, at, start), numberAt(right, at, start)];
  if (x.value !== y.value) return x.value < y.value ? -1 : 1;
  if (x.end !== y.end) return order(x.end, y.end);
  return order(codeOf(left[at] as string), codeOf(right[at] as string));
}

/** Go adds what stands between a digit and `0`, in 64 bits, for the digits of any script. */
function numberAt(chars: string[], at: number, start: bigint): { value: bigint; end: number } {
  let value = start;
  let end = at;
  for (; end < chars.length && isDigit(chars[end] as string); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(chars[end] as string) - 48));
  }
  return { value, end };
}

function order(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function codeOf(c: string): number {
  return c.codePointAt(0) as number;
}

function isDigit(c: string): boolean {
  return /\p{Nd}/u.test(c);
}

function isLetter(c: string): boolean {
  return /\p{L}/u.test(c);
}
