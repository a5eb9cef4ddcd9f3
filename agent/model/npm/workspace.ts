import type { Document, RepoPath } from '../types.ts';
import { listOf, readLines, textMap } from './lines.ts';
import { joinPath, type Manifest } from './manifest.ts';

export interface PnpmWorkspace {
  packages: string[];
  overrides: string[];
  /** Package → may run its install scripts. */
  allowScripts: Map<string, boolean>;
}

/** Reads `pnpm-workspace.yaml`. Source: pnpm documentation, "pnpm-workspace.yaml" and "Settings". */
export function pnpmWorkspaceOf(document: Document): PnpmWorkspace {
  const root = readLines(document.text)[0]!;
  const allowScripts = new Map<string, boolean>();
  for (const name of listOf(root.children.get('onlyBuiltDependencies'))) allowScripts.set(name, true);
  for (const name of listOf(root.children.get('ignoredBuiltDependencies'))) allowScripts.set(name, false);
  for (const [name, value] of textMap(root.children.get('allowBuilds'))) allowScripts.set(name, value === 'true');
  return {
    packages: listOf(root.children.get('packages')),
    overrides: [...textMap(root.children.get('overrides')).keys()],
    allowScripts,
  };
}

// Far beyond what people write; a hostile list must not cost more.
const maxPattern = 500;
const maxPatterns = 1000;

/**
 * A test for "this folder, relative to the root, is a member", or undefined when the manifest is no workspace root.
 */
export function workspaceMember(
  manifest: Manifest,
  byPath: ReadonlyMap<RepoPath, Document>,
): ((folder: string) => boolean) | undefined {
  const pnpm = byPath.get(joinPath(manifest.folder, 'pnpm-workspace.yaml'));
  const listed = [...manifest.workspaces, ...(pnpm ? pnpmWorkspaceOf(pnpm).packages : [])];
  const patterns = listed.filter((pattern) => pattern.length <= maxPattern).slice(0, maxPatterns);
  if (patterns.length === 0) return undefined;
  const wanted = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap(expandBraces)
    .map(segmentsOf);
  const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => segmentsOf(pattern.slice(1)));
  return (folder) => {
    const parts = folder.split('/');
    return wanted.some((glob) => matches(glob, parts)) && !unwanted.some((glob) => matches(glob, parts));
  };
}

function segmentsOf(pattern: string): string[] {
  return pattern
    .replace(/^\.\//, '')
    .split('/')
    .filter((part) => part !== '');
}

/** `{a,b}` once or twice is what people write; more than 64 alternatives are left alone. */
function expandBraces(pattern: string): string[] {
  const open = pattern.indexOf('{');
  const close = pattern.indexOf('}', open);
  if (open === -1 || close === -1) return [pattern];
  const choices = pattern.slice(open + 1, close).split(',');
  const rest = expandBraces(pattern.slice(close + 1));
  if (choices.length * rest.length > 64) return [pattern];
  return choices.flatMap((choice) => rest.map((tail) => pattern.slice(0, open) + choice + tail));
}

/** Matches folder names one by one; `**` is any number of them. Two pointers, so the time is bounded by the product. */
function matches(glob: readonly string[], parts: readonly string[]): boolean {
  return greedy(
    glob.length,
    parts.length,
    (g) => glob[g] === '**',
    (g, p) => segmentMatches(glob[g]!, parts[p]!),
  );
}

function segmentMatches(glob: string, text: string): boolean {
  return greedy(
    glob.length,
    text.length,
    (g) => glob[g] === '*',
    (g, t) => glob[g] === '?' || glob[g] === text[t],
  );
}

/** The classic wildcard match with one point of return: never exponential. */
function greedy(
  globLength: number,
  textLength: number,
  isStar: (g: number) => boolean,
  same: (g: number, t: number) => boolean,
): boolean {
  let g = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < textLength) {
    if (g < globLength && isStar(g)) {
      star = g++;
      mark = t;
    } else if (g < globLength && same(g, t)) {
      g++;
      t++;
    } else if (star !== -1) {
      g = star + 1;
      t = ++mark;
    } else return false;
  }
  while (g < globLength && isStar(g)) g++;
  return g === globLength;
}
