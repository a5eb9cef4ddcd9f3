import type { FeedSetting } from '../../config/feeds.ts';
import { globMatcher } from '../../config/glob.ts';
import type { Document } from '../../model/types.ts';
import type { InputPath } from '../../rego/input-paths.ts';
import { type Effect, effectOf } from '../entrypoints.ts';
import { readsOf } from '../reachable.ts';
import { gates, type PolicyEngine, type PolicyRule } from '../types.ts';
import type { ConftestSettings } from './conftest-settings.ts';
import { parserOf, unreadFormat } from './parse.ts';
import { type Shape, shapeOf } from './shape.ts';

/** A decision of a bundle, what it is asked about, and why. */
export interface Feed extends FeedSetting {
  /** For people: why it is fed so. */
  why: string;
  /** Nobody said what it is fed; it was concluded from its rules. */
  guessed: boolean;
  /** What it was concluded to be about, for people: `Dockerfiles`. */
  about?: string;
  /** Nobody said that the gate asks it at all: why it may not. Its refusals are *depends*. */
  uncertain?: string;
  /** A warning stops as a refusal does (`fail-on-warn`). */
  strict?: boolean;
  /** Fields at the top of the input that its rules read, where these show no kind of file that is known. */
  looksFor?: { names: readonly string[]; where: string };
  /** True for the documents it is asked about. Only for `files`. */
  wants: (document: Document) => boolean;
  /** Like `wants`, by the path alone: to see whether the repository has such files at all. */
  wantsPath: (path: string) => boolean;
}

/** The package of a rule path, and the name in it that makes it an answer. */
export interface AnswerRule {
  package: string;
  rule: string;
  effect: Effect;
}

/** Rules whose name makes them an answer (`deny_x`, `warn`, `allow` …), each once. */
export function answerRules(rules: readonly PolicyRule[]): AnswerRule[] {
  const found = new Map<string, AnswerRule>();
  for (const { path, function: called } of rules) {
    if (called) continue;
    const parts = path.split('.');
    const at = parts.findIndex(
      (part, index) => index > 1 && effectOf(part) !== undefined && effectOf(part) !== 'depends',
    );
    if (at === -1) continue;
    const rule = parts[at] as string;
    const name = parts.slice(0, at).join('.');
    found.set(`${name}.${rule}`, { package: name, rule, effect: effectOf(rule) as Effect });
  }
  return [...found.values()];
}

/** True when a bundle was written for Pregate's own gates. */
export function isOwn(rules: readonly PolicyRule[]): boolean {
  return gates.some((gate) => rules.some((rule) => rule.path.startsWith(`data.pregate.${gate}.`)));
}

/** What pregate.yaml or `.manifest` say a bundle is fed. */
export function mappedFeeds(settings: readonly FeedSetting[], where: string): Feed[] {
  return settings.map((setting) => ({ ...setting, why: `as ${where} says`, guessed: false, ...wanting(setting) }));
}

function wanting(setting: FeedSetting): Pick<Feed, 'wants' | 'wantsPath'> {
  const matches = globMatcher(setting.files ?? []);
  const readable = (path: string) => setting.parser ?? parserOf(path) ?? unreadFormat(path);
  const wantsPath = (path: string) => matches(path) && readable(path) !== undefined;
  return { wantsPath, wants: (document) => document.kind === 'file' && wantsPath(document.path) };
}

/**
 * What a bundle without any mapping is asked about: every package with `deny`, `warn` or `violation`, of which those beside
 * conftest's package `main` may not be asked by the gate; else every `allow`. The input is concluded from the fields of `input` that its rules name.
 */
export function detectedFeeds(engine: PolicyEngine, settings?: ConftestSettings): Feed[] {
  const rules = engine.rules();
  const references = engine.references?.() ?? [];
  const reads = (engine.inputPaths?.() ?? []).filter(({ rule }) => !/\.(todo_)?test_\w*$/.test(rule));
  const answers = answerRules(rules);
  const listing = answers.filter((one) => one.effect === 'deny' || one.effect === 'warn');
  const main = listing.filter((one) => one.package === 'data.main');
  const chosen = listing.length > 0 ? listing.filter((one) => settings?.asks(one.package) ?? true) : answers;
  const packages = [...new Set([...(settings ? [] : main), ...chosen].map((one) => one.package))];
  return packages.map((name) => {
    const names = chosen.filter((one) => one.package === name).map((one) => one.rule);
    const own = readsOf(reads, references, [name]);
    // What another package is about says nothing of one whose own fields nobody knows.
    const shape = shapeOf(own) ?? (own.length === 0 ? shapeOf(reads) : undefined);
    const beside = settings === undefined && main.length > 0 && name !== 'data.main';
    const feed = detected(name, names, shape ?? anything);
    const looksFor = shape === undefined ? fieldsOf(own) : undefined;
    return {
      ...feed,
      ...(looksFor ? { looksFor } : {}),
      ...(beside ? { uncertain: otherNamespace } : {}),
      ...(settings ? asSet(feed, settings) : {}),
    };
  });
}

/** What `conftest.toml` says of every decision. */
function asSet({ why, input, wants, wantsPath }: Feed, settings: ConftestSettings): Partial<Feed> {
  const open = settings.unfollowed.length > 0 ? `, whose ${settings.unfollowed.join(', ')} is not followed here` : '';
  return {
    why: `${why}, as conftest.toml says (${settings.namespaces}${open})`,
    ...(settings.combine && input === 'files' ? { combine: true } : {}),
    ...(settings.parser && input === 'files' ? { parser: settings.parser } : {}),
    wants: (document) => !settings.ignores(document.path) && wants(document),
    wantsPath: (path) => !settings.ignores(path) && wantsPath(path),
    ...(settings.failOnWarn ? { strict: true } : {}),
  };
}

/** The fields at the top that rules read; undefined where they read none, or elements of a list. */
function fieldsOf(own: readonly InputPath[]): Feed['looksFor'] {
  const [first] = own;
  const names = own.map(({ path }) => path[0]);
  if (!first || !names.every((name) => name !== undefined)) return undefined;
  return { names: [...new Set(names)], where: `${first.file}:${first.line}` };
}

const otherNamespace = 'conftest asks main alone unless it is told --namespace or --all-namespaces';

const anything: Shape = {
  input: 'files',
  gate: 'push',
  what: 'every file that conftest could read',
  because: 'its rules do not show what they are about',
  path: (path) => parserOf(path) !== undefined,
  combine: false,
};

function detected(name: string, rules: readonly string[], shape: Shape): Feed {
  const style = rules.some((rule) => rule !== 'allow') ? 'conftest’s rule names' : 'a plain decision';
  return {
    decision: name,
    input: shape.input,
    gate: shape.gate,
    ...(shape.combine ? { combine: true } : {}),
    why: `${name} has ${style} (${rules.join(', ')}) and is asked about ${shape.what}, because ${shape.because}`,
    guessed: true,
    about: shape.what,
    wantsPath: shape.path,
    wants: (document) =>
      document.kind === 'file' && shape.path(document.path) && (shape.content?.(document.text, document.path) ?? true),
  };
}
