import type { Document, Draft, Problem, Range } from '../types.ts';
import { scanSecrets } from './index.ts';

/** Where a rule says that it could not look at something. */
interface Reporter {
  problem(problem: Problem): void;
}

/**
 * The hits of a document that belong to a rule file, as drafts. All rule files read one scan; its problems are told
 * once, by the file of the first family.
 */
export function draftsOf(document: Document, rules: ReadonlySet<string>, reporter: Reporter): Draft[] {
  const { hits, problems } = scanSecrets(document);
  if (rules.has('private-key')) for (const problem of problems) reporter.problem(problem);
  if (hits.length === 0) return [];
  return hits
    .filter((hit) => rules.has(hit.rule))
    .map(({ by: _, named: __, ...hit }) => ({ path: document.path, ...hit, ...commandFor(document, hit.range) }));
}

/** A file that is nothing but a secret does not belong in the index at all. Only for files that git has there now. */
function commandFor({ kind, oid, commit, path, text }: Document, [start, end]: Range): { command?: string } {
  const inIndex = kind === 'file' && oid !== undefined && commit === undefined;
  if (!inIndex || !/^[\w@+./-]+$/.test(path) || path.startsWith('-') || end - start < text.trim().length * 0.8)
    return {};
  return { command: `git rm --cached ${path} && echo /${path} >> .gitignore` };
}
