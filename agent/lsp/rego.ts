import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { type CodeLens, type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { builtinsOfHosts } from '../cli/policy/beside.ts';
import { readAll, SourceError } from '../cli/policy/sources.ts';
import { localsText } from '../model/values-text.ts';
import { type RegoTest, runTests } from '../policy/test.ts';
import { compile, parseModule, type RegoError, type RegoModule, toJson } from '../rego/index.ts';
import { filePathOf } from './uri.ts';

/** A folder with more Rego than this is not compiled while typing: the file is looked at by itself. */
const MAX_FILES = 500;
const MAX_BYTES = 4_000_000;
/** What all tests of a folder may take after a save. */
const TEST_MS = 1500;
const TEST_STEPS = 2_000_000;

export interface RegoOptions {
  documents: () => readonly TextDocument[];
  /** The folder a file belongs to: its repository or workspace folder. */
  baseOf: (file: string) => string | undefined;
  trusted: () => boolean;
}

export interface RegoChecks {
  /** Errors of our parser and compiler in the file, and in a trusted folder its failed tests when what is shown is what is saved. */
  diagnostics(uri: string): Promise<Diagnostic[]>;
  /** The outcome of each test beside its rule, as of the last look at the saved file. */
  lenses(uri: string): CodeLens[];
}

export function isRego(uri: string): boolean {
  return uri.startsWith('file:') && uri.endsWith('.rego');
}

/** Diagnostics of `.rego` documents: the whole folder is compiled, so that a rule of another file counts. */
export function createRegoChecks(options: RegoOptions): RegoChecks {
  const outcomes = new Map<string, RegoTest[]>();
  return {
    diagnostics: async (uri) => {
      const file = filePathOf(uri);
      const text = options
        .documents()
        .find((d) => d.uri === uri)
        ?.getText();
      if (file === undefined || text === undefined || !isRego(uri)) return [];
      const set = await packageSet(file, text, options);
      const texts = set.modules.map((module) => module.text);
      const { policy, errors } = compile(set.modules, {
        version: set.version,
        dataJson: set.dataJson,
        ...(await builtinsOfHosts(texts, '/')),
      });
      if (!policy) {
        outcomes.delete(uri);
        return errors.filter((e) => e.path === file).map((e) => diagnosticOf(e, text));
      }
      // The deadline does not reach into a single call of a builtin: where nobody trusts the folder, nothing of it is evaluated.
      if (!options.trusted()) outcomes.delete(uri);
      if (!options.trusted() || !(await isSaved(file, text))) return [];
      const end = performance.now() + TEST_MS;
      const only = testsIn(policy.rules(), file);
      if (only === undefined) return [];
      const { tests } = runTests(policy, {
        nowNs: BigInt(Date.now()) * 1_000_000n,
        only,
        maxSteps: TEST_STEPS,
        clock: () => performance.now(),
        deadline: () => performance.now() > end,
      });
      const own = tests.filter((test) => test.file === file);
      outcomes.set(uri, own);
      return own.flatMap((test) => failureOf(test, text));
    },
    lenses: (uri) =>
      (outcomes.get(uri) ?? []).map((test) => ({
        range: lineRange(test.line, 1, ''),
        command: { title: lensTitle(test), command: '' },
      })),
  };
}

interface PackageSet {
  modules: RegoModule[];
  version: 'v0' | 'v1';
  dataJson: string;
}

/** The file with the Rego and data of its folder; what does not parse elsewhere is another file's diagnostic. */
async function packageSet(file: string, text: string, options: RegoOptions): Promise<PackageSet> {
  const alone: PackageSet = { modules: [{ path: file, text }], version: versionOf([text]), dataJson: '{}' };
  const base = options.trusted() ? options.baseOf(file) : undefined;
  if (base === undefined) return alone;
  try {
    const limits = { files: MAX_FILES, bytes: MAX_BYTES, list };
    const { modules, data } = await readAll([rootOf(base, file)], '/', limits);
    const open = new Map(options.documents().map((d) => [filePathOf(d.uri), d.getText()]));
    const all = modules.map(({ path }, i) => {
      const absolute = path.startsWith(sep) ? path : join('/', path);
      return { path: absolute, text: open.get(absolute) ?? (modules[i] as RegoModule).text };
    });
    const others = all.filter((m) => m.path !== file);
    const version = versionOf([text, ...others.map((m) => m.text)]);
    const parsed = others.filter((m) => parseModule(m.path, m.text, version).errors.length === 0);
    return { modules: [{ path: file, text }, ...parsed], version, dataJson: toJson(data) };
  } catch (error) {
    if (error instanceof SourceError) return alone;
    throw error;
  }
}

function list(folder: string): Promise<Dirent[]> {
  return readdir(folder, { recursive: true, withFileTypes: true });
}

/** The first folder below the base: policies of one repository seldom share packages beyond it. */
function rootOf(base: string, file: string): string {
  const [first] = relative(base, dirname(file)).split(sep);
  return first === undefined || first === '' ? dirname(file) : join(base, first);
}

/** v0 when more files read as v0 only than as v1 only. */
function versionOf(texts: readonly string[]): 'v0' | 'v1' {
  let old = 0;
  for (const text of texts) {
    const [v1, v0] = (['v1', 'v0'] as const).map((version) => parseModule('', text, version).errors.length === 0);
    if (v1 !== v0) old += v0 ? 1 : -1;
  }
  return old > 0 ? 'v0' : 'v1';
}

async function isSaved(file: string, text: string): Promise<boolean> {
  try {
    return (await readFile(file, 'utf8')) === text;
  } catch {
    return false;
  }
}

function testsIn(rules: readonly { path: string; file: string }[], file: string): RegExp | undefined {
  const own = rules.filter((r) => r.file === file && /\.(todo_)?test_[^.]*$/.test(r.path)).map((r) => r.path);
  return own.length === 0
    ? undefined
    : new RegExp(`^(?:${own.map((path) => path.replace(/[^\w]/g, '\\$&')).join('|')})$`);
}

function diagnosticOf(error: RegoError, text: string): Diagnostic {
  return {
    range: lineRange(Math.max(1, error.line ?? 1), columnOf(error, text), text),
    severity: DiagnosticSeverity.Error,
    source: 'pregate rego',
    code: error.code,
    message: error.message,
  };
}

/**
 * OPA points at the expression an unsafe variable stands in; the variable itself is easier to see. The end of a text has a column
 * of zero, which editors do not know.
 */
function columnOf(error: RegoError, text: string): number {
  const column = Math.max(1, error.column ?? 1);
  const name = /^var (\w+) is unsafe$/.exec(error.message)?.[1];
  const rest = (text.split('\n')[(error.line ?? 1) - 1] ?? '').slice(column - 1);
  const at = name === undefined ? -1 : rest.search(new RegExp(`\\b${name}\\b`));
  return at < 0 ? column : column + at;
}

function failureOf(test: RegoTest, text: string): Diagnostic[] {
  if (test.outcome !== 'fail' && test.outcome !== 'error') return [];
  const name = test.path.slice(test.path.lastIndexOf('.') + 1);
  const { line, column, text: source, locals } = test.failure ?? { line: test.line, column: 1, text: '', locals: {} };
  const why = test.detail ?? `${source.replace(/\s*\n\s*/g, ' ')}${localsText(locals)}`;
  const message = test.outcome === 'error' ? `${name}: ${why}` : `${name} fails${why === '' ? '' : `: ${why}`}`;
  const range = lineRange(line, column, text);
  return [{ range, severity: DiagnosticSeverity.Warning, source: 'pregate rego', code: 'rego-test', message }];
}

function lensTitle(test: RegoTest): string {
  const took = test.ms === undefined ? '' : ` (${test.ms.toFixed(1)} ms)`;
  return { pass: `✓ passes${took}`, fail: '✗ fails', error: '✗ error', skip: 'skipped' }[test.outcome];
}

/** From a place, counted from 1, to the end of the word there, or the end of the line where there is none. */
function lineRange(line: number, column: number, text: string): Range {
  const source = text.split('\n')[line - 1] ?? '';
  const rest = source.slice(column - 1).replace(/\s+$/, '');
  const word = /^[\w.]+/.exec(rest)?.[0] ?? rest;
  const start = { line: line - 1, character: column - 1 };
  return { start, end: { line: line - 1, character: column - 1 + word.length } };
}
