/** The nodes of a YAML document, by libyaml's grammar and in its words for what is wrong. */
import { Cursor, type Mark, YamlError } from './cursor.ts';
import { MAX_DEPTH, Scanner, type Token, type TokenType } from './scan.ts';

export { MAX_DEPTH };

export type Node =
  | { kind: 'scalar'; tag: string; value: string; plain: boolean; mark: Mark }
  | { kind: 'sequence'; tag: string; items: Node[]; mark: Mark }
  | { kind: 'mapping'; tag: string; pairs: [key: Node, value: Node][]; mark: Mark }
  | { kind: 'alias'; name: string; target: Node; mark: Mark };

const CORE = 'tag:yaml.org,2002:';

/**
 * The first document; undefined where there is none. Throws `YamlError`, also for what follows the document. `step` is told of
 * every token, and may throw.
 */
export function parseDocument(text: string, step: (work: number) => void): Node | undefined {
  if (CONTROL.test(text)) throw new YamlError('yaml: control characters are not allowed');
  const parser = new Parser(new Scanner(new Cursor(text), step));
  if (!parser.start(true)) return undefined;
  const node = parser.content();
  // What follows is read too, and only the first document counts.
  while (parser.start(false)) parser.content();
  return node;
}

const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/;

class Parser {
  readonly #s: Scanner;
  #handles = new Map<string, string>();
  readonly #anchors = new Map<string, Node>();
  #depth = 0;
  #marked = false;

  constructor(scanner: Scanner) {
    this.#s = scanner;
  }

  #is(...types: TokenType[]): boolean {
    return types.includes(this.#s.peek().type);
  }

  #accept(type: TokenType): boolean {
    if (!this.#is(type)) return false;
    this.#s.skip();
    return true;
  }

  /** Whether a document begins; `first` may do so without a mark. */
  start(first: boolean): boolean {
    if (!first) while (this.#accept('document end'));
    if (this.#is('stream end')) return false;
    this.#handles = new Map([
      ['!', '!'],
      ['!!', CORE],
    ]);
    const implicit = first && !this.#is('version', 'tag directive', 'document start');
    if (implicit) return true;
    this.#directives();
    if (!this.#accept('document start'))
      throw YamlError.parsing('did not find expected <document start>', this.#s.peek().start);
    this.#marked = true;
    return true;
  }

  #directives(): void {
    let version = false;
    const own = new Set<string>();
    while (this.#is('version', 'tag directive')) {
      const token = this.#s.skip();
      if (token.type === 'version') {
        if (version) throw YamlError.parsing('found duplicate %YAML directive', token.start);
        if (token.value !== '1.1') throw YamlError.parsing('found incompatible YAML document', token.start);
        version = true;
      } else {
        if (own.has(token.value)) throw YamlError.parsing('found duplicate %TAG directive', token.start);
        own.add(token.value);
        this.#handles.set(token.value, token.suffix);
      }
    }
  }

  /** What stands in the document; behind its mark there may be nothing. */
  content(): Node {
    const isEmpty =
      this.#marked && this.#is('version', 'tag directive', 'document start', 'document end', 'stream end');
    return isEmpty ? this.#empty() : this.#node(true, false);
  }

  #empty(tag = ''): Node {
    return { kind: 'scalar', tag, value: '', plain: true, mark: this.#s.peek().start };
  }

  #node(block: boolean, indentless: boolean): Node {
    if (++this.#depth > MAX_DEPTH) throw new YamlError('yaml: exceeded max depth of 10000');
    try {
      return this.#anchored(block, indentless);
    } finally {
      this.#depth--;
    }
  }

  #anchored(block: boolean, indentless: boolean): Node {
    const start = this.#s.peek().start;
    if (this.#is('alias')) {
      const { value } = this.#s.skip();
      const target = this.#anchors.get(value);
      if (target === undefined) throw new YamlError(`yaml: unknown anchor '${value}' referenced`);
      return { kind: 'alias', name: value, target, mark: start };
    }
    let anchor: string | undefined;
    let tagToken: Token | undefined;
    for (let i = 0; i < 2; i++) {
      if (anchor === undefined && this.#is('anchor')) anchor = this.#s.skip().value;
      else if (tagToken === undefined && this.#is('tag')) tagToken = this.#s.skip();
    }
    const tag = tagToken === undefined ? '' : this.#tagOf(tagToken, start);
    const node = this.#shell(block, indentless, tag, anchor !== undefined || tagToken !== undefined, start);
    if (anchor !== undefined) this.#anchors.set(anchor, node);
    // What is within a collection may refer to it.
    this.#fill(node, block, indentless);
    return node;
  }

  #tagOf(token: Token, start: Mark): string {
    if (token.value === '') return token.suffix;
    const prefix = this.#handles.get(token.value);
    if (prefix === undefined) throw YamlError.parsing('found undefined tag handle', token.start, start);
    return prefix + token.suffix;
  }

  /** The node without its elements. */
  #shell(block: boolean, indentless: boolean, tag: string, hasProperties: boolean, start: Mark): Node {
    const token = this.#s.peek();
    if (token.type === 'scalar') {
      this.#s.skip();
      return {
        kind: 'scalar',
        tag: tag === '!' ? '' : tag,
        value: token.value,
        plain: token.plain,
        mark: start,
      };
    }
    if ((indentless && token.type === '-') || token.type === '[' || (block && token.type === 'block sequence'))
      return { kind: 'sequence', tag, items: [], mark: token.start };
    if (token.type === '{' || (block && token.type === 'block mapping'))
      return { kind: 'mapping', tag, pairs: [], mark: token.start };
    if (hasProperties) return this.#empty(tag === '!' ? '' : tag);
    throw YamlError.parsing('did not find expected node content', token.start, start);
  }

  #fill(node: Node, block: boolean, indentless: boolean): void {
    if (node.kind === 'sequence') {
      if (indentless && this.#is('-')) this.#indentless(node.items);
      else if (block && this.#is('block sequence')) this.#blockSequence(node.items);
      else this.#flowSequence(node.items);
    } else if (node.kind === 'mapping') {
      if (block && this.#is('block mapping')) this.#blockMapping(node.pairs);
      else this.#flowMapping(node.pairs);
    }
  }

  #unless(types: TokenType[], block: boolean, indentless: boolean): Node {
    return this.#is(...types) ? this.#empty() : this.#node(block, indentless);
  }

  #blockSequence(items: Node[]): void {
    const { start } = this.#s.skip();
    while (this.#accept('-')) items.push(this.#unless(['-', 'block end'], true, false));
    if (!this.#accept('block end'))
      throw YamlError.parsing("did not find expected '-' indicator", this.#s.peek().start, start);
  }

  #indentless(items: Node[]): void {
    while (this.#accept('-')) items.push(this.#unless(['-', '?', ':', 'block end'], true, false));
  }

  #blockMapping(pairs: [Node, Node][]): void {
    const { start } = this.#s.skip();
    while (this.#accept('?')) {
      const key = this.#unless(['?', ':', 'block end'], true, true);
      pairs.push([key, this.#accept(':') ? this.#unless(['?', ':', 'block end'], true, true) : this.#empty()]);
    }
    if (!this.#accept('block end')) throw YamlError.parsing('did not find expected key', this.#s.peek().start, start);
  }

  #flowSequence(items: Node[]): void {
    const { start } = this.#s.skip();
    for (let first = true; !this.#is(']'); first = false) {
      if (!first && !this.#accept(','))
        throw YamlError.parsing("did not find expected ',' or ']'", this.#s.peek().start, start);
      if (this.#is(']')) break;
      if (this.#is('?')) items.push(this.#pair());
      else items.push(this.#node(false, false));
    }
    this.#s.skip();
  }

  /** A mapping of one pair without braces. */
  #pair(): Node {
    const mark = this.#s.skip().start;
    const key = this.#unless([':', ',', ']'], false, false);
    const value = this.#accept(':') ? this.#unless([',', ']'], false, false) : this.#empty();
    return { kind: 'mapping', tag: '', pairs: [[key, value]], mark };
  }

  #flowMapping(pairs: [Node, Node][]): void {
    const { start } = this.#s.skip();
    for (let first = true; !this.#is('}'); first = false) {
      if (!first && !this.#accept(','))
        throw YamlError.parsing("did not find expected ',' or '}'", this.#s.peek().start, start);
      if (this.#is('}')) break;
      if (this.#accept('?')) {
        const key = this.#unless([':', ',', '}'], false, false);
        pairs.push([key, this.#accept(':') ? this.#unless([',', '}'], false, false) : this.#empty()]);
      } else pairs.push([this.#node(false, false), this.#empty()]);
    }
    this.#s.skip();
  }
}
