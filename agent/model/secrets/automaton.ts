/**
 * One pass over the text that finds every keyword at once (Aho and Corasick, "Efficient string matching", 1975), as a
 * dense table: one load per character, whatever the number of keywords. It decides what else has to run at all, so its
 * speed is the speed of the secret scan on clean text.
 */
export interface Automaton {
  /** UTF-16 unit → class; everything a keyword does not use is class 0. ASCII letters are folded. */
  classes: Uint8Array;
  /** log2 of the row length. */
  shift: number;
  /**
   * `state << shift | class` → the next state, with the highest bit set where a keyword ends there. Sixteen bits, because
   * the table is larger than the processor's nearest caches, and a cold hook pays for every page of it.
   */
  next: Uint16Array;
  /** State → the keyword that ends there, or -1. */
  own: Int16Array;
  /** State → the longest proper suffix of it at which a keyword ends, or 0. */
  link: Uint16Array;
  /** State → number of characters that lead to it. */
  depth: Uint8Array;
}

/**
 * The tree of keywords in breadth-first order, as text: what the build puts into the bundle, because making it anew
 * would cost every cold hook more than all the rest of a scan.
 */
export interface Trie {
  /** State → the character that leads to it; the root's is a space. */
  labels: string;
  /** State → number of children, as the code of a character above 32, plus 64 where a keyword ends. */
  counts: string;
}

/** Receives a keyword's id and the half-open interval of offsets at which it stands. */
export type OnKeyword = (keyword: number, start: number, end: number) => void;

/** Bit of an entry of `next` that says that a keyword ends in that state. */
const loud = 0x8000;

/** Builds the table for keywords of lower-case ASCII; letters match in either case. Ids are places in the list. */
export function buildAutomaton(keywords: readonly string[]): Automaton {
  const { trie, order } = buildTrie(keywords);
  const automaton = expandTrie(trie);
  const { own } = automaton;
  for (let state = 0; state < own.length; state++) {
    if ((own[state] as number) >= 0) own[state] = order[own[state] as number] as number;
  }
  return automaton;
}

/** Runs the automaton over UTF-16 text. Constant work per character, plus one call per keyword found. */
export function findKeywords(automaton: Automaton, text: string, onKeyword: OnKeyword): void {
  const { classes, next, shift, own, link, depth } = automaton;
  let state = 0;
  for (let at = 0; at < text.length; at++) {
    state = next[(state << shift) | (classes[text.charCodeAt(at)] as number)] as number;
    if (state < loud) continue;
    state -= loud;
    for (let ended = state; ended !== 0; ended = link[ended] as number) {
      const id = own[ended] as number;
      if (id >= 0) onKeyword(id, at + 1 - (depth[ended] as number), at + 1);
    }
  }
}

/** The tree as text, and which place of the list each end in it stands for, in the order of the ends. */
export function buildTrie(keywords: readonly string[]): { trie: Trie; order: readonly number[] } {
  const root: Node = { label: ' ', children: new Map(), keyword: -1 };
  for (const [id, keyword] of keywords.entries()) {
    let node = root;
    for (const label of keyword) {
      let child = node.children.get(label);
      if (!child) {
        child = { label, children: new Map(), keyword: -1 };
        node.children.set(label, child);
      }
      node = child;
    }
    if (node.keyword === -1) node.keyword = id;
  }
  let labels = '';
  let counts = '';
  const order: number[] = [];
  const queue = [root];
  for (const node of queue) {
    labels += node.label;
    counts += String.fromCharCode(33 + node.children.size + (node.keyword === -1 ? 0 : 64));
    if (node.keyword !== -1) order.push(node.keyword);
    queue.push(...node.children.values());
  }
  return { trie: { labels, counts }, order };
}

interface Node {
  label: string;
  children: Map<string, Node>;
  keyword: number;
}

/**
 * Makes the table from the tree. Keywords are numbered in the order of their ends. A state's row is that of the state
 * it falls back to, which is done already because it is shorter, with its own children put over it.
 */
export function expandTrie({ labels, counts }: Trie): Automaton {
  const size = labels.length;
  const { classes, shift } = classify(labels);
  if (size > loud) throw new RangeError(`the tree of keywords has ${size} states; ${loud} fit`);
  const next = new Uint16Array(size << shift);
  const own = new Int16Array(size);
  const link = new Uint16Array(size);
  const depth = new Uint8Array(size);
  const fail = new Uint16Array(size);
  const width = 1 << shift;
  let keyword = 0;
  for (let state = 0; state < size; state++) own[state] = counts.charCodeAt(state) > 96 ? keyword++ : -1;
  let child = 1;
  for (let state = 0; state < size; state++) {
    const row = state << shift;
    const back = fail[state] as number;
    // Most states fall back to the root, whose row was written everywhere at once.
    if (back !== 0) next.copyWithin(row, back << shift, (back << shift) + width);
    const code = counts.charCodeAt(state);
    const last = child + (code > 96 ? code - 97 : code - 33);
    for (; child < last; child++) {
      const entry = row | (classes[labels.charCodeAt(child)] as number);
      const to = state === 0 ? 0 : (next[entry] as number) & (loud - 1);
      fail[child] = to;
      depth[child] = (depth[state] as number) + 1;
      link[child] = (own[to] as number) >= 0 ? to : (link[to] as number);
      const ends = (own[child] as number) >= 0 || link[child] !== 0;
      next[entry] = child | (ends ? loud : 0);
    }
    if (state === 0) for (let done = width; done < next.length; done *= 2) next.copyWithin(done, 0, done);
  }
  return { classes, shift, next, own, link, depth };
}

function classify(labels: string): { classes: Uint8Array; shift: number } {
  const classes = new Uint8Array(0x10000);
  let count = 1;
  for (let at = 1; at < labels.length; at++) {
    const code = labels.charCodeAt(at);
    if (classes[code] === 0) classes[code] = count++;
  }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] as number;
  return { classes, shift: 32 - Math.clz32(count - 1) };
}
