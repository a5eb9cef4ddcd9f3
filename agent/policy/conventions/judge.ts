import type { Document, Problem } from '../../model/types.ts';
import type { BodyExplanation } from '../../rego/explain.ts';
import { type Entrypoint, rulesAt } from '../entrypoints.ts';
import { evaluateGate } from '../evaluate.ts';
import type { FurtherAnswer, FurtherJudge, FurtherQuestion } from '../further.ts';
import type { Statement } from '../statements.ts';
import type { PolicyBundle, PolicyEngine, PolicyRule } from '../types.ts';
import { unreadComponents } from '../unread-components.ts';
import { type Ask, asksOf } from './asks.ts';
import { type ConformaConfig, conformaConfig, conformaResult } from './conforma.ts';
import { seesFile, testInput } from './conftest.ts';
import { missingData } from './data.ts';
import { type Decision, decisionsOf, entriesOf, entryOf } from './decisions.ts';
import type { Feed } from './feeds.ts';
import { nearMiss } from './near-miss.ts';
import { placeOfLine, quotedLeaf } from './where.ts';
import { explainFeed } from './why.ts';

export interface ForeignPolicy {
  engine: PolicyEngine;
  bundle: PolicyBundle;
  feeds: readonly Feed[];
  /** Which data was taken from files that OPA would not read, a line for each. */
  supplied?: readonly string[];
  /** Every path of the repository, to tell "not in this change" from "nowhere"; undefined where that was not read. */
  tree?: readonly string[];
  /** Files that the change does not touch, for decisions that are asked about all files at once. */
  related: readonly Document[];
}

/**
 * A judge for bundles that were not written for Pregate: each feed asks its decisions about its own inputs, with the
 * meaning that conftest or plain OPA give to the answers. Nothing asked is an error, never a pass.
 */
export function foreignJudge(policy: ForeignPolicy): FurtherJudge {
  const conforma = conformaConfig(policy.bundle.candidates);
  return (question) =>
    policy.feeds
      .filter((feed) => question.gates.includes(feed.gate))
      .map((feed) => ({
        gate: feed.gate,
        ...judgeFeed(feed, { ...policy, conforma, traces: { left: 50 } }, question),
      }));
}

/** What one feed is judged with. */
interface Judging extends ForeignPolicy {
  conforma: ConformaConfig | undefined;
  /** How many evaluations may still be traced to find which body spoke; a trace costs more than an answer. */
  traces: { left: number };
}

type Said = Pick<FurtherAnswer, 'statements' | 'problems'>;

/** What a decision says that the gate may not ask: a refusal or a mistake of it is open, a warning is told. */
function hedged({ uncertain, decision }: Feed, said: Said): Said {
  if (uncertain === undefined) return said;
  const open = (statement: Statement): Statement => {
    if (statement.effect === 'note') return statement;
    const message = `${statement.message} (if the gate asks ${decision}: ${uncertain})`;
    return { ...statement, message, effect: statement.effect === 'warn' ? 'note' : 'depends' };
  };
  const broken = said.problems.map(
    ({ message }): Statement => open({ effect: 'depends', message, entry: entryOf(decision) }),
  );
  return { statements: [...said.statements.map(open), ...broken], problems: [] };
}

function judgeFeed(feed: Feed, policy: Judging, question: FurtherQuestion): Omit<FurtherAnswer, 'gate'> {
  const decisions = decisionsOf(feed.decision, policy.engine);
  const [first] = decisions;
  if (!first) return failed(`${feed.decision} has no rule that answers (deny, violation, warn or allow)`);
  const { asks, ...asked } = asksOf(feed, question, policy.related);
  const strange = asks.length > 0 ? unknownShape(feed, policy, asks, first.entry) : undefined;
  const out: Said = { statements: [], problems: [...asked.problems] };
  const add = (said: Said) => {
    out.statements.push(...said.statements);
    out.problems.push(...said.problems);
  };
  if (feed.guessed)
    out.statements.push(
      note(first.entry, `As detected: ${feed.why}. Where that is wrong, policy.feeds says what it is asked about`),
    );
  if (asks.length === 0 && asked.unread.length === 0) add(nothingAsked(feed, policy, question, first.entry));
  if (asks.length > 0) out.statements.push(...dataStatements(feed, decisions, policy, first.entry));
  for (const unread of asked.unread) add(notRead(unread.document, unread.why, feed, first.entry));
  if (strange) out.statements.push(...strange);
  else
    for (const ask of asks) for (const decision of decisions) add(answer(decision, ask, feed, policy, question.nowNs));
  if (feed.input === 'gate.input')
    out.statements.push(...unreadComponents(policy.engine, pathsOf(decisions), question.collected, first.entry));
  const entries = decisions.flatMap((one) => entriesOf(one, policy.engine));
  return { ...hedged(feed, out), ...explainFeed(feed, entries, asks, { ...policy, ...question, said: out }) };
}

/**
 * A policy whose fields no file has was written about something that is not known here: its rules would be silent about
 * all of it, or speak because what they look for is missing, and neither is an answer.
 */
function unknownShape(
  feed: Feed,
  { feeds }: Judging,
  asks: readonly Ask[],
  entry: Entrypoint,
): Statement[] | undefined {
  const { looksFor } = feed;
  if (!looksFor || asks.some(({ input }) => looksFor.names.some((name) => hasField(input, name)))) return undefined;
  // A library has dozens of packages about the same thing: the first speaks for all.
  const names = looksFor.names.join();
  const alike = feeds.filter((other) => other.looksFor?.names.join() === names);
  if (alike[0] !== feed) return [];
  const more = alike.length > 1 ? ` and ${alike.length - 1} more` : '';
  const fields = looksFor.names.slice(0, 3).map((name) => `input.${name}`);
  const message = `The rules of ${feed.decision}${more} read ${fields.join(', ')} (${looksFor.where}), which no file here has, so what the gate asks them about is not known`;
  const remedy = 'Say it with policy.feeds in pregate.yaml (docs/central-policy.md).';
  return [{ effect: 'depends', rule: 'unknown-shape', message, remedy, entry }];
}

function hasField(input: unknown, name: string): boolean {
  return typeof input === 'object' && input !== null && Object.hasOwn(input, name);
}

function pathsOf(decisions: readonly Decision[]): string[] {
  return decisions.map((one) => (one.kind === 'package' ? one.name : one.entry.path));
}

/** Data that was found, as a note; data that is nowhere makes the answer depend on it: a rule that needs it is silent. */
function dataStatements(
  feed: Feed,
  decisions: readonly Decision[],
  { engine, feeds, supplied }: ForeignPolicy,
  entry: Entrypoint,
): Statement[] {
  const missing = missingData(engine, pathsOf(decisions));
  const names = missing.slice(0, 3).map(({ name, where }) => `${name} (${where})`);
  const more = missing.length > names.length ? [`${missing.length - names.length} more`] : [];
  const message = `The rules read ${[...names, ...more].join(', ')}, which this bundle does not hold, so their answer is not known here`;
  const remedy = 'Put it into data.json or data.yaml of the bundle, or name its bundle in policy.bundles.';
  return [
    ...(feed === feeds[0] ? (supplied ?? []) : []).map((one) => note(entry, one)),
    ...(missing.length > 0 ? [{ effect: 'depends' as const, rule: 'missing-data', message, remedy, entry }] : []),
  ];
}

function answer(decision: Decision, ask: Ask, feed: Feed, policy: Judging, nowNs: bigint): Said {
  const { engine, bundle, conforma } = policy;
  const file = seesFile(bundle) ? ask.file : undefined;
  const said =
    decision.kind === 'package' && feed.input === 'files'
      ? testInput(engine, decision.name, ask.input, { nowNs, ...(file ? { file } : {}) })
      : evaluateGate(engine, entriesOf(decision, engine), ask.input, nowNs, ask.unknown);
  const exactness = feed.guessed || feed.input === 'admission' ? 'approximate' : 'exact';
  return {
    statements: said.statements.map((statement) => {
      const strict = feed.strict && statement.effect === 'warn' ? { effect: 'deny' as const } : {};
      const near = nearMiss(statement, () => tracedBodies(statement, ask, policy, nowNs));
      const one = { ...statement, ...near, ...strict };
      const { rule, certain } = ruleOf(one, ask, policy, nowNs);
      return {
        exactness,
        ...(rule ? { source: { file: rule.file, line: rule.line } } : {}),
        ...(rule?.remedy !== undefined && certain ? { remedy: rule.remedy } : {}),
        ...one,
        ...conformaResult(one, certain ? rule : undefined, conforma, Number(nowNs / 1_000_000n)),
        ...placed(one, ask, engine, nowNs),
      };
    }),
    problems: said.problems,
  };
}

function tracedBodies(
  { entry }: Pick<Statement, 'entry'>,
  ask: Ask,
  { engine, traces }: Judging,
  nowNs: bigint,
): readonly BodyExplanation[] {
  if (traces.left-- <= 0) return [];
  return engine.explain?.(entry.path, ask.input, nowNs, entry.query ?? entry.path) ?? [];
}

/**
 * The rule that says so: the one whose METADATA has the id the statement gives, else the only one, else the only one whose
 * body fired. A remedy of another rule would send people to the wrong place.
 */
function ruleOf(
  { rule: code, entry }: Statement,
  ask: Ask,
  policy: Judging,
  nowNs: bigint,
): { rule: PolicyRule | undefined; certain: boolean } {
  const own = rulesAt(policy.engine.rules(), entry.path);
  const named = own.find(({ id }) => id !== undefined && (code === id || code?.endsWith(`.${id}`)));
  if (named || own.length < 2) return { rule: named ?? own[0], certain: true };
  const fired = tracedBodies({ entry }, ask, policy, nowNs).filter((one) => one.fired);
  const [only] = fired;
  const rule = fired.length === 1 && own.find((one) => one.file === only?.file && one.line === only.line);
  return rule ? { rule, certain: true } : { rule: own[0], certain: false };
}

/** Where a statement points: where it says so itself, else the leaf its message quotes, else the input as a whole. */
function placed(statement: Statement, ask: Ask, engine: PolicyEngine, nowNs: bigint): Pick<Statement, 'place'> {
  if (statement.call) return {};
  const document = ask.document ?? ask.documents?.find((one) => one.path === statement.file);
  if (statement.line !== undefined && document) return { place: placeOfLine(document, statement.line) };
  const pointer = statement.at ?? quoted(statement, ask, engine, nowNs) ?? '';
  const place = ask.place(pointer);
  return place ? { place } : {};
}

function quoted(statement: Statement, ask: Ask, engine: PolicyEngine, nowNs: bigint): string | undefined {
  if (statement.effect !== 'deny' && statement.effect !== 'warn') return undefined;
  const query = statement.entry.query ?? statement.entry.path;
  const { reads } = engine.evaluate([query], ask.input, { nowNs, reads: true });
  return reads === undefined ? undefined : quotedLeaf(statement.message, reads, ask.input);
}

/**
 * Nothing of this change is fed to the decision: fine where the repository has such inputs. Where it has none, a pattern that
 * somebody wrote is a mistake; what was concluded from the rules is about another kind of repository, which is said.
 */
function nothingAsked(feed: Feed, policy: ForeignPolicy, { collected }: FurtherQuestion, entry: Entrypoint): Said {
  const what = feed.files ? feed.files.join(', ') : feed.input === 'files' ? 'such files' : inputs[feed.input];
  const whole = collected.scope !== 'text' && collected.scope !== 'paths';
  const exists =
    feed.uncertain !== undefined || feed.input !== 'files' || (policy.tree ?? []).some((path) => feed.wantsPath(path));
  if (whole && !exists && !feed.guessed)
    return failed(`Nothing in this repository is fed to ${feed.decision} (${what})`);
  if (whole && !exists) {
    const message = `Nothing to judge: ${feed.decision} is about ${feed.about ?? 'files'}, and this repository has none`;
    return { statements: [{ ...note(entry, message), rule: 'nothing-to-judge' }], problems: [] };
  }
  const message = `${feed.decision} was asked about nothing: no ${feed.input === 'files' ? 'file' : 'part'} of this change is fed to it (${what})`;
  return { statements: [{ ...note(entry, message), exactness: 'exact' }], problems: [] };
}

const inputs = { 'gate.input': 'the push', admission: 'manifests', pipelines: 'pipelines', files: 'files' } as const;

/** The real gate would fail on a file it cannot read; where it was only guessed that it is asked about it, that is open. */
function notRead(document: Document, why: string, feed: Feed, entry: Entrypoint): Said {
  const message = `${document.path} was not judged by ${feed.decision}: ${why}`;
  if (!feed.guessed) return failed(message, document.path);
  const place = { path: document.path };
  return { statements: [{ effect: 'depends', message, entry, place }], problems: [] };
}

function note(entry: Entrypoint, message: string): Statement {
  return { effect: 'note', rule: 'fed', message, entry, exactness: 'approximate' };
}

function failed(message: string, path?: string): Said {
  const problem: Problem = {
    code: 'policy-feed',
    message: `${message}, so the gate was not decided. policy.feeds in pregate.yaml says what a decision is asked about`,
    fatal: true,
    ...(path === undefined ? {} : { path }),
  };
  return { statements: [], problems: [problem] };
}
