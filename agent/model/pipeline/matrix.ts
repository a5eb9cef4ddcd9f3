import type { ImageUse } from '../containerfile/types.ts';
import { at, scalarsOf } from '../tree/index.ts';
import type { Node, ScalarNode } from '../types.ts';
import { expressionsIn } from './spans.ts';
import type { Job, Pipeline } from './types.ts';

const maxTexts = 64;

/**
 * The texts an image can have when its variables are values of the job's own matrix.
 * Undefined when something else is in it, or the matrix itself is computed.
 */
export function matrixTexts(pipeline: Pipeline, use: ImageUse): string[] | undefined {
  for (const job of pipeline.workflow?.jobs ?? []) {
    const holders = [job.container, ...job.services].filter((container) => container?.image === use);
    for (const holder of holders) {
      const node = holder?.node.kind === 'scalar' ? holder.node : scalarUnder(holder?.node);
      if (node) return texts(job, node, use.text);
    }
  }
  return undefined;
}

function scalarUnder(node: Node | undefined): ScalarNode | undefined {
  const image = at(node, 'image');
  return image?.kind === 'scalar' ? image : undefined;
}

function texts(job: Job, node: ScalarNode, text: string): string[] | undefined {
  let found = [text];
  for (const span of expressionsIn(node)) {
    const path = span.expression?.kind === 'context' ? span.expression.path : [];
    if (path[0] !== 'matrix' || !path[1]) return undefined;
    const values = matrixValues(job, path.slice(1));
    if (!values) return undefined;
    const written = node.text.slice(span.start, span.end);
    found = found.flatMap((each) => values.map((value) => each.replaceAll(written, value))).slice(0, maxTexts);
  }
  return found.some((each) => each.includes('$')) ? undefined : found;
}

/** The literal values of `matrix.a` or `matrix.a.b`, those of `include` with them. */
function matrixValues(job: Job, path: string[]): string[] | undefined {
  const matrix = at(job.node, 'strategy', 'matrix');
  if (matrix?.kind !== 'map') return undefined;
  const values: string[] = [];
  for (const { key, value } of matrix.entries) {
    if (key.text.toLowerCase() === path[0] && value) values.push(...(below(value, path.slice(1)) ?? ['$']));
    if (key.text !== 'include' || value?.kind !== 'seq') continue;
    for (const item of value.items) {
      const own =
        item.kind === 'map' ? item.entries.find((entry) => entry.key.text.toLowerCase() === path[0])?.value : undefined;
      if (own) values.push(...(below(own, path.slice(1)) ?? ['$']));
    }
  }
  return values.length === 0 || values.some((value) => value.includes('$')) ? undefined : values;
}

function below(node: Node, path: string[]): string[] | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return node.kind === 'map' ? undefined : [...scalarsOf(node)].map((scalar) => scalar.text);
  if (node.kind === 'seq') {
    const all = node.items.map((item) => below(item, path));
    return all.every((values) => values !== undefined) ? all.flat() : undefined;
  }
  if (node.kind !== 'map') return undefined;
  const next = node.entries.find((entry) => entry.key.text.toLowerCase() === key)?.value;
  return next ? below(next, rest) : undefined;
}
