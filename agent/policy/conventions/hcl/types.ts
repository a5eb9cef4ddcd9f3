import type { Range } from '../../../model/types.ts';

/**
 * An expression of HCL, as far as its JSON form looks into it: what has no form of its own there is `other` and is
 * written as its source text.
 */
export type Expression = { range: Range } & (
  | { kind: 'literal'; value: number | boolean | null; text: string }
  | { kind: 'template'; parts: Part[] }
  | { kind: 'tuple'; items: Expression[] }
  | { kind: 'object'; items: { key: Expression; value: Expression }[] }
  | { kind: 'sign'; operator: '-' | '!'; operand: Expression }
  | { kind: 'conditional'; test: Range; yes: Expression; no: Expression }
  | { kind: 'traversal' }
  | { kind: 'other' }
);

/** A piece of a template: text, `${…}`, or a directive with the pieces that it holds. */
export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'value'; value: Expression }
  | { kind: 'if'; test: Range; yes: Part[]; no: Part[] }
  | { kind: 'for'; names: string[]; list: Range; body: Part[] };

export interface Body {
  attributes: { name: string; range: Range; value: Expression }[];
  blocks: Block[];
}

export interface Block {
  type: string;
  labels: string[];
  range: Range;
  body: Body;
}

/** The text is no HCL; `offset` is where that was seen. */
export class HclError extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
