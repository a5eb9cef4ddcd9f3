import { type EvalOptions, type EvalResult, type Policy, toJson } from '../../rego/index.ts';

/** The answers as JSON text with numbers as they were written: JavaScript's own numbers have 53 bits. */
export interface Answer {
  value: string;
  bindings: Record<string, string>;
}

/** Asks again for Rego's own values only where a number may have lost digits. */
export function answersOf(policy: Policy, query: string, options: EvalOptions, result: EvalResult): Answer[] {
  const plain = JSON.stringify(result.results);
  if (!/\d{15,}|\de[+-]?\d|\d\.\d{14,}/i.test(plain)) {
    return result.results.map(({ value, bindings }) => ({
      value: JSON.stringify(value),
      bindings: Object.fromEntries(Object.entries(bindings).map(([name, v]) => [name, JSON.stringify(v)])),
    }));
  }
  const { trace: _, ...quiet } = options;
  return policy.evalExact(query, { ...quiet, coverage: false }).results.map(({ value, bindings }) => ({
    value: toJson(value),
    bindings: Object.fromEntries([...bindings].map(([name, v]) => [name, toJson(v)])),
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
