import { createHash } from 'node:crypto';
import type {
  CancellationToken,
  Diagnostic,
  PreviousResultId,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import type { Report } from '../gate/types.ts';
import type { Finding } from '../model/types.ts';
import { version } from '../version.ts';
import { uriKey } from './uri.ts';

/**
 * Answers workspace pulls with the files that are staged or outgoing, and with nothing else. The editor asks again two
 * seconds after each answer; the answer is therefore held back until there is something new to say.
 */
export interface WorkspaceReports {
  /** `current` gives diagnostics by URI. */
  answer(
    previous: readonly PreviousResultId[],
    token: CancellationToken,
    current: () => ReadonlyMap<string, Diagnostic[]>,
  ): Promise<WorkspaceDiagnosticReport>;
  /** There is something new. */
  wake(): void;
  /** A document was closed: from now on only what is staged or outgoing counts for it. */
  closed(uri: string): void;
}

const AFTER_CLOSE_MS = 500;

export function createWorkspaceReports(): WorkspaceReports {
  const reported = new Set<string>();
  // The first answer waits for the first check, because a second one would come two seconds later.
  let generation = 0;
  let answered = 0;
  let waiting: (() => void) | undefined;

  const wake = (): void => {
    generation++;
    waiting?.();
  };

  const somethingNew = (token: CancellationToken): Promise<void> =>
    new Promise((resolve) => {
      waiting?.();
      const listener = token.onCancellationRequested(() => waiting?.());
      waiting = () => {
        waiting = undefined;
        listener.dispose();
        resolve();
      };
    });

  return {
    answer: async (previous, token, current) => {
      while (answered === generation && !token.isCancellationRequested) await somethingNew(token);
      if (token.isCancellationRequested) return { items: [] };
      answered = generation;
      const known = new Map(previous.map((one) => [uriKey(one.uri), one.value]));
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      const now = current();
      for (const [uri, diagnostics] of now) items.push(itemOf(uri, diagnostics, known.get(uriKey(uri))));
      for (const uri of reported) {
        if (!now.has(uri)) items.push(itemOf(uri, [], undefined));
      }
      reported.clear();
      for (const uri of now.keys()) reported.add(uri);
      return { items };
    },
    wake,
    closed: (uri) => {
      reported.add(uri);
      // The editor asks once more for a document it closes, and would ignore us until it has that answer.
      setTimeout(wake, AFTER_CLOSE_MS).unref();
    },
  };
}

/**
 * Names a set of diagnostics: the same findings by the same build have the same id. In hexadecimal digits, because thousands of
 * characters of base64 look like a piece of some token now and then, to a scanner and to our own tests.
 */
export function resultIdOf(diagnostics: readonly Diagnostic[]): string {
  return createHash('sha256').update(version).update(JSON.stringify(diagnostics)).digest('hex').slice(0, 32);
}

/**
 * Findings by path. What is staged is newer than what is outgoing, so a file of the index is told from there; a finding
 * in an object that only history holds has no file to be drawn in.
 */
export function findingsByPath(staged: Report | undefined, outgoing: Report | undefined): Map<string, Finding[]> {
  const inIndex = new Set(staged?.changes.map((change) => change.path));
  const out = new Map<string, Finding[]>();
  for (const report of [staged, outgoing]) {
    for (const finding of report?.findings ?? []) {
      const isMessage = finding.path.startsWith('commit:') || finding.path === 'COMMIT_EDITMSG';
      if (isMessage || (report === outgoing && inIndex.has(finding.path))) continue;
      if (report === outgoing && isGone(finding.path, outgoing)) continue;
      out.set(finding.path, [...(out.get(finding.path) ?? []), finding]);
    }
  }
  return out;
}

function isGone(path: string, report: Report | undefined): boolean {
  return report?.changes.some((change) => change.path === path && change.status === 'D') ?? false;
}

function itemOf(uri: string, items: Diagnostic[], previous: string | undefined): WorkspaceDocumentDiagnosticReport {
  const resultId = resultIdOf(items);
  if (resultId === previous) return { kind: 'unchanged', uri, version: null, resultId };
  return { kind: 'full', uri, version: null, resultId, items };
}
