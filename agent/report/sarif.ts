import type { Report } from '../gate/types.ts';
import { displayText, encodePath } from '../model/path.ts';
import type { Finding, Severity } from '../model/types.ts';
import type { RuleMeta } from '../rules/rule.ts';
import { blockingFingerprints, problemsOf } from './facts.ts';
import { oncePerValue, type Places } from './places.ts';

/**
 * SARIF 2.1.0 (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
 * Paths are percent-encoded bytes relative to the repository root; columns are UTF-16 units; snippets are never
 * included, because the line of a secret is the secret.
 */
export function sarifReport(report: Report, version: string, metas: readonly RuleMeta[]): Record<string, unknown> {
  const all = [...report.findings, ...report.suppressed];
  const used = [...new Set(all.map((finding) => finding.rule))].sort();
  const index = new Map(used.map((id, at) => [id, at]));
  const blocking = blockingFingerprints(report.decision);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Pregate', version, rules: used.map((id) => ruleOf(id, metas)) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: !problemsOf(report).some((problem) => problem.fatal),
            toolExecutionNotifications: problemsOf(report).map((problem) => ({
              level: problem.fatal ? 'error' : 'warning',
              descriptor: { id: problem.code },
              message: { text: displayText(problem.message) },
            })),
          },
        ],
        results: [...oncePerValue(report.findings), ...report.suppressed.map((one): Places => [one])].map((places) =>
          resultOf(places, index, blocking),
        ),
      },
    ],
  };
}

function ruleOf(id: string, metas: readonly RuleMeta[]): Record<string, unknown> {
  const meta = metas.find((one) => one.id === id);
  if (!meta) return { id };
  return {
    id,
    shortDescription: { text: meta.title },
    fullDescription: { text: meta.why },
    help: { text: meta.fix },
    ...(meta.sources[0] ? { helpUri: meta.sources[0] } : {}),
    defaultConfiguration: { level: levelOf(meta.severity) },
    properties: { tags: ['security', meta.category], 'security-severity': scoreOf(meta.severity) },
  };
}

function resultOf(
  [finding, ...more]: Places,
  index: ReadonlyMap<string, number>,
  blocking: ReadonlyMap<string, string[]>,
): Record<string, unknown> {
  return {
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule),
    level: [finding, ...more].some((one) => blocking.has(one.fingerprint)) ? 'error' : levelOf(finding.severity),
    message: { text: displayText(finding.message) },
    locations: [locationOf(finding)],
    // The same secret in other places: it is rotated once, and taken out of each.
    ...(more.length > 0
      ? { relatedLocations: more.map((one, id) => ({ id, ...locationOf(one), message: { text: 'the same secret' } })) }
      : {}),
    partialFingerprints: {
      'pregate/v1': finding.fingerprint,
      ...(finding.secret ? { 'pregate/secret/v1': finding.secret } : {}),
    },
    properties: {
      confidence: finding.confidence,
      severity: finding.severity,
      blocks: blocking.get(finding.fingerprint) ?? [],
      ...(finding.commit ? { commit: finding.commit } : {}),
    },
    ...(finding.introduced === undefined ? {} : { baselineState: finding.introduced ? 'new' : 'unchanged' }),
    ...(finding.suppressed
      ? { suppressions: [{ kind: suppressionKind(finding), justification: finding.suppressed.reason }] }
      : {}),
  };
}

function locationOf(finding: Finding): Record<string, unknown> {
  return { physicalLocation: { artifactLocation: { uri: uriOf(finding.path) }, region: regionOf(finding) } };
}

function suppressionKind(finding: Finding): string {
  return finding.suppressed?.by === 'comment' ? 'inSource' : 'external';
}

function regionOf(finding: Finding): Record<string, number> {
  const { line, column, endLine, endColumn } = finding.span;
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function levelOf(severity: Severity): string {
  if (severity === 'critical' || severity === 'high') return 'error';
  return severity === 'medium' ? 'warning' : 'note';
}

/** The score that GitHub's code scanning sorts by. */
function scoreOf(severity: Severity): string {
  return { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0', info: '0.0' }[severity];
}

/** RFC 3986 path: every byte outside the unreserved set is escaped, so that any git path survives. */
function uriOf(path: string): string {
  let out = '';
  for (const byte of encodePath(path)) {
    const character = String.fromCharCode(byte);
    out += /[A-Za-z0-9._~/-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
