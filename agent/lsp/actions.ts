import {
  type CodeAction,
  CodeActionKind,
  type CreateFile,
  type Diagnostic,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyEdits, offeredFixes } from '../fix.ts';
import { rotationPage } from '../fixes/rotation.ts';
import type { Judgement } from '../gate/judge.ts';
import { documentFromText } from '../model/document.ts';
import { displayText } from '../model/path.ts';
import type { Document, Edit, Fix } from '../model/types.ts';
import { clientCommands, type DiagnosticData } from '../protocol.ts';
import type { RuleMeta } from '../rules/rule.ts';
import type { RawFinding } from '../rules/run.ts';
import { rangeOf } from './convert.ts';

/** The kind under which "fix all on save" finds us. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.pregate`;

/** Rounds of "fix all": a fix may bring another finding within reach, but not for ever. */
const FIX_ALL_ROUNDS = 10;

export interface ActionContext {
  uri: string;
  judgement: Judgement;
  /** URI of a path of the same repository. */
  uriOf: (path: string) => string | undefined;
  /** What is known of a rule, for the page where its secrets are revoked. */
  meta?: (rule: string) => RuleMeta | undefined;
}

/** What a listed action carries until it is resolved. */
export type ActionData =
  | { type: 'fix'; uri: string; fingerprint: string; index: number }
  | { type: 'fixAll'; uri: string };

const proven = new WeakMap<Judgement, Map<string, Promise<Fix[]>>>();

/** Fixes that have been applied in memory and judged again; each is proven once per version of the text. */
export function provenFixes(judgement: Judgement, fingerprint: string): Promise<Fix[]> {
  const known = proven.get(judgement) ?? new Map<string, Promise<Fix[]>>();
  proven.set(judgement, known);
  let fixes = known.get(fingerprint);
  if (!fixes) {
    const finding = judgement.raw.find((one) => one.fingerprint === fingerprint);
    fixes = finding ? offeredFixes(judgement.run, finding) : Promise.resolve([]);
    known.set(fingerprint, fixes);
  }
  return fixes;
}

/** Quick fixes for the diagnostics under the cursor: every proven fix, then "suppress with reason". */
export async function quickFixes(context: ActionContext, diagnostics: readonly Diagnostic[]): Promise<CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const diagnostic of diagnostics) {
    const data = dataOf(diagnostic);
    const finding = data && context.judgement.raw.find((one) => one.fingerprint === data.fingerprint);
    if (!data || !finding) continue;
    const fixes = await provenFixes(context.judgement, data.fingerprint);
    fixes.forEach((fix, index) => {
      const later: ActionData = { type: 'fix', uri: context.uri, fingerprint: data.fingerprint, index };
      actions.push({
        title: displayText(fix.title),
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        ...(index === 0 && fix.safe ? { isPreferred: true } : {}),
        data: later,
      });
    });
    const page = rotationPage(context.meta?.(finding.rule));
    if (page !== undefined) actions.push(rotateAction(page, diagnostic));
    if (!staysWhenIgnored(context.judgement, finding)) actions.push(suppressAction(context.uri, finding, diagnostic));
  }
  return actions;
}

/** The action of "fix all on save"; its edit is made when it is resolved. */
export function fixAllAction(uri: string): CodeAction {
  const data: ActionData = { type: 'fixAll', uri };
  return { title: 'Pregate: fix everything that is safe to fix', kind: fixAllKind, data };
}

/** The edit of one proven fix; undefined when the text has changed meanwhile. */
export async function editOfFix(
  context: ActionContext,
  fingerprint: string,
  index: number,
): Promise<WorkspaceEdit | undefined> {
  const fix = (await provenFixes(context.judgement, fingerprint))[index];
  if (!fix) return undefined;
  const { run } = context.judgement;
  return workspaceEdit(fix.edits, [...run.targets, ...run.context], context.uriOf);
}

/**
 * Applies every safe, proven fix that stays inside the document, judges the result, and goes on until nothing is left to
 * fix. `judgeText` judges another text of the same document. The result replaces the smallest span that differs.
 */
export async function editOfFixAll(
  context: ActionContext,
  document: { path: string; text: string },
  judgeText: (text: string) => Promise<Judgement>,
): Promise<WorkspaceEdit | undefined> {
  let { judgement } = context;
  let { text } = document;
  for (let round = 0; round < FIX_ALL_ROUNDS; round++) {
    const edits = await safeEdits(judgement, document.path);
    const changed = applyEdits([documentFromText(document.path, text)], edits)?.get(document.path);
    if (changed === undefined || changed === text) break;
    text = changed;
    judgement = await judgeText(text);
  }
  if (text === document.text) return undefined;
  return { changes: { [context.uri]: [smallestEdit(document.text, text)] } };
}

/** Edits of safe fixes in one document, leaving out any that overlaps one taken before it. */
async function safeEdits(judgement: Judgement, path: string): Promise<Edit[]> {
  const taken: Edit[] = [];
  for (const finding of judgement.raw) {
    if (!finding.fixes) continue;
    const fix = (await provenFixes(judgement, finding.fingerprint)).find((one) => one.safe);
    if (!fix || fix.edits.some((edit) => edit.path !== path)) continue;
    if (fix.edits.some((edit) => taken.some((other) => overlaps(edit, other)))) continue;
    taken.push(...fix.edits);
  }
  return taken;
}

function overlaps(a: Edit, b: Edit): boolean {
  return a.range[0] <= b.range[1] && b.range[0] <= a.range[1];
}

function smallestEdit(before: string, after: string): TextEdit {
  let start = 0;
  const most = Math.min(before.length, after.length);
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const document = documentFromText('', before);
  return { range: rangeOf(document, [start, before.length - end]), newText: after.slice(start, after.length - end) };
}

function workspaceEdit(
  edits: readonly Edit[],
  documents: readonly Document[],
  uriOf: ActionContext['uriOf'],
): WorkspaceEdit | undefined {
  const changes = new Map<string, TextEdit[]>();
  const made: CreateFile[] = [];
  for (const edit of edits) {
    const document = documents.find((one) => one.path === edit.path);
    const uri = uriOf(edit.path);
    // Half a fix is worse than none.
    if ((!document && !edit.create) || uri === undefined) return undefined;
    // A file that has come meanwhile stays: the line is put at its top.
    if (!document) made.push({ kind: 'create', uri, options: { ignoreIfExists: true } });
    const range = rangeOf(document ?? documentFromText(edit.path, ''), edit.range);
    changes.set(uri, [...(changes.get(uri) ?? []), { range, newText: edit.text }]);
  }
  if (made.length === 0) return { changes: Object.fromEntries(changes) };
  const texts = [...changes].map(([uri, list]) => ({ textDocument: { uri, version: null }, edits: list }));
  return { documentChanges: [...made, ...texts] };
}

/** `vscode.open` is the editor's own command; the address comes from our own rules and never from the repository. */
function rotateAction(page: string, diagnostic: Diagnostic): CodeAction {
  const title = `Revoke it at ${page.replace('https://', '')}`;
  const command = { title, command: 'vscode.open', arguments: [page] };
  return { title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
}

/** A comment does not hide a token whose checksum is valid, so none is offered: only the baseline takes it out. */
export function staysWhenIgnored({ config }: Judgement, { proven }: Pick<RawFinding, 'proven'>): boolean {
  return proven === true && !config.suppressions.proven;
}

function suppressAction(uri: string, finding: RawFinding, diagnostic: Diagnostic): CodeAction {
  const title = `Suppress ${finding.rule} with reason…`;
  const target = { uri, rule: finding.rule, fingerprint: finding.fingerprint, line: finding.span.line - 1 };
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: clientCommands.suppress, arguments: [target] },
  };
}

function dataOf(diagnostic: Diagnostic): DiagnosticData | undefined {
  if (diagnostic.source !== 'pregate' || typeof diagnostic.data !== 'object' || diagnostic.data === null)
    return undefined;
  const { ruleId, fingerprint } = diagnostic.data as Partial<DiagnosticData>;
  return typeof ruleId === 'string' && typeof fingerprint === 'string' ? { ruleId, fingerprint } : undefined;
}
