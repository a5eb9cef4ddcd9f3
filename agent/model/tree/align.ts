/**
 * Maps the characters of a scalar's value back to the document.
 * The parser gives the value; these functions walk the source beside it. They are linear and run only when somebody
 * asks for an offset inside a scalar.
 */

/** `|` scalars: `body` is the range after the header line. */
export function alignLiteral(source: string, body: number, end: number, value: string): Int32Array {
  const map = new Int32Array(value.length + 1);
  const indent = literalIndent(source, body, end, value);
  let index = 0;
  let line = body;
  while (index < value.length && line < end) {
    let lineEnd = source.indexOf('\n', line);
    if (lineEnd === -1 || lineEnd > end) lineEnd = end;
    const contentEnd = source.charCodeAt(lineEnd - 1) === 13 && lineEnd > line ? lineEnd - 1 : lineEnd;
    const start = Math.min(line + indent, contentEnd);
    for (let at = start; at < contentEnd && index < value.length; at++) map[index++] = at;
    if (index < value.length) map[index++] = lineEnd;
    line = lineEnd + 1;
  }
  while (index <= value.length) map[index++] = Math.min(line, end);
  return map;
}

/**
 * Folded, plain and quoted scalars. A line break of the source stands for a space, a line break or nothing in the
 * value, so only characters that cannot be layout are matched one by one.
 */
export function alignFlow(
  source: string,
  start: number,
  end: number,
  value: string,
  style: 'plain' | 'single' | 'double' | 'folded',
): Int32Array {
  const map = new Int32Array(value.length + 1);
  let at = start;
  let index = 0;
  while (index < value.length && at < end) {
    const code = source.charCodeAt(at);
    const wanted = value.charCodeAt(index);
    if (code === 10 || code === 13) {
      if (isLayout(wanted)) map[index++] = at;
      at = afterBreak(source, at, end);
    } else if (style === 'double' && code === 92) {
      const units = escapedUnits(source, at, wanted);
      map.fill(at, index, index + units);
      index += units;
      at = units === 0 ? afterBreak(source, at + 1, end) : at + escapeLength(source, at);
    } else if (code === wanted) {
      map[index++] = at;
      at += style === 'single' && code === 39 ? 2 : 1;
    } else if (code === 32 || code === 9) at += 1;
    else {
      map[index++] = at;
      // A character neither here nor there: value and source disagree, so the nearest place, and never a loop.
      if (!isLayout(wanted)) at += 1;
    }
  }
  map.fill(end, index, value.length);
  map[value.length] = Math.min(at, end);
  return map;
}

/** A line break or a space: what a break of the source may have become. */
function isLayout(code: number): boolean {
  return code === 10 || code === 32;
}

/** How much of the value an escape stands for: nothing for a line break, two units above U+FFFF, else one. */
function escapedUnits(source: string, at: number, wanted: number): 0 | 1 | 2 {
  const length = escapeLength(source, at);
  if (length === 0) return 0;
  return length === 10 && wanted >= 0xd800 && wanted < 0xdc00 ? 2 : 1;
}

/** JSON strings and TOML basic strings: `start` is the first character inside the quotes. */
export function alignEscaped(source: string, start: number, end: number, value: string): Int32Array {
  return alignFlow(source, start, end, value, 'double');
}

function literalIndent(source: string, body: number, end: number, value: string): number {
  let line = body;
  let valueLine = 0;
  while (line < end) {
    let lineEnd = source.indexOf('\n', line);
    if (lineEnd === -1 || lineEnd > end) lineEnd = end;
    const contentEnd = source.charCodeAt(lineEnd - 1) === 13 && lineEnd > line ? lineEnd - 1 : lineEnd;
    let valueEnd = value.indexOf('\n', valueLine);
    if (valueEnd === -1) valueEnd = value.length;
    if (valueEnd > valueLine) return Math.max(0, contentEnd - line - (valueEnd - valueLine));
    valueLine = valueEnd + 1;
    line = lineEnd + 1;
  }
  return 0;
}

/** Past a line break and the indentation that follows it. */
function afterBreak(source: string, at: number, end: number): number {
  let next = source.charCodeAt(at) === 13 && source.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  while (next < end && (source.charCodeAt(next) === 32 || source.charCodeAt(next) === 9)) next += 1;
  return next;
}

/** Length of the escape at `at`; 0 for an escaped line break, which stands for nothing. */
function escapeLength(source: string, at: number): number {
  const code = source.charCodeAt(at + 1);
  if (code === 10 || code === 13) return 0;
  if (code === 120) return 4;
  if (code === 117) return 6;
  if (code === 85) return 10;
  return 2;
}
