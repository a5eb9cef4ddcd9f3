import { type EvalResult, toJson } from '../../rego/index.ts';

/** An answer as JSON text, its numbers as they were written: JavaScript's own have 53 bits. */
export interface Answer {
  /** Of the last expression. */
  value: string;
  bindings: Record<string, string>;
  expressions: { value: string; text: string; line: number; column: number }[];
}

/** The answers of an evaluation that was asked to be `exact`. */
export function answersOf(result: EvalResult): Answer[] {
  return (result.exact ?? []).map(({ value, bindings, expressions }) => ({
    value: toJson(value),
    bindings: Object.fromEntries(
      [...bindings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, v]) => [name, toJson(v)]),
    ),
    expressions: expressions.map((e) => ({ ...e, value: toJson(e.value) })),
  }));
}

/** JSON text with two spaces of indent, its numbers untouched. */
export function indented(text: string): string {
  let out = '';
  let depth = 0;
  const line = (by: number): string => {
    depth += by;
    return `\n${'  '.repeat(depth)}`;
  };
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g)) {
    if (token === '[' || token === '{') out += token + line(1);
    else if (token === ']' || token === '}') {
      const end = line(-1);
      const empty = /[[{]\n *$/.test(out);
      out = (empty ? out.replace(/\n *$/, '') : out + end) + token;
    } else if (token === ',') out += `,${line(0)}`;
    else out += token === ':' ? ': ' : token;
  }
  return out;
}
