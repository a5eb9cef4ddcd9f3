import type { Range, ScalarNode, ScalarStyle } from '../types.ts';
import { alignFlow, alignLiteral } from './align.ts';

/** A scalar that knows its source. One class for all languages, since a tree holds thousands of them. */
export class SourceScalar implements ScalarNode {
  kind = 'scalar' as const;
  range: Range;
  value: ScalarNode['value'];
  text: string;
  style: ScalarStyle;
  #source: string;
  /** Length of what stands before and after the content: 1 for quotes, 3 for TOML's triple quotes. */
  #fence: number;
  #map: Int32Array | undefined;

  constructor(
    source: string,
    range: Range,
    value: ScalarNode['value'],
    text: string,
    style: ScalarStyle,
    fence = style === 'single' || style === 'double' ? 1 : 0,
  ) {
    this.#source = source;
    this.range = range;
    this.value = value;
    this.text = text;
    this.style = style;
    this.#fence = fence;
  }

  offsetAt(index: number): number {
    const [start, end] = this.range;
    const clamped = Math.max(0, Math.min(index, this.text.length));
    const fence = this.#fence;
    if (this.style !== 'literal' && this.style !== 'folded' && end - start - 2 * fence === this.text.length) {
      return start + fence + clamped;
    }
    this.#map ??= this.#align();
    return this.#map[clamped] as number;
  }

  #align(): Int32Array {
    const [start, end] = this.range;
    if (this.style === 'literal' || this.style === 'folded') {
      const header = this.#source.indexOf('\n', start);
      const body = header === -1 ? end : header + 1;
      if (this.style === 'literal') return alignLiteral(this.#source, body, end, this.text);
      return alignFlow(this.#source, afterSpaces(this.#source, body), end, this.text, 'folded');
    }
    return alignFlow(this.#source, start + this.#fence, end - this.#fence, this.text, this.style);
  }
}

function afterSpaces(source: string, at: number): number {
  let next = at;
  while (source.charCodeAt(next) === 32) next += 1;
  return next;
}
