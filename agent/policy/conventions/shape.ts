import type { FeedInput } from '../../config/feeds.ts';
import { enumerated } from '../../model/values-text.ts';
import type { InputPath } from '../../rego/input-paths.ts';
import type { Gate } from '../types.ts';
import { parserOf } from './parse.ts';

/** What a policy seems to have been written about. */
export interface Shape {
  input: FeedInput;
  gate: Gate;
  /** For people: `Kubernetes manifests`. */
  what: string;
  because: string;
  path: (path: string) => boolean;
  content?: (text: string, path: string) => boolean;
  combine: boolean;
}

type Key = string | undefined;
type Known = Omit<Shape, 'combine' | 'because'> & { fits: (path: readonly Key[]) => boolean };

const none = () => false;
const structured = (path: string) => ['yaml', 'json'].includes(parserOf(path) ?? '');
const first =
  (...names: string[]) =>
  ([key]: readonly Key[]) =>
    key !== undefined && names.includes(key);

const reviewed = ['object', 'kind', 'operation', 'oldObject', 'userInfo', 'namespace'];
const pushed = ['commits', 'findings', 'weakened', 'sbom_diff', 'signing', 'unread_manifests', 'codeowners'];

/** In this order: the first that fits decides. Each looks at one path of the input that a rule reads. */
const known: Known[] = [
  {
    fits: ([a, b]) =>
      (a === 'request' && b !== undefined && reviewed.includes(b)) || (a === 'review' && b !== undefined),
    input: 'admission',
    gate: 'deploy',
    what: 'an admission review of each manifest',
    path: none,
  },
  {
    fits: ([a, b]) => (a !== undefined && pushed.includes(a)) || (a === 'push' && b === 'refs'),
    input: 'gate.input',
    gate: 'push',
    what: 'the push as a whole (gate.input)',
    path: none,
  },
  {
    // Instructions of a Dockerfile are the elements of a list; of several stages, of lists in it.
    fits: (path) => path.indexOf('Cmd') > 0 && path.slice(0, path.indexOf('Cmd')).every((key) => key === undefined),
    input: 'files',
    gate: 'push',
    what: 'Dockerfiles',
    path: (path) => parserOf(path) === 'dockerfile',
  },
  {
    fits: first('resource_changes', 'planned_values', 'terraform_version'),
    input: 'files',
    gate: 'push',
    what: 'Terraform plans in JSON',
    path: (path) => /plan[^/]*\.json$/i.test(path),
  },
  {
    fits: first('resource', 'provider', 'terraform'),
    input: 'files',
    gate: 'push',
    what: 'Terraform files',
    path: (path) => /\.tf(\.json)?$/i.test(path),
  },
  {
    fits: first('apiVersion', 'kind', 'metadata', 'spec', 'stringData'),
    input: 'files',
    gate: 'push',
    what: 'Kubernetes manifests',
    path: structured,
    content: (text) => /\bapiVersion\b/.test(text) && /\bkind\b/.test(text),
  },
  {
    fits: first('jobs', 'on', 'true'),
    input: 'files',
    gate: 'push',
    what: 'workflows of GitHub Actions',
    path: (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path),
  },
  {
    // Its jobs have names of their own, so their keys stand below one that only evaluation knows.
    fits: ([a, b]) =>
      a === 'stages' || (a === undefined && ['script', 'before_script', 'stage', 'allow_failure'].includes(b ?? '')),
    input: 'files',
    gate: 'push',
    what: 'pipelines of GitLab CI',
    path: (path) => /(?:^|\/)[^/]*\.gitlab-ci\.ya?ml$/.test(path),
  },
  {
    fits: first('services'),
    input: 'files',
    gate: 'push',
    what: 'compose files',
    path: (path) => /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/.test(path),
  },
  {
    fits: first('dependencies', 'devDependencies', 'scripts', 'engines'),
    input: 'files',
    gate: 'push',
    what: 'package.json files',
    path: (path) => /(?:^|\/)package\.json$/.test(path),
  },
];

/** The shape that the paths show which some rules read of the input; undefined when they show none. */
export function shapeOf(reads: readonly InputPath[]): Shape | undefined {
  // With `--combine` the input is a list of files, each with its `contents`.
  const inFile = reads.filter(({ path }) => path[0] === undefined && path[1] === 'contents');
  const combined = inFile.length > 0;
  const parts = combined ? inFile.map((one) => ({ ...one, path: one.path.slice(2) })) : reads;
  const found: Shape[] = [];
  for (const { fits, ...shape } of known) {
    const read = parts.find(({ path }) => fits(path));
    if (!read) continue;
    const combine = combined && shape.input === 'files';
    const shown = [...(combined ? [undefined, 'contents'] : []), ...read.path.slice(0, 3)];
    found.push({ ...shape, combine, because: `${read.rule} reads ${textOf(shown)} (${read.file}:${read.line})` });
  }
  return together(found);
}

/** A package may hold rules about several kinds of file, as conftest's `main` often does: it is asked about all of them. */
function together(shapes: readonly Shape[]): Shape | undefined {
  const [first] = shapes;
  const files = shapes.filter(({ input }) => input === 'files');
  if (first?.input !== 'files' || files.length < 2) return first;
  return {
    ...first,
    what: enumerated(files.map(({ what }) => what)),
    because: files.map(({ because }) => because).join(', '),
    path: (path) => files.some((one) => one.path(path)),
    content: (text, path) => files.some((one) => one.path(path) && (one.content?.(text, path) ?? true)),
  };
}

function textOf(path: readonly Key[]): string {
  const parts = path.map((key) => {
    if (key === undefined) return '[_]';
    return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
  });
  return `input${parts.join('')}`;
}
