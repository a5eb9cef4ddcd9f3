/** The lines of a text, measured once: what indentation-based reading asks again and again. */
export interface Lines {
  count: number;
  /** Offset of the line's first character. */
  start: Int32Array;
  /** Offset after its last character, the line end left out. */
  end: Int32Array;
  /** Column of the first character that is no space; -1 for a line of spaces. */
  indent: Int32Array;
}

/** Measures a text with `\n` line ends. */
export function measure(text: string): Lines {
  let count = 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  const lines = {
    count,
    start: new Int32Array(count),
    end: new Int32Array(count),
    indent: new Int32Array(count),
  };
  let start = 0;
  for (let line = 0; line < count; line++) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at += 1;
    lines.start[line] = start;
    lines.end[line] = end;
    lines.indent[line] = at === end ? -1 : at - start;
    start = end + 1;
  }
  return lines;
}
