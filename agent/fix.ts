import { secretFixes } from './fixes/secret.ts';
import { documentFromText } from './model/document.ts';
import type { Document, Edit, Fix } from './model/types.ts';
import { type RawFinding, type RunInput, runRules } from './rules/run.ts';

/**
 * The fixes of a finding that have been proven: each is applied in memory, the result is parsed and judged again, and it
 * is offered only when the finding is gone and nothing else has appeared. A fix that fails the proof is dropped silently:
 * a wrong offer costs more trust than a missing one.
 */
export async function proveFixes(input: RunInput, finding: RawFinding): Promise<Fix[]> {
  const proven: Fix[] = [];
  for (const fix of finding.fixes?.() ?? []) {
    if (await isProven(input, finding, fix)) proven.push(fix);
  }
  return proven;
}

/**
 * What a person is offered for a finding: the proven fixes of its rule, and for a secret the proven ways to move its
 * value out of the file.
 */
export async function offeredFixes(input: RunInput, finding: RawFinding): Promise<Fix[]> {
  const proven = await proveFixes(input, finding);
  const document = input.targets.find((one) => one.path === finding.path && one.kind === 'file');
  if (finding.category !== 'secret' || !document) return proven;
  for (const fix of secretFixes(document, finding, [...input.targets, ...input.context])) {
    if (await isProven(input, finding, fix)) proven.push(fix);
  }
  return proven;
}

/**
 * Applies edits to documents and returns the new text of each changed path.
 * Undefined when edits overlap, lie outside their document, or name a document that is not there or not in UTF-8: such a
 * set means nothing and must not be half applied.
 */
export function applyEdits(documents: readonly Document[], edits: readonly Edit[]): Map<string, string> | undefined {
  const byPath = new Map<string, Edit[]>();
  for (const edit of edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  const changed = new Map<string, string>();
  for (const [path, list] of byPath) {
    const document = documents.find((one) => one.path === path);
    const made = document === undefined && list.every((edit) => edit.create) ? '' : undefined;
    // The text of another encoding would be written as UTF-8, with what stands behind it.
    const editable = document && !document.partial && document.encoding === 'utf-8' && isWhole(document);
    const before = editable ? document.text : made;
    const text = before === undefined ? undefined : editText(before, list);
    if (text === undefined) return undefined;
    changed.set(path, text);
  }
  return changed;
}

/** Bytes that are no UTF-8 read as U+FFFD, and writing that text would put the sign where they were. */
function isWhole({ text, bytes }: Document): boolean {
  return !text.includes('\ufffd') || Buffer.from(text, 'utf8').equals(bytes);
}

/** Applies the edits of one text, from the last to the first. Undefined when they overlap or lie outside. */
export function editText(text: string, edits: readonly Edit[]): string | undefined {
  const ordered = [...edits].sort((a, b) => a.range[0] - b.range[0] || a.range[1] - b.range[1]);
  let end = 0;
  for (const { range } of ordered) {
    if (range[0] < end || range[1] < range[0] || range[1] > text.length) return undefined;
    end = range[1];
  }
  let out = text;
  for (const { range, text: replacement } of ordered.reverse()) {
    out = out.slice(0, range[0]) + replacement + out.slice(range[1]);
  }
  return out;
}

async function isProven(input: RunInput, finding: RawFinding, fix: Fix): Promise<boolean> {
  const documents = [...input.targets, ...input.context];
  const changed = applyEdits(documents, fix.edits);
  if (!changed || changed.size === 0) return false;
  const replace = (document: Document): Document => {
    const text = changed.get(document.path);
    return text === undefined ? document : documentFromText(document.path, text, { kind: document.kind });
  };
  // Only what the change touches is a target on both sides, so that the proof costs one file and not the repository.
  const touched = new Set([...changed.keys(), finding.path]);
  const scope: RunInput = { ...input, history: [], hasBase: false };
  const before = await runRules(split(scope, documents, touched));
  const made = [...changed].filter(([path]) => documents.every((document) => document.path !== path));
  const next = [...documents.map(replace), ...made.map(([path, text]) => documentFromText(path, text))];
  const after = await runRules(split(scope, next, touched));
  const known = countOf(before.findings);
  const now = countOf(after.findings);
  const key = keyOf(finding);
  if ((now.get(key) ?? 0) >= (known.get(key) ?? 0)) return false;
  for (const [other, count] of now) if (count > (known.get(other) ?? 0)) return false;
  return after.problems.length <= before.problems.length;
}

function split(input: RunInput, documents: readonly Document[], touched: ReadonlySet<string>): RunInput {
  return {
    ...input,
    targets: documents.filter((document) => touched.has(document.path)),
    context: documents.filter((document) => !touched.has(document.path)),
  };
}

/** Findings of the same rule about the same thing, wherever they stand: lines move when a fix adds some. */
function keyOf(finding: RawFinding): string {
  return `${finding.rule}\0${finding.path}\0${finding.identity}`;
}

function countOf(findings: readonly RawFinding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  return counts;
}
