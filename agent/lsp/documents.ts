import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { CancellationToken, Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Judgement } from '../gate/judge.ts';
import { documentFromBytes, ownText } from '../model/document.ts';
import type { Document, DocumentKind } from '../model/types.ts';
import type { AgentSettings } from '../protocol.ts';
import { blockingFingerprints } from '../report/facts.ts';
import { diagnosticsOf, noteDiagnostic, problemDiagnostic } from './convert.ts';
import { reasonDiagnostics } from './reasons.ts';
import type { TextChecker, TextInput } from './text-check.ts';
import { addressOf, type DocumentAddress, endingOf, fileUriOf, repoPathOf } from './uri.ts';

/** Text above this size is left to the gate: typing in it must not wait for us. */
export const TEXT_LIMIT = 1 << 20;

export interface DocumentsOptions {
  checker: TextChecker;
  /** The open document with this URI. */
  get: (uri: string) => TextDocument | undefined;
  /** Root of the repository, or of the workspace folder, a file is named relative to. */
  baseOf: (file: string) => { root: string; git: boolean } | undefined;
  trusted: () => boolean;
  settings: () => AgentSettings;
  pageUri: (rule: string) => string;
}

/** A text as it was judged. */
export interface Judged {
  judgement: Judgement;
  input: TextInput;
  uriOf: (path: string) => string | undefined;
  /** Judges another text of the same document. */
  again: (text: string) => Promise<Judgement>;
}

export interface DocumentChecks {
  diagnostics(uri: string, token: CancellationToken): Promise<Diagnostic[]>;
  /** The judgement of the document's present text; undefined when it is not looked at. */
  judged(uri: string): Promise<Judged | undefined>;
  /** A keystroke: the next check of this document waits until typing has paused. */
  changed(uri: string): void;
  closed(uri: string): void;
}

export function createDocumentChecks(options: DocumentsOptions): DocumentChecks {
  const last = new Map<string, { digest: string; judged: Promise<Judged> }>();
  const changedAt = new Map<string, number>();

  const judgeInput = (uri: string, input: TextInput): Promise<Judged> => {
    const digest = createHash('sha256')
      .update(`${input.root ?? ''}\0${input.path}\0${input.text}`)
      .digest('base64url');
    const known = last.get(uri);
    if (known?.digest === digest) return known.judged;
    const again = (text: string) => options.checker.check({ ...input, text });
    const { file, notebook } = addressOf(uri);
    const base = options.baseOf(file ?? notebook ?? '')?.root;
    const uriOf = (path: string) =>
      path === input.path ? uri : base === undefined ? undefined : fileUriOf(base, path);
    const judged = again(input.text).then((judgement) => ({ judgement, input, uriOf, again }));
    judged.catch(() => last.delete(uri));
    if (options.get(uri)) last.set(uri, { digest, judged });
    return judged;
  };

  const quiet = async (uri: string, token: CancellationToken): Promise<void> => {
    for (;;) {
      const left = (changedAt.get(uri) ?? 0) + options.settings().delay - Date.now();
      if (left <= 0 || token.isCancellationRequested) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(left, 50)));
    }
  };

  return {
    diagnostics: async (uri, token) => {
      await quiet(uri, token);
      if (token.isCancellationRequested) return [];
      const source = await textOf(uri, options);
      if (typeof source === 'string') return source === '' ? [] : [noteDiagnostic('not-checked', source)];
      return await diagnosticsFor(await judgeInput(uri, source), options);
    },
    judged: async (uri) => {
      const source = await textOf(uri, options);
      return typeof source === 'string' ? undefined : await judgeInput(uri, source);
    },
    changed: (uri) => changedAt.set(uri, Date.now()),
    closed: (uri) => {
      last.delete(uri);
      changedAt.delete(uri);
    },
  };
}

function diagnosticsFor({ judgement, input, uriOf }: Judged, options: DocumentsOptions): Diagnostic[] {
  const { report, run } = judgement;
  const documents = [...run.targets, ...run.context];
  const findings = report.findings.filter((finding) => finding.path === input.path);
  const shown = diagnosticsOf(findings, {
    blocking: new Set(blockingFingerprints(report.decision).keys()),
    advice: options.settings().advice,
    pageUri: options.pageUri,
    all: report.findings,
    uriOf,
    related: (path) => {
      const document = documents.find((one) => one.path === path);
      const uri = uriOf(path);
      return document && uri !== undefined ? { uri, document } : undefined;
    },
  });
  const own = documents.find((one) => one.path === input.path);
  const problems = report.problems.filter((problem) => problem.path === input.path);
  return [
    ...shown,
    ...reasonDiagnostics(report, input.path),
    ...problems.map((problem) => problemDiagnostic(problem, own)),
  ];
}

/** What is to be judged for a URI, or a sentence that says why nothing is. Empty: there is nothing to say. */
async function textOf(uri: string, options: DocumentsOptions): Promise<TextInput | string> {
  const address = addressOf(uri);
  const open = options.get(uri);
  if (address.kind === 'printed') return '';
  if (open && open.getText().length > TEXT_LIMIT) return tooLarge;
  if (open) return inputOf(address, open.getText(), options, open.languageId);
  if (address.file === undefined) return '';
  const document = await fileDocument(address.file);
  if (typeof document === 'string') return document;
  return document.encoding === 'binary' ? '' : inputOf(address, ownText(document), options);
}

const tooLarge = 'Not checked in the editor: larger than 1 MB. The gate looks at it when it is committed.';

function inputOf(address: DocumentAddress, text: string, options: DocumentsOptions, language = ''): TextInput {
  const kind: DocumentKind = address.kind === 'message' ? 'message' : 'file';
  // The box in the window has no comments; a message that git opened an editor for does.
  if (kind === 'message' && address.file !== undefined) {
    const root = options.trusted() ? options.baseOf(dirname(address.file))?.root : undefined;
    return { root, path: 'COMMIT_EDITMSG', text: withoutComments(text), kind };
  }
  // A cell is judged as a file beside its notebook would be: by the same configuration, in its own language.
  const ending = address.notebook === undefined ? '' : endingOf(language);
  const file = address.file ?? address.notebook;
  const base = file === undefined ? undefined : options.baseOf(file);
  const own = base && file !== undefined ? repoPathOf(base.root, file) : undefined;
  const path = own === undefined ? undefined : own + ending;
  const root = base?.git && options.trusted() ? base.root : undefined;
  return { root: path === undefined ? undefined : root, path: path ?? address.name + ending, text, kind };
}

/**
 * A message with blanks where git's comments are, so that places stay: git takes them out (git-commit, `--cleanup`), with
 * everything below the scissors line.
 */
function withoutComments(text: string): string {
  const scissors = /^# -{24} >8 -{24}$/m.exec(text)?.index ?? text.length;
  const blank = (part: string) => part.replace(/[^\r\n]/g, ' ');
  return text.slice(0, scissors).replace(/^#.*$/gm, blank) + blank(text.slice(scissors));
}

/** A file that is shown but not open as text, such as a notebook. Only as much as is looked at is read. */
async function fileDocument(file: string): Promise<Document | string> {
  try {
    const handle = await open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return '';
      if (stat.size > TEXT_LIMIT) return tooLarge;
      return documentFromBytes(basename(dirname(file)), await handle.readFile());
    } finally {
      await handle.close();
    }
  } catch {
    // A file that has gone meanwhile has nothing to say; what is committed is read by the gate itself.
    return '';
  }
}
