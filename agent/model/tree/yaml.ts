import type { Scalar, YAMLMap, YAMLSeq, Document as YamlDocument, Node as YamlNode } from 'yaml';
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments } from 'yaml';
import { ownText } from '../document.ts';
import type {
  Document,
  Entry,
  MapNode,
  Node,
  Problem,
  Range,
  ScalarNode,
  ScalarStyle,
  SeqNode,
  Tree,
} from '../types.ts';
import { SourceScalar } from './scalar.ts';
import { readBlockYaml } from './yaml-block.ts';

/** Larger YAML is data, not a definition a person wrote; reading it would take seconds. */
const maxLength = 5_000_000;
const maxDepth = 200;
/** What aliases may expand to, in nodes. Aliases share nodes, but whoever walks the tree pays for each visit. */
const maxNodes = 100_000;
const maxProblems = 20;

/** Reads a YAML stream with `yaml` (eemeli), https://yaml.org/spec/1.2.2/. See `parseYaml`. */
export function readYaml(document: Document): Tree {
  const tree: Tree = { roots: [], problems: [] };
  if (ownText(document).length > maxLength) {
    const size = Math.round(ownText(document).length / 100_000) / 10;
    tree.problems.push(
      problem(document, 'yaml-too-large', `This YAML file has ${size} MB and was not read (limit 5 MB).`),
    );
    return tree;
  }
  const plain = readBlockYaml(ownText(document));
  if (plain) {
    tree.roots.push(plain);
    return tree;
  }
  return readFullYaml(document, tree);
}

/** The full parser, for what the block reader leaves to it. */
export function readFullYaml(document: Document, tree: Tree = { roots: [], problems: [] }): Tree {
  let documents: readonly YamlDocument[];
  try {
    documents = parseAllDocuments(ownText(document), {
      uniqueKeys: false,
      version: '1.2',
      prettyErrors: false,
      strict: false,
      logLevel: 'silent',
    }) as readonly YamlDocument[];
  } catch (error) {
    const reason = error instanceof RangeError ? 'it is nested too deeply' : String((error as Error).message);
    tree.problems.push(problem(document, 'yaml-unreadable', `This YAML file was not read: ${reason}.`));
    return tree;
  }
  for (const part of documents) {
    for (const error of part.errors.slice(0, maxProblems)) {
      const message = `YAML: ${error.message.replace(/\s+/g, ' ')}`;
      tree.problems.push(problem(document, 'yaml-syntax', message, [error.pos[0], error.pos[1]]));
    }
    const root = part.contents ? new Reader(document, tree.problems).node(part.contents as YamlNode, 0) : undefined;
    if (root) tree.roots.push(root);
  }
  return tree;
}

/** Turns one parsed document into our nodes. It holds the anchors seen so far. */
class Reader {
  #document: Document;
  #problems: Problem[];
  #anchors = new Map<string, { node: Node; weight: number }>();
  #open = new Set<string>();
  #weight = 0;

  constructor(document: Document, problems: Problem[]) {
    this.#document = document;
    this.#problems = problems;
  }

  node(source: YamlNode | null | undefined, depth: number): Node | undefined {
    if (!source) return undefined;
    if (isAlias(source)) return this.#alias(source.source, rangeOf(source));
    if (depth > maxDepth) {
      this.#report(
        'yaml-too-deep',
        `YAML: nested more than ${maxDepth} levels; the inside was not read.`,
        rangeOf(source),
      );
      return undefined;
    }
    const anchor = (source as Scalar).anchor;
    const before = this.#weight;
    if (anchor) this.#open.add(anchor);
    const node = this.#value(source, depth);
    if (anchor) {
      this.#open.delete(anchor);
      if (node) this.#anchors.set(anchor, { node, weight: this.#weight - before });
    }
    return node;
  }

  #value(source: YamlNode, depth: number): Node | undefined {
    this.#weight += 1;
    if (isScalar(source)) return this.#scalar(source);
    if (isMap(source)) return this.#map(source, depth);
    if (isSeq(source)) return this.#seq(source, depth);
    return undefined;
  }

  #scalar(source: Scalar): ScalarNode | undefined {
    const range = rangeOf(source);
    if (source.value === null && range[0] === range[1]) return undefined;
    return scalarNode(this.#document.text, source, range);
  }

  #seq(source: YAMLSeq, depth: number): SeqNode {
    const items: Node[] = [];
    const [start, end] = rangeOf(source);
    let last = start;
    for (const item of source.items) {
      const node = isPair(item) ? undefined : this.node(item as YamlNode, depth + 1);
      items.push(node ?? emptyAt(this.#document.text, item as YamlNode, end));
      last = endOf(node, item as YamlNode, last);
    }
    const flow = source.flow === true;
    return { kind: 'seq', range: [start, flow ? end : last], items, flow };
  }

  #map(source: YAMLMap, depth: number): MapNode {
    const entries: Entry[] = [];
    const merges: Node[] = [];
    const [start, end] = rangeOf(source);
    let last = start;
    for (const pair of source.items) {
      const key = this.#key(pair.key as YamlNode | null, depth);
      if (!key) continue;
      const value = this.node(pair.value as YamlNode | null, depth + 1);
      // `<<` is YAML 1.1, but GitLab, CircleCI and compose files live by it.
      if (key.text === '<<' && key.style === 'plain' && value)
        merges.push(...(value.kind === 'seq' ? value.items : [value]));
      entries.push({ key, value });
      last = endOf(value, pair.value as YamlNode | null, Math.max(last, key.range[1]));
    }
    if (merges.length > 0) merge(entries, merges);
    const flow = source.flow === true;
    return { kind: 'map', range: [start, flow ? end : last], entries, flow };
  }

  #key(source: YamlNode | null, depth: number): ScalarNode | undefined {
    if (!source) return undefined;
    if (isScalar(source)) return scalarNode(this.#document.text, source, rangeOf(source));
    const node = this.node(source, depth + 1);
    if (node?.kind === 'scalar') return node;
    const range = rangeOf(source);
    const text = this.#document.text.slice(range[0], range[1]);
    return new SourceScalar(this.#document.text, range, text, text, 'plain');
  }

  #alias(name: string, range: Range): Node | undefined {
    if (this.#open.has(name)) {
      this.#report('yaml-alias-cycle', `YAML: *${name} contains itself; it was read as nothing.`, range);
      return undefined;
    }
    const anchor = this.#anchors.get(name);
    if (!anchor) return undefined;
    this.#weight += anchor.weight;
    if (this.#weight > maxNodes) {
      this.#report(
        'yaml-alias-bomb',
        `YAML: aliases expand to more than ${maxNodes} nodes; *${name} was not read.`,
        range,
      );
      return undefined;
    }
    return anchor.node;
  }

  #report(code: string, message: string, range: Range): void {
    if (this.#problems.length < maxProblems) this.#problems.push(problem(this.#document, code, message, range));
  }
}

/**
 * Where a child ends. The parser lets block collections reach to the next key, over comments and empty lines; ours end
 * with their last character. An alias stands where it is written, not where its node is.
 */
function endOf(node: Node | undefined, source: YamlNode | null, least: number): number {
  if (!source || (!node && !isAlias(source))) return least;
  return Math.max(least, node && !isAlias(source) ? node.range[1] : rangeOf(source)[1]);
}

function merge(entries: Entry[], merges: Node[]): void {
  const own = new Set(entries.map((entry) => entry.key.text));
  for (const node of merges) {
    if (node.kind !== 'map') continue;
    for (const entry of node.entries) {
      if (own.has(entry.key.text)) continue;
      own.add(entry.key.text);
      entries.push(entry);
    }
  }
}

function scalarNode(text: string, source: Scalar, whole: Range): ScalarNode {
  let range = whole;
  const value = source.value as ScalarNode['value'];
  const style = styles[source.type ?? 'PLAIN'] ?? 'plain';
  if (style === 'literal' || style === 'folded') range = [range[0], trimmedEnd(text, range)];
  const plain = typeof value === 'string' ? value : (source.source ?? text.slice(range[0], range[1]));
  return new SourceScalar(text, range, typeof value === 'object' && value !== null ? plain : value, plain, style);
}

function trimmedEnd(text: string, [start, end]: Range): number {
  let last = end;
  while (last > start && ' \t\r\n'.includes(text.charAt(last - 1))) last -= 1;
  return last;
}

const styles: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function emptyAt(text: string, source: YamlNode | null, fallback: number): ScalarNode {
  const at = source ? rangeOf(source)[0] : fallback;
  return new SourceScalar(text, [at, at], null, '', 'plain');
}

function rangeOf(node: YamlNode): Range {
  const range = node.range;
  return range ? [range[0], range[1]] : [0, 0];
}

function problem(document: Document, code: string, message: string, range?: Range): Problem {
  return { code, message, path: document.path, ...(range ? { range } : {}), fatal: false };
}
