import { containerfileOf } from '../containerfile.ts';
import { get, parseYaml } from '../tree/index.ts';
import type { Document, MapNode, Problem } from '../types.ts';
import { readAzure } from './azure.ts';
import { readBitbucket } from './bitbucket.ts';
import { readCircle } from './circleci.ts';
import { readCompose, readKubernetes } from './deploy.ts';
import { dialectOf, type YamlDialect } from './dialect.ts';
import { readAction, readWorkflow } from './github.ts';
import { readGitLab } from './gitlab.ts';
import type { Pipeline } from './types.ts';

export type * from './types.ts';

const cache = new WeakMap<Document, Pipeline | false>();

/**
 * The pipeline a document defines: any dialect, recognised by its path, else by its content (any YAML with `on` and
 * `jobs` at the top is a GitHub workflow wherever it lies). Undefined for everything else. It never throws: what
 * cannot be read is left out and said in `problems`.
 */
export function pipelineOf(document: Document): Pipeline | undefined {
  let found = cache.get(document);
  if (found === undefined) {
    found = read(document) ?? false;
    cache.set(document, found);
  }
  return found || undefined;
}

const readers: Record<YamlDialect, (pipeline: Pipeline, root: MapNode) => void> = {
  'github-workflow': readWorkflow,
  'github-action': readAction,
  gitlab: readGitLab,
  circleci: readCircle,
  azure: readAzure,
  bitbucket: readBitbucket,
  compose: readCompose,
  kubernetes: readKubernetes,
};

function read(document: Document): Pipeline | undefined {
  const recognised = dialectOf(document);
  if (!recognised) return fromContainerfile(document);
  const tree = parseYaml(document);
  const pipeline: Pipeline = {
    dialect: recognised.dialect,
    document,
    documents: [document],
    tree,
    problems: tree.problems.map((problem) => unreadable(problem, recognised.byPath)),
    references: [],
    images: [],
    scripts: [],
  };
  const roots = tree.roots.filter((root): root is MapNode => root.kind === 'map');
  if (!recognised.byPath && !roots.some((root) => looksLike(recognised.dialect, root))) return undefined;
  for (const root of roots) readers[recognised.dialect](pipeline, root);
  pipeline.references = distinct(pipeline.references, (reference) => reference.node);
  pipeline.images = distinct(pipeline.images, (image) => image.range[0]);
  pipeline.scripts = distinct(pipeline.scripts, (script) => script.node);
  return pipeline;
}

/** Anchors and merge keys let several jobs share a node: it is one place, and is judged once. */
function distinct<T>(list: T[], key: (item: T) => unknown): T[] {
  const seen = new Set<unknown>();
  return list.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}

function fromContainerfile(document: Document): Pipeline | undefined {
  const file = containerfileOf(document);
  if (!file) return undefined;
  const { images, problems } = file;
  const tree = { roots: [], problems: [] };
  return {
    dialect: 'containerfile',
    document,
    documents: [document],
    tree,
    problems,
    references: [],
    images,
    scripts: [],
  };
}

/** A definition that could not be read at all closes the gate; a slip in it is only said. */
function unreadable(problem: Problem, byPath: boolean): Problem {
  return { ...problem, fatal: byPath && problem.code !== 'yaml-syntax' };
}

/** The text looked right; the tree decides. */
function looksLike(dialect: YamlDialect, root: MapNode): boolean {
  if (dialect === 'github-workflow') return get(root, 'on') !== undefined && get(root, 'jobs')?.kind === 'map';
  if (dialect === 'github-action') return get(get(root, 'runs'), 'using') !== undefined;
  if (dialect === 'kubernetes') return get(root, 'apiVersion') !== undefined && get(root, 'kind') !== undefined;
  if (dialect === 'compose') {
    const services = get(root, 'services');
    if (services?.kind !== 'map') return false;
    return services.entries.some(({ value }) => get(value, 'image') !== undefined || get(value, 'build') !== undefined);
  }
  return true;
}
