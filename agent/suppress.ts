import { closest } from './config/closest.ts';
import { lineStarts, lineText, ownText } from './model/document.ts';
import type { Document, Draft, Finding, Range, Suppression } from './model/types.ts';
import { keyOf, matchBaseline, parseBaseline } from './suppress/baseline.ts';
import { type Directive, directivesIn, forms } from './suppress/directive.ts';
import { removalEdit } from './suppress/edit.ts';
import { foreignMark } from './suppress/foreign.ts';
import type { Baseline, BaselineEntry, Candidate, SuppressInput, SuppressResult } from './suppress/types.ts';

/**
 * Takes out the findings that a person has answered for: by a comment on the line (or above it), by a neighbour's
 * comment, or by an entry of the baseline. Nothing is dropped: what is taken out keeps its finding, with the reason.
 * Reports suppressions that are void, late or idle. Pure; `now` is the only clock.
 */
export function applySuppressions(input: SuppressInput): SuppressResult {
  const today = input.now.slice(0, 10);
  const comments = new Comments(input, today);
  const open: Candidate[] = [];
  const suppressed: Finding[] = [];
  for (const candidate of input.candidates) {
    const suppression = comments.find(candidate.finding);
    if (!suppression) {
      open.push(candidate);
      continue;
    }
    candidate.finding.suppressed = suppression;
    suppressed.push(candidate.finding);
  }
  const listed = fromBaseline(input, open, today);
  return {
    kept: open.filter(({ finding }) => finding.suppressed === undefined).map(({ finding }) => finding),
    suppressed: [...suppressed, ...listed.suppressed],
    stale: [...comments.stale(), ...listed.stale],
    problems: listed.problems,
  };
}

interface Known {
  document: Document;
  directive: Directive;
  used: boolean;
  expired: boolean;
}

/** The directives of every document, found when a finding or the report of idle ones first asks. */
class Comments {
  readonly #input: SuppressInput;
  readonly #today: string;
  readonly #documents = new Map<string, Document>();
  readonly #directives = new Map<Document, Known[]>();
  readonly #base = new Map<string, Set<string>>();
  readonly #refused: { finding: Finding; draft: Draft & { rule: string } }[] = [];

  constructor(input: SuppressInput, today: string) {
    this.#input = input;
    this.#today = today;
    for (const document of input.documents) {
      const key = keyOfPlace(document);
      // A target stands before a context document of the same path.
      if (!this.#documents.has(key)) this.#documents.set(key, document);
    }
  }

  find(finding: Finding): Suppression | undefined {
    const document = this.#documents.get(keyOfPlace(finding));
    if (!document) return undefined;
    for (const known of this.#of(document)) {
      const { directive } = known;
      if (directive.line !== finding.span.line || !directive.rules.includes(finding.rule)) continue;
      if (directive.fault !== undefined) continue;
      known.used = true;
      if (known.expired || this.#refuses(finding, document, directive.range)) continue;
      return {
        by: 'comment',
        reason: directive.reason,
        ...(directive.until === undefined ? {} : { expires: directive.until }),
        path: document.path,
        range: directive.range,
        introduced: this.#isNew(document, saying(directive)),
      };
    }
    const mark = this.#input.rights?.foreign === false ? undefined : foreignMark(document, finding);
    if (!mark || this.#refuses(finding, document, mark.range)) return undefined;
    return {
      by: 'comment',
      reason: `no reason given (${mark.name})`,
      path: document.path,
      range: mark.range,
      introduced: this.#isNew(document, mark.name),
    };
  }

  /** A token whose checksum is right was issued: whoever wrote that it is none was wrong, whatever the reason says. */
  #refuses(finding: Finding, document: Document, range: Range): boolean {
    if (!finding.proven || this.#input.rights?.proven) return false;
    const identity = `${finding.rule}\0refused`;
    const message = `A comment does not hide a ${finding.rule} whose checksum is valid, so it does not count`;
    if (!this.#refused.some(({ draft }) => draft.path === document.path && draft.range[0] === range[0])) {
      const draft = { rule: 'suppression-refused', path: document.path, range, message, identity };
      this.#refused.push({ finding, draft });
    }
    return true;
  }

  /** Directives that do not count or have nothing to do, in the documents that were judged. */
  stale(): (Draft & { rule: string })[] {
    // Said only while nothing else answers for the token: an entry of the baseline may.
    const refused = this.#refused.filter(({ finding }) => finding.suppressed === undefined);
    const drafts = refused.map(({ draft }) => draft);
    const targets = this.#input.targets ?? new Set(this.#input.documents);
    let ran: ReadonlySet<string> | undefined;
    let known: ReadonlySet<string> | undefined;
    for (const document of targets) {
      for (const one of this.#of(document)) {
        // Few documents have a directive, and every one of them is met here.
        ran ??= new Set(this.#input.ran);
        known ??= this.#input.known === undefined ? undefined : new Set([...this.#input.known, ...ran]);
        const draft = staleOf(document, one, ran, known);
        if (draft) drafts.push(draft);
      }
    }
    return drafts;
  }

  #of(document: Document): Known[] {
    let list = this.#directives.get(document);
    if (!list) {
      list = directivesIn(document).map((directive) => ({
        document,
        directive,
        used: false,
        expired: directive.until !== undefined && directive.until < this.#today,
      }));
      this.#directives.set(document, list);
    }
    return list;
  }

  #isNew(document: Document, said: string): boolean {
    if (!(this.#input.hasBase ?? this.#input.base.length > 0)) return false;
    let old = this.#base.get(document.path);
    if (!old) {
      const base = this.#input.base.find((one) => one.path === document.path);
      old = new Set(base ? directivesIn(base).map(saying) : []);
      for (const name of foreignNames) if (base?.text.includes(name)) old.add(name);
      this.#base.set(document.path, old);
    }
    return !old.has(said);
  }
}

/** A neighbour's mark carries no text of its own, so that its presence in the base is all that can be compared. */
const foreignNames = [
  'gitleaks:allow',
  'betterleaks:allow',
  'trufflehog:ignore',
  'ggignore',
  'pragma: allowlist secret',
  'pragma: allowlist nextline secret',
  'secretlint-disable-line',
  'secretlint-disable-next-line',
  'secretlint-disable',
  'zizmor: ignore',
  'hadolint ignore',
  'ratchet:exclude',
  'nosemgrep',
];

function staleOf(
  document: Document,
  { directive, used, expired }: Known,
  ran: ReadonlySet<string>,
  known: ReadonlySet<string> | undefined,
): (Draft & { rule: string }) | undefined {
  const draft = (rule: string, message: string): Draft & { rule: string } => ({
    rule,
    path: document.path,
    range: directive.range,
    message,
    identity: saying(directive),
  });
  if (directive.form !== undefined) {
    // Two words exist: the one that is nearer to what was written is the one that was meant.
    const meant = closest(directive.form, forms) ?? forms[1];
    return draft(
      'suppression-malformed',
      `There is no ${directive.form}, so it does not count; did you mean ${meant}?`,
    );
  }
  const strange = known && directive.rules.find((rule) => !known.has(rule));
  if (directive.fault === 'no-rule')
    return draft('suppression-malformed', 'Suppression names no rule, so it does not count');
  if (strange !== undefined) return draft('suppression-malformed', strangeRule(strange, [...(known ?? [])]));
  if (directive.fault === 'no-reason') {
    return draft(
      'suppression-without-reason',
      `Suppression of ${directive.rules.join(', ')} gives no reason, so it does not count`,
    );
  }
  if (directive.fault === 'bad-date')
    return draft('suppression-malformed', 'Suppression has a date that is none, so it does not count');
  if (expired) {
    return draft(
      'suppression-expired',
      `Suppression of ${directive.rules.join(', ')} ended on ${directive.until}: it no longer counts`,
    );
  }
  if (used || !directive.rules.every((rule) => ran.has(rule))) return undefined;
  return {
    ...draft('suppression-unused', `Suppression of ${directive.rules.join(', ')} has nothing to suppress`),
    fixes: () => [
      {
        title: 'Remove the suppression',
        edits: [removalEdit(document, directive.range[0], directive.range[1])],
        safe: true,
      },
    ],
  };
}

/** What is said of a rule that nobody has. A name may be as long as its line, so it is cut. */
function strangeRule(rule: string, known: readonly string[]): string {
  const near = closest(rule, known);
  const shown = rule.length > 60 ? `${rule.slice(0, 59)}…` : rule;
  return `Suppression names ${shown}, which is no rule${near === undefined ? '' : `; did you mean ${near}?`}`;
}

interface Listed {
  suppressed: Finding[];
  stale: (Draft & { rule: string })[];
  problems: SuppressResult['problems'];
}

function fromBaseline(input: SuppressInput, open: readonly Candidate[], today: string): Listed {
  const { baseline, baselinePath } = input;
  if (!baseline) return { suppressed: [], stale: [], problems: [] };
  const { matched, used, problems } = matchBaseline(baseline, open);
  const before = baseBaseline(input);
  const suppressed: Finding[] = [];
  for (const [{ finding }, entry] of matched) {
    if (entry.expires !== undefined && entry.expires < today) continue;
    finding.suppressed = {
      by: 'baseline',
      reason: entry.reason,
      ...(entry.expires === undefined ? {} : { expires: entry.expires }),
      path: baselinePath,
      ...rangeOf(input, baseline, entry.line),
      introduced: before !== undefined && !before.has(keyOf(entry)),
    };
    suppressed.push(finding);
  }
  return { suppressed, stale: staleEntries(input, baseline, used, today), problems };
}

/** Keys of the entries on the base side; `undefined` where there is no base to compare with. */
function baseBaseline(input: SuppressInput): Set<string> | undefined {
  if (!(input.hasBase ?? input.base.length > 0)) return undefined;
  const document = input.base.find((one) => one.path === input.baselinePath);
  const parsed = document ? parseBaseline(ownText(document), document.path).baseline : undefined;
  return new Set((parsed?.entries ?? []).map(keyOf));
}

function staleEntries(
  input: SuppressInput,
  baseline: Baseline,
  used: ReadonlySet<BaselineEntry>,
  today: string,
): (Draft & { rule: string })[] {
  const drafts: (Draft & { rule: string })[] = [];
  const ran = new Set(input.ran);
  const seen = new Set([...(input.targets ?? input.documents)].map((document) => document.path));
  for (const entry of baseline.entries) {
    const expired = entry.expires !== undefined && entry.expires < today;
    // A glob may also name files that were not looked at; only an exact path or a complete run can say "unused".
    const looked = input.complete || seen.has(entry.path.replace(/^\//, ''));
    const idle = !used.has(entry) && looked && ran.has(entry.rule);
    if (!(expired && used.has(entry)) && !idle) continue;
    drafts.push({
      rule: idle ? 'suppression-unused' : 'suppression-expired',
      path: input.baselinePath,
      range: rangeOf(input, baseline, entry.line).range ?? [0, 0],
      message: idle
        ? `Baseline entry for ${entry.rule} in ${entry.path} matches nothing any more`
        : `Baseline entry for ${entry.rule} in ${entry.path} ended on ${entry.expires}: it no longer counts`,
      identity: keyOf(entry),
    });
  }
  return drafts;
}

function rangeOf(input: SuppressInput, baseline: Baseline, line: number): { range?: readonly [number, number] } {
  const document = input.documents.find((one) => one.path === baseline.path);
  const start = document && lineStarts(document)[line - 1];
  return document === undefined || start === undefined
    ? {}
    : { range: [start, start + lineText(document, line).length] };
}

function keyOfPlace({ path, commit }: { path: string; commit?: string }): string {
  return `${commit ?? ''}\0${path}`;
}

/** What a directive says, whatever line it stands on: the same sentence in the base is the same suppression. */
function saying({ rules, reason, until, form }: Directive): string {
  const said = `${[...rules].sort().join(',')}\0${reason}\0${until ?? ''}`;
  return form === undefined ? said : `${said}\0${form}`;
}

export { keyOf, matchBaseline, parseBaseline, writeAnswer, writeBaseline } from './suppress/baseline.ts';
export { directivesIn } from './suppress/directive.ts';
export { suppressionEdit } from './suppress/edit.ts';
export { baselineHash, newSalt } from './suppress/hash.ts';
export { suppressionMetas } from './suppress/metas.ts';
export type { Baseline, BaselineEntry, Candidate, SuppressInput, SuppressResult, Verdict } from './suppress/types.ts';
