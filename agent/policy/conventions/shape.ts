import type { FeedInput } from '../../config/feeds.ts';
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
  content?: (text: string) => boolean;
  combine: boolean;
}

type Known = Omit<Shape, 'combine' | 'because'> & { pattern: RegExp };

const none = () => false;
const structured = (path: string) => ['yaml', 'json'].includes(parserOf(path) ?? '');

/** In this order: the first that fits decides. Patterns are of fields of `input` that a rule names. */
const known: Known[] = [
  {
    pattern: /\binput\.(?:request\.(?:object|kind|operation|oldObject|userInfo|namespace)|review\.\w+)\b/,
    input: 'admission',
    gate: 'deploy',
    what: 'an admission review of each manifest',
    path: none,
  },
  {
    pattern: /\binput\.(?:commits|findings|weakened|sbom_diff|signing|unread_manifests|codeowners|push\.refs)\b/,
    input: 'gate.input',
    gate: 'push',
    what: 'the push as a whole (gate.input)',
    path: none,
  },
  {
    pattern: /\binput\b[^\n]*\.Cmd\b|\.Cmd\s*==/,
    input: 'files',
    gate: 'push',
    what: 'Dockerfiles',
    path: (path) => parserOf(path) === 'dockerfile',
  },
  {
    pattern: /\binput\.(?:resource_changes|planned_values|terraform_version)\b/,
    input: 'files',
    gate: 'push',
    what: 'Terraform plans in JSON',
    path: (path) => /plan[^/]*\.json$/i.test(path),
  },
  {
    pattern: /\binput\.(?:resource|provider|terraform)\b/,
    input: 'files',
    gate: 'push',
    what: 'Terraform files',
    path: (path) => /\.tf(\.json)?$/i.test(path),
  },
  {
    pattern: /\binput\.(?:apiVersion|kind|metadata|spec|stringData)\b|\.contents\.(?:kind|apiVersion|spec|metadata)\b/,
    input: 'files',
    gate: 'push',
    what: 'Kubernetes manifests',
    path: structured,
    content: (text) => /\bapiVersion\b/.test(text) && /\bkind\b/.test(text),
  },
  {
    pattern: /\binput\.(?:jobs|on)\b|\binput\["true"\]/,
    input: 'files',
    gate: 'push',
    what: 'workflows of GitHub Actions',
    path: (path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path),
  },
  {
    pattern: /\binput\.services\b/,
    input: 'files',
    gate: 'push',
    what: 'compose files',
    path: (path) => /(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/.test(path),
  },
  {
    pattern: /\binput\.(?:dependencies|devDependencies|scripts|engines)\b/,
    input: 'files',
    gate: 'push',
    what: 'package.json files',
    path: (path) => /(?:^|\/)package\.json$/.test(path),
  },
];

/** The shape that the texts of some modules show; undefined when they show none. */
export function shapeOf(texts: readonly string[]): Shape | undefined {
  const text = texts.map((one) => one.replace(/^\s*#.*$/gm, '')).join('\n');
  const found = known.find((one) => one.pattern.test(text));
  if (!found) return undefined;
  const { pattern, ...shape } = found;
  const shown = pattern.exec(text)?.[0].trim() ?? '';
  // `contents` of an element: with `--combine` the input is a list of files, however a rule goes through it.
  const combine =
    shape.input === 'files' &&
    /\.contents\b|\["contents"\]/.test(text) &&
    !/\binput(?:\.contents\b|\["contents"\])/.test(text);
  return { ...shape, combine, because: `its rules read ${shown}` };
}
