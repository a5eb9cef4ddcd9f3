import { configNames } from '../config/parse.ts';
import { loadPolicy, ownPatterns } from '../gate/check.ts';
import { collect } from '../gate/collect.ts';
import { type Judgement, judge, needsModels } from '../gate/judge.ts';
import type { Collected } from '../gate/types.ts';
import { documentFromText } from '../model/document.ts';
import { followEdit } from '../model/secrets/index.ts';
import { textSubjects } from '../model/subjects-text.ts';
import type { Document, DocumentKind, RepoPath } from '../model/types.ts';
import { modelRules, textRules } from '../rules/registry.ts';

/** Text that an editor holds, and where it belongs. */
export interface TextInput {
  /** Root of its repository; undefined for text that belongs to none, and in Restricted Mode. */
  root: string | undefined;
  path: RepoPath;
  text: string;
  kind: DocumentKind;
}

export interface TextChecker {
  check(input: TextInput): Promise<Judgement>;
  /** Forgets what was read of a repository: its companions, configuration and policy have changed. */
  forget(root?: string): void;
}

/** Texts whose companions are kept. Each holds a few documents, so that a hundred open files stay cheap. */
const KEPT = 64;
/** Repositories whose patterns keep a thread. */
const KEPT_THREADS = 4;

/**
 * The keystroke path. What does not change while a person types (configuration, lockfiles and other companions, policy,
 * rules) is read once per file and kept; a keystroke only parses and judges the text itself.
 * `folder` is where text without a repository is judged: a folder that holds no configuration.
 */
export function createTextChecker(folder: string): TextChecker {
  const kept = new Map<string, Promise<Collected>>();
  const last = new Map<string, Document>();
  const policies = new Map<string, ReturnType<typeof loadPolicy>>();
  const patterns = new Map<string, ReturnType<typeof ownPatterns>>();

  const collected = (input: TextInput): Promise<Collected> => {
    const key = keyOf(input);
    // The configuration file is its own companion: what it says has to be read anew with every change.
    const known = isConfig(input.path) ? undefined : kept.get(key);
    // Used again, so moved to the end: the oldest is the first to go.
    if (known) kept.delete(key);
    const fresh = known ?? collectText(input, folder);
    kept.set(key, fresh);
    fresh.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return fresh;
  };

  const policyOf = (one: Collected, input: TextInput): ReturnType<typeof loadPolicy> => {
    const key = input.root ?? '';
    let policy = policies.get(key);
    if (!policy) {
      policy = loadPolicy(one, { cwd: input.root ?? folder });
      policies.set(key, policy);
    }
    return policy;
  };

  /** The threads of the last repositories' patterns are kept from one keystroke to the next. */
  const patternsOf = (one: Collected): ReturnType<typeof ownPatterns> => {
    const key = JSON.stringify(one.config.secrets.patterns);
    const known = patterns.get(key);
    if (known) return known;
    const fresh = ownPatterns(one.config);
    patterns.set(key, fresh);
    if (patterns.size > KEPT_THREADS) forgetPatterns(1);
    return fresh;
  };
  const forgetPatterns = (most: number): void => {
    for (const [key, one] of [...patterns].slice(0, most)) {
      void one.then(({ close }) => close());
      patterns.delete(key);
    }
  };

  return {
    check: async (input) => {
      const companions = await collected(input);
      const document = documentFromText(input.path, input.text, { kind: input.kind });
      followEdit(document, last.get(keyOf(input)));
      keepLast(last, keyOf(input), document);
      const now: Collected = {
        ...companions,
        targets: [document],
        context: companions.context.filter((one) => one.path !== input.path),
        now: new Date().toISOString(),
      };
      const [text, models, policy, own] = await Promise.all([
        textRules(),
        needsModels(now) ? modelRules() : undefined,
        policyOf(now, input),
        patternsOf(now),
      ]);
      return judge(now, {
        rules: [...text, ...own.rules, ...(models?.rules ?? [])],
        subjectsOf: models?.subjectsOf ?? textSubjects,
        engine: policy.engine,
        bundle: policy.bundle,
        decide: policy.decide,
        policyProblems: policy.problems,
        further: policy.further ?? [],
      });
    },
    forget: (root) => {
      policies.clear();
      forgetPatterns(patterns.size);
      last.clear();
      for (const key of kept.keys()) if (root === undefined || key.startsWith(`${root}\0`)) kept.delete(key);
    },
  };
}

function keyOf({ root, kind, path }: TextInput): string {
  return `${root ?? ''}\0${kind}\0${path}`;
}

/** Keeps the text of a file as it was looked at last; the one that nobody has touched for longest goes first. */
function keepLast(last: Map<string, Document>, key: string, document: Document): void {
  last.delete(key);
  last.set(key, document);
  const [oldest] = last.keys();
  if (last.size > KEPT && oldest !== undefined) last.delete(oldest);
}

function isConfig(path: RepoPath): boolean {
  return (configNames as readonly string[]).includes(path);
}

function collectText({ root, path, text }: TextInput, folder: string): Promise<Collected> {
  const scope = { kind: 'text' as const, path, text, ...(root === undefined ? {} : { root }) };
  return collect(scope, { cwd: root ?? folder });
}
