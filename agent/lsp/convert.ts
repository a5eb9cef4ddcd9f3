import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range as LspRange,
} from 'vscode-languageserver/node';
import { positionAt } from '../model/document.ts';
import { displayText } from '../model/path.ts';
import type { Document, Finding, Problem, Range, Span } from '../model/types.ts';
import { type AgentSettings, type DiagnosticData, diagnosticLimit } from '../protocol.ts';
import { valueKey } from '../report/places.ts';
import { suppressionMetas } from '../suppress.ts';

export interface DiagnosticOptions {
  /** Fingerprints that a gate denies: the only ones shown as errors. */
  blocking: ReadonlySet<string>;
  advice: AgentSettings['advice'];
  /** Address of a rule's page inside the package. */
  pageUri: (rule: string) => string;
  /** URI and document of a path that a related place names; undefined when it is not known here. */
  related: (path: string) => { uri: string; document: Document } | undefined;
  /** Everything that was found: the same secret elsewhere is a related place. */
  all?: readonly Finding[];
  uriOf?: (path: string) => string | undefined;
}

/** Related places that one diagnostic shows. */
const relatedLimit = 8;

/**
 * Findings of one file as LSP diagnostics, at most `diagnosticLimit`: then the last one says how many are not shown.
 * Blocking ones come first, so that the limit never hides one of them behind advice.
 */
export function diagnosticsOf(findings: readonly Finding[], options: DiagnosticOptions): Diagnostic[] {
  const ordered = [...findings].sort(
    (a, b) => Number(options.blocking.has(b.fingerprint)) - Number(options.blocking.has(a.fingerprint)),
  );
  if (ordered.length <= diagnosticLimit) return ordered.map((finding) => diagnosticOf(finding, options));
  const shown = ordered.slice(0, diagnosticLimit - 1).map((finding) => diagnosticOf(finding, options));
  return [...shown, moreDiagnostic(ordered.length - shown.length)];
}

/** A problem that stopped part of the check, at its place or at the top of the file. */
export function problemDiagnostic(problem: Problem, document: Document | undefined): Diagnostic {
  const range = document && problem.range ? rangeOf(document, problem.range) : firstLine;
  return {
    range,
    severity: problem.fatal ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
    source: 'pregate',
    code: problem.code,
    message: displayText(problem.message),
  };
}

/** A line about the file as a whole, such as "not checked while typing: larger than 1 MB". */
export function noteDiagnostic(code: string, message: string): Diagnostic {
  return { range: firstLine, severity: DiagnosticSeverity.Information, source: 'pregate', code, message };
}

/** An LSP range, from 0, of a span that counts from 1. */
export function spanToRange(span: Span): LspRange {
  return {
    start: { line: span.line - 1, character: span.column - 1 },
    end: { line: span.endLine - 1, character: span.endColumn - 1 },
  };
}

/** An LSP range of offsets in a document. */
export function rangeOf(document: Document, range: Range): LspRange {
  const start = positionAt(document, range[0]);
  const end = positionAt(document, range[1]);
  return {
    start: { line: start.line - 1, character: start.column - 1 },
    end: { line: end.line - 1, character: end.column - 1 },
  };
}

const firstLine: LspRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const adviceSeverity: Record<AgentSettings['advice'], DiagnosticSeverity> = {
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Ids of findings about suppressions that no longer do anything: they are drawn faded, like unused code. */
const fadedRules = new Set(suppressionMetas.map((meta) => meta.id));

function diagnosticOf(finding: Finding, options: DiagnosticOptions): Diagnostic {
  const data: DiagnosticData = { ruleId: finding.rule, fingerprint: finding.fingerprint };
  const related = finding.related.flatMap((one) => {
    const target = options.related(one.path);
    if (!target) return [];
    const location = { uri: target.uri, range: rangeOf(target.document, one.range) };
    return [{ location, message: displayText(one.message) }];
  });
  related.push(...sameSecret(finding, options));
  return {
    range: spanToRange(finding.span),
    severity: severityOf(finding, options),
    source: 'pregate',
    code: finding.rule,
    codeDescription: { href: options.pageUri(finding.rule) },
    message: displayText(finding.message),
    data,
    ...(related.length > 0 ? { relatedInformation: related } : {}),
    ...(fadedRules.has(finding.rule) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
  };
}

/** The other places of the same secret, which is rotated once and taken out of each. */
function sameSecret(finding: Finding, { all = [], uriOf }: DiagnosticOptions): DiagnosticRelatedInformation[] {
  const key = valueKey(finding);
  if (key === undefined) return [];
  const others = all.filter((one) => valueKey(one) === key);
  return others
    .filter((one) => one.path !== finding.path || one.range[0] !== finding.range[0])
    .slice(0, relatedLimit)
    .flatMap((one) => {
      const uri = uriOf?.(one.path);
      return uri !== undefined
        ? [{ location: { uri, range: spanToRange(one.span) }, message: 'The same secret stands here.' }]
        : [];
    });
}

/** Error means that a gate would refuse it, and nothing else; a setting cannot turn that down. */
function severityOf(finding: Finding, options: DiagnosticOptions): DiagnosticSeverity {
  if (options.blocking.has(finding.fingerprint)) return DiagnosticSeverity.Error;
  const natural =
    finding.severity === 'info'
      ? DiagnosticSeverity.Hint
      : finding.severity === 'low'
        ? DiagnosticSeverity.Information
        : DiagnosticSeverity.Warning;
  return Math.max(natural, adviceSeverity[options.advice]) as DiagnosticSeverity;
}

function moreDiagnostic(count: number): Diagnostic {
  return noteDiagnostic(
    'more-findings',
    `${count} more findings in this file are not shown here; pregate check lists all of them.`,
  );
}
