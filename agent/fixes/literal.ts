import type { Range } from '../model/types.ts';

/** How a value stands in its line. */
export interface Literal {
  /** The value alone. */
  value: Range;
  /** The value with its quotes, where it is the whole of a string; else undefined. */
  whole: Range | undefined;
  /** The quote within which it stands; empty outside of any. */
  quote: '"' | "'" | '`' | '';
  /** The line up to the value or its opening quote, and from behind it on. */
  before: string;
  after: string;
}

/** Reads the quotes of one line up to a value. A string that began on an earlier line is not seen: the proof catches it. */
export function literalAt(text: string, value: Range): Literal {
  const lineStart = text.lastIndexOf('\n', value[0] - 1) + 1;
  const next = text.indexOf('\n', value[1]);
  const lineEnd = next === -1 ? text.length : next;
  let quote: Literal['quote'] = '';
  let opened = value[0];
  for (let at = lineStart; at < value[0]; at++) {
    const character = text[at] as string;
    if (character === '\\') at++;
    else if (quote === '' && /["'`]/.test(character)) {
      quote = character as Literal['quote'];
      opened = at;
    } else if (character === quote) quote = '';
  }
  const isWhole = quote !== '' && opened === value[0] - 1 && text[value[1]] === quote;
  const triple = text.slice(opened - 2, opened) === quote.repeat(2) && quote !== '';
  const whole: Range | undefined = isWhole && !triple ? [opened, value[1] + 1] : undefined;
  return {
    value,
    whole,
    quote,
    before: text.slice(lineStart, whole ? whole[0] : value[0]),
    after: text.slice(whole ? whole[1] : value[1], lineEnd),
  };
}
