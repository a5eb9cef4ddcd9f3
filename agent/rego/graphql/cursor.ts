/** A cursor over GraphQL's tokens, and the pieces that queries and schemas share: values, types, directives. */
import { GraphqlError, lexGraphql, type Token } from './lexer.ts';

/** A node of the tree, with the field names of gqlparser's structs; empty fields are left out. */
export type Node = { [field: string]: unknown };

const MAX_DEPTH = 500;

export class Cursor {
  readonly #tokens: Token[];
  /** Where each node stands, for messages. */
  readonly places: WeakMap<Node, Token>;
  #at = 0;
  #depth = 0;

  constructor(text: string, places: WeakMap<Node, Token>) {
    this.#tokens = lexGraphql(text);
    this.places = places;
  }

  peek(): Token {
    return this.#tokens[this.#at] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== '<EOF>' && token.kind !== '<Invalid>') this.#at++;
    return token;
  }

  is(kind: string): boolean {
    return this.peek().kind === kind;
  }

  isWord(word: string): boolean {
    return this.peek().kind === 'Name' && this.peek().value === word;
  }

  skip(kind: string): boolean {
    if (!this.is(kind)) return false;
    this.#at++;
    return true;
  }

  expect(kind: string): Token {
    if (this.is(kind)) return this.next();
    throw new GraphqlError(`Expected ${kind}, found ${this.peek().kind}`, this.peek());
  }

  expectWord(word: string): Token {
    if (this.isWord(word)) return this.next();
    throw new GraphqlError(`Expected ${JSON.stringify(word)}, found ${shown(this.peek())}`, this.peek());
  }

  unexpected(token: Token = this.peek()): never {
    throw new GraphqlError(`Unexpected ${shown(token)}`, token);
  }

  name(): string {
    return this.expect('Name').value;
  }

  /** Elements between two marks; none when the opening mark is missing. */
  list(open: string, close: string, read: () => Node, atLeastOne = false): Node[] {
    if (!this.skip(open)) return [];
    const found: Node[] = [];
    if (atLeastOne && this.is(close)) {
      throw new GraphqlError(`expected at least one definition, found ${shown(this.peek())}`, this.peek());
    }
    while (!this.skip(close)) found.push(this.nested(read));
    return found;
  }

  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH) throw new GraphqlError('nesting is too deep', this.peek());
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }

  /** Builds a node that stands at a token. */
  node(at: Token, fields: Node): Node {
    const made: Node = {};
    for (const [name, value] of Object.entries(fields)) {
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) made[name] = value;
    }
    this.places.set(made, at);
    return made;
  }
}

function shown(t: Token): string {
  return t.value === '' ? t.kind : `${t.kind} ${JSON.stringify(t.value)}`;
}

export function parseType(c: Cursor): Node {
  return c.nested(() => {
    const bracket = c.skip('[');
    const at = c.peek();
    let type: Node;
    if (bracket) {
      const elem = parseType(c);
      c.expect(']');
      type = { NamedType: '', Elem: elem };
    } else type = { NamedType: c.name() };
    return c.node(at, { ...type, NonNull: c.skip('!') });
  });
}

const KINDS: Record<string, number> = { Int: 1, Float: 2, String: 3, BlockString: 4 };

export function parseValue(c: Cursor, constant: boolean): Node {
  return c.nested(() => {
    const at = c.next();
    const value = (kind: number, raw: string, children: Node[] = []): Node =>
      c.node(at, { Raw: raw, Kind: kind, Children: children, ExpectedTypeHasDefault: false });
    const simple = KINDS[at.kind];
    if (simple !== undefined) return value(simple, at.value);
    switch (at.kind) {
      case '$':
        if (constant) return c.unexpected(at);
        return value(0, c.name());
      case 'Name':
        return value(at.value === 'true' || at.value === 'false' ? 5 : at.value === 'null' ? 6 : 7, at.value);
      case '[': {
        const children: Node[] = [];
        while (!c.skip(']')) children.push(c.node(c.peek(), { Name: '', Value: parseValue(c, constant) }));
        return value(8, '', children);
      }
      case '{': {
        const children: Node[] = [];
        while (!c.skip('}')) {
          const field = c.expect('Name');
          c.expect(':');
          children.push(c.node(field, { Name: field.value, Value: parseValue(c, constant) }));
        }
        return value(9, '', children);
      }
      default:
        return c.unexpected(at);
    }
  });
}

export function parseArguments(c: Cursor, constant: boolean): Node[] {
  return c.list(
    '(',
    ')',
    () => {
      const at = c.expect('Name');
      c.expect(':');
      return c.node(at, { Name: at.value, Value: parseValue(c, constant) });
    },
    true,
  );
}

export function parseDirectives(c: Cursor, constant: boolean): Node[] {
  const found: Node[] = [];
  while (c.is('@')) {
    c.next();
    const at = c.expect('Name');
    found.push(c.node(at, { Name: at.value, Arguments: parseArguments(c, constant), Location: '' }));
  }
  return found;
}
