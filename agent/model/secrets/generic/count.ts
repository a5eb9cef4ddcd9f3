/** How many characters of each class there are. */
export function count(value: string): {
  digits: number;
  letters: number;
  upper: number;
  lower: number;
  symbols: number;
} {
  let digits = 0;
  let upper = 0;
  let lower = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else if (code >= 65 && code <= 90) upper++;
    else if (code >= 97 && code <= 122) lower++;
  }
  return { digits, upper, lower, letters: upper + lower, symbols: value.length - digits - upper - lower };
}
