/**
 * A pattern for a vendor whose values have no prefix of their own: the vendor's name, the rest of the identifier, a
 * sign of assignment, and a value of the vendor's shape. `shape` is regular expression source and must be bounded.
 */
export function near(shape: string, flags = ''): RegExp {
  const name = '[\\w.\\- ]{0,30}';
  const sign = `["'\`\\]]{0,2}\\s{0,4}(?:=>|:=|[:=,(]|\\s)\\s{0,4}(?:str\\s?=\\s?|string\\s?=\\s?)?["'\`]?(?:Bearer |Basic |token )?`;
  return new RegExp(`^${name}${sign}(${shape})(?![A-Za-z0-9])`, flags);
}
