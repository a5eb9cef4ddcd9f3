/** Numbers in YAML. */

/** A float as yaml.v3 sees one, without underscores. */
export const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** What `strconv.ParseInt` takes with base 0, without underscores. */
export const INTEGER = /^[-+]?(?:0[bB][01]+|0[oO][0-7]+|0[0-7]*|0[xX][0-9a-fA-F]+|[1-9][0-9]*)$/;

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
