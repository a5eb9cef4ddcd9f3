import { globMatcher } from '../config/glob.ts';
import { recordIn } from '../model/json-line.ts';
import type { Problem } from '../model/types.ts';
import { isDate } from './directive.ts';
import { baselineHash, newSalt } from './hash.ts';
import { type Baseline, type BaselineEntry, type Candidate, type Verdict, verdicts } from './types.ts';

/** More slow hashes than this in one run would outlast a hook. */
const mostSecrets = 400;

export interface BaselineResult {
  baseline: Baseline | undefined;
  problems: Problem[];
}

/**
 * Reads `.pregate/baseline.jsonl`: a first line with version and salt, then one entry a line. A line that cannot be read
 * suppresses nothing and is reported, so a damaged baseline only ever closes a gate. Order and duplicates do not matter,
 * which lets git merge it by union.
 */
export function parseBaseline(text: string, path: string): BaselineResult {
  const problems: Problem[] = [];
  const bad = (line: number, why: string): void => {
    problems.push({
      code: 'baseline-invalid',
      message: `${path}:${line}: ${why}; this line suppresses nothing`,
      path,
      fatal: false,
    });
  };
  let salt: string | undefined;
  const entries = new Map<string, BaselineEntry & { line: number }>();
  for (const [index, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (raw.trim() === '') continue;
    const value = recordIn(raw);
    if (value === undefined) {
      bad(index + 1, 'not a JSON object (a merge conflict?)');
      continue;
    }
    if ('version' in value || 'salt' in value) {
      const found = readSalt(value);
      if (found === undefined) bad(index + 1, 'version is not 1 or the salt is not base64 of 16 bytes or more');
      else if (salt !== undefined && salt !== found) bad(index + 1, 'a second salt; entries made with it do not count');
      else salt = found;
      continue;
    }
    const entry = readEntry(value);
    if (typeof entry === 'string') bad(index + 1, entry);
    else if (!entries.has(keyOf(entry))) entries.set(keyOf(entry), { ...entry, line: index + 1 });
  }
  if (salt === undefined) {
    if (entries.size > 0 || problems.length > 0) bad(1, 'the line with the salt is missing, so no entry counts');
    return { baseline: undefined, problems };
  }
  return { baseline: { path, salt, entries: [...entries.values()] }, problems };
}

export interface MatchResult {
  /** Candidate → the entry that takes it out. */
  matched: Map<Candidate, BaselineEntry & { line: number }>;
  used: Set<BaselineEntry>;
  problems: Problem[];
}

/**
 * Finds the entries that name these findings. The slow hash is computed only for a secret that an entry with its rule
 * and path could name, and for `most` of them: a hook has to end, a command that a person waits for may take its time.
 */
export function matchBaseline(
  baseline: Baseline,
  candidates: readonly Candidate[],
  most: number = mostSecrets,
): MatchResult {
  const matched: MatchResult['matched'] = new Map();
  const used = new Set<BaselineEntry>();
  const problems: Problem[] = [];
  const tests = baseline.entries.map((entry) => ({ entry, fits: globMatcher([entry.path]) }));
  const hashed = new Set<string>();
  let over = 0;
  for (const candidate of candidates) {
    const { finding, identity } = candidate;
    const kind = finding.category === 'secret' ? 'secret' : 'other';
    const possible = tests.filter(({ entry, fits }) => entry.rule === finding.rule && fits(finding.path));
    if (possible.length === 0) continue;
    if (kind === 'secret' && !hashed.has(identity) && hashed.size >= most) {
      over++;
      continue;
    }
    hashed.add(identity);
    const key = baselineHash(identity, baseline.salt, kind, finding.rule);
    const hit = possible.find(({ entry }) => entry.key === key);
    if (!hit) continue;
    matched.set(candidate, hit.entry);
    used.add(hit.entry);
  }
  if (over > 0) {
    problems.push({
      code: 'baseline-too-long',
      message: `${over} secrets were not compared with the baseline: more than ${most} in one run; rotate and remove some, or exclude their files`,
      path: baseline.path,
      fatal: false,
    });
  }
  return { matched, used, problems };
}

export interface WriteOptions {
  reason: string;
  author: string;
  /** ISO date. */
  expires?: string;
  /** Salt of a new baseline; random unless told. */
  salt?: string;
  /** Entries to leave out, for example the unused ones. */
  drop?: readonly BaselineEntry[];
  /** What a person found out about all of them. */
  verdict?: Verdict;
  /** Glob of the paths for which they count; the path of each unless told. */
  path?: string;
}

/** The baseline's whole text with these findings added: salt first, then entries sorted by path, rule and key. */
export function writeBaseline(
  baseline: Baseline | undefined,
  candidates: readonly Candidate[],
  options: WriteOptions,
): string {
  const salt = baseline?.salt ?? options.salt ?? newSalt();
  const entries = new Map<string, BaselineEntry>();
  const dropped = new Set((options.drop ?? []).map(keyOf));
  for (const { line: _, ...entry } of baseline?.entries ?? []) {
    if (!dropped.has(keyOf(entry))) entries.set(keyOf(entry), entry);
  }
  for (const { finding, identity } of candidates) {
    const entry: BaselineEntry = {
      key: baselineHash(identity, salt, finding.category === 'secret' ? 'secret' : 'other', finding.rule),
      rule: finding.rule,
      path: options.path ?? (finding.path.includes('/') ? finding.path : `/${finding.path}`),
      reason: options.reason,
      author: options.author,
      ...(options.expires === undefined ? {} : { expires: options.expires }),
      ...(options.verdict === undefined ? {} : { verdict: options.verdict }),
    };
    if (!entries.has(keyOf(entry))) entries.set(keyOf(entry), entry);
  }
  return render(salt, entries.values());
}

/** What a person found out about findings of one value, and the entries that said something about them before. */
export interface Answer {
  candidates: readonly Candidate[];
  old: readonly BaselineEntry[];
  reason: string;
  author: string;
  verdict: Verdict;
}

/**
 * The baseline's text after an answer, and the entries that now hold it. Old entries keep their paths and days; a
 * finding that none of them names gets an entry of its own.
 */
export function writeAnswer(
  baseline: Baseline | undefined,
  answer: Answer,
): { text: string; entries: BaselineEntry[] } {
  const { candidates, old, reason, author, verdict } = answer;
  const salt = baseline?.salt ?? newSalt();
  const named = globMatcher(old.map((entry) => entry.path));
  const fresh = candidates.filter(({ finding }) => old.length === 0 || !named(finding.path));
  const own = parseBaseline(writeBaseline(undefined, fresh, { reason, author, verdict, salt }), '').baseline?.entries;
  const answered = [...old.map((entry) => ({ ...entry, reason, author, verdict })), ...(own ?? [])];
  const entries = new Map((baseline?.entries ?? []).map((entry) => [keyOf(entry), entry as BaselineEntry]));
  for (const entry of answered) entries.set(keyOf(entry), entry);
  return { text: render(salt, entries.values()), entries: answered };
}

function render(salt: string, entries: Iterable<BaselineEntry & { line?: number }>): string {
  const lines = [...entries].sort(byPlace).map(({ line: _, ...entry }) => JSON.stringify(entry));
  return `${[JSON.stringify({ version: 1, salt }), ...lines].join('\n')}\n`;
}

function byPlace(a: BaselineEntry, b: BaselineEntry): number {
  const left = keyOf(a);
  const right = keyOf(b);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Same finding, same place: the key under which two lines are one. */
export function keyOf(entry: BaselineEntry): string {
  return `${entry.path}\0${entry.rule}\0${entry.key}`;
}

function readSalt(value: Record<string, unknown>): string | undefined {
  const { version, salt } = value;
  if (version !== 1 || typeof salt !== 'string' || !/^[A-Za-z0-9+/]{22,128}={0,2}$/.test(salt)) return undefined;
  return salt;
}

function readEntry(value: Record<string, unknown>): BaselineEntry | string {
  const { key, rule, path, reason, author, expires, verdict } = value;
  if (typeof key !== 'string' || !/^[sh]:[A-Za-z0-9_-]{32}$/.test(key)) return '`key` is missing or malformed';
  if (typeof rule !== 'string' || rule === '') return '`rule` is missing';
  if (typeof path !== 'string' || path === '') return '`path` is missing';
  if (typeof reason !== 'string' || reason.trim() === '') return '`reason` is missing';
  if (typeof author !== 'string') return '`author` is missing';
  if (expires !== undefined && (typeof expires !== 'string' || !isDate(expires)))
    return '`expires` is not a date such as 2026-03-31';
  if (verdict !== undefined && !verdicts.includes(verdict as Verdict))
    return `\`verdict\` must be one of ${verdicts.join(', ')}`;
  return {
    key,
    rule,
    path,
    reason,
    author,
    ...(expires === undefined ? {} : { expires: expires as string }),
    ...(verdict === undefined ? {} : { verdict: verdict as Verdict }),
  };
}
