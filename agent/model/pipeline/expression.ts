/**
 * GitHub's expression language.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
 */
export type Expression =
  | { kind: 'literal'; value: string | number | boolean | null; start: number; end: number }
  /** `github.event.issue.title`; names in lower case, `*` for a filter or an index that only the run can tell. */
  | { kind: 'context'; path: string[]; start: number; end: number }
  | { kind: 'call'; name: string; args: Expression[]; start: number; end: number }
  /** A property of something that is no context: `fromJSON(x).y`. */
  | { kind: 'access'; base: Expression; path: string[]; start: number; end: number }
  | { kind: 'operator'; operator: string; args: Expression[]; start: number; end: number };

type Token = { kind: 'name' | 'string' | 'number' | 'mark'; text: string; start: number; end: number };

const maxDepth = 60;
const maxTokens = 4000;
/** GitHub's own limit is 21,000 characters. */
const maxLength = 21_000;

/** Parses one expression (without `${{ }}`). Undefined when it is not one. Places are indexes into `text`. */
export function parseExpression(text: string): Expression | undefined {
  const tokens = text.length > maxLength ? undefined : tokenize(text);
  if (!tokens || tokens.length === 0) return undefined;
  const parser = new Parser(tokens);
  const expression = parser.binary(0, 0);
  return expression && parser.done() ? expression : undefined;
}

/** Every node of an expression, outside in. */
export function* walkExpression(expression: Expression): Generator<Expression> {
  yield expression;
  if (expression.kind === 'call' || expression.kind === 'operator') {
    for (const arg of expression.args) yield* walkExpression(arg);
  } else if (expression.kind === 'access') yield* walkExpression(expression.base);
}

function tokenize(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  const pattern =
    /\s+|'((?:[^']|'')*)'|([A-Za-z_][\w-]*)|([-+]?(?:0x[0-9a-fA-F]+|0o[0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?))|(&&|\|\||==|!=|<=|>=|[()[\].,!<>*])/y;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match || tokens.length > maxTokens) return undefined;
    const end = pattern.lastIndex;
    if (match[1] !== undefined) tokens.push({ kind: 'string', text: match[1].replaceAll("''", "'"), start, end });
    else if (match[2]) tokens.push({ kind: 'name', text: match[2], start, end });
    else if (match[3]) tokens.push({ kind: 'number', text: match[3], start, end });
    else if (match[4]) tokens.push({ kind: 'mark', text: match[4], start, end });
  }
  return tokens;
}

const precedence: Record<string, number> = { '||': 1, '&&': 2, '==': 3, '!=': 3, '<': 4, '<=': 4, '>': 4, '>=': 4 };

class Parser {
  #tokens: Token[];
  #at = 0;

  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  done(): boolean {
    return this.#at === this.#tokens.length;
  }

  binary(level: number, depth: number): Expression | undefined {
    let left = this.#unary(depth);
    while (left) {
      const operator = this.#tokens[this.#at];
      const rank = operator?.kind === 'mark' ? precedence[operator.text] : undefined;
      if (!operator || rank === undefined || rank <= level) return left;
      this.#at += 1;
      const right = this.binary(rank, depth + 1);
      if (!right) return undefined;
      left = { kind: 'operator', operator: operator.text, args: [left, right], start: left.start, end: right.end };
    }
    return undefined;
  }

  #unary(depth: number): Expression | undefined {
    if (depth > maxDepth) return undefined;
    const start = this.#tokens[this.#at]?.start ?? 0;
    if (!this.#take('!')) return this.#postfix(depth);
    const operand = this.#unary(depth + 1);
    return operand && { kind: 'operator', operator: '!', args: [operand], start, end: operand.end };
  }

  #postfix(depth: number): Expression | undefined {
    let base = this.#primary(depth);
    while (base) {
      if (this.#take('.')) {
        const name = this.#tokens[this.#at++];
        if (!name || (name.kind !== 'name' && name.text !== '*')) return undefined;
        base = property(base, name.text.toLowerCase(), name.end);
      } else if (this.#take('[')) {
        const index = this.#take('*') ? undefined : this.binary(0, depth + 1);
        const close = this.#tokens[this.#at];
        if (!this.#take(']') || !close) return undefined;
        const known = index?.kind === 'literal' ? String(index.value).toLowerCase() : '*';
        base = property(base, known, close.end);
      } else return base;
    }
    return undefined;
  }

  #primary(depth: number): Expression | undefined {
    const token = this.#tokens[this.#at++];
    if (!token) return undefined;
    const { start, end } = token;
    if (token.kind === 'string') return { kind: 'literal', value: token.text, start, end };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text), start, end };
    if (token.text === '(') {
      const inner = this.binary(0, depth + 1);
      const close = this.#tokens[this.#at];
      return this.#take(')') && inner && close ? { ...inner, start, end: close.end } : undefined;
    }
    if (token.kind !== 'name') return undefined;
    const name = token.text.toLowerCase();
    if (this.#take('(')) return this.#call(name, start, depth);
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', start, end };
    if (name === 'null') return { kind: 'literal', value: null, start, end };
    return { kind: 'context', path: [name], start, end };
  }

  #call(name: string, start: number, depth: number): Expression | undefined {
    const args: Expression[] = [];
    for (;;) {
      const close = this.#tokens[this.#at];
      if (this.#take(')') && close) return { kind: 'call', name, args, start, end: close.end };
      if (args.length > 0 && !this.#take(',')) return undefined;
      const arg = this.binary(0, depth + 1);
      if (!arg) return undefined;
      args.push(arg);
    }
  }

  #take(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== mark) return false;
    this.#at += 1;
    return true;
  }
}

function property(base: Expression, name: string, end: number): Expression {
  if (base.kind === 'context') return { ...base, path: [...base.path, name], end };
  if (base.kind === 'access') return { ...base, path: [...base.path, name], end };
  return { kind: 'access', base, path: [name], start: base.start, end };
}
