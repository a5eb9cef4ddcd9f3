/** RE2 trees as JavaScript patterns, and what a backtracking engine may cost on them. */
import type { Ranges } from './classes.ts';
import type { Node } from './syntax.ts';

/** The source of a JavaScript pattern (flags `du`, sticky or global added by the caller) that means the same. */
export function nativeSource(n: Node): string {
  switch (n.kind) {
    case 'empty':
      return '';
    case 'class':
      return classSource(n.ranges);
    case 'assert':
      return ASSERTIONS[n.at];
    case 'group':
      return `(${nativeSource(n.node)})`;
    case 'concat':
      return n.nodes
        .map((child) => (child.kind === 'alternate' ? `(?:${nativeSource(child)})` : nativeSource(child)))
        .join('');
    case 'alternate':
      return n.nodes.map(nativeSource).join('|');
    case 'repeat':
      return `(?:${nativeSource(n.node)})${bounds(n)}${n.greedy ? '' : '?'}`;
  }
}

const ASSERTIONS: Record<(Node & { kind: 'assert' })['at'], string> = {
  begin: '^',
  end: '$',
  '^': '(?<=^|\\n)',
  $: '(?=$|\\n)',
  word: '\\b',
  'not-word': '\\B',
};

function bounds(n: Node & { kind: 'repeat' }): string {
  if (n.max === Number.POSITIVE_INFINITY) return n.min === 0 ? '*' : n.min === 1 ? '+' : `{${n.min},}`;
  return n.min === n.max ? `{${n.min}}` : `{${n.min},${n.max}}`;
}

function classSource(ranges: Ranges): string {
  if (ranges.length === 0) return '[]';
  const first = ranges[0] as readonly [number, number];
  if (ranges.length === 1 && first[0] === first[1]) return code(first[0]);
  return `[${ranges.map(([low, high]) => (low === high ? code(low) : `${code(low)}-${code(high)}`)).join('')}]`;
}

function code(c: number): string {
  if ((c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122)) return String.fromCharCode(c);
  return `\\u{${c.toString(16)}}`;
}

/**
 * An upper bound of the ways a backtracking engine can try the pattern at one place of a text of this length; infinite
 * when repetitions are nested. Cheap patterns run on the JavaScript engine, all others on the linear machine.
 */
export function backtrackingCost(n: Node, length: number): number {
  switch (n.kind) {
    case 'group':
      return backtrackingCost(n.node, length);
    case 'concat':
      return n.nodes.reduce((cost, child) => cost * backtrackingCost(child, length), 1);
    case 'alternate':
      return n.nodes.reduce((cost, child) => cost + backtrackingCost(child, length), 0);
    case 'repeat':
      if (n.min === n.max && isSingle(n.node)) return 1;
      if (!isSingle(n.node)) return n.max === 1 ? 1 + backtrackingCost(n.node, length) : Number.POSITIVE_INFINITY;
      return Math.min(n.max, length) - n.min + 1 || 1;
    default:
      return 1;
  }
}

/** Matches exactly one character in one way. */
function isSingle(n: Node): boolean {
  return n.kind === 'class' || (n.kind === 'group' && isSingle(n.node));
}
