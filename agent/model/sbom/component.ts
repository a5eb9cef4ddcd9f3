import type { Hash } from '../npm/integrity.ts';
import type { LockSource } from '../npm/lock.ts';

export type Scope = 'production' | 'optional' | 'development';

/** Where a component is fetched from. Unknown parts are undefined and never compared. */
export interface Source {
  kind: LockSource;
  /** Host (and port) of the registry or repository. */
  host: string | undefined;
  /** Commit of a git source. */
  commit: string | undefined;
}

/** One installed package at one place. A package with two versions is two components. */
export interface Component {
  /** purl without version, qualifiers and subpath: what makes two components the same package. */
  key: string;
  name: string;
  /** Empty when unknown. */
  version: string;
  purl: string;
  /** Install path, or the lockfile's own key where the format has no paths. */
  path: string;
  hashes: Hash[];
  source: Source;
  /** SPDX expression or the text that was found; undefined when unknown. */
  licence: string | undefined;
  scope: Scope;
  /** Asked for by the root manifest or a workspace member. */
  direct: boolean;
  /** Undefined where the document does not say. */
  installScript: boolean | undefined;
  deprecated: string | undefined;
  /** A member of this very repository: never looked up, never compared. */
  firstParty: boolean;
}

/** All components of one state of a project, with the graph between them. */
export interface DependencySet {
  components: readonly Component[];
  /** For each component the indices of what it depends on. Built on the first question. */
  edges(): readonly (readonly number[])[];
}

/** A longer way is shown by its ends: nobody reads more, and a hostile chain would cost its square. */
const longestWay = 40;

interface Tree {
  /** Index of the component that brings each one on the shortest way from a direct dependency; -1 for direct ones. */
  parent: Int32Array;
  /** The direct dependency at the start of that way. */
  origin: Int32Array;
}

const trees = new WeakMap<DependencySet, Tree>();
const unreached = -2;

/** Names on the shortest way from a direct dependency to the component, itself last. Empty when nothing brings it. */
export function whyOf(set: DependencySet, index: number): string[] {
  const { parent, origin } = treeOf(set);
  const names: string[] = [];
  for (let at = index; at >= 0; at = parent[at]!) {
    if (parent[at] === unreached) return [];
    if (names.length === longestWay) {
      names.push('…', set.components[origin[at]!]!.name);
      break;
    }
    names.push(set.components[at]!.name);
  }
  return names.reverse();
}

/** Breadth first from all direct dependencies at once, so that every way found is a shortest one. */
function treeOf(set: DependencySet): Tree {
  const known = trees.get(set);
  if (known) return known;
  const { components } = set;
  const edges = set.edges();
  const parent = new Int32Array(components.length).fill(unreached);
  const origin = new Int32Array(components.length).fill(unreached);
  const queue: number[] = [];
  for (const [index, component] of components.entries()) {
    if (!component.direct) continue;
    parent[index] = -1;
    origin[index] = index;
    queue.push(index);
  }
  for (let head = 0; head < queue.length; head++) {
    const from = queue[head]!;
    for (const to of edges[from] ?? []) {
      if (parent[to] !== unreached) continue;
      parent[to] = from;
      origin[to] = origin[from]!;
      queue.push(to);
    }
  }
  const tree = { parent, origin };
  trees.set(set, tree);
  return tree;
}
