/** Numbers as Go's `strconv.FormatFloat(f, 'g', -1, 64)` writes them: an exponent below -4 and from 6 on. */
export function goFloat(n: number): string {
  const [digits, exponent] = n.toExponential().split('e') as [string, string];
  const power = Number(exponent);
  if (n === 0 || (power >= -4 && power < 6)) return plainDecimal(n);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function plainDecimal(n: number): string {
  const text = Object.is(n, -0) ? '-0' : String(n);
  return text.includes('e') ? n.toFixed(20).replace(/0+$/, '') : text;
}
